"""What is asked: misconceptions, questions, options, steps (`smaudit/questionnaire/1`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from math import lcm
from operator import is_not
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    Field,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)

from smaudit.core.fields import Address, Many, Model, Slug, Text, Word, fraction

SCHEMA = "smaudit/questionnaire/1"
Depth = Literal["quick", "full"]
DEPTHS: tuple[Depth, ...] = ("quick", "full")
DONT_KNOW: Literal["dont-know"] = "dont-know"
NOT_APPLICABLE = "not-applicable"
RESERVED = frozenset({DONT_KNOW, NOT_APPLICABLE})
BUILT_IN = "social-media-misconceptions"
"""The id of the questionnaire that comes with the program."""
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
Made = TypeVar("Made")
Facts = Mapping[str, str]
"""Profile facts of a company: profile id to option id."""
Unit = Literal["hours", "days", "points"]
Fault = Literal["grip", "absence"]
"""What is wrong with a practice: the misconception grips it, or nothing is done at all."""


def fits(condition: Condition, facts: Facts) -> bool:
    """Whether the facts leave the condition open; one not answered rules nothing out."""
    return all(fact not in facts or facts[fact] in allowed for fact, allowed in condition.items())


class Source(Model):
    """Published evidence for or against what the questionnaire's source says."""

    id: Slug
    """Its permanent name."""
    claim: Text
    """What was found, in a sentence."""
    by: Text | None = None
    """Who found it, and where it stands."""
    year: Annotated[int, Field(ge=1000, le=3000)] | None = None
    """When it was published."""
    url: Address | None = None
    """Where to read it."""
    caution: Text | None = None
    """What speaks against relying on it."""
    direction: Literal["for", "against", "mixed"] = "for"
    """Whether it speaks for what the questionnaire says."""


class Origin(Model):
    """The publication that a questionnaire follows."""

    title: Text
    """Its title."""
    author: Text | None = None
    """Who wrote it."""
    publisher: Text | None = None
    """Who published it."""
    url: Address | None = None
    """Where to read it."""


class Rules(Model):
    """Conventions of the score; the defaults are the usual ones."""

    min_coverage: Share = Fraction(1, 2)
    """Share of the applicable weight that must be rated for a score."""
    max_not_applicable: Share = Fraction(1, 3)
    """Share of the weight that may be marked not applicable."""
    min_rated: Annotated[int, Field(ge=0, le=1000)] = 2
    """So many rated answers are needed for a score."""


class Efforts(Model):
    """What the efforts of steps are counted in."""

    unit: Unit = "points"
    """Hours and days add up; points only say which step costs more."""


class Vocabulary(Model):
    """The questionnaire's own words for what it scores and for the sides of a score."""

    one: Word
    """What is scored, one of it: `practice`."""
    many: Word
    """More of it: `practices`."""
    steers: Word | None = None
    """Of a low score; by default `below the line`, as in `2 of 5 practices below the line`."""
    open: Word | None = None
    """Of one that is on neither side; by default `too close to call`."""
    free: Word | None = None
    """Of a high score; by default `above the line`."""
    low: Word | None = None
    """The low end of a scale without poles; by default `not in place`."""
    high: Word | None = None
    """Its high end; by default `in place`."""


class Department(Model):
    """A part of a company that answers, is asked, or owns a step."""

    id: Slug
    """Its permanent name."""
    name: Text
    """As it is shown."""
    applies_if: Condition = Field(default_factory=dict)
    """In which companies it exists: facts with the options of which one must hold."""


class ProfileOption(Model):
    """One possible answer to a profile fact."""

    id: Slug
    """Its permanent name."""
    text: Text
    """As it is offered."""
    note: Text | None = None
    """What the steps for such a company keep to, in a sentence for the first page of its report."""
    was: Many[Slug] = ()
    """Its earlier ids: suggestions for a sheet of an earlier version."""


class ProfileFact(Model):
    """A fact about the company that decides which questions apply; never scored."""

    id: Slug
    """Its permanent name."""
    text: Text
    """What is asked."""
    options: Annotated[Many[ProfileOption], Field(min_length=2, max_length=30)]
    """What may be answered."""
    was: Many[Slug] = ()
    """Its earlier ids."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The ids of the options."""
        return tuple(option.id for option in self.options)


