"""What was answered: one respondent's sheet (`smaudit/sheet/1`)."""

import datetime as dt
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from smaudit.core.dates import meant
from smaudit.core.fields import DATE, MODEL, Many, Model, Slug
from smaudit.core.questionnaire import DONT_KNOW, Depth, Questionnaire

SCHEMA: Literal["smaudit/sheet/1"] = "smaudit/sheet/1"

_DATE = re.compile(DATE)
Typed = Annotated[str, StringConstraints(max_length=20_000)]
"""Text that a respondent typed: shown, never interpreted."""


def _date(value: str) -> str:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date", "date") from None
    return value


def _date_as_text(value: object) -> object:
    """Refuse a date in another form, telling which day it is where that is clear, and what is no text.

    A number (20261123) is no date: quotes alone would not make one of it.
    """
    if value is None or (isinstance(value, str) and _DATE.match(value)):
        return value
    day = meant(str(value)) if isinstance(value, str | int) else None
    if day is not None:
        raise PydanticCustomError("date_form", "date", {"meant": day})
    raise PydanticCustomError("date", "date")


def _answer(value: object) -> object:
    """Read the short form, only the option's id, as the long one."""
    if value is None or isinstance(value, str):
        return {"choice": value}
    if isinstance(value, dict | Answer):
        return value
    raise PydanticCustomError("answer", "answer")


Date = Annotated[str, StringConstraints(pattern=DATE), AfterValidator(_date), BeforeValidator(_date_as_text)]


_BELIEFS = frozenset({*range(1, 6), DONT_KNOW})


def _belief(value: object) -> int | str:
    if isinstance(value, str | int) and value is not True and value in _BELIEFS:
        return value
    raise PydanticCustomError("belief", "A belief is 1 to 5 or dont-know.")


Belief = Annotated[
    int | str,
    PlainValidator(_belief),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1, "maximum": 5}, {"const": DONT_KNOW}]}),
]


Effort = Annotated[int, Field(ge=1, le=1000)]
"""What each step of a question costs this company, in the units of the questionnaire's own estimates."""


class Answer(Model):
    """What was chosen for one question (None: nothing yet), with what the respondent added."""

    choice: Slug | None = None
    note: Typed | None = None
    evidence: Typed | None = None

    def with_choice(self, choice: str | None) -> Self:
        """The same answer with another choice; what was added stays."""
        return self.model_copy(update={"choice": choice})

    def with_note(self, note: str | None) -> Self:
        """The same answer with another note, or without one."""
        return self.model_copy(update={"note": note})

    def with_evidence(self, evidence: str | None) -> Self:
        """The same answer with other evidence, or without any."""
        return self.model_copy(update={"evidence": evidence})


_TEXT_OR_NULL = {"type": ["string", "null"]}
_SHORT_OR_LONG: dict[str, Any] = {
    "anyOf": [
        _TEXT_OR_NULL,
        {
            "type": "object",
            "properties": {
                "choice": {
                    **_TEXT_OR_NULL,
                    "description": "An option of the question, dont-know or not-applicable.",
                },
                "note": {**_TEXT_OR_NULL, "description": "What was added; of not-applicable, the reason."},
                "evidence": {**_TEXT_OR_NULL, "description": "Where the answer can be looked up."},
            },
            "additionalProperties": False,
        },
    ]
}


class Said(Model):
    """What one respondent had said of a question, or a fact, before it was settled."""

    department: Slug | None = None
    """The id of the department."""
    name: Typed | None = None
    """The respondent's name as it was typed."""
    choice: Slug | None = None
    """The option, dont-know or not-applicable."""
    note: Typed | None = None
    """What was added to it."""


Settled = Annotated[Many[Said], Field(max_length=1000)]
"""Who had said what, one entry for each respondent."""


class Company(Model):
    """Who is assessed: its name, and profile id to option id."""

    id: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    """A key of your own, by which its sheets belong together whatever name was typed."""
    name: Typed | None = None
    """As reports print it."""
    profile: Mapping[Slug, Slug] = Field(default_factory=dict)
    """The option for each fact about it."""


class Respondent(Model):
    """Who answered."""

    name: Typed | None = None
    """As reports print it."""
    department: Slug | None = None
    """The id of a department of the questionnaire."""


class Guess(Model):
    """What the respondent expected before seeing the result."""

    steering: Annotated[int, Field(ge=0, le=50)] | None = None
    """How many misconceptions steer the company."""
    most: Slug | None = None
    """The id of the one that steers it most."""


class Made(Model):
    """The questionnaire that the sheet was made for."""

    id: Slug
    """Its id; another questionnaire does not read the sheet."""
    version: Annotated[str, StringConstraints(min_length=1, max_length=100)] | None = None
    """Its version; answers that a later one dropped are kept, not scored."""


