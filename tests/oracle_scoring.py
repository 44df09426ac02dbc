"""The arithmetic of the score in plain fractions, as it stood before it went over to whole numbers.

The oracle: a copy on purpose, slow and easy to follow, of everything that `core/scoring.py` and
`core/steps.py` compute, with result types of its own. Only tests and benchmarks use it, and it changes
only when the rules do.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from smaudit.core.questionnaire import Facts, Question, Questionnaire
from smaudit.core.sheet import Sheet

DEPARTMENT, DONT_KNOW, NOT_APPLICABLE = "department", "dont-know", "not-applicable"

Band = Literal["in-charge", "strong-pull", "weak-pull", "let-go"]
BANDS: tuple[Band, ...] = ("in-charge", "strong-pull", "weak-pull", "let-go")
EDGES = (25, 50, 75)
"""Where the next band begins; a score on an edge belongs to the upper band."""
OVERALL = "overall"
"""The name of the overall score beside the ids of misconceptions."""
STEERS_BELOW = 50
"""A misconception with a score below this steers the company."""
CLOSE = 5
"""Misconceptions within so many points of the lowest score count as weakest together."""

AnswerStatus = Literal["rated", "dont-know", "unanswered", "not-applicable", "ruled-out"]
Status = Literal["scored", "not-enough-answers", "too-few-apply", "not-applicable"]
Stance = Literal[
    "aligned",
    "says-but-does-not-do",
    "does-without-saying",
    "believed-and-practised",
    "undecided",
    "practice-unclear",
]
UNKNOWN: frozenset[AnswerStatus] = frozenset({"dont-know", "unanswered"})


class AnswerScore(NamedTuple):
    """One answer as it counts for one misconception; points and lost of 100, None if not rated."""

    id: str
    status: AnswerStatus
    choice: str | None
    value: Fraction | None
    weight: int
    points: Fraction | None
    lost: Fraction | None


class Belief(NamedTuple):
    """What the respondent said: agreement 1..5 or `dont-know`; its score 0..100 (5 agrees and gives 0)."""

    answer: int | str
    score: Fraction | None


class MisconceptionScore(NamedTuple):
    """The score of one misconception, 0..100, with its bounds; coverage and shares are 0..1."""

    id: str
    status: Status
    score: Fraction | None
    worst: Fraction | None
    best: Fraction | None
    coverage: Fraction | None
    not_applicable_share: Fraction
    band: Band | None
    capped_by: tuple[str, ...]
    firm: bool
    could_be: tuple[Band, ...]
    unlock: str | None
    belief: Belief | None
    stance: Stance | None
    questions: tuple[AnswerScore, ...]

    @property
    def steers(self) -> bool:
        """Whether the misconception steers the company: its score is below 50."""
        return self.score is not None and self.score < STEERS_BELOW


class Steering(NamedTuple):
    """How many misconceptions steer the company, and between how many it could be."""

    count: int  # type: ignore[assignment]  # hides a method of tuples, which nobody calls
    least: int
    most: int


class Overall(NamedTuple):
    """The plain mean over the misconceptions that have a score; all None where none has."""

    score: Fraction | None
    worst: Fraction | None
    best: Fraction | None
    coverage: Fraction | None
    counted: int
    of: int
    steering: Steering
    weakest: tuple[str, ...]


class Alarm(NamedTuple):
    """An answer that caps the band of its misconception."""

    question: str
    choice: str
    misconception: str


class FoundContradiction(NamedTuple):
    """A contradiction of the questionnaire that the answers meet, and the questions it rests on."""

    id: str
    questions: tuple[str, ...]


class OpenQuestion(NamedTuple):
    """A question nobody knew the answer to; width is the overall interval it would remove, in points."""

    question: str
    width: Fraction
    ask: tuple[str, ...]


class NextStep(NamedTuple):
    """A step one level up; gains are points of 100, gain of the overall and gains by misconception."""

    question: str
    from_: str
    to: str
    effort: int
    gain: Fraction
    gains: Mapping[str, Fraction]
    priority: Fraction
    owner: str | None


class Shares(NamedTuple):
    """Shares 0..1 of the questions that count; `one_level` is of the rated ones, on their commonest level."""

    dont_know: Fraction
    not_applicable: Fraction
    one_level: Fraction


class Assessment(NamedTuple):
    """All that is computed from one sheet: ids and numbers, no sentences."""

    overall: Overall
    misconceptions: tuple[MisconceptionScore, ...]
    alarms: tuple[Alarm, ...]
    contradictions: tuple[FoundContradiction, ...]
    find_out_first: tuple[OpenQuestion, ...]
    next_steps: tuple[NextStep, ...]
    shares: Shares
    without_evidence: tuple[str, ...]
    without_reason: tuple[str, ...]

    def scores(self) -> dict[str, Fraction | None]:
        """The scores 0..100 of the overall and of each misconception, by name."""
        return {OVERALL: self.overall.score} | {each.id: each.score for each in self.misconceptions}

    def misconception(self, name: str) -> MisconceptionScore:
        """The score of the misconception with this id. Raises KeyError where there is none."""
        for each in self.misconceptions:
            if each.id == name:
                return each
        raise KeyError(name)


def next_steps(
    questionnaire: Questionnaire,
    rated: Sequence[Question],
    sheet: Sheet,
    scores: Sequence[MisconceptionScore],
) -> tuple[NextStep, ...]:
    """The step of each rated question below its top, best first."""
    weights = rated_weights(scores)
    levels = {question.id: question.levels[sheet.answers[question.id].choice or ""] for question in rated}
    steps = (step_up(questionnaire, question, levels[question.id], sheet, weights) for question in rated)
    known = {each.id: each.score for each in scores if each.score is not None}
    order = sorted(known, key=lambda name: known[name])
    order += [each.id for each in scores if each.score is None]
    return tuple(
        sorted(
            (step for step in steps if step),
            key=lambda step: (
                -step.priority,
                order.index(questionnaire.question[step.question].main),
                levels[step.question],
                step.effort,
                step.question,
            ),
        )
    )


def rated_weights(scores: Iterable[MisconceptionScore]) -> dict[str, int]:
    """The sum of the weights of the rated questions, by misconception that has a score."""
    return {
        each.id: sum(answer.weight for answer in each.questions if answer.status == "rated")
        for each in scores
        if each.score is not None
    }


def aim(question: Question, level: int) -> int | None:
    """Out of a fault to the lowest level without one, else to the next of higher value."""
    faulty = [bool(option.fault) for option in question.options]
    above = range(level + 1, len(question.options))
    free = [each for each in above if not faulty[each]]
    if faulty[level] and free:
        return free[0]
    higher = [each for each in above if question.values[each] > question.values[level]]
    return higher[0] if higher else None


def step_up(
    questionnaire: Questionnaire, question: Question, level: int, sheet: Sheet, weights: Mapping[str, int]
) -> NextStep | None:
    """The step that takes a question up from a level; None where there is none, or the sheet rules it out.

    The effort is the sheet's own where it gives one. `weights` are the rated weights of the sheet.
    """
    step, to = question.options[level].step, aim(question, level)
    if step is None or to is None or question.id in sheet.ruled_out:
        return None
    rise = question.values[to] - question.values[level]
    gains = {
        name: 100 * question.weights[name] * rise / total
        for name, total in weights.items()
        if question.weights.get(name, 0)
    }
    gain = sum(gains.values(), Fraction()) / max(1, len(weights))
    effort = sheet.efforts.get(question.id, step.effort)
    return NextStep(
        question=question.id,
        from_=question.options[level].id,
        to=question.options[to].id,
        effort=effort,
        gain=gain,
        gains=gains,
        priority=gain / effort,
        owner=questionnaire.owner_for(step, sheet.company.profile),
    )


def assess(questionnaire: Questionnaire, sheet: Sheet) -> Assessment:
    """Score a sheet against the questionnaire it was read with. Same input, same result."""
    depth = sheet.depth_for(questionnaire)
    asked = questionnaire.at(depth)
    status = {question.id: answer_status(question, sheet) for question in asked}
    alarms = tuple(_alarms(asked, sheet, status))
    scores = tuple(
        _score(questionnaire, misconception.id, asked, sheet, status, alarms)
        for misconception in questionnaire.misconceptions
    )
    overall = _overall(scores)
    rated = [question for question in asked if status[question.id] == "rated"]
    return Assessment(
        overall=overall,
        misconceptions=scores,
        alarms=alarms,
        contradictions=contradictions(questionnaire, sheet, [question.id for question in asked]),
        find_out_first=_find_out_first(asked, status, scores),
        next_steps=next_steps(questionnaire, rated, sheet, scores),
        shares=_shares(status, rated, sheet),
        without_evidence=tuple(
            question.id
            for question in rated
            if question.levels[_choice(sheet, question)] == len(question.options) - 1
            and not _added(sheet, question, "evidence")
        ),
        without_reason=tuple(
            question.id
            for question in asked
            if status[question.id] == "not-applicable" and not _added(sheet, question, "note")
        ),
    )


def answer_status(question: Question, sheet: Sheet) -> AnswerStatus:
    """How the sheet's answer to a question counts; an option we do not know counts as unanswered."""
    if not question.applies_to(sheet.company.profile):
        return "ruled-out"
    choice = sheet.choice(question.id)
    if choice == NOT_APPLICABLE:
        return "not-applicable"
    if choice == DONT_KNOW:
        return "dont-know"
    return "rated" if choice in question.levels else "unanswered"


