"""What was answered: one respondent's sheet (`smaudit/sheet/1`)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from smaudit.errors import Message, Place, Problem
from smaudit.questionnaire import DONT_KNOW, NOT_APPLICABLE, Depth, Questionnaire
from smaudit.validation import MODEL, Many, Model, Slug, validated

SCHEMA: Literal["smaudit/sheet/1"] = "smaudit/sheet/1"

Typed = Annotated[str, StringConstraints(max_length=20_000)]
"""Text that a respondent typed: shown, never interpreted."""


def _date(value: str) -> str:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date", "date") from None
    return value


def _answer(value: object) -> object:
    """Read the short form, only the option's id, as the long one."""
    return {"choice": value} if value is None or isinstance(value, str) else value


Date = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_date)]
Belief = Annotated[
    int | str,
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1, "maximum": 5}, {"const": DONT_KNOW}]}),
]


Effort = Annotated[int, Field(ge=1, le=1000)]
"""What each step of a question costs this company, in the units of the questionnaire's own estimates."""


class Answer(Model):
    """What was chosen for one question (None: nothing yet), with what the respondent added."""

    choice: Slug | None = None
    note: Typed | None = None
    evidence: Typed | None = None


_TEXT_OR_NULL = {"type": ["string", "null"]}
_SHORT_OR_LONG: dict[str, Any] = {
    "anyOf": [
        _TEXT_OR_NULL,
        {
            "type": "object",
            "properties": dict.fromkeys(("choice", "note", "evidence"), _TEXT_OR_NULL),
            "additionalProperties": False,
        },
    ]
}


class Company(Model):
    """Who is assessed: its name, and profile id to option id."""

    name: Typed | None = None
    profile: Mapping[Slug, Slug] = Field(default_factory=dict)


class Respondent(Model):
    """Who answered."""

    name: Typed | None = None
    department: Slug | None = None


class Guess(Model):
    """What the respondent expected before seeing the result."""

    steering: Annotated[int, Field(ge=0, le=50)] | None = None
    most: Slug | None = None


class Made(Model):
    """The questionnaire that the sheet was made for."""

    id: Slug
    version: Annotated[str, StringConstraints(min_length=1, max_length=100)] | None = None


class Sheet(Model):
    """One respondent's answers. Fields at the top that this version does not know are kept.

    `efforts` replaces the questionnaire's effort of each step of a question; the questions in `ruled_out`
    stay as they are, whatever a step would gain.
    """

    model_config = ConfigDict(**{**MODEL, "extra": "allow"})

    schema_: Annotated[Literal["smaudit/sheet/1"], Field(alias="schema")] = SCHEMA
    questionnaire: Made | None = None
    depth: Depth | None = None
    company: Company = Field(default_factory=Company)
    respondent: Respondent = Field(default_factory=Respondent)
    date: Date | None = None
    language: Slug | None = None
    beliefs: Mapping[Slug, Belief] = Field(default_factory=dict)
    guess: Guess | None = None
    answers: Mapping[Slug, Annotated[Answer, BeforeValidator(_answer), WithJsonSchema(_SHORT_OR_LONG)]] = (
        Field(default_factory=dict)
    )
    efforts: Mapping[Slug, Effort] = Field(default_factory=dict)
    ruled_out: Many[Slug] = ()
    remark: Typed | None = None

    def choice(self, question: str) -> str | None:
        """The option id, `dont-know` or `not-applicable`; None where unanswered."""
        answer = self.answers.get(question)
        return answer.choice if answer else None

    def depth_for(self, questionnaire: Questionnaire) -> Depth:
        """The depth that counts: as stated, else the deepest that any answered question needs."""
        if self.depth:
            return self.depth
        quick = {question.id for question in questionnaire.at("quick")}
        return "full" if any(self.choice(name) and name not in quick for name in self.answers) else "quick"


class ReadSheet(NamedTuple):
    """A sheet as read against a questionnaire (None where it cannot be read), with every problem.

    `gone` names what an earlier version of the questionnaire asked and this one does not:
    such answers are kept in the file and not scored.
    """

    sheet: Sheet | None
    problems: tuple[Problem, ...]
    gone: tuple[str, ...] = ()


def read_sheet(data: object, questionnaire: Questionnaire) -> ReadSheet:
    """Read the data of a sheet file; a bare object of question ids and choices is a sheet too."""
    if isinstance(data, dict) and "schema" not in data and "answers" not in data:
        data = {"schema": SCHEMA, "answers": data}
        bare = True
    else:
        bare = False
    problems: tuple[Problem, ...] = ()
    if isinstance(data, dict):
        problems = tuple(
            Problem((name,), Message("problem.missing")) for name in ("schema", "answers") if name not in data
        )
    reading = validated(Sheet, data)
    problems += reading.problems
    gone: tuple[str, ...] = ()
    if reading.model is not None:
        sheet: Sheet = reading.model
        found = tuple(_check(sheet, questionnaire))
        if _earlier(sheet, questionnaire):
            gone = tuple(dict.fromkeys(str(problem.place[1]) for problem in found if _is_gone(problem)))
            found = tuple(problem for problem in found if not _is_gone(problem))
        problems += found
    if bare:
        problems = tuple(Problem(problem.place[1:], problem.message) for problem in problems)
    return ReadSheet(reading.model, problems, gone)


def read_efforts(data: object, questionnaire: Questionnaire) -> ReadSheet:
    """Read an object of question ids and efforts; a sheet with nothing else, and every problem."""
    found = read_sheet({"schema": SCHEMA, "answers": {}, "efforts": data}, questionnaire)
    return found._replace(problems=tuple(each._replace(place=each.place[1:]) for each in found.problems))