class Poles(Model):
    """The two ends of a scale, or of a belief item."""

    holds: Text
    """The end where the misconception holds."""
    rejects: Text
    """The end where it is rejected."""
    absent: Text | None = None
    """The low end where nothing is done at all."""


class Diagnosis(Model):
    """What a low score says, by what its points were lost to; {company} stands for its name."""

    grip: Text
    """Mostly to practice that follows the misconception."""
    absence: Text
    """Mostly to practice that is missing."""
    mixed: Text
    """To both."""


class Misconception(Model):
    """A false belief that is scored, from 0 (it rules practice) to 100 (practice is free of it)."""

    id: Slug
    """Its permanent name."""
    title: Text
    """What is believed, in a sentence."""
    topic: Text | None = None
    """A word or two for tables and charts."""
    poles: Poles | None = None
    """What stands at the ends of its scale."""
    says: Text | None = None
    """What who holds it says."""
    reality: Text | None = None
    """What is so instead."""
    matters: Text | None = None
    """What it costs."""
    evidence_note: Text | None = None
    """How far the sources go."""
    belief: Poles | None = None
    """The two statements between which the respondent places the company."""
    diagnosis: Diagnosis | None = None
    """What a low score says."""
    sources: Many[Slug] = ()
    """Ids of sources that it rests on, those to name first."""
    further: Many[Slug] = ()
    """Ids of sources for the appendix."""


class Step(Model):
    """What leads from an answer to a better one; effort in the questionnaire's unit."""

    text: Text
    """What to do, as an order."""
    effort: Annotated[int, Field(ge=1, le=1000)]
    """What it costs, in the unit of the questionnaire."""
    owner: Slug | None = None
    """The id of the department that does it."""
    owner_small: Slug | None = None
    """The department that does it where the owner does not exist."""


class Option(Model):
    """One level of a question, lowest first."""

    id: Slug
    """Its permanent name."""
    text: Text
    """As it is offered."""
    value: Share | None = None
    """0 to 1; where it is not said, by its place among the options."""
    step: Step | None = None
    """What leads from a fault to the lowest option without one, from any other to the next better one."""
    alarm: bool = False
    """Whether it holds the band of its misconception down."""
    fault: Fault | None = None
    """What is wrong with it: the misconception grips it, or nothing is done."""
    costs: Text | None = None
    """What it costs, in a clause of a few words, for first pages and charts."""
    was: Many[Slug] = ()
    """Its earlier ids."""


class OnScale(Model):
    """What an option of a scale means in one question; of a scale turned round nothing else is taken over."""

    step: Step | None = None
    """What leads from it to a better one."""
    alarm: bool | None = None
    """Whether it holds the band of its misconception down."""
    fault: Fault | None = None
    """What is wrong with it."""
    costs: Text | None = None
    """What it costs, in a clause of a few words."""


