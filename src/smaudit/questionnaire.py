"""What is asked: misconceptions, questions, options, steps (`smaudit/questionnaire/1`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema, model_validator

from smaudit.errors import Message, Place, Problem
from smaudit.validation import Many, Model, Slug, Text, fraction, validated

SCHEMA = "smaudit/questionnaire/1"
Depth = Literal["quick", "full"]
DEPTHS: tuple[Depth, ...] = ("quick", "full")
DONT_KNOW = "dont-know"
NOT_APPLICABLE = "not-applicable"
RESERVED = frozenset({DONT_KNOW, NOT_APPLICABLE})
DEPARTMENT = "department"
"""In the condition of a contradiction: the respondent's department, beside questions and profile facts."""

Share = Annotated[
    Fraction,
    PlainValidator(fraction),
    PlainSerializer(str),
    WithJsonSchema({"type": ["string", "number"], "description": "0 to 1; 0.5 or 1/2, read exactly"}),
]
Weight = Annotated[int, Field(ge=0, le=1_000_000)]
Condition = Mapping[Slug, Many[Slug]]
"""Ids, each with the options of which one must hold; all ids must hold."""
Facts = Mapping[str, str]
"""Profile facts of a company: profile id to option id."""


class Source(Model):
    """Published evidence for or against what the questionnaire's source says."""

    id: Slug
    claim: Text
    by: Text | None = None
    year: Annotated[int, Field(ge=1000, le=3000)] | None = None
    url: Annotated[Text, Field(pattern=r"^https?://[^\s<>\"]+$")] | None = None
    caution: Text | None = None
    direction: Literal["for", "against", "mixed"] = "for"


class Origin(Model):
    """The publication that a questionnaire follows."""

    title: Text
    author: Text | None = None
    publisher: Text | None = None
    url: Annotated[Text, Field(pattern=r"^https?://[^\s<>\"]+$")] | None = None


class Rules(Model):
    """Conventions of the score; the defaults are those of scoring.md."""

    min_coverage: Share = Fraction(1, 2)
    max_not_applicable: Share = Fraction(1, 3)
    min_rated: Annotated[int, Field(ge=0, le=1000)] = 2


class Department(Model):
    """A part of a company that answers, is asked, or owns a step."""

    id: Slug
    name: Text


class ProfileOption(Model):
    """One possible answer to a profile fact."""

    id: Slug
    text: Text


class ProfileFact(Model):
    """A fact about the company that decides which questions apply; never scored."""

    id: Slug
    text: Text
    options: Annotated[Many[ProfileOption], Field(min_length=2, max_length=30)]


class Poles(Model):
    """The two ends of a scale, or of a belief item."""

    holds: Text
    rejects: Text


class Misconception(Model):
    """A false belief that is scored, from 0 (it rules practice) to 100 (practice is free of it)."""

    id: Slug
    title: Text
    topic: Text | None = None
    poles: Poles | None = None
    says: Text | None = None
    reality: Text | None = None
    matters: Text | None = None
    evidence_note: Text | None = None
    belief: Poles | None = None
    sources: Many[Slug] = ()


class Step(Model):
    """What takes an answer one level up; effort in the questionnaire's own units (1, 2, 3, 5, 8)."""

    text: Text
    effort: Annotated[int, Field(ge=1, le=1000)]
    owner: Slug | None = None


class Option(Model):
    """One level of a question, lowest first."""

    id: Slug
    text: Text
    value: Share | None = None
    step: Step | None = None
    alarm: bool = False


class Wording(Model):
    """Other words for the same question where the profile fits."""

    if_: Annotated[Condition, Field(alias="if", min_length=1)]
    text: Text | None = None
    options: Mapping[Slug, Text] = Field(default_factory=dict)


class Metric(Model):
    """A number that shows the practice, and what to aim at."""

    text: Text
    target: Text | None = None


