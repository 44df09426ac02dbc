"""What an assessment says beyond its numbers: sides, what points were lost to, what the answers rest on."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from smaudit.core.figures import Figures
from smaudit.core.questionnaire import Question, Questionnaire
from smaudit.core.result import (
    FREE_FROM,
    OPEN_FROM,
    PREVAILS,
    STEERS_BELOW,
    AnswerScore,
    Basis,
    Costly,
    FoundContradiction,
    LostTo,
    MisconceptionScore,
    Missing,
    Says,
    Sharpest,
    Side,
    Sides,
)
from smaudit.core.sheet import Sheet
from smaudit.core.steps import Rated
from smaudit.core.tally import Answered, is_proud


def side_of(figure: Figures, *, alarm: bool) -> Side | None:
    """The side on which a misconception lies; None where too few of its questions apply.

    An alarm makes it steer. Without a score it is open, and so it is where its range crosses 50.
    """
    if figure.worst is None or figure.best is None:
        return None
    return side_by(
        None if figure.score is None else whole(figure.score),
        may_steer=figure.worst < STEERS_BELOW,
        must_steer=figure.best < STEERS_BELOW,
        alarm=alarm,
    )


def side_by(printed: int | None, *, may_steer: bool, must_steer: bool, alarm: bool) -> Side:
    """The side by the score as it is printed, and by whether its worst and its best lie below 50."""
    if alarm:
        return "steers"
    if printed is None or (may_steer and not must_steer):
        return "open"
    return "steers" if printed < OPEN_FROM else "free" if printed >= FREE_FROM else "open"


def whole(score: Fraction) -> int:
    """A number of points rounded half up."""
    return (2 * score.numerator + score.denominator) // (2 * score.denominator)


def lost_to(questions: Mapping[str, Question], answers: Iterable[AnswerScore]) -> LostTo:
    """What the lost points of one misconception were lost to."""
    lost = {"grip": Fraction(), "absence": Fraction(), "other": Fraction()}
    for each in answers:
        if each.lost:
            question = questions[each.id]
            lost[question.options[question.levels[each.choice or ""]].fault or "other"] += each.lost
    return LostTo(**lost)


def says(lost: LostTo) -> Says:
    """The diagnosis: the kind of fault with at least 60 % of what was lost to faults."""
    faults = lost.grip + lost.absence
    if not faults:
        return "none"
    if lost.grip >= PREVAILS * faults:
        return "grip"
    return "absence" if lost.absence >= PREVAILS * faults else "mixed"


def sides(scores: Sequence[MisconceptionScore]) -> Sides:
    """How many misconceptions lie on each side, and between how many may steer."""
    found = [each.side for each in scores]
    ranges = [(bool(each.capped_by), each.worst, each.best) for each in scores if each.side]
    return Sides(
        steers=found.count("steers"),
        open=found.count("open"),
        free=found.count("free"),
        least=sum(alarm or (best is not None and best < STEERS_BELOW) for alarm, _, best in ranges),
        most=sum(alarm or (worst is not None and worst < STEERS_BELOW) for alarm, worst, _ in ranges),
    )


def missing(asked: Iterable[Answered], sheet: Sheet) -> Missing:
    """How many answers are missing, by why."""
    statuses = [(question.id, status) for question, status, *_ in asked]
    unanswered = [name for name, status in statuses if status == "unanswered"]
    return Missing(
        dont_know=sum(status == "dont-know" for _, status in statuses),
        unanswered=len(unanswered),
        gone=sum(name in sheet.gone for name in unanswered),
    )


def basis(asked: Sequence[Answered], rated: Sequence[Rated], sheet: Sheet) -> Basis:
    """How many answers the assessment rests on, and how many name evidence."""
    statuses = [each.status for each in asked]
    unproven = [
        (question, level) for question, _, level in rated if not said(sheet.answers[question.id].evidence)
    ]
    return Basis(
        answered=len(rated),
        with_evidence=len(rated) - len(unproven),
        claimed=sum(is_proud(question, level) for question, level in unproven),
        dont_know=statuses.count("dont-know"),
        unanswered=statuses.count("unanswered"),
        not_applicable=statuses.count("not-applicable"),
    )


def said(text: str | None) -> bool:
    """Whether there is anything but spaces."""
    return bool(text and text.strip())


def costliest(scores: Iterable[MisconceptionScore]) -> tuple[Costly, ...]:
    """The answers by the points of the overall that they lose, most first; equals in the order of scores."""
    scored = [each for each in scores if each.score is not None]
    lost: dict[tuple[str, str], Fraction] = {}
    for score in scored:
        for each in score.questions:
            if each.lost:
                key = each.id, each.choice or ""
                lost[key] = lost.get(key, Fraction()) + each.lost / len(scored)
    return tuple(Costly(*key, points) for key, points in sorted(lost.items(), key=lambda pair: -pair[1]))


def sharpest(
    scores: Iterable[MisconceptionScore], contradictions: Sequence[FoundContradiction]
) -> Sharpest | None:
    """The misconception whose opposite is said by the widest margin, else the first contradiction."""
    gaps = [
        (each.belief.score - each.score, each.id)
        for each in scores
        if each.stance == "says-but-does-not-do"
        and each.belief is not None
        and each.belief.score is not None
        and each.score is not None
    ]
    if gaps:
        return Sharpest(max(gaps, key=lambda gap: gap[0])[1], None)
    return Sharpest(None, contradictions[0].id) if contradictions else None


def costs_most(questionnaire: Questionnaire, score: MisconceptionScore) -> list[AnswerScore]:
    """The faulty answers of one misconception, by the points that it loses with them, most first."""
    faulty = []
    for each in score.questions:
        if each.lost:
            question = questionnaire.question[each.id]
            if question.options[question.levels[each.choice or ""]].fault:
                faulty.append((each.lost, each))
    return [each for _, each in sorted(faulty, key=lambda pair: -pair[0])]