def turned(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """The options in the other order, each worth 1 less its value; twice gives them back."""
    return tuple(
        option if option.value is None else option.model_copy(update={"value": 1 - option.value})
        for option in reversed(options)
    )


class Reason(Model):
    """A ready reason why a question does not apply."""

    id: Slug
    """Its permanent name."""
    text: Text
    """As it is offered, and kept as the note."""


class Wording(Model):
    """Other words for the same question where the profile fits."""

    if_: Annotated[Condition, Field(alias="if", min_length=1)]
    """Where it is used: facts with the options of which one must hold."""
    text: Text | None = None
    """What is asked instead."""
    options: Mapping[Slug, Text] = Field(default_factory=dict)
    """Other texts of options, by id."""


class Metric(Model):
    """A number that shows the practice, and what to aim at."""

    text: Text
    """What is counted."""
    target: Text | None = None
    """What to aim at."""


class Question(Model):
    """One practice: what is asked, its levels, and how much each misconception hangs on it."""

    id: Slug
    """Its permanent name."""
    text: Text
    """What is asked."""
    weights: Mapping[Slug, Weight]
    """How much each misconception hangs on it, by id."""
    depth: Depth = "quick"
    """Whether the quick check asks it too."""
    title: Text | None = None
    """A few words for tables."""
    why: Text | None = None
    """Why it is asked."""
    ask: Many[Slug] = ()
    """Ids of the departments that would know."""
    evidence: Text | None = None
    """What shows that the answer is so."""
    metric: Metric | None = None
    """How to see that a step has worked."""
    applies_if: Condition = Field(default_factory=dict)
    """Facts with the options of which one must hold; else it is left out."""
    wording: Many[Wording] = ()
    """Other words for some companies; the first that fits counts."""
    scale: Slug | None = None
    """The id of a scale that it takes its options from."""
    reversed_: Annotated[bool, Field(alias="reversed")] = False
    """Whether the scale is turned round: its last option is the lowest, and values are 1 less those."""
    at: Mapping[Slug, OnScale] = Field(default_factory=dict)
    """Steps, alarms and faults that options of the scale have here, by their ids."""
    options: Annotated[Many[Option], Field(max_length=30)] = ()
    """What may be answered, the lowest first."""
    not_applicable: Annotated[Many[Reason], Field(max_length=30)] = ()
    """Ready reasons why it does not apply."""
    was: Many[Slug] = ()
    """Its earlier ids."""

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
    def unit(self) -> int:
        """The common denominator of the values."""
        return lcm(*(value.denominator for value in self.values))

    @cached_property
    def units(self) -> tuple[int, ...]:
        """The value of each level in whole numbers: how many parts of `unit` it is."""
        return tuple(value.numerator * (self.unit // value.denominator) for value in self.values)

    def on(self, scale: tuple[Option, ...]) -> tuple[Option, ...]:
        """The options that it takes from its scale, the lowest first, with what they mean here.

        What leads up one way is no step the other way, and what is wrong one way is right the other: of a
        scale that is turned round only ids, texts and values are taken.
        """
        if self.reversed_:
            bare = {name: Option.model_fields[name].default for name in OnScale.model_fields}
            scale = tuple(option.model_copy(update=bare) for option in turned(scale))
        return tuple(self._meant(option) for option in scale)

    def _meant(self, option: Option) -> Option:
        here = self.at.get(option.id)
        if here is None:
            return option
        given = {name: value for name, value in here if value is not None}
        return option.model_copy(update=given)

    @cached_property
    def levels(self) -> Mapping[str, int]:
        """The level (0 is the lowest) of each option id."""
        return {option.id: level for level, option in enumerate(self.options)}

    def aim(self, level: int) -> int | None:
        """The level that a step from this one leads to; None where nothing is better.

        From a fault it is the lowest level without one, whatever lies between; from any other, or where every
        option is at fault, the next level of higher value.
        """
        better = range(level + 1, len(self.options))
        if self.options[level].fault:
            found = next((each for each in better if not self.options[each].fault), None)
            if found is not None:
                return found
        return next((each for each in better if self.values[each] > self.values[level]), None)

    def applies_to(self, facts: Facts) -> bool:
        """Whether the profile leaves the question in; a fact not answered rules nothing out."""
        return fits(self.applies_if, facts)

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
    """Its permanent name."""
    if_: Annotated[Condition, Field(alias="if", min_length=1)]
    """Questions, facts or department, with the options of which one must hold."""
    text: Text
    """What does not go together."""
    was: Many[Slug] = ()
    """Its earlier ids."""


class Questionnaire(Model):
    """A whole questionnaire in one language."""

    schema_: Annotated[Literal["smaudit/questionnaire/1"], Field(alias="schema")]
    """The format."""
    id: Slug
    """Its permanent name."""
    version: Text
    """Another one for every change."""
    title: Text
    """As it is shown."""
    misconceptions: Annotated[Many[Misconception], Field(min_length=1, max_length=50)]
    """What is scored, in the order of the report."""
    questions: Annotated[Many[Question], Field(min_length=1, max_length=1000)]
    """What is asked, in this order."""
    ends_with: Literal["..."] | None = None
    """Three dots at the end of the file: whatever stands above is all there."""
    language: Text = "en"
    """The code of the language it is written in."""
    about: Text | None = None
    """What to say before the first question."""
    source: Origin | None = None
    """The publication that it follows."""
    rules: Rules = Field(default_factory=Rules)
    """Conventions of the score."""
    effort: Efforts = Field(default_factory=Efforts)
    """What the efforts of steps are counted in."""
    words: Vocabulary | None = None
    """Its own words for what it scores; without them it speaks of misconceptions if it has beliefs."""
    departments: Many[Department] = ()
    """Who answers, is asked, or owns a step."""
    profile: Many[ProfileFact] = ()
    """Facts about the company; never scored."""
    one_person: Condition = Field(default_factory=dict)
    """Facts with options which mean that one person does it all."""
    sources: Many[Source] = ()
    """Published evidence."""
    scales: Mapping[Slug, Annotated[Many[Option], Field(max_length=30)]] = Field(default_factory=dict)
    """Options that several questions share, by id."""
    contradictions: Many[Contradiction] = ()
    """Answers that do not go together."""

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the file it was read from, in hexadecimal; empty where it came from none."""
        return ""

    @cached_property
    def changed(self) -> bool:
        """Whether its file has the id and the version of the built-in one, but not its content."""
        return False

    def __repr_args__(self) -> Iterator[tuple[str, object]]:
        """What stands for it in a console: its name, not its questions."""
        yield from (("id", self.id), ("version", self.version), ("language", self.language))

    def from_file(self, sha256: str, *, changed: bool = False) -> Questionnaire:
        """The same, read from a file with this SHA-256, which may have changed the built-in one."""
        made = self.model_copy()
        # No fields: where it came from is not what is asked.
        made.__dict__.update(sha256=sha256, changed=changed)
        return made

    @model_validator(mode="after")
    def _with_scales(self) -> Self:
        """Give the questions that name a scale, and have no options of their own, those of the scale."""
        if self.scales:
            self.__dict__["questions"] = tuple(
                each
                if each.options or each.scale is None or each.scale not in self.scales
                else each.model_copy(update={"options": each.on(self.scales[each.scale])})
                for each in self.questions
            )
        return self

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

    def kept(self, name: str, make: Callable[[Questionnaire], Made]) -> Made:
        """What `make` makes of the questionnaire: made once, and anew for a copy with other content."""
        content = (self.questions, self.misconceptions, self.profile, self.rules)
        found: tuple[tuple[object, ...], Made] | None = self._kept.get(name)
        if found is None or any(map(is_not, found[0], content)):
            found = self._kept[name] = content, make(self)
        return found[1]

    @cached_property
    def _kept(self) -> dict[str, Any]:
        return {}

    @property
    def is_of_misconceptions(self) -> bool:
        """Whether what it scores is spoken of as misconceptions, which steer a company or do not."""
        return self.words is None and any(each.belief for each in self.misconceptions)

    def section(self, misconception: str) -> str | None:
        """What the questions of a misconception stand under while they are asked; None for a number.

        A title that says what is believed would say which answers are wanted.
        """
        asked = self.misconception[misconception]
        return asked.topic or (None if self.is_of_misconceptions else asked.title)

    def alone(self, facts: Facts) -> bool:
        """Whether the profile says that one person does it all: nobody else can own a step or be asked."""
        return bool(self.one_person) and all(facts.get(name) in one for name, one in self.one_person.items())

    def departments_for(self, facts: Facts) -> tuple[Department, ...]:
        """The departments that exist in a company with this profile, as far as it is known."""
        return tuple(each for each in self.departments if fits(each.applies_if, facts))

    def owner_for(self, step: Step, facts: Facts) -> str | None:
        """Who does a step in such a company: its owner, else that of small companies, else nobody.

        Nobody where one person does it all.
        """
        if not self.alone(facts):
            for owner in (step.owner, step.owner_small):
                if owner and fits(self.department[owner].applies_if, facts):
                    return owner
        return None

    def notes_for(self, facts: Facts) -> tuple[str, ...]:
        """What the steps for a company with this profile keep to, in the order of the profile."""
        chosen = (each for fact in self.profile for each in fact.options if facts.get(fact.id) == each.id)
        return tuple(each.note for each in chosen if each.note)

    def at(self, depth: Depth) -> tuple[Question, ...]:
        """The questions that count at this depth; full includes quick."""
        return tuple(question for question in self.questions if depth == "full" or question.depth == "quick")

    def facts_for(self, question: Question, depth: Depth = "full") -> tuple[str, ...]:
        """The profile facts that this question depends on at a depth, in the order of the profile.

        A contradiction needs its facts only where everything else that it names is asked too.
        """
        named = set(question.applies_if)
        for wording in question.wording:
            named.update(wording.if_)
        for contradiction in self.contradictions:
            if question.id in contradiction.if_ and self._can_be_met(contradiction, depth):
                named.update(contradiction.if_)
        return tuple(fact.id for fact in self.profile if fact.id in named)

    def _can_be_met(self, contradiction: Contradiction, depth: Depth) -> bool:
        asked = (self.question[name] for name in contradiction.if_ if name in self.question)
        return depth == "full" or all(question.depth == depth for question in asked)
