"""The score of one sheet: `assess(questionnaire, sheet) -> Assessment`.

All arithmetic is exact: whole numbers (`tally.py`, `figures.py`) decide; results are `fractions.Fraction`.
Scores run from 0 (the misconception rules practice) to 100 (practice is free of it). For a misconception m,
with x the value of an answer (0..1) and w its weight:

    A  applicable: w > 0, neither ruled out by the profile nor marked not applicable
    R  rated: those of A with a level          U  = A without R: don't know, or unanswered
    score = 100·N/W_R    worst = 100·N/W_A    best = 100·(N + W_U)/W_A    coverage = W_R/W_A
    with N = sum of w·x over R, and W_R, W_A, W_U the sums of w

Anchors, weights and cut-points are expert judgement, not calibrated on companies.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm

from smaudit.core import insight
from smaudit.core.figures import Figures, figures, ratio
from smaudit.core.insight import said
from smaudit.core.questionnaire import DEPARTMENT, DONT_KNOW, Depth, Questionnaire
from smaudit.core.result import (
    BANDS,
    EDGES,
    STEERS_BELOW,
    UNKNOWN,
    Alarm,
    AnswerScore,
    Assessment,
    Band,
    Belief,
    FoundContradiction,
    Guess,
    MisconceptionScore,
    OpenQuestion,
    QuestionnaireName,
    RespondentName,
    Shares,
    SheetName,
    Stance,
)
from smaudit.core.sheet import Sheet
from smaudit.core.steps import Rated, next_steps
from smaudit.core.tally import Answered, Tally, answer_status, choices_of, counted, ruler_of

__all__ = ["answer_status", "assess", "band_of", "contradictions"]


def assess(questionnaire: Questionnaire, sheet: Sheet) -> Assessment:
    """Score a sheet against the questionnaire it was read with. Same input, same result.

    An answer that the questionnaire does not know counts as none: `load_sheet` refuses such sheets. Raises
    TypeError where these are no questionnaire and sheet.
    """
    if not (isinstance(questionnaire, Questionnaire) and isinstance(sheet, Sheet)):
        came = f"{type(questionnaire).__name__} and {type(sheet).__name__}"
        message = f"A Questionnaire and a Sheet are needed, as they are loaded, not {came}."
        raise TypeError(message)
    depth = sheet.depth_for(questionnaire)
    ruler = ruler_of(questionnaire, depth)
    asked, sums, _ = counted(ruler, choices_of(sheet), sheet.company.profile)
    found, overall = figures(ruler, sums)
    rated = [
        (question, choice or "", level) for question, status, choice, level, *_ in asked if status == "rated"
    ]
    alarms = tuple(_alarms(rated))
    contradicting = contradictions(questionnaire, sheet, [question.id for question, *_ in asked])
    names = [each.id for each in questionnaire.misconceptions]
    scored = {
        name: tally.rated
        for name, tally, each in zip(names, sums, found, strict=True)
        if each.score is not None
    }
    scores = tuple(
        _score(questionnaire, sheet, alarms, name, each, tally, [asked[n] for n in weighing])
        for name, each, tally, weighing in zip(names, found, sums, ruler.weighing, strict=True)
    )
    return Assessment(
        questionnaire=QuestionnaireName(
            questionnaire.id, questionnaire.version, questionnaire.sha256, questionnaire.changed
        ),
        sheet=_sheet_name(sheet, depth),
        guess=Guess(sheet.guess.steering, sheet.guess.most) if sheet.guess else None,
        gone=sheet.gone,
        overall=overall._replace(sides=insight.sides(scores), missing=insight.missing(asked, sheet)),
        misconceptions=scores,
        alarms=alarms,
        contradictions=contradicting,
        find_out_first=_find_out_first(asked, _ranged(names, found, sums)),
        next_steps=next_steps(questionnaire, rated, sheet, scored, scores),
        shares=_shares(asked, rated),
        without_evidence=tuple(
            question.id
            for question, _, level in rated
            if level == len(question.options) - 1 and not said(sheet.answers[question.id].evidence)
        ),
        without_reason=tuple(
            question.id
            for question, status, *_ in asked
            if status == "not-applicable" and not said(sheet.answers[question.id].note)
        ),
        basis=insight.basis(asked, rated, sheet),
        costliest=insight.costliest(scores),
        sharpest=insight.sharpest(scores, contradicting),
    )


def _sheet_name(sheet: Sheet, depth: Depth) -> SheetName:
    respondent = RespondentName(sheet.respondent.name, sheet.respondent.department)
    made_for = sheet.questionnaire.version if sheet.questionnaire else None
    return SheetName(
        sheet.sha256,
        sheet.company.name,
        respondent,
        sheet.date,
        depth,
        profile=sheet.company.profile,
        language=sheet.language,
        made_for=made_for,
    )


def band_of(score: Fraction) -> Band:
    """The band of a score 0..100, decided on the exact fraction."""
    return BANDS[bisect_right(EDGES, score.numerator // score.denominator)]


def _score(  # noqa: PLR0917 - called once
    questionnaire: Questionnaire,
    sheet: Sheet,
    alarms: Sequence[Alarm],
    name: str,
    figure: Figures,
    tally: Tally,
    weighed: Sequence[Answered],
) -> MisconceptionScore:
    rules = questionnaire.rules
    worst, best, excused = figure.worst, figure.best, tally.excused
    excused_share = Fraction(excused, tally.applicable + excused) if excused else Fraction()
    capped_by = tuple(alarm.question for alarm in alarms if alarm.misconception == name)
    could_be: tuple[Band, ...] = ()
    if worst is not None and best is not None and excused_share <= rules.max_not_applicable:
        could_be = _bands(_capped(band_of(worst), capped_by), _capped(band_of(best), capped_by))
    band = _capped(band_of(figure.score), capped_by) if figure.score is not None and could_be else None
    belief = _belief(sheet, name)
    answers = tuple(_answer_scores(name, weighed, tally.rated))
    scored = figure.score is not None
    lost_to = insight.lost_to(questionnaire.question, answers) if scored else None
    return MisconceptionScore(
        id=name,
        status=figure.status,
        score=figure.score,
        worst=worst,
        best=best,
        coverage=figure.coverage,
        not_applicable_share=excused_share,
        band=band,
        capped_by=capped_by,
        firm=band is not None and len(could_be) == 1,
        could_be=could_be,
        unlock=_unlock(name, weighed) if figure.status == "not-enough-answers" else None,
        belief=belief,
        stance=_stance(belief, figure) if figure.worst is not None else None,
        questions=answers,
        side=insight.side_of(figure, alarm=bool(capped_by)),
        lost_to=lost_to,
        says=insight.says(lost_to) if lost_to else None,
    )


def _answer_scores(name: str, weighed: Iterable[Answered], total: int) -> Iterable[AnswerScore]:
    """What each answer adds to the score, and what it takes from it; `total` is the rated weight."""
    for question, status, choice, level, *_ in weighed:
        weight = question.weights[name]
        if status == "rated":
            part, whole = 100 * weight * question.units[level], total * question.unit
            points, lost = ratio(part, whole), ratio(100 * weight * question.unit - part, whole)
            yield AnswerScore(question.id, status, choice, question.values[level], weight, points, lost)
        else:
            yield AnswerScore(question.id, status, choice, None, weight, None, None)


def _capped(band: Band, capped_by: Sequence[str]) -> Band:
    return min(band, "strong-pull", key=BANDS.index) if capped_by else band


def _bands(lowest: Band, highest: Band) -> tuple[Band, ...]:
    return BANDS[BANDS.index(lowest) : BANDS.index(highest) + 1]


def _unlock(misconception: str, weighed: Iterable[Answered]) -> str | None:
    """The open question that would do most for a score: one of its own first, then the heaviest."""
    best = max(
        (question for question, status, *_ in weighed if status in UNKNOWN),
        key=lambda question: (question.main == misconception, question.weights[misconception]),
        default=None,
    )
    return best.id if best else None


def _belief(sheet: Sheet, misconception: str) -> Belief | None:
    answer = sheet.beliefs.get(misconception)
    if answer is None:
        return None
    return (
        Belief(answer, ratio(100 * (5 - answer), 4)) if isinstance(answer, int) else Belief(DONT_KNOW, None)
    )


def _stance(belief: Belief | None, figure: Figures) -> Stance | None:
    """Belief beside practice, both cut at 50; None without a belief."""
    if belief is None or belief.score is None:
        return None
    if belief.score == 50:  # noqa: PLR2004 - the middle of the belief item
        return "undecided"
    score, worst, best = figure.score, figure.worst, figure.best
    if score is None or worst is None or best is None or worst < STEERS_BELOW <= best:
        return "practice-unclear"
    if belief.score > 50:  # noqa: PLR2004 - as above
        return "aligned" if score >= STEERS_BELOW else "says-but-does-not-do"
    return "does-without-saying" if score >= STEERS_BELOW else "believed-and-practised"


def _alarms(rated: Iterable[Rated]) -> Iterable[Alarm]:
    for question, choice, level in rated:
        if question.options[level].alarm:
            yield Alarm(question.id, choice, question.main)


def contradictions(
    questionnaire: Questionnaire, sheet: Sheet, asked: Iterable[str]
) -> tuple[FoundContradiction, ...]:
    """The contradictions of the questionnaire that the answers to the asked questions meet."""
    facts, questions, asked = sheet.company.profile, questionnaire.question, frozenset(asked)

    def given(name: str) -> str | None:
        if name in asked:
            return sheet.choice(name) if questions[name].applies_to(facts) else None
        return sheet.respondent.department if name == DEPARTMENT else facts.get(name)

    return tuple(
        FoundContradiction(each.id, tuple(name for name in each.if_ if name in questions))
        for each in questionnaire.contradictions
        if all(given(name) in options for name, options in each.if_.items())
    )


def _ranged(names: Iterable[str], found: Iterable[Figures], sums: Iterable[Tally]) -> dict[str, int]:
    """The applicable weight of each misconception that has a range."""
    return {
        name: tally.applicable
        for name, figure, tally in zip(names, found, sums, strict=True)
        if figure.worst is not None
    }


def _find_out_first(asked: Iterable[Answered], wholes: dict[str, int]) -> tuple[OpenQuestion, ...]:
    """What nobody knew, widest interval first; widths of one misconception add up to best − worst."""
    common = lcm(*wholes.values())
    found = [
        (
            sum(
                weight * (common // wholes[name])
                for name, weight in question.weights.items()
                if weight and name in wholes
            ),
            question,
        )
        for question, status, *_ in asked
        if status in UNKNOWN
    ]
    found.sort(key=lambda pair: -pair[0])
    return tuple(
        OpenQuestion(question.id, Fraction(100 * part, common * max(1, len(wholes))), question.ask)
        for part, question in found
    )


def _shares(asked: Sequence[Answered], rated: Sequence[Rated]) -> Shares:
    statuses = Counter(status for _, status, *_ in asked)
    counting = len(asked) - statuses["ruled-out"]
    levels = Counter(level for *_, level in rated)

    def share(part: int, whole: int) -> Fraction:
        return Fraction(part, whole) if whole else Fraction()

    return Shares(
        dont_know=share(sum(statuses[status] for status in UNKNOWN), counting),
        not_applicable=share(statuses["not-applicable"], counting),
        one_level=share(max(levels.values(), default=0), len(rated)),
    )
