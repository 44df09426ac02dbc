"""Who of several people counts for a question, and what their answers come to together.

Those count whose department is among the question's `ask`; where none of them answered, everybody. A blank
is no answer, don't know is one. What was settled stands before all that. A question that a respondent's own
facts rule out was not asked of that respondent.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from smaudit.core.questionnaire import (
    NOT_APPLICABLE,
    RESERVED,
    Depth,
    Facts,
    Question,
    Questionnaire,
)
from smaudit.core.sheet import Sheet, written
from smaudit.core.team_result import Heard

State = Literal["settled", "disputed", "unknown", "not-applicable", "ruled-out"]
FoundFacts = Mapping[str, tuple[str, ...]]
"""By fact, the options that were given for it, each once."""


class Member(NamedTuple):
    """A sheet of the team; `agreement` where it holds what several people have settled."""

    sheet: Sheet
    department: str | None
    agreement: bool


class Standing(NamedTuple):
    """What the answers that count to a question come to.

    levels           the levels that were chosen, each once, lowest first
    may_not_apply    whether not applicable is among what may be settled
    facts            the disputed facts that the question hangs on
    """

    question: Question
    state: State
    heard: Heard
    levels: tuple[int, ...]
    may_not_apply: bool
    facts: tuple[str, ...]


def members(questionnaire: Questionnaire, sheets: Iterable[Sheet]) -> tuple[Member, ...]:
    """The sheets in the order of their departments, whatever order they came in."""
    place = {name: number for number, name in enumerate(questionnaire.department)}
    found = [Member(each, each.respondent.department, bool(each.settled)) for each in sheets]

    def rank(member: Member) -> tuple[object, ...]:
        sheet, department = member.sheet, member.department
        position = place.get(department, len(place)) if department else len(place) + 1
        who = (sheet.date or "", sheet.respondent.name or "", sheet.sha256)
        return member.agreement, position, department or "", *who, repr(written(sheet))

    return tuple(sorted(found, key=rank))


def depth_of(questionnaire: Questionnaire, team: Iterable[Member]) -> Depth:
    """The lowest depth of the sheets: all were asked so much."""
    depths = {member.sheet.depth_for(questionnaire) for member in team}
    return "quick" if "quick" in depths else "full"


def facts_of(questionnaire: Questionnaire, team: Sequence[Member]) -> dict[str, tuple[str, ...]]:
    """The options given for each fact: those settled, else the respondents', else those of an agreement."""
    found = {}
    for fact in questionnaire.profile:
        given = [member for member in team if member.sheet.company.profile.get(fact.id) in fact.names]
        options = {member.sheet.company.profile[fact.id] for member in _counting(fact.id, given)}
        if options:
            found[fact.id] = tuple(name for name in fact.names if name in options)
    return found


def agreed_facts(facts: FoundFacts) -> dict[str, str]:
    """The facts that nobody disputes."""
    return {name: options[0] for name, options in facts.items() if len(options) == 1}


def said(question: Question, sheet: Sheet) -> str | None:
    """What a sheet says of a question; None where it was left blank or was not asked there."""
    choice = sheet.choice(question.id)
    if choice is None or not (choice in question.levels or choice in RESERVED):
        return None
    return choice if question.applies_to(sheet.company.profile) else None


def counting(
    question: Question, team: Sequence[Member], asked: Iterable[str]
) -> tuple[Heard, tuple[Member, ...]]:
    """Whose answers count, and those who gave them; `asked` are the departments there are to ask."""
    given = [member for member in team if said(question, member.sheet) is not None]
    found = _counting(question.id, given)
    if any(member.agreement for member in found):
        return "settled", found
    of_asked = tuple(member for member in found if member.department in question.ask)
    if of_asked:
        return "asked", of_asked
    return ("others" if set(asked).intersection(question.ask) else "everybody"), found


def _counting(name: str, given: Sequence[Member]) -> tuple[Member, ...]:
    """Those of an agreement that settled this; else the respondents; else what an agreement has besides."""
    settled = tuple(member for member in given if name in member.sheet.settled)
    people = tuple(member for member in given if not member.agreement)
    return settled or people or tuple(given)


def standing(question: Question, heard: Heard, choices: Iterable[str], facts: FoundFacts) -> Standing:
    """What the choices that count come to, given the facts; knowing goes before not knowing."""
    known = set(choices)
    levels = tuple(sorted(question.levels[choice] for choice in known - RESERVED))
    open_facts = tuple(
        name
        for name, allowed in question.applies_if.items()
        if {option in allowed for option in facts.get(name, ())} == {True, False}
    )
    state: State
    if any(
        name in facts and not set(facts[name]).intersection(allowed)
        for name, allowed in question.applies_if.items()
    ):
        return Standing(question, "ruled-out", heard, (), may_not_apply=False, facts=())
    excused = NOT_APPLICABLE in known or bool(open_facts)
    if known == {NOT_APPLICABLE}:
        state, excused, open_facts = "not-applicable", False, ()
    elif excused or len(levels) > 1:
        state = "disputed"
    else:
        state = "settled" if levels else "unknown"
    return Standing(question, state, heard, levels, excused, open_facts)


def asked_departments(questionnaire: Questionnaire, facts: Facts) -> frozenset[str]:
    """The departments there are to ask in a company with these facts; none where one person does it all."""
    if questionnaire.alone(facts):
        return frozenset()
    return frozenset(each.id for each in questionnaire.departments_for(facts))
