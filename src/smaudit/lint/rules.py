"""What makes a questionnaire poor although it can be scored: `lint(questionnaire) -> findings`.

Loading refuses what leaves a score undefined (weights below 0, values that fall, ids that are no
permanent names). The rest is found here, when somebody asks for it: poor content still loads and scores.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations

from smaudit.core.questionnaire import Misconception, Option, Question, Questionnaire, Unit
from smaudit.errors import Message, Place, Problem, Value
from smaudit.lint.balance import unbalanced
from smaudit.lint.names import changed_by_spreadsheets, led_astray

EFFORTS: Mapping[Unit, tuple[int, ...]] = {"points": (1, 2, 3, 5, 8), "hours": (1, 2, 4, 8, 16, 24, 40, 80)}
"""The efforts that steps are estimated in, by unit; days have no scale of their own."""
_SHARED_AT_MOST = Fraction(1, 2)
COMPLETE = ("by", "year", "url", "caution")
WORTH_HAVING = ("belief", "poles", "reality", "sources")


@dataclass(frozen=True)
class Finding:
    """One thing that makes a questionnaire poor: an error, or a warning that may be left as it is."""

    problem: Problem
    warning: bool


def lint(questionnaire: Questionnaire) -> tuple[Finding, ...]:
    """Every finding in a questionnaire that loads: errors first, each kind in the order of the file."""
    errors = chain(
        unbalanced(questionnaire),
        _sources(questionnaire),
        _options(questionnaire),
        _faults(questionnaire),
        _same_options(questionnaire),
        _never_asked(questionnaire),
        _cannot_occur(questionnaire),
        led_astray(questionnaire),
    )
    warnings = chain(
        _idle_facts(questionnaire),
        _bare_misconceptions(questionnaire),
        _much_shared(questionnaire),
        _odd_efforts(questionnaire),
        _same_questions(questionnaire),
        changed_by_spreadsheets(questionnaire),
    )
    return (
        *(Finding(problem, warning=False) for problem in _once(errors)),
        *(Finding(problem, warning=True) for problem in _once(warnings)),
    )


def _once(problems: Iterable[Problem]) -> Iterable[Problem]:
    """Each finding once: the options of a scale are met again with each of its questions."""
    found: dict[object, Problem] = {}
    for problem in problems:
        found.setdefault(
            (problem.place, problem.message.phrase, problem.message.values.get("depth")), problem
        )
    return found.values()


def _sources(questionnaire: Questionnaire) -> Iterator[Problem]:
    named = {name for each in questionnaire.misconceptions for name in (*each.sources, *each.further)}
    for number, source in enumerate(questionnaire.sources):
        place: Place = ("sources", number)
        if source.id not in named:
            yield Problem(place, Message("lint.source-unused", {"id": source.id}))
        for field in COMPLETE:
            if getattr(source, field) is None:
                yield Problem((*place, field), Message(f"lint.source-no-{field}", {"id": source.id}))


def _levels(questionnaire: Questionnaire) -> Iterator[tuple[Question, int, Option, Place]]:
    """Every option with its question, its level and its place, which may be in a scale."""
    for number, question in enumerate(questionnaire.questions):
        inside: Place = ("scales", question.scale) if question.scale else ("questions", number, "options")
        for level, option in enumerate(question.options):
            own = question.reversed_ or option.id in question.at
            place: Place = ("questions", number, "at", option.id) if own else (*inside, level)
            yield question, level, option, place


def _options(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Ends that keep a misconception from 0 or 100, options that change no score, and missing steps.

    A score is a weighted mean of values from 0 to 1. So under any profile and at any depth it can
    reach 0 and 100 exactly if the first option of every question is worth 0 and the last one 1.
    """
    for question, level, option, place in _levels(questionnaire):
        values, last = question.values, len(question.options) - 1
        said = {"option": option.id, "question": question.id}
        if level == 0 and values[0] != 0:
            yield Problem((*place, "value"), Message("lint.lowest-above-0", said))
        if level == last and values[last] != 1:
            yield Problem((*place, "value"), Message("lint.highest-below-1", said))
        if level and values[level] == values[level - 1] and not option.fault:
            beside = {"option": option.id, "before": question.options[level - 1].id}
            yield Problem(place, Message("lint.no-effect", beside))
        aim = question.aim(level)
        if aim is not None and option.step is None:
            after = question.options[aim].id
            yield Problem((*place, "step"), Message("lint.no-step", {"option": option.id, "after": after}))