class Sheet(Model):
    """One respondent's answers. Fields at the top that this version does not know are kept.

    `efforts` replaces the questionnaire's effort of each step of a question; the questions in `ruled_out`
    stay as they are, whatever a step would gain.
    """

    model_config = ConfigDict(**{**MODEL, "extra": "allow"})

    schema_: Annotated[Literal["smaudit/sheet/1"], Field(alias="schema")] = SCHEMA
    """The format."""
    questionnaire: Made | None = None
    """What it was made for."""
    depth: Depth | None = None
    """Which questions count; by the answers where it is not said."""
    company: Company = Field(default_factory=Company)
    """Who is assessed."""
    respondent: Respondent = Field(default_factory=Respondent)
    """The person who answered."""
    date: Date | None = None
    """The day of the answers, as YYYY-MM-DD."""
    language: Slug | None = None
    """The language it was answered in, as a code."""
    beliefs: Mapping[Slug, Belief] = Field(default_factory=dict)
    """Of each misconception, 1 (against it) to 5 (for it), or dont-know."""
    guess: Guess | None = None
    """What was expected before the result."""
    answers: Mapping[Slug, Annotated[Answer, BeforeValidator(_answer), WithJsonSchema(_SHORT_OR_LONG)]] = (
        Field(default_factory=dict)
    )
    """The option chosen for each question; or more, as an object."""
    efforts: Mapping[Slug, Effort] = Field(default_factory=dict)
    """By question, what each of its steps costs this company."""
    ruled_out: Many[Slug] = ()
    """Questions of which no step is planned."""
    settled: Mapping[Slug, Settled] = Field(default_factory=dict)
    """Questions and facts that several people agreed on, each with who had said what."""
    remark: Typed | None = None
    """What the respondent says beside the answers."""

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the file it was read from, in hexadecimal; empty where it came from none."""
        return ""

    @cached_property
    def gone(self) -> tuple[str, ...]:
        """The questions of an earlier version of the questionnaire whose answers no longer count."""
        return ()

    def from_file(self, sha256: str, gone: tuple[str, ...] = ()) -> Self:
        """The same, read from a file with this SHA-256, with the answers there that no longer count."""
        made = self.model_copy()
        # Not fields: where it came from is not what was answered.
        made.__dict__.update(sha256=sha256, gone=gone)
        return made

    def answered_anew(self, *names: str) -> Self:
        """The same once these are answered anew: what was gone of them is gone no more."""
        gone = tuple(name for name in self.gone if name not in names)
        return self if gone == self.gone else self.from_file(self.sha256, gone)

    def with_answer(self, question: str, answer: Answer) -> Self:
        """The sheet with this answer to a question."""
        changed = self.model_copy(update={"answers": {**self.answers, question: answer}})
        return changed.answered_anew(question) if answer.choice != self.choice(question) else changed

    def with_choices(self, changes: Mapping[str, str]) -> Self:
        """The sheet with these choices, by question id; notes and evidence stay."""
        answers = {
            name: self.answers.get(name, Answer()).with_choice(choice) for name, choice in changes.items()
        }
        changed = self.model_copy(update={"answers": {**self.answers, **answers}})
        return changed.answered_anew(
            *(name for name, choice in changes.items() if choice != self.choice(name))
        )

    def with_depth(self, depth: Depth) -> Self:
        """The sheet at this depth."""
        return self.model_copy(update={"depth": depth})

    def with_company(self, name: str) -> Self:
        """The sheet with this name of the company."""
        return self.model_copy(update={"company": self.company.model_copy(update={"name": name})})

    def with_fact(self, fact: str, option: str | None) -> Self:
        """The sheet with this answer to a profile fact, or with none."""
        profile = {name: given for name, given in self.company.profile.items() if name != fact}
        if option is not None:
            profile[fact] = option
        company = self.company.model_copy(update={"profile": profile})
        return self.model_copy(update={"company": company}).answered_anew(fact)

    def with_department(self, department: str | None) -> Self:
        """The sheet with the department of who answers."""
        respondent = Respondent(name=self.respondent.name, department=department)
        return self.model_copy(update={"respondent": respondent}).answered_anew("department")

    def with_belief(self, misconception: str, answer: int | str) -> Self:
        """The sheet with what was said of a misconception: 1..5 or `dont-know`. Raises ValueError else."""
        return self.model_copy(update={"beliefs": {**self.beliefs, misconception: _belief(answer)}})

    def with_guess(self, guess: Guess) -> Self:
        """The sheet with what the respondent expects."""
        return self.model_copy(update={"guess": guess}).answered_anew("most")

    def with_remark(self, remark: str) -> Self:
        """The sheet with this remark."""
        return self.model_copy(update={"remark": remark})

    def with_orders(self, efforts: Mapping[str, int], ruled_out: tuple[str, ...]) -> Self:
        """The sheet with these efforts before its own, and these questions ruled out too."""
        return self.model_copy(
            update={
                "efforts": {**self.efforts, **efforts},
                "ruled_out": tuple(dict.fromkeys((*self.ruled_out, *ruled_out))),
            }
        )

    def begun(self, made: Made, date: str, language: str, depth: Depth | None) -> Self:
        """The sheet with what is known before the first prompt."""
        return self.model_copy(
            update={"questionnaire": made, "date": date, "language": language, "depth": depth}
        )

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
        settled=dict.fromkeys(sheet.settled, ()),
        remark=None,
    )