class Question(Model):
    """One practice: what is asked, its levels, and how much each misconception hangs on it."""

    id: Slug
    text: Text
    weights: Mapping[Slug, Weight]
    depth: Depth = "quick"
    title: Text | None = None
    why: Text | None = None
    ask: Many[Slug] = ()
    evidence: Text | None = None
    metric: Metric | None = None
    applies_if: Condition = Field(default_factory=dict)
    wording: Many[Wording] = ()
    scale: Slug | None = None
    options: Annotated[Many[Option], Field(max_length=30)] = ()

    @property
    def name(self) -> str:
        """The short name: its title, or its text where it has none."""
        return self.title or self.text

    @cached_property
    def main(self) -> str:
        """The id of the misconception with the largest weight, the first of equals."""
        return max(self.weights, key=lambda misconception: self.weights[misconception])

    @cached_property
    def values(self) -> tuple[Fraction, ...]:
        """The value of each level, 0..1: as declared, else evenly spaced."""
        last = max(1, len(self.options) - 1)
        return tuple(
            Fraction(level, last) if option.value is None else option.value
            for level, option in enumerate(self.options)
        )

    @cached_property
    def levels(self) -> Mapping[str, int]:
        """The level (0 is the lowest) of each option id."""
        return {option.id: level for level, option in enumerate(self.options)}

    def applies_to(self, facts: Facts) -> bool:
        """Whether the profile leaves the question in; a fact not answered rules nothing out."""
        return all(fact not in facts or facts[fact] in allowed for fact, allowed in self.applies_if.items())

    def worded(self, facts: Facts) -> Question:
        """The question in the words for this company: the first wording that fits, else as it stands."""
        for wording in self.wording:
            if all(facts.get(fact) in allowed for fact, allowed in wording.if_.items()):
                options = tuple(
                    option.model_copy(update={"text": wording.options.get(option.id, option.text)})
                    for option in self.options
                )
                return self.model_copy(update={"text": wording.text or self.text, "options": options})
        return self


class Contradiction(Model):
    """Answers that do not go together."""

    id: Slug
    if_: Annotated[Condition, Field(alias="if", min_length=1)]
    text: Text


