"""The report of an assessment, told once for all formats: `compose(report, phrases) -> Document`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain

from smaudit.core.insight import costs_most, whole
from smaudit.core.questionnaire import BUILT_IN, Misconception
from smaudit.core.result import OPEN_FROM, Alarm, FoundContradiction, MisconceptionScore, Plan, PlannedStep
from smaudit.core.subject import Subject
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, strong
from smaudit.report.blocks import Block, Document, Entries, Entry, Heading, Paragraph, Scale, Scales, Table
from smaudit.report.numbers import allotted, shown
from smaudit.report.results import Planned, Report
from smaudit.report.tell.among import among_blocks
from smaudit.report.tell.answers import appendix
from smaudit.report.tell.plan import open_question, roadmap_blocks, to_prove
from smaudit.report.tell.steps import short_step
from smaudit.report.tell.studies import about, studies_counted
from smaudit.report.words import Words, credit, missing, nothing_applies, occasion

FIRST_STEPS = 3
"""How many steps stand on the first page."""
FIRST_PEOPLE = 2
"""How many questions to find out stand on it, where nothing can be said before."""
COSTS = 2
"""How many answers the sentence on the worst misconception names."""
MAY_DIFFER = 1
"""From one more misconception on that may or may not steer, we say that we cannot tell yet."""
LOST = ("question", "answer", "points")
"""The columns of the table of lost points."""
SIDES = ("steers", "open", "free", None)
"""In which order misconceptions are shown, by side."""


def compose(report: Report, phrases: Phrases) -> Document:
    """The report in the words of one language: its first page, or the whole."""
    subject = report.subject
    words = Words(subject.questionnaire, subject.sheet, phrases)
    title = words.say("report.title", company=words.company("begins"))
    first = tuple(first_page(subject, words))
    if report.short:
        placed = among_blocks(subject.assessment.among, words) if subject.assessment.among else ()
        return Document(title, (*first, *placed), words.dated())
    plan = subject.assessment.roadmap
    return Document(
        title=title,
        blocks=(
            *first,
            *(among_blocks(subject.assessment.among, words) if subject.assessment.among else ()),
            *(roadmap_blocks(Planned(subject, plan), words) if plan else ()),
            *_misconceptions(subject, words),
            *_contradictions(subject, words),
            *appendix(subject, words),
        ),
        day=words.dated(),
    )


def first_page(subject: Subject, words: Words) -> Iterator[Block]:
    """What a board reads: the finding, what it rests on, the scales, alarms, and the first steps."""
    assessment = subject.assessment
    yield Heading(1, headline(subject, words))
    yield Paragraph(_basis(subject, words), "small")
    if assessment.questionnaire.changed:
        yield Paragraph(
            words.say("report.changed-questionnaire", version=subject.questionnaire.version), "warning"
        )
    yield Paragraph(_finding(subject, words), "lead")
    yield from _alarms(assessment.alarms, words)
    yield ranked(subject, words)
    yield from _what_now(subject, words)
    yield from _beside(subject, words)


def _alarms(alarms: Sequence[Alarm], words: Words) -> Iterator[Block]:
    """The alarms, and what they mean behind the last."""
    for number, alarm in enumerate(alarms, start=1):
        told = words.say(
            "report.alarm",
            answer=words.quoted(words.option(alarm.question, alarm.choice)),
            question=words.question(alarm.question),
            topic=words.topic(alarm.misconception),
        )
        means = words.say("report.alarm-means", count=number) if number == len(alarms) else ()
        yield Paragraph(words.joined(told, means), "warning")


def ranked(subject: Subject, words: Words) -> Scales:
    """The scales of all misconceptions, worst first."""
    scores = sorted(subject.assessment.misconceptions, key=_worst_first)
    return Scales(tuple(scale(words, score) for score in scores))


def _worst_first(score: MisconceptionScore) -> tuple[int, Fraction]:
    """By side, then by score; what has none comes last on its side."""
    return SIDES.index(score.side), Fraction(101) if score.score is None else score.score


def _basis(subject: Subject, words: Words) -> Line:
    company = words.company("begins") if subject.sheet.company.name else ()
    asked = subject.questionnaire
    title = words.content(asked.title) if asked.id != BUILT_IN else ()
    parts = [company, title, occasion(subject.assessment, words), credit(words)]
    return words.joined(*parts, by="fact")


def headline(subject: Subject, words: Words) -> Line:
    """The finding in a sentence; it counts only what is firm."""
    overall, sides, company = subject.assessment.overall, subject.assessment.overall.sides, words.company()
    of = sides.steers + sides.open + sides.free
    if not overall.counted and not sides.steers:
        applies = not nothing_applies(subject.assessment)
        key = "report.headline.no-score" if applies else "report.headline.nothing-applies"
        return words.say(key, company=company)
    if cannot_tell(subject):
        basis = subject.assessment.basis
        asked = basis.answered + basis.dont_know + basis.unanswered
        unknown = basis.dont_know + basis.unanswered
        return words.say("report.headline.unknown", count=unknown, of=words.number(asked))
    close = words.say("report.headline.open", count=sides.open)
    if sides.steers:
        steer = words.say("report.headline.steer", count=sides.steers, of=of, company=company)
        return words.say("report.headline.both", first=steer, second=close) if sides.open else steer
    if sides.open:
        clearly = words.say("report.headline.none-clearly", company=company)
        return words.say("report.headline.both", first=clearly, second=close)
    return words.say("report.headline.none", count=of, company=company)


def cannot_tell(subject: Subject) -> bool:
    """Whether what is missing leaves two or more misconceptions undecided."""
    sides, missing = subject.assessment.overall.sides, subject.assessment.overall.missing
    return sides.most - sides.least > MAY_DIFFER and missing.dont_know + missing.unanswered > 0


def _finding(subject: Subject, words: Words) -> Line:
    """What the headline means: the worst misconception, what is not known, or whose word it is."""
    overall, sides = subject.assessment.overall, subject.assessment.overall.sides
    counted: Line = ()
    if overall.counted < overall.of:
        counted = words.say("report.counted", count=overall.counted, of=overall.of)
    if not overall.counted:
        applies = not nothing_applies(subject.assessment)
        return words.say("report.no-score" if applies else "report.nothing-applies")
    if cannot_tell(subject):
        least, most = words.number(sides.least), words.number(sides.most)
        between = words.say("report.may-steer", least=least, most=most, company=words.company())
        return words.joined(between, counted)
    if sides.steers or sides.open:
        return words.joined(_worst(subject, words), counted)
    claimed = subject.assessment.basis.claimed
    proven = words.say("report.claimed", count=claimed) if claimed else ()
    return words.joined(words.say("report.own-word"), proven, counted)


def _worst(subject: Subject, words: Words) -> Line:
    """The misconception with the lowest score, of those that steer if any do, and what costs most in it."""
    scored = [each for each in subject.assessment.misconceptions if each.score is not None]
    steering = [each for each in scored if each.side == "steers"] or scored
    worst = min(steering, key=lambda each: each.score or 0)
    topic, costs = words.topic(worst.id), _costs(words, worst)
    if not costs:
        score = words.score(worst.score or Fraction())
        return words.say("report.worst.score", topic=topic, score=score)
    key = "report.worst.two" if costs[1:] else "report.worst.one"
    return words.say(key, topic=topic, first=costs[0], second=costs[-1])


def _costs(words: Words, score: MisconceptionScore) -> list[Line]:
    """What the costliest faulty answers of a misconception cost, in a clause each."""
    found = []
    for each in costs_most(words.questionnaire, score):
        question = words.worded(each.id)
        clause = question.options[question.levels[each.choice or ""]].costs
        if clause:
            found.append(words.content(clause))
    return found[:COSTS]


def _what_now(subject: Subject, words: Words) -> Iterator[Block]:
    """What to show, the first steps, and below them whom to ask where what is missing decides."""
    plan = subject.assessment.roadmap
    if plan is None:
        return
    proofs = plan.prove[:FIRST_STEPS]
    if proofs:
        yield Paragraph(strong(words.say("report.prove-first", count=len(proofs))))
        yield Entries(tuple(to_prove(words, name) for name in proofs))
    first = plan.steps[:FIRST_STEPS]
    if first:
        yield Paragraph(strong(words.say("report.first-steps", count=len(first))))
        yield Entries(tuple(short_step(words, step) for step in first), numbered=True)
        for note in words.questionnaire.notes_for(subject.sheet.company.profile):
            yield Paragraph(words.content(note), "small")
    if plan.find_out and (cannot_tell(subject) or not subject.assessment.overall.counted):
        asked = plan.find_out[:FIRST_PEOPLE]
        yield Paragraph(strong(words.say("report.ask-first", count=len(asked))))
        yield Entries(tuple(open_question(words, name) for name in asked), numbered=True)


def _beside(subject: Subject, words: Words) -> Iterator[Block]:
    """The sharpest contradiction, and the guess beside the result."""
    sharpest = _sharpest(subject, words)
    if sharpest:
        yield Paragraph(sharpest)
    guess = _guess(subject, words)
    if guess:
        yield Paragraph(guess)


def in_short(subject: Subject, phrases: Phrases) -> Line:
    """The headline in a line, to be read last where the report has scrolled by."""
    return headline(subject, Words(subject.questionnaire, subject.sheet, phrases))


def scale(words: Words, score: MisconceptionScore) -> Scale:
    """The scale of one misconception between its poles; the low one is what the points were lost to."""
    misconception = words.questionnaire.misconception[score.id]
    poles = misconception.poles
    if poles:
        holds = words.content(poles.absent if poles.absent and score.says == "absence" else poles.holds)
        rejects = words.content(poles.rejects)
    else:
        holds = words.say("report.pole-holds", title=words.content(misconception.title))
        rejects = words.say("report.pole-rejects")
    return Scale(
        name=words.topic(score.id),
        holds=holds,
        rejects=rejects,
        worst=score.worst,
        score=score.score,
        best=score.best,
        said=score.belief.score if score.belief else None,
        side=score.side,
        label=words.standing(score),
    )


def _sharpest(subject: Subject, words: Words) -> Line:
    """The sharpest contradiction; empty where there is none."""
    found = subject.assessment.sharpest
    if found is None:
        return ()
    if found.misconception:
        score = subject.assessment.misconception(found.misconception)
        return words.say(
            "report.says-but-does-not-do",
            belief=_pole(words, score.id, rejects=True),
            score=words.standing(score),
        )
    first = subject.assessment.contradictions[0]
    return words.say("report.contradiction", text=_contradiction(words, first))


def _pole(words: Words, misconception: str, *, rejects: bool) -> Line:
    """One end of the belief item, quoted; of a misconception without one, of its scale."""
    entry = words.questionnaire.misconception[misconception]
    poles = entry.belief or entry.poles
    if poles is None:
        return words.quoted(words.content(entry.title))
    return words.quoted(words.content(poles.rejects if rejects else poles.holds))


def _misconceptions(subject: Subject, words: Words) -> Iterator[Block]:
    yield Heading(2, words.say("report.heading.misconceptions", count=len(subject.assessment.misconceptions)))
    for score in subject.assessment.misconceptions:
        misconception = subject.questionnaire.misconception[score.id]
        yield Heading(3, words.misconception(score.id), anchor=score.id)
        yield Scales((scale(words, score),))
        yield from _why_so(words, score)
        diagnosis = _diagnosis(words, misconception, score)
        if diagnosis:
            yield Paragraph(diagnosis)
        stance = _stance(words, score)
        if stance:
            yield Paragraph(stance)
        if score.score is not None:
            yield from _lost(words, score)
        yield from about(words, misconception, ("reality", "matters"))
        counted = studies_counted(words, misconception)
        if counted:
            yield Paragraph(counted)
        yield from _own_steps(subject.assessment.roadmap, words, score)


def _diagnosis(words: Words, misconception: Misconception, score: MisconceptionScore) -> Line:
    """What a misconception that steers has most of: grip, absence, or both."""
    if misconception.diagnosis is None or score.side != "steers" or score.says in {None, "none"}:
        return ()
    text: str = getattr(misconception.diagnosis, score.says or "")
    before, _, after = text.partition("{company}")
    company = words.company("within" if before else "begins") if _ else ()
    return tuple(chain(*(words.content(part) for part in (before,) if part), company, words.content(after)))


def _why_so(words: Words, score: MisconceptionScore) -> Iterator[Block]:
    """Why the side is not what the number says, or why there is no number."""
    differs = score.score is None or whole(score.score) >= OPEN_FROM
    for question in score.capped_by if differs else ():
        yield Paragraph(words.say("report.capped", question=words.question(question)), "warning")
    if score.status == "scored" and score.band is None:
        yield Paragraph(words.say("report.no-band", share=words.share(score.not_applicable_share)))
    if score.status == "too-few-apply":
        yield Paragraph(words.say("report.too-few-apply", count=words.questionnaire.rules.min_rated))
    elif score.status == "not-enough-answers":
        yield Paragraph(words.say("report.not-enough", count=len(missing(score))))
        if score.unlock:
            ask = words.departments(words.questionnaire.question[score.unlock].ask)
            key = "report.unlock" if ask else "report.unlock-alone"
            yield Paragraph(words.say(key, question=words.question(score.unlock), ask=ask))


def _lost(words: Words, score: MisconceptionScore) -> Iterator[Block]:
    """The points one misconception lost, largest first; the printed ones add up to the printed sum."""
    printed, places = shown(score.score or Fraction())
    sum_lost = 100 - printed
    yield Paragraph(strong(words.say("report.lost.heading", points=words.number(sum_lost, places))))
    losing = sorted((each for each in score.questions if each.lost), key=lambda each: -(each.lost or 0))
    if not losing:
        yield Paragraph(words.say("report.lost.nothing"))
        return
    lost = allotted([each.lost or Fraction() for each in losing], sum_lost, places)
    yield Table(
        columns=tuple(words.say(f"report.lost.{column}") for column in LOST),
        rows=tuple(
            (words.question(each.id), words.option(each.id, each.choice or ""), words.number(points, places))
            for each, points in zip(losing, lost, strict=True)
        ),
        numeric=frozenset({2}),
        total=(words.say("report.lost.sum"), (), words.number(sum_lost, places)),
        bars=tuple(lost),
    )


def _stance(words: Words, score: MisconceptionScore) -> Line:
    if score.stance is None:
        return ()
    label = strong(words.say("report.stance.label"))
    rejects = score.belief is not None and score.belief.answer in {1, 2}
    said = _pole(words, score.id, rejects=rejects)
    return words.joined(label, words.say(f"report.stance.{score.stance}", belief=said))


def _own_steps(plan: Plan | None, words: Words, score: MisconceptionScore) -> Iterator[Block]:
    """The steps of the roadmap that this misconception is the topic of."""

    def is_own(step: PlannedStep) -> bool:
        return words.questionnaire.question[step.question].main == score.id

    steps = [
        (number, step) for number, step in enumerate(plan.steps if plan else (), start=1) if is_own(step)
    ]
    if steps:
        yield Paragraph(strong(words.say("report.own-steps", count=len(steps))))
        yield Entries(tuple(_referred(words, number, step) for number, step in steps))
    elif score.status == "scored" and not any(each.lost for each in score.questions):
        yield Paragraph(words.say("report.own-steps-none"))


def _referred(words: Words, number: int, step: PlannedStep) -> Entry:
    """A step by its number and short name; what to do stands in the roadmap, and is not said twice."""
    return Entry(words.phrases.labelled(words.number(number), words.question(step.question)))


def _guess(subject: Subject, words: Words) -> Line:
    """The guess beside the result; empty where there is none."""
    guess, overall = subject.sheet.guess, subject.assessment.overall
    if guess is None or (guess.steering is None and guess.most is None) or not overall.counted:
        return ()
    parts: list[Line] = []
    if guess.steering is not None:
        steers, of = overall.sides.steers, overall.of
        key = "report.guess.right" if guess.steering == steers else "report.guess.different"
        parts.append(words.say(key, count=guess.steering, of=of, result=words.number(steers)))
    # A sheet of an earlier version may name a misconception that is gone.
    if guess.most is not None and guess.most in words.questionnaire.misconception:
        weakest = words.phrases.row(words.quoted(words.misconception(name)) for name in overall.weakest)
        which = "report.guess.most-right" if guess.most in overall.weakest else "report.guess.most-other"
        most = words.quoted(words.misconception(guess.most))
        parts.append(words.say(which, most=most, weakest=weakest))
    return words.joined(*parts)


def _contradictions(subject: Subject, words: Words) -> Iterator[Block]:
    found = subject.assessment.contradictions
    if not found:
        return
    yield Heading(2, words.say("report.heading.contradictions"))
    yield Paragraph(words.say("report.contradictions-intro"))
    yield Entries(
        tuple(
            Entry(
                _contradiction(words, each),
                tuple(
                    words.phrases.labelled(strong(words.question(name)), words.option(name, choice))
                    for name in each.questions
                    if (choice := subject.sheet.choice(name))
                ),
            )
            for each in found
        )
    )


def _contradiction(words: Words, found: FoundContradiction) -> Line:
    texts = {each.id: each.text for each in words.questionnaire.contradictions}
    return words.content(texts[found.id])
