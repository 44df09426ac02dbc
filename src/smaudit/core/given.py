"""What a row of a table needs of a sheet, and the quick way to it from the data of a flawless one.

Of thousands of sheets nearly all are without a problem. `plain` looks at the data of such a one piece by
piece, without a model for each; at anything that is not plainly right it gives up, and the model and its
rules (`sheet_rules.py`) look closely, find every problem, and the words for it. So there is one judge of what
is refused; that both find the same in what is not is tested.
"""

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from smaudit.core.fields import SLUG
from smaudit.core.insight import said
from smaudit.core.questionnaire import DEPTHS, DONT_KNOW, NOT_APPLICABLE, Depth, Questionnaire
from smaudit.core.sheet import SCHEMA, Sheet
from smaudit.core.tally import choices_of


class Given(NamedTuple):
    """What a row needs of a sheet; `proven` are the questions whose answer names evidence."""

    company: str | None
    company_id: str | None
    department: str | None
    date: str | None
    depth: Depth
    language: str | None
    made_for: str | None
    profile: Mapping[str, str]
    choices: Mapping[str, str | None]
    proven: frozenset[str]
    gone: tuple[str, ...] = ()


def given(sheet: Sheet, questionnaire: Questionnaire) -> Given:
    """What a row needs of a sheet that was read."""
    return Given(
        sheet.company.name,
        sheet.company.id,
        sheet.respondent.department,
        sheet.date,
        sheet.depth_for(questionnaire),
        sheet.language,
        sheet.questionnaire.version if sheet.questionnaire else None,
        sheet.company.profile,
        choices_of(sheet),
        frozenset(name for name, answer in sheet.answers.items() if said(answer.evidence)),
        sheet.gone,
    )


class Known(NamedTuple):
    """The names that a questionnaire knows, for a look at many sheets."""

    id: str
    quick: frozenset[str]
    choices: Mapping[str, frozenset[str | None]]
    facts: Mapping[str, frozenset[str]]
    misconceptions: frozenset[str]
    departments: frozenset[str]
    most_steering: int


def known_in(questionnaire: Questionnaire) -> Known:
    """The names of a questionnaire; made once."""
    return questionnaire.kept("known", _known)


def _known(questionnaire: Questionnaire) -> Known:
    return Known(
        questionnaire.id,
        frozenset(each.id for each in questionnaire.at("quick")),
        {
            each.id: frozenset({*each.levels, DONT_KNOW, NOT_APPLICABLE, None})
            for each in questionnaire.questions
        },
        {each.id: frozenset(each.names) for each in questionnaire.profile},
        frozenset(questionnaire.misconception),
        frozenset(questionnaire.department),
        min(50, len(questionnaire.misconceptions)),
    )


class Doubtful(Exception):  # noqa: N818 - not an error: what asks for a closer look
    """Something in the data is not plainly right."""


Data = dict[str, Any]
_EMPTY: Data = {}
_AT_THE_TOP = (
    "schema questionnaire depth company respondent date language beliefs guess answers efforts ruled_out"
    " settled remark"
)
_TOP, _MADE, _COMPANY, _RESPONDENT, _GUESS, _ANSWER = (
    frozenset(names.split())
    for names in (
        _AT_THE_TOP,
        "id version",
        "id name profile",
        "name department",
        "steering most",
        "choice note evidence",
    )
)
_PLAIN_DEPTHS = frozenset({*DEPTHS, None})
_PLAIN_BELIEFS = frozenset({(int, each) for each in range(1, 6)} | {(str, DONT_KNOW)})
_LONGEST, _LONGEST_ID, _LONGEST_VERSION = 20_000, 200, 100
"""Characters, as the model has them."""


def plain(data: object, known: Known) -> tuple[Given, int] | None:
    """What a row needs of the data of a sheet, and how many keys the data has; None where it is doubtful."""
    if type(data) is not dict or data.get("schema") != SCHEMA or not data.keys() <= _TOP:
        return None
    try:
        return _looked(data, known)
    except (Doubtful, KeyError, TypeError):
        return None