def band_of(score: Fraction) -> Band:
    """The band of a score 0..100, decided on the exact fraction."""
    return BANDS[sum(score >= edge for edge in EDGES)]


def mean(values: Sequence[Fraction]) -> Fraction | None:
    """The plain mean; None of nothing."""
    return sum(values, Fraction()) / len(values) if values else None


def _choice(sheet: Sheet, question: Question) -> str:
    """The choice of a question that is rated."""
    return sheet.answers[question.id].choice or ""


def _added(sheet: Sheet, question: Question, part: Literal["note", "evidence"]) -> bool:
    answer = sheet.answers[question.id]
    return bool((getattr(answer, part) or "").strip())


def _score(
    questionnaire: Questionnaire,
    misconception: str,
    asked: Sequence[Question],
    sheet: Sheet,
    status: Mapping[str, AnswerStatus],
    alarms: Sequence[Alarm],
) -> MisconceptionScore:
    weighed = [question for question in asked if question.weights.get(misconception, 0)]

    def weight(which: Iterable[AnswerStatus]) -> int:
        return sum(q.weights[misconception] for q in weighed if status[q.id] in which)

    def value(question: Question) -> Fraction:
        return question.values[question.levels[_choice(sheet, question)]]

    rated, unknown, excused = weight(["rated"]), weight(UNKNOWN), weight(["not-applicable"])
    applicable = rated + unknown
    earned = sum(
        (q.weights[misconception] * value(q) for q in weighed if status[q.id] == "rated"), Fraction()
    )
    rules = questionnaire.rules
    own_rated = sum(q.main == misconception and status[q.id] == "rated" for q in weighed)
    own_applies = own_rated + sum(q.main == misconception and status[q.id] in UNKNOWN for q in weighed)
    excused_share = Fraction(excused, applicable + excused) if excused else Fraction()

    worst = best = coverage = score = None
    state: Status = "not-applicable"
    if applicable and own_applies < rules.min_rated:
        state = "too-few-apply"
    elif applicable:
        worst, best = Fraction(100 * earned) / applicable, Fraction(100 * (earned + unknown)) / applicable
        coverage = Fraction(rated, applicable)
        enough = rated and coverage >= rules.min_coverage and own_rated >= rules.min_rated
        state = "scored" if enough else "not-enough-answers"
        score = Fraction(100 * earned) / rated if enough else None

    capped_by = tuple(alarm.question for alarm in alarms if alarm.misconception == misconception)
    could_be: tuple[Band, ...] = ()
    if worst is not None and best is not None and excused_share <= rules.max_not_applicable:
        could_be = _bands(_capped(band_of(worst), capped_by), _capped(band_of(best), capped_by))
    band = _capped(band_of(score), capped_by) if score is not None and could_be else None
    belief = _belief(sheet, misconception)
    return MisconceptionScore(
        id=misconception,
        status=state,
        score=score,
        worst=worst,
        best=best,
        coverage=coverage,
        not_applicable_share=excused_share,
        band=band,
        capped_by=capped_by,
        firm=band is not None and len(could_be) == 1,
        could_be=could_be,
        unlock=_unlock(misconception, weighed, status) if state == "not-enough-answers" else None,
        belief=belief,
        stance=_stance(belief, score, worst, best) if worst is not None else None,
        questions=tuple(
            AnswerScore(
                id=q.id,
                status=status[q.id],
                choice=sheet.choice(q.id) if status[q.id] not in {"ruled-out", "unanswered"} else None,
                value=value(q) if status[q.id] == "rated" else None,
                weight=q.weights[misconception],
                points=100 * q.weights[misconception] * value(q) / rated if status[q.id] == "rated" else None,
                lost=100 * q.weights[misconception] * (1 - value(q)) / rated
                if status[q.id] == "rated"
                else None,
            )
            for q in weighed
        ),
    )


