"""Sheets of one company over time: `compare(questionnaire, sheets) -> Comparison`.

All dates are scored with one questionnaire, at the lowest depth of the sheets. Only the change of questions
that were rated on both dates and asked the same is called a change in practice (`compare_moves.py`); whatever
else moves a score is counting, and is named.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from smaudit.core.compare_alarms import alarms
from smaudit.core.compare_dates import Date, Pairing, pairings
from smaudit.core.compare_moves import Parts, mean_of, move, overall_move, parts_of
from smaudit.core.compare_result import (
    ChangedAnswer,
    ChangedFact,
    Comparison,
    DatedSheet,
    Interval,
    Move,
    StepState,
    StepThen,
    Texts,
    Versions,
)
from smaudit.core.compare_texts import History, Library
from smaudit.core.questionnaire import Depth, Question, Questionnaire
from smaudit.core.result import UNKNOWN, PlannedStep, QuestionnaireName, RespondentName
from smaudit.core.sheet import Sheet
from smaudit.core.team import strangers

Planned = Sequence[PlannedStep]
"""The steps of the plan that a sheet had at its date."""


def compare(
    questionnaire: Questionnaire,
    sheets: Iterable[Sheet],
    *,
    planned: Sequence[Planned] = (),
    earlier: Iterable[Questionnaire] = (),
    history: History | None = None,
    anonymous: bool = False,
) -> Comparison:
    """What changed from sheet to sheet, in the order in which they are given, and from the first to the last.

    `planned` has the steps of each sheet's plan but the last one's; `earlier` are earlier versions of the
    questionnaire, and `history` the digests of versions, for sheets that were made for another one. Texts are
    compared in the language of the questionnaires, which must be one. With `anonymous` no name, evidence or
    hash is left. Raises TypeError where these are no questionnaire and sheets, ValueError where there are
    fewer than two or they are of different companies.
    """
    sheets = tuple(sheets)
    if not isinstance(questionnaire, Questionnaire) or not all(isinstance(each, Sheet) for each in sheets):
        message = "A Questionnaire and Sheets are needed, as they are loaded."
        raise TypeError(message)
    apart = strangers(sheets)
    if len(sheets) < 2 or apart:  # noqa: PLR2004 - then and now
        message = (
            "sheets[{}] and sheets[{}] are of different companies." if apart else "Two sheets are needed."
        )
        raise ValueError(message.format(*(apart or ())))
    depth: Depth = "quick" if any(each.depth_for(questionnaire) == "quick" for each in sheets) else "full"
    library = Library(questionnaire, earlier, history)
    dates = [Date.of(questionnaire, each, depth, library) for each in sheets]
    plans: list[Planned] = [*planned, *[()] * (len(sheets) - len(planned))]
    intervals = tuple(
        _interval(dates, plans, then, now, anonymous=anonymous) for then, now in pairwise(range(len(dates)))
    )
    last = len(dates) - 1
    return Comparison(
        questionnaire=QuestionnaireName(
            questionnaire.id, questionnaire.version, questionnaire.sha256, questionnaire.changed
        ),
        company=None if anonymous else sheets[-1].company.name or sheets[0].company.name,
        profile=dict(sheets[-1].company.profile),
        depth=depth,
        sheets=tuple(_sheet(each, anonymous=anonymous) for each in dates),
        whole=intervals[0] if last == 1 else _interval(dates, plans, 0, last, anonymous=anonymous),
        intervals=intervals,
    )


def _sheet(date: Date, *, anonymous: bool) -> DatedSheet:
    sheet, made = date.sheet, date.sheet.questionnaire
    questions = date.questionnaire.at(date.assessment.sheet.depth)
    answers = [date.answer(each) for each in questions]
    return DatedSheet(
        sha256=None if anonymous else sheet.sha256,
        date=sheet.date,
        respondent=RespondentName(None if anonymous else sheet.respondent.name, sheet.respondent.department),
        depth=sheet.depth_for(date.questionnaire),
        made_for=made.version if made else None,
        rated=sum(each.status == "rated" for each in answers),
        with_evidence=sum(each.status == "rated" and each.with_evidence for each in answers),
        unknown=sum(each.status in UNKNOWN for each in answers),
        not_applicable=sum(each.status == "not-applicable" for each in answers),
        sides=date.sides,
    )


def _interval(
    dates: Sequence[Date], plans: Sequence[Planned], first: int, last: int, *, anonymous: bool
) -> Interval:
    then, now = dates[first], dates[last]
    pairs = {each.question.id: each for each in pairings(then, now)}
    parts = {
        name: parts_of(name, pairs.values(), score.score, later.score)
        for (name, score), later in zip(then.scores.items(), now.scores.values(), strict=True)
        if score.score is not None and later.score is not None
    }
    overall, joined = overall_move(then, now, parts, pairs)
    moves = tuple(move(name, (then.at(name), now.at(name)), parts.get(name), pairs) for name in then.scores)
    return Interval(
        then=first,
        now=last,
        overall=overall,
        joined=joined,
        misconceptions=moves,
        answers=tuple(_answers(then, now, pairs.values(), parts, overall, anonymous=anonymous)),
        same=sum(each.is_matched and each.is_same for each in pairs.values()),
        known_now=_turned(pairs.values(), to_known=True),
        unknown_now=_turned(pairs.values(), to_known=False),
        facts=tuple(_facts(then, now)),
        alarms=tuple(alarms(then, now)),
        steps=tuple(_step(step, now, pairs) for step in plans[first]),
        versions=_versions(then, now, pairs.values()),
        same_respondent=_same_respondent(then.sheet, now.sheet),
    )


def _answers(
    then: Date,
    now: Date,
    pairs: Iterable[Pairing],
    parts: Mapping[str, Parts],
    overall: Move,
    *,
    anonymous: bool,
) -> Iterator[ChangedAnswer]:
    """What was answered or counts differently; a question in other words is named, whatever it changes."""
    mean = mean_of(tuple(parts.values()))
    found = [
        ChangedAnswer(
            question=each.question.id,
            kind=each.kind,
            then=then.answer(each.question, anonymous=anonymous),
            now=now.answer(each.question, anonymous=anonymous),
            points={
                name: points
                for name, own in parts.items()
                if (points := own.points(each.question.id)) is not None
            },
            overall=None if overall.difference is None else mean.points(each.question.id),
        )
        for each in pairs
        if each.is_rated and not (each.is_matched and each.is_same)
    ]
    yield from sorted(found, key=lambda each: -abs(each.overall or Fraction()))


def _turned(pairs: Iterable[Pairing], *, to_known: bool) -> tuple[str, ...]:
    """The questions of which nothing was known on one date and that are rated on the other."""
    return tuple(
        each.question.id
        for each in pairs
        if (each.then if to_known else each.now) in UNKNOWN
        and (each.now if to_known else each.then) == "rated"
    )


def _facts(then: Date, now: Date) -> Iterator[ChangedFact]:
    for fact in then.questionnaire.profile:
        one, other = (each.sheet.company.profile.get(fact.id) for each in (then, now))
        if one != other:
            behind = tuple(
                question.id
                for question in then.questionnaire.at(then.assessment.sheet.depth)
                if fact.id in question.applies_if or any(fact.id in each.if_ for each in question.wording)
            )
            yield ChangedFact(fact.id, one, other, behind)


def _step(step: PlannedStep, now: Date, pairs: Mapping[str, Pairing]) -> StepThen:
    return StepThen(step.question, step.from_, step.to, _step_state(step, now, pairs))


def _step_state(step: PlannedStep, now: Date, pairs: Mapping[str, Pairing]) -> StepState:
    pair = pairs.get(step.question)
    if pair is None or pair.now in {"not-asked", "ruled-out", "not-applicable"}:
        return "not-asked"
    if pair.level_now is None:
        return "not-known"
    if pair.kind != "practice":
        return "asked-otherwise"
    if pair.level_now < pair.question.levels[step.to]:
        return "open"
    return "shown" if now.answer(pair.question).with_evidence else "claimed"


def _versions(then: Date, now: Date, pairs: Iterable[Pairing]) -> Versions:
    pairs = tuple(pairs)
    versions = {each.asked.version for each in (then, now)}
    unknown = tuple(each.question.id for each in pairs if each.texts == "unknown")
    rated = sum(each.texts is not None for each in pairs)
    texts: Texts = "compared"
    if unknown:
        texts = "not-compared" if len(unknown) == rated else "partly"
    elif len(versions) == 1 and None not in versions:
        texts = "same-version"
    return Versions(
        texts=texts,
        not_compared=unknown,
        reworded=tuple(each.question.id for each in pairs if each.kind == "reworded"),
        added=tuple(each.question.id for each in pairs if each.then == "not-asked"),
        dropped=tuple(dict.fromkeys(_dropped(then))),
    )


def _dropped(then: Date) -> Iterator[str]:
    """The questions of an earlier version that are no more, as far as that version or an answer tells."""
    depth = then.assessment.sheet.depth
    for name, known in (then.asked.known or {}).items():
        counts = depth == "full" or not isinstance(known, Question) or known.depth == "quick"
        if counts and name not in then.questionnaire.question:
            yield name
    for name in then.sheet.gone:
        if name in then.sheet.answers and name not in then.questionnaire.question:
            yield name


def _same_respondent(then: Sheet, now: Sheet) -> bool | None:
    names = [each.respondent.name for each in (then, now)]
    if all(names):
        return names[0] == names[1]
    departments = [each.respondent.department for each in (then, now)]
    return False if all(departments) and departments[0] != departments[1] else None