class Questionnaire(Model):
    """A whole questionnaire in one language."""

    schema_: Annotated[Literal["smaudit/questionnaire/1"], Field(alias="schema")]
    id: Slug
    version: Text
    title: Text
    misconceptions: Annotated[Many[Misconception], Field(min_length=1, max_length=50)]
    questions: Annotated[Many[Question], Field(min_length=1, max_length=1000)]
    ends_with: Literal["..."] | None = None
    language: Text = "en"
    about: Text | None = None
    source: Origin | None = None
    rules: Rules = Field(default_factory=Rules)
    departments: Many[Department] = ()
    profile: Many[ProfileFact] = ()
    one_person: Condition = Field(default_factory=dict)
    sources: Many[Source] = ()
    scales: Mapping[Slug, Annotated[Many[Option], Field(max_length=30)]] = Field(default_factory=dict)
    contradictions: Many[Contradiction] = ()

    @model_validator(mode="before")
    @classmethod
    def _with_scales(cls, data: Any) -> Any:  # noqa: ANN401 - any YAML
        """Give the questions that name a scale its options."""
        if not isinstance(data, dict) or not isinstance(data.get("scales"), dict):
            return data
        scales, questions = data["scales"], data.get("questions")
        if not isinstance(questions, list):
            return data

        def filled(question: object) -> object:
            if isinstance(question, dict) and "options" not in question:
                scale = question.get("scale")
                if isinstance(scale, str) and scale in scales:
                    return {**question, "options": scales[scale]}
            return question

        return {**data, "questions": [filled(question) for question in questions]}

    @cached_property
    def question(self) -> Mapping[str, Question]:
        """The questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def misconception(self) -> Mapping[str, Misconception]:
        """The misconceptions by id."""
        return {misconception.id: misconception for misconception in self.misconceptions}

    @cached_property
    def department(self) -> Mapping[str, Department]:
        """The departments by id."""
        return {department.id: department for department in self.departments}

    @cached_property
    def fact(self) -> Mapping[str, ProfileFact]:
        """The profile facts by id."""
        return {fact.id: fact for fact in self.profile}

    def alone(self, facts: Facts) -> bool:
        """Whether the profile says that one person does it all: nobody else can own a step or be asked."""
        return bool(self.one_person) and all(facts.get(name) in one for name, one in self.one_person.items())

    def at(self, depth: Depth) -> tuple[Question, ...]:
        """The questions that count at this depth; full includes quick."""
        return tuple(question for question in self.questions if depth == "full" or question.depth == "quick")

    def facts_for(self, question: Question) -> tuple[str, ...]:
        """The profile facts that this question depends on, in the order of the profile."""
        named = set(question.applies_if)
        for wording in question.wording:
            named.update(wording.if_)
        for contradiction in self.contradictions:
            if question.id in contradiction.if_:
                named.update(contradiction.if_)
        return tuple(fact.id for fact in self.profile if fact.id in named)


def read_questionnaire(data: object) -> tuple[Questionnaire | None, tuple[Problem, ...]]:
    """Read the data of a questionnaire file; give it (None where it cannot be read) and every problem.

    A questionnaire with problems is not to be used: they make a score undefined.
    """
    reading = validated(Questionnaire, data)
    if reading.model is None:
        return None, reading.problems
    # A name whose own entry has just been refused is not unknown as well, nor without weight.
    known = set(_ids(data)) if reading.problems else set()
    found = (
        problem._replace(place=reading.place(problem.place))
        for problem in _check(reading.model)
        if problem.message.phrase not in _NAMING or problem.message.values["id"] not in known
    )
    explained = reading.explained()
    return reading.model, reading.problems + tuple(each for each in found if each.place not in explained)


_NAMING = frozenset({"problem.unknown-id", "problem.no-weight"})


def _ids(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        if isinstance(data.get("id"), str):
            yield data["id"]
        for value in data.values():
            yield from _ids(value)
    elif isinstance(data, list):
        for value in data:
            yield from _ids(value)


def _check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """What no single field shows: repeated and unknown ids, values that fall, weights that are all zero."""
    yield from _check_names(questionnaire)
    for number, misconception in enumerate(questionnaire.misconceptions):
        place: Place = ("misconceptions", number)
        yield from _unknown(misconception.sources, {s.id for s in questionnaire.sources}, (*place, "sources"))
        if not any(question.weights.get(misconception.id, 0) for question in questionnaire.questions):
            yield Problem(place, Message("problem.no-weight", {"id": misconception.id}))
    departments = set(questionnaire.department)
    yield from _check_condition(questionnaire.one_person, _profile(questionnaire), ("one_person",))
    for number, question in enumerate(questionnaire.questions):
        place = ("questions", number)
        yield from _check_question(question, place, questionnaire)
        yield from _unknown(question.ask, departments, (*place, "ask"))
        for level, option in enumerate(question.options):
            if option.step and option.step.owner:
                owner: Place = (*place, "options", level, "step", "owner")
                yield from _unknown([option.step.owner], departments, owner)
    conditions = _profile(questionnaire) | {
        question.id: {option.id for option in question.options} | RESERVED
        for question in questionnaire.questions
    }
    conditions[DEPARTMENT] = departments
    for number, contradiction in enumerate(questionnaire.contradictions):
        yield from _check_condition(contradiction.if_, conditions, ("contradictions", number, "if"))


def _check_names(questionnaire: Questionnaire) -> Iterator[Problem]:
    lists: list[tuple[Place, Iterable[str]]] = [
        ((name,), [entry.id for entry in getattr(questionnaire, name)])
        for name in ("departments", "profile", "misconceptions", "sources", "questions", "contradictions")
    ]
    lists += [
        (("profile", number, "options"), [option.id for option in fact.options])
        for number, fact in enumerate(questionnaire.profile)
    ]
    lists += [
        (("questions", number, "options"), [option.id for option in question.options])
        for number, question in enumerate(questionnaire.questions)
    ]
    for place, ids in lists:
        for name, times in Counter(ids).items():
            if times > 1:
                yield Problem(place, Message("problem.repeated-id", {"id": name, "count": times}))
    named_facts = set(questionnaire.fact) | {DEPARTMENT}
    for number, question in enumerate(questionnaire.questions):
        if question.id in named_facts:
            yield Problem(("questions", number, "id"), Message("problem.id-taken", {"id": question.id}))


def _check_question(question: Question, place: Place, questionnaire: Questionnaire) -> Iterator[Problem]:
    yield from _unknown(question.weights, set(questionnaire.misconception), (*place, "weights"))
    if not any(question.weights.values()):
        yield Problem((*place, "weights"), Message("problem.weightless", {"id": question.id}))
    if question.scale is not None and question.scale not in questionnaire.scales:
        yield from _unknown([question.scale], set(questionnaire.scales), (*place, "scale"))
    elif question.scale is not None and question.options != questionnaire.scales[question.scale]:
        yield Problem((*place, "scale"), Message("problem.scale-and-options"))
    elif len(question.options) < 2:  # noqa: PLR2004 - one level cannot be told from another
        yield Problem(place, Message("problem.too-few-options"))
    for level, option in enumerate(question.options):
        if option.id in RESERVED:
            yield Problem((*place, "options", level, "id"), Message("problem.reserved-id", {"id": option.id}))
    if any(low > high for low, high in zip(question.values, question.values[1:], strict=False)):
        yield Problem((*place, "options"), Message("problem.values-fall"))
    profile = _profile(questionnaire)
    yield from _check_condition(question.applies_if, profile, (*place, "applies_if"))
    for number, wording in enumerate(question.wording):
        where: Place = (*place, "wording", number)
        yield from _check_condition(wording.if_, profile, (*where, "if"))
        yield from _unknown(wording.options, set(question.levels), (*where, "options"))


def _profile(questionnaire: Questionnaire) -> dict[str, set[str]]:
    return {fact.id: {option.id for option in fact.options} for fact in questionnaire.profile}


def _check_condition(condition: Condition, known: Mapping[str, Any], place: Place) -> Iterator[Problem]:
    yield from _unknown(condition, set(known), place)
    for name, options in condition.items():
        if name in known:
            yield from _unknown(options, set(known[name]), (*place, name))


def _unknown(names: Iterable[str], known: set[str], place: Place) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            allowed = ", ".join(sorted(known))
            yield Problem(place, Message("problem.unknown-id", {"id": name, "allowed": allowed}))