def _capped(band: Band, capped_by: Sequence[str]) -> Band:
    return min(band, "strong-pull", key=BANDS.index) if capped_by else band


def _bands(lowest: Band, highest: Band) -> tuple[Band, ...]:
    return BANDS[BANDS.index(lowest) : BANDS.index(highest) + 1]


def _unlock(
    misconception: str, weighed: Sequence[Question], status: Mapping[str, AnswerStatus]
) -> str | None:
    """The open question that would do most for a score: one of its own first, then the heaviest."""
    open_questions = [question for question in weighed if status[question.id] in UNKNOWN]
    best = max(
        open_questions,
        key=lambda question: (question.main == misconception, question.weights[misconception]),
        default=None,
    )
    return best.id if best else None


def _belief(sheet: Sheet, misconception: str) -> Belief | None:
    answer = sheet.beliefs.get(misconception)
    if answer is None:
        return None
    return Belief(answer, Fraction(100 * (5 - answer), 4) if isinstance(answer, int) else None)


def _stance(
    belief: Belief | None, score: Fraction | None, worst: Fraction | None, best: Fraction | None
) -> Stance | None:
    """Belief beside practice, both cut at 50; None without a belief."""
    if belief is None or belief.score is None:
        return None
    if belief.score == 50:
        return "undecided"
    if score is None or worst is None or best is None or worst < STEERS_BELOW <= best:
        return "practice-unclear"
    if belief.score > 50:
        return "aligned" if score >= STEERS_BELOW else "says-but-does-not-do"
    return "does-without-saying" if score >= STEERS_BELOW else "believed-and-practised"