def written(sheet: Sheet) -> dict[str, Any]:
    """The sheet as plain data for its file: empty parts left out, answers short where nothing was added."""
    unknown = sheet.model_extra or {}
    known = sheet.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude_defaults=True, exclude={"answers", *unknown}
    )
    answers = {
        name: answer.choice
        if answer.note is None and answer.evidence is None
        else answer.model_dump(mode="json", exclude_none=True)
        for name, answer in sheet.answers.items()
    }
    return {"schema": SCHEMA, **known, "answers": answers, **unknown}


def anonymous(sheet: Sheet) -> Sheet:
    """The sheet without names, notes, evidence and the remark, and without fields we do not know."""
    answers = {name: Answer(choice=answer.choice) for name, answer in sheet.answers.items()}
    return Sheet.model_construct(
        schema_=sheet.schema_,
        questionnaire=sheet.questionnaire,
        depth=sheet.depth,
        company=Company(profile=sheet.company.profile),
        respondent=Respondent(department=sheet.respondent.department),
        date=sheet.date,
        language=sheet.language,
        beliefs=sheet.beliefs,
        guess=sheet.guess,
        answers=answers,
        efforts=sheet.efforts,
        ruled_out=sheet.ruled_out,
        remark=None,
    )


def _earlier(sheet: Sheet, questionnaire: Questionnaire) -> bool:
    made = sheet.questionnaire
    return made is not None and made.version is not None and made.version != questionnaire.version


def _is_gone(problem: Problem) -> bool:
    """Whether a problem is an answer, a belief or a fact that another version of the content knew."""
    return problem.message.phrase in _GONE


_GONE = frozenset(
    {
        "problem.misspelt",
        "problem.unknown-question",
        "problem.unknown-question-of-many",
        "problem.unknown-option",
    }
)
MOST_NAMED = 12
"""So many allowed names are listed; of more, the way to see them is said."""


def _check(sheet: Sheet, questionnaire: Questionnaire) -> Iterator[Problem]:
    """Every name in the sheet that the questionnaire does not know."""
    made = sheet.questionnaire
    if made is not None and made.id != questionnaire.id:
        yield Problem(
            ("questionnaire", "id"),
            Message("problem.other-questionnaire", {"id": made.id, "needed": questionnaire.id}),
        )
        return
    for name, answer in sheet.answers.items():
        question = questionnaire.question.get(name)
        if question is None:
            yield _unknown_name(("answers", name), questionnaire.question)
        elif answer.choice is not None:
            allowed = (*question.levels, DONT_KNOW, NOT_APPLICABLE)
            if answer.choice not in allowed:
                yield _unknown(("answers", name), "problem.unknown-option", allowed)
    yield from _check_beliefs(sheet, questionnaire)
    for name, option in sheet.company.profile.items():
        place: Place = ("company", "profile", name)
        if name not in questionnaire.fact:
            yield _unknown_name(place, questionnaire.fact)
        elif option not in (known := [each.id for each in questionnaire.fact[name].options]):
            yield _unknown(place, "problem.unknown-option", known)
    yield from _check_steps(sheet, questionnaire)
    yield from _check_people(sheet, questionnaire)


def _check_beliefs(sheet: Sheet, questionnaire: Questionnaire) -> Iterator[Problem]:
    for name, belief in sheet.beliefs.items():
        if name not in questionnaire.misconception:
            yield _unknown_name(("beliefs", name), questionnaire.misconception)
        elif not (belief == DONT_KNOW or (isinstance(belief, int) and 1 <= belief <= 5)):  # noqa: PLR2004
            yield Problem(("beliefs", name), Message("problem.belief-needed"))


def _check_steps(sheet: Sheet, questionnaire: Questionnaire) -> Iterator[Problem]:
    for field, names in (("efforts", sheet.efforts), ("ruled_out", sheet.ruled_out)):
        for name in names:
            if name not in questionnaire.question:
                yield _unknown_name((field, name), questionnaire.question)


def _check_people(sheet: Sheet, questionnaire: Questionnaire) -> Iterator[Problem]:
    department = sheet.respondent.department
    if department is not None and questionnaire.departments and department not in questionnaire.department:
        yield _unknown(("respondent", "department"), "problem.unknown-option", questionnaire.department)
    if sheet.guess is None:
        return
    count = len(questionnaire.misconceptions)
    if sheet.guess.steering is not None and sheet.guess.steering > count:
        yield Problem(("guess", "steering"), Message("problem.too-large", {"le": count}))
    if sheet.guess.most is not None and sheet.guess.most not in questionnaire.misconception:
        yield _unknown(("guess", "most"), "problem.unknown-option", questionnaire.misconception)


def _unknown(place: Place, phrase: str, allowed: object) -> Problem:
    return Problem(place, Message(phrase, {"allowed": ", ".join(map(str, allowed))}))  # type: ignore[call-overload]


def _unknown_name(place: Place, allowed: Iterable[str]) -> Problem:
    """A name that is not in the questionnaire: with the one that was meant, where one is close."""
    from difflib import get_close_matches

    names = list(allowed)
    meant = get_close_matches(str(place[-1]), names, cutoff=0.75)
    if meant:
        return Problem(place, Message("problem.misspelt", {"meant": ", ".join(meant)}))
    if len(names) > MOST_NAMED:
        return Problem(place, Message("problem.unknown-question-of-many", {"count": len(names)}))
    return _unknown(place, "problem.unknown-question", names)
