"""The report of an assessment, told once for all formats: `compose(report, phrases) -> Document`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from smaudit.core.questionnaire import Misconception, Source
from smaudit.core.result import UNKNOWN, FoundContradiction, MisconceptionScore, NextStep
from smaudit.core.scoring import answer_status, band_of
from smaudit.core.subject import Subject
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, link, strong
from smaudit.report.blocks import Block, Document, Entries, Entry, Heading, Paragraph, Scale, Scales
from smaudit.report.results import Report
from smaudit.report.tell.answers import appendix
from smaudit.report.tell.plan import roadmap_blocks
from smaudit.report.words import Words, missing, nothing_applies, occasion

FIRST_STEPS = 3
"""How many steps stand on the first screen."""
OWN_STEPS = 2
"""How many of its own steps stand with each misconception."""
ABOUT = ("says", "reality", "matters", "evidence_note")
"""What is told of a misconception, in this order."""
DIRECTIONS = ("for", "mixed", "against")
"""Where the evidence of a source points, in the order in which sources are told."""


def compose(report: Report, phrases: Phrases) -> Document:
    """The whole report in the words of one language, with its roadmap where it has one."""
    subject = report.subject
    words = Words(subject.questionnaire, subject.sheet, phrases)
    return Document(
        title=words.say("report.title", company=words.company("begins")),
        blocks=(
            *first_screen(subject, words),
            *_misconceptions(subject, words),
            *_guess(subject, words),
            *_contradictions(subject, words),
            *(roadmap_blocks(report.roadmap, words) if report.roadmap else ()),
            *appendix(subject, words),
        ),
    )


def first_screen(subject: Subject, words: Words) -> Iterator[Block]:
    """What a board reads: how many steer, the score, five scales, alarms, one contradiction, three steps."""
    assessment = subject.assessment
    yield Heading(1, words.say("report.title", company=words.company("begins")))
    yield Paragraph(occasion(subject.assessment, words), "small")
    yield Paragraph(strong(_headline(subject, words)), "lead")
    yield Paragraph(_score(subject, words))
    yield Scales(tuple(scale(words, score) for score in assessment.misconceptions))
    for alarm in assessment.alarms:
        yield Paragraph(
            words.say(
                "report.alarm",
                answer=words.quoted(words.option(alarm.question, alarm.choice)),
                question=words.question(alarm.question),
                topic=words.topic(alarm.misconception),
            ),
            "warning",
        )
    sharpest = _sharpest(subject, words)
    if sharpest:
        yield Paragraph(sharpest)
    first = [step for step in assessment.next_steps[:FIRST_STEPS] if step.gain]
    if first:
        yield Paragraph(strong(words.say("report.first-steps", count=len(first))))
        yield Entries(tuple(_short_step(words, step) for step in first), numbered=True)
    elif assessment.find_out_first:
        best = assessment.find_out_first[0]
        yield Paragraph(words.say("report.find-out-now", question=words.question(best.question)))


def in_short(subject: Subject, phrases: Phrases) -> Line:
    """The headline and the score in one line, to be read last where the report has scrolled by."""
    words = Words(subject.questionnaire, subject.sheet, phrases)
    return words.say("report.in-short", headline=_headline(subject, words), score=_score(subject, words))


def scale(words: Words, score: MisconceptionScore) -> Scale:
    """The scale of one misconception between its poles."""
    misconception = words.questionnaire.misconception[score.id]
    holds, rejects = misconception.title, ""
    if misconception.poles:
        holds, rejects = misconception.poles.holds, misconception.poles.rejects
    return Scale(
        name=words.topic(score.id),
        holds=words.content(holds),
        rejects=words.content(rejects) if rejects else words.say("report.pole-rejects"),
        worst=score.worst,
        score=score.score,
        best=score.best,
        label=words.standing(score),
    )


def _headline(subject: Subject, words: Words) -> Line:
    overall = subject.assessment.overall
    if not overall.counted:
        applies = not nothing_applies(subject.assessment)
        key = "report.headline.no-score" if applies else "report.headline.nothing-applies"
        return words.say(key, company=words.company())
    steering = overall.steering
    headline = words.say(
        "report.headline.steer", count=steering.count, of=overall.of, company=words.company()
    )
    if steering.least == steering.most:
        return headline
    possible = words.say(
        "report.headline.possible", least=words.number(steering.least), most=words.number(steering.most)
    )
    return words.joined(headline, possible)


def _score(subject: Subject, words: Words) -> Line:
    overall = subject.assessment.overall
    if overall.score is None or overall.worst is None or overall.best is None:
        applies = not nothing_applies(subject.assessment)
        return words.say("report.score.none" if applies else "report.score.nothing-applies")
    score = strong(words.score(overall.score))
    open_answers = sum(
        answer_status(question, subject.sheet) in UNKNOWN
        for question in subject.questionnaire.at(subject.assessment.sheet.depth)
    )
    sentences = [words.say("report.score.exact", score=score)]
    if overall.worst != overall.best:
        worst, best = words.score(overall.worst), words.score(overall.best)
        sentences = [
            words.say("report.score.between", score=score, worst=worst, best=best, count=open_answers)
        ]
    if overall.counted < overall.of:
        sentences.append(words.say("report.score.counted", count=overall.counted, of=overall.of))
    return words.joined(*sentences, words.say("report.score.meaning"))


def _sharpest(subject: Subject, words: Words) -> Line:
    """The sharpest contradiction between saying and doing; empty where there is none."""
    gaps = [
        (score.belief.score - score.score, score)
        for score in subject.assessment.misconceptions
        if score.stance == "says-but-does-not-do"
        and score.belief is not None
        and score.belief.score is not None
        and score.score is not None
    ]
    if gaps:
        _, score = max(gaps, key=lambda gap: gap[0])
        return words.say(
            "report.says-but-does-not-do",
            belief=_pole(words, score.id, rejects=True),
            score=words.standing(score),
        )
    for found in subject.assessment.contradictions[:1]:
        return words.say("report.contradiction", text=_contradiction(words, found))
    return ()


def _pole(words: Words, misconception: str, *, rejects: bool) -> Line:
    """One end of the belief item, quoted; of a misconception without one, of its scale."""
    entry = words.questionnaire.misconception[misconception]
    poles = entry.belief or entry.poles
    if poles is None:
        return words.quoted(words.content(entry.title))
    return words.quoted(words.content(poles.rejects if rejects else poles.holds))


def _short_step(words: Words, step: NextStep) -> Entry:
    return _step(words, step, words.say("report.gain", gain=words.gain(step.gain)))


def _step(words: Words, step: NextStep, gain: Line) -> Entry:
    return Entry(
        strong(words.step(step.question, step.from_)),
        (
            words.joined(
                words.question(step.question), words.effort(step.effort, step.owner), gain, by="fact"
            ),
        ),
    )


def _misconceptions(subject: Subject, words: Words) -> Iterator[Block]:
    yield Heading(2, words.say("report.heading.misconceptions", count=len(subject.assessment.misconceptions)))
    for score in subject.assessment.misconceptions:
        yield Heading(3, words.misconception(score.id), anchor=score.id)
        yield Scales((scale(words, score),))
        yield from _why_so(words, score)
        yield from meaning(words, subject.questionnaire.misconception[score.id])
        stance = _stance(words, score)
        if stance:
            yield Paragraph(stance)
        yield from _own_steps(subject, words, score)


def _why_so(words: Words, score: MisconceptionScore) -> Iterator[Block]:
    """Why the band is not what the number says, or why there is none."""
    capped = score.score is not None and score.band is not None and band_of(score.score) != score.band
    for question in score.capped_by if capped else ():
        yield Paragraph(words.say("report.capped", question=words.question(question)), "warning")
    if score.status == "scored" and score.band is None:
        yield Paragraph(words.say("report.no-band", share=words.share(score.not_applicable_share)))
    if score.status == "not-enough-answers" and not missing(score):
        yield Paragraph(words.say("report.too-few-apply", count=words.questionnaire.rules.min_rated))
    elif score.status == "not-enough-answers":
        yield Paragraph(words.say("report.not-enough", count=len(missing(score))))
        if score.unlock:
            ask = words.departments(words.questionnaire.question[score.unlock].ask)
            key = "report.unlock" if ask else "report.unlock-alone"
            yield Paragraph(words.say(key, question=words.question(score.unlock), ask=ask))


def meaning(words: Words, misconception: Misconception) -> Iterator[Block]:
    """What a misconception says, what the source says instead, and the evidence for and against."""
    for key in ABOUT:
        text = getattr(misconception, key)
        if text:
            label = strong(words.say(f"report.about.{key}"))
            yield Paragraph(words.joined(label, words.content(text)))
    sources = [source for source in words.questionnaire.sources if source.id in misconception.sources]
    for direction in DIRECTIONS:
        found = [source for source in sources if source.direction == direction]
        if found:
            yield Paragraph(strong(words.say(f"report.evidence.{direction}")))
            yield Entries(tuple(_source(words, source) for source in found))


def _source(words: Words, source: Source) -> Entry:
    by = words.content(source.by) if source.by else ()
    year = words.number(source.year) if source.year else ()
    origin = words.joined(by, year, by="between")
    lines = [words.joined(origin, link(source.url) if source.url else (), by="fact")]
    if source.caution:
        lines.append(words.joined(words.say("report.caution"), words.content(source.caution)))
    return Entry(words.content(source.claim), tuple(each for each in lines if each))


def _stance(words: Words, score: MisconceptionScore) -> Line:
    if score.stance is None:
        return ()
    label = strong(words.say("report.stance.label"))
    rejects = score.belief is not None and score.belief.answer in {1, 2}
    said = _pole(words, score.id, rejects=rejects)
    return words.joined(label, words.say(f"report.stance.{score.stance}", belief=said))


def _own_steps(subject: Subject, words: Words, score: MisconceptionScore) -> Iterator[Block]:
    def serves(step: NextStep) -> bool:
        return step.gains.get(score.id, 0) > 0

    def rank(step: NextStep) -> tuple[bool, Fraction]:
        own = subject.questionnaire.question[step.question].main == score.id
        return not own, -step.gains[score.id] / step.effort

    steps = sorted(filter(serves, subject.assessment.next_steps), key=rank)[:OWN_STEPS]
    if steps:
        yield Paragraph(strong(words.say("report.own-steps", count=len(steps))))
        gains = [words.say("report.gain-here", gain=words.gain(step.gains[score.id])) for step in steps]
        yield Entries(tuple(map(partial(_step, words), steps, gains)), numbered=True)
    elif score.status == "scored" and not any(each.lost for each in score.questions):
        yield Paragraph(words.say("report.own-steps-none"))


def _guess(subject: Subject, words: Words) -> Iterator[Block]:
    guess, overall = subject.sheet.guess, subject.assessment.overall
    if guess is None or (guess.steering is None and guess.most is None) or not overall.counted:
        return
    yield Heading(2, words.say("report.heading.guess"))
    if guess.steering is not None:
        is_right = guess.steering == overall.steering.count
        how_many = "report.guess.right" if is_right else "report.guess.different"
        yield Paragraph(
            words.say(
                how_many, count=guess.steering, of=overall.of, result=words.number(overall.steering.count)
            )
        )
    # A sheet of an earlier version may name a misconception that is gone.
    if guess.most is not None and guess.most in words.questionnaire.misconception:
        weakest = words.phrases.row(words.quoted(words.misconception(name)) for name in overall.weakest)
        is_weakest = guess.most in overall.weakest
        which = "report.guess.most-right" if is_weakest else "report.guess.most-other"
        most = words.quoted(words.misconception(guess.most))
        yield Paragraph(words.say(which, most=most, weakest=weakest))


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