def _looked(data: Data, known: Known) -> tuple[Given, int]:
    made = _part(data, "questionnaire", _MADE) if data.get("questionnaire") is not None else None
    company, respondent = _part(data, "company", _COMPANY), _part(data, "respondent", _RESPONDENT)
    profile, beliefs = _part(company, "profile"), _part(data, "beliefs")
    depth, date, language, department = (
        data.get("depth"),
        data.get("date"),
        data.get("language"),
        respondent.get("department"),
    )
    company_id = _text(company.get("id"), _LONGEST_ID, least=1)
    _text(respondent.get("name"))
    _text(data.get("remark"))
    is_plain = (
        (made is None or made["id"] == known.id)
        and depth in _PLAIN_DEPTHS
        and (date is None or _is_day(date))
        and (language is None or _is_slug(language))
        and (department is None or department in known.departments)
        and beliefs.keys() <= known.misconceptions
        and _PLAIN_BELIEFS.issuperset([(type(each), each) for each in beliefs.values()])
        and (data.get("guess") is None or _is_guess(_part(data, "guess", _GUESS), known))
        and data.get("efforts", _EMPTY) == _EMPTY
        and data.get("settled", _EMPTY) == _EMPTY
        and data.get("ruled_out", []) == []
    )
    if not is_plain:
        raise Doubtful
    for fact, option in profile.items():
        if option not in known.facts[fact]:
            raise Doubtful
    choices, proven, keys = _answers(data["answers"], known.choices)
    parts = (made or _EMPTY, company, respondent, profile, beliefs, data.get("guess") or _EMPTY, data)
    found = Given(
        _text(company.get("name")),
        company_id,
        department,
        date,
        depth or _depth(choices, known),
        language,
        _text(made.get("version"), _LONGEST_VERSION, least=1) if made else None,
        profile,
        choices,
        proven,
    )
    return found, keys + sum(map(len, parts))


def _part(data: Data, name: str, fields: frozenset[str] | None = None) -> Data:
    """An object within the data, with no other fields than these; an empty one where there is none."""
    found: Data = data.get(name, _EMPTY)
    if type(found) is not dict or not (fields is None or found.keys() <= fields):
        raise Doubtful
    return found


def _text(value: Any, most: int = _LONGEST, *, least: int = 0) -> str | None:  # noqa: ANN401 - any JSON
    if value is None or (type(value) is str and least <= len(value) <= most):
        found: str | None = value
        return found
    raise Doubtful


def _answers(
    answers: Data, known: Mapping[str, frozenset[str | None]]
) -> tuple[dict[str, str | None], frozenset[str], int]:
    """What was chosen, which answers name evidence, and how many keys that takes."""
    if type(answers) is not dict:
        raise Doubtful
    choices, proven, keys = dict[str, str | None](), list[str](), len(answers)
    for name, answer in answers.items():
        choice = answer
        if type(answer) is dict:
            if not answer.keys() <= _ANSWER:
                raise Doubtful
            keys += len(answer)
            choice = answer.get("choice")
            _text(answer.get("note"))
            if said(_text(answer.get("evidence"))):
                proven.append(name)
        if choice not in known[name]:
            raise Doubtful
        choices[name] = choice
    return choices, frozenset(proven), keys


def _depth(choices: Mapping[str, str | None], known: Known) -> Depth:
    """As `Sheet.depth_for` has it where the sheet does not say."""
    return "full" if any(choice and name not in known.quick for name, choice in choices.items()) else "quick"


def _is_guess(guess: Data, known: Known) -> bool:
    steering, most = guess.get("steering"), guess.get("most")
    # Of 0 it is not seen whether it was written as -0, which is refused.
    is_count = steering is None or (type(steering) is int and 1 <= steering <= known.most_steering)
    return is_count and (most is None or most in known.misconceptions)


@lru_cache(maxsize=4096)
def _is_day(date: Any) -> bool:  # noqa: ANN401 - any JSON
    """Whether this is a day written as YYYY-MM-DD."""
    try:
        return bool(_DAY.fullmatch(date)) and bool(dt.date.fromisoformat(date))
    except ValueError:
        return False


@lru_cache(maxsize=4096)
def _is_slug(name: Any) -> bool:  # noqa: ANN401 - any JSON
    return len(name) <= _LONGEST_SLUG and bool(_SLUG.fullmatch(name))


_DAY, _SLUG = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), re.compile(SLUG)
_LONGEST_SLUG = 80