def _faults(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Faults that no step can lead out of: nothing is above them, or what stands below is called better."""
    marked = any(option.fault for _, _, option, _ in _levels(questionnaire))
    for number, question in enumerate(questionnaire.questions):
        good = [level for level, option in enumerate(question.options) if not option.fault]
        if marked and not good:
            yield Problem(("questions", number), Message("lint.all-faults", {"question": question.id}))
    for question, level, option, place in _levels(questionnaire):
        below = next((each for each in question.options[:level] if not each.fault), None)
        if option.fault and below:
            said = {"option": option.id, "below": below.id}
            yield Problem((*place, "fault"), Message("lint.fault-above", said))


def _same_options(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Options of a question that say the same: nobody could choose between them."""
    first: dict[tuple[str, str], str] = {}
    for question, _, option, place in _levels(questionnaire):
        other = first.setdefault((question.id, _heard(option.text)), option.id)
        if other != option.id:
            yield Problem((*place, "text"), Message("lint.same-option", {"other": other}))


def _same_questions(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Questions with one name: a report could not tell their rows apart, where a company is asked both."""
    first: dict[str, str] = {}
    for number, question in enumerate(questionnaire.questions):
        other = first.setdefault(_heard(question.name), question.id)
        if other != question.id:
            place: Place = ("questions", number, "text" if question.title is None else "title")
            yield Problem(place, Message("lint.same-question", {"other": other}))


def _heard(text: str) -> str:
    """The text as one hears it: without capitals and further spaces."""
    return " ".join(text.casefold().split())


def _never_asked(questionnaire: Questionnaire) -> Iterator[Problem]:
    for number, question in enumerate(questionnaire.questions):
        for fact, allowed in question.applies_if.items():
            if not allowed:
                place: Place = ("questions", number, "applies_if", fact)
                yield Problem(place, Message("lint.never-asked", {"question": question.id, "fact": fact}))


def _cannot_occur(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Contradictions that no company can meet: what they need of one fact leaves none of its options."""
    for number, contradiction in enumerate(questionnaire.contradictions):
        needs = dict(contradiction.if_)
        asked = [questionnaire.question[name] for name in needs if name in questionnaire.question]
        for question in asked:
            for fact, allowed in question.applies_if.items():
                before = needs.get(fact, allowed)
                needs[fact] = tuple(option for option in before if option in allowed)
        for name, left in needs.items():
            if not left:
                said = {"id": contradiction.id, "name": name}
                yield Problem(("contradictions", number, "if"), Message("lint.cannot-occur", said))


def _idle_facts(questionnaire: Questionnaire) -> Iterator[Problem]:
    conditions: Iterable[Iterable[str]] = chain(
        (question.applies_if for question in questionnaire.questions),
        (wording.if_ for question in questionnaire.questions for wording in question.wording),
        (contradiction.if_ for contradiction in questionnaire.contradictions),
        (department.applies_if for department in questionnaire.departments),
    )
    used = set(chain.from_iterable(conditions))
    for number, fact in enumerate(questionnaire.profile):
        if fact.id not in used:
            yield Problem(("profile", number), Message("lint.idle-fact", {"fact": fact.id}))


def _bare_misconceptions(questionnaire: Questionnaire) -> Iterator[Problem]:
    for number, misconception in enumerate(questionnaire.misconceptions):
        for field in WORTH_HAVING:
            if not getattr(misconception, field):
                said = {"misconception": misconception.id}
                yield Problem(("misconceptions", number, field), Message(f"lint.no-{field}", said))


def _much_shared(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Pairs of misconceptions whose weights lie for more than half on the same questions.

    Of each question the smaller of its two shares counts, so the unit that weights are given in does not.
    """
    numbered = enumerate(questionnaire.misconceptions)
    for (_, one), (number, other) in combinations(numbered, 2):
        first, second = _weight_shares(questionnaire, one), _weight_shares(questionnaire, other)
        shared = sum((min(first[name], second[name]) for name in first), Fraction())
        if shared > _SHARED_AT_MOST:
            said: dict[str, str | int] = {"one": one.id, "other": other.id, "percent": int(100 * shared)}
            yield Problem(("misconceptions", number), Message("lint.much-shared", said))


def _weight_shares(questionnaire: Questionnaire, misconception: Misconception) -> dict[str, Fraction]:
    """The share (0..1) of each question in all the weight of a misconception."""
    weights = {question.id: question.weights.get(misconception.id, 0) for question in questionnaire.questions}
    total = sum(weights.values())
    return {name: Fraction(weight, total) for name, weight in weights.items()}


def _odd_efforts(questionnaire: Questionnaire) -> Iterator[Problem]:
    usual = EFFORTS.get(questionnaire.effort.unit, ())
    for _, _, option, place in _levels(questionnaire):
        if usual and option.step and option.step.effort not in usual:
            said: dict[str, Value] = {"effort": option.step.effort, "usual": tuple(map(str, usual))}
            yield Problem((*place, "step", "effort"), Message("lint.odd-effort", said))