def _overall(scores: Sequence[MisconceptionScore]) -> Overall:
    counted = [each for each in scores if each.score is not None]
    points = {each.id: each.score for each in counted if each.score is not None}
    lowest = min(points.values(), default=Fraction())
    return Overall(
        score=mean(list(points.values())),
        worst=mean([each.worst for each in counted if each.worst is not None]),
        best=mean([each.best for each in counted if each.best is not None]),
        coverage=mean([each.coverage for each in counted if each.coverage is not None]),
        counted=len(counted),
        of=len(scores),
        steering=Steering(
            count=sum(each.steers for each in scores),
            least=sum(each.best is not None and each.best < STEERS_BELOW for each in scores),
            most=sum(each.worst is not None and each.worst < STEERS_BELOW for each in scores),
        ),
        weakest=tuple(
            name
            for name, score in sorted(points.items(), key=lambda item: item[1])
            if score <= lowest + CLOSE
        ),
    )


def _alarms(asked: Sequence[Question], sheet: Sheet, status: Mapping[str, AnswerStatus]) -> Iterable[Alarm]:
    for question in asked:
        if status[question.id] == "rated":
            choice = _choice(sheet, question)
            if question.options[question.levels[choice]].alarm:
                yield Alarm(question.id, choice, question.main)


def contradictions(
    questionnaire: Questionnaire, sheet: Sheet, asked: Iterable[str]
) -> tuple[FoundContradiction, ...]:
    """The contradictions of the questionnaire that the answers to the asked questions meet."""
    given: dict[str, str | None] = dict(sheet.company.profile)
    given[DEPARTMENT] = sheet.respondent.department
    facts: Facts = sheet.company.profile
    for name in asked:
        question = questionnaire.question[name]
        given[name] = sheet.choice(name) if question.applies_to(facts) else None
    return tuple(
        FoundContradiction(each.id, tuple(name for name in each.if_ if name in questionnaire.question))
        for each in questionnaire.contradictions
        if all(given.get(name) in options for name, options in each.if_.items())
    )


def _find_out_first(
    asked: Sequence[Question],
    status: Mapping[str, AnswerStatus],
    scores: Sequence[MisconceptionScore],
) -> tuple[OpenQuestion, ...]:
    """What nobody knew, widest interval first; widths of one misconception add up to best − worst."""
    applicable = {
        each.id: sum(q.weight for q in each.questions if q.status in UNKNOWN | {"rated"})
        for each in scores
        if each.worst is not None
    }
    found = [
        OpenQuestion(
            question.id,
            sum(
                (Fraction(100 * question.weights.get(name, 0), total) for name, total in applicable.items()),
                Fraction(),
            )
            / max(1, len(applicable)),
            question.ask,
        )
        for question in asked
        if status[question.id] in UNKNOWN
    ]
    return tuple(sorted(found, key=lambda each: -each.width))


def _shares(status: Mapping[str, AnswerStatus], rated: Sequence[Question], sheet: Sheet) -> Shares:
    counting = [each for each in status.values() if each != "ruled-out"]
    levels = Counter(question.levels[_choice(sheet, question)] for question in rated)

    def share(part: int, whole: int) -> Fraction:
        return Fraction(part, whole) if whole else Fraction()

    return Shares(
        dont_know=share(sum(each in UNKNOWN for each in counting), len(counting)),
        not_applicable=share(counting.count("not-applicable"), len(counting)),
        one_level=share(max(levels.values(), default=0), len(rated)),
    )
