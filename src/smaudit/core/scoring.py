"""The score of one sheet: `assess(questionnaire, sheet) -> Assessment`.

All arithmetic is exact (`fractions.Fraction`); scores run from 0 (the misconception rules practice)
to 100 (practice is free of it). For a misconception m, with x the value of an answer (0..1) and w its weight:

    A  applicable: w > 0, neither ruled out by the profile nor marked not applicable
    R  rated: those of A with a level          U  = A without R: don't know, or unanswered
    score = 100·N/W_R    worst = 100·N/W_A    best = 100·(N + W_U)/W_A    coverage = W_R/W_A
    with N = sum of w·x over R, and W_R, W_A, W_U the sums of w

Anchors, weights and cut-points are expert judgement, not calibrated on companies.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from smaudit.core.questionnaire import (
    DEPARTMENT,
    DONT_KNOW,
    NOT_APPLICABLE,
    Facts,
    Question,
    Questionnaire,
)
from smaudit.core.result import (
    BANDS,
    CLOSE,
    EDGES,
    STEERS_BELOW,
    UNKNOWN,
    Alarm,
    AnswerScore,
    AnswerStatus,
    Assessment,
    Band,
    Belief,
    FoundContradiction,
    Guess,
    MisconceptionScore,
    OpenQuestion,
    Overall,
    QuestionnaireName,
    RespondentName,
    Shares,
    SheetName,
    Stance,
    Status,
    Steering,
)
from smaudit.core.sheet import Sheet
from smaudit.core.steps import next_steps


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
        questionnaire=QuestionnaireName(questionnaire.id, questionnaire.version, questionnaire.sha256),
        sheet=SheetName(
            sheet.sha256,
            sheet.company.name,
            RespondentName(sheet.respondent.name, sheet.respondent.department),
            sheet.date,
            depth,
        ),
        guess=Guess(sheet.guess.steering, sheet.guess.most) if sheet.guess else None,
        gone=sheet.gone,
        overall=overall,
        misconceptions=scores,
        alarms=alarms,
        contradictions=contradictions(questionnaire, sheet, [question.id for question in asked]),
        find_out_first=_find_out_first(asked, status, scores),
        next_steps=next_steps(rated, sheet, scores, overall.weakest),
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
    excused_share = Fraction(excused, applicable + excused) if excused else Fraction()

    worst = best = coverage = score = None
    state: Status = "not-applicable"
    if applicable:
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
        stance=_stance(belief, score, worst, best) if state != "not-applicable" else None,
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
    if not isinstance(answer, int):
        return Belief(DONT_KNOW, None)
    return Belief(
        answer if isinstance(answer, int) else DONT_KNOW,
        Fraction(100 * (5 - answer), 4) if isinstance(answer, int) else None,
    )


def _stance(
    belief: Belief | None, score: Fraction | None, worst: Fraction | None, best: Fraction | None
) -> Stance | None:
    """Belief beside practice, both cut at 50; None without a belief."""
    if belief is None or belief.score is None:
        return None
    if belief.score == 50:  # noqa: PLR2004 - the middle of the belief item
        return "undecided"
    if score is None or worst is None or best is None or worst < STEERS_BELOW <= best:
        return "practice-unclear"
    if belief.score > 50:  # noqa: PLR2004 - as above
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
            / len(applicable),
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
