"""The second half of a report: where points were lost, all steps, all answers, how the score is made."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from smaudit.core.questionnaire import NOT_APPLICABLE, Question
from smaudit.core.result import MisconceptionScore, NextStep, OpenQuestion
from smaudit.core.scoring import answer_status
from smaudit.core.subject import Subject
from smaudit.language.text import Line, link, strong, value
from smaudit.report.blocks import Block, Entries, Entry, Fold, Heading, Paragraph, Table
from smaudit.report.numbers import allotted, shown
from smaudit.report.words import Words

LOST = ("question", "answer", "points")
"""The columns of the table of lost points."""
METHOD = ("made", "sides", "alarms", "unknown", "judgement", "close")
"""What is told of the method, in this order."""
ONE_LEVEL_SHARE = Fraction(9, 10)
ONE_LEVEL_ANSWERS = 12
"""From so many answers on, this share of them on one level is worth a note (a convention)."""


def appendix(subject: Subject, words: Words) -> Iterator[Block]:
    """Everything below the misconceptions and the contradictions."""
    yield from _lost(subject, words)
    yield from _next_steps(subject, words)
    yield from _find_out_first(subject, words)
    yield from _answers(subject, words)
    yield from _method(subject, words)


def _lost(subject: Subject, words: Words) -> Iterator[Block]:
    scored = [score for score in subject.assessment.misconceptions if score.score is not None]
    if not scored:
        return
    yield Heading(2, words.say("report.heading.lost"))
    yield Paragraph(words.say("report.lost.intro"))
    for score in scored:
        yield Heading(3, words.misconception(score.id))
        yield from _lost_by(words, score)


def _lost_by(words: Words, score: MisconceptionScore) -> Iterator[Block]:
    """The points one misconception lost, largest first; the printed ones add up to the printed sum."""
    printed, places = shown(score.score or Fraction())
    sum_lost = 100 - printed
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


def _next_steps(subject: Subject, words: Words) -> Iterator[Block]:
    plan = subject.assessment.roadmap
    planned = {step.question for step in plan.steps} if plan else set()
    steps = [each for each in subject.assessment.next_steps if each.question not in planned]
    if not steps:
        return
    yield Heading(2, words.say("report.heading.next-steps"))
    yield Paragraph(words.say("report.next-steps.intro"))
    yield Entries(tuple(_full_step(words, step) for step in steps), numbered=True)


def _full_step(words: Words, step: NextStep) -> Entry:
    question = words.worded(step.question)
    lines = [
        words.joined(
            words.question(step.question),
            words.effort(step.effort, step.owner),
            words.gain(step.gain),
            by="fact",
        ),
        words.say(
            "report.next-steps.from-to",
            now=words.quoted(words.option(step.question, step.from_)),
            then=words.quoted(words.option(step.question, step.to)),
        ),
    ]
    if question.metric:
        lines.append(words.say("report.next-steps.metric", metric=words.metric(question)))
    return Entry(strong(words.step(step.question, step.from_)), tuple(lines))


def _find_out_first(subject: Subject, words: Words) -> Iterator[Block]:
    found = subject.assessment.find_out_first
    if not found:
        return
    yield Heading(2, words.say("report.heading.find-out-first"))
    # Nobody can be said not to know what nobody was heard on.
    all_heard = all(subject.sheet.choice(each.question) for each in found)
    key = "report.find-out.intro" if all_heard else "report.find-out.intro-missing"
    yield Paragraph(words.say(key, count=len(found)))
    yield Entries(tuple(_open_question(words, each) for each in found))


def _open_question(words: Words, found: OpenQuestion) -> Entry:
    lines = [words.say("report.find-out.width", width=words.number(found.width, 1))]
    who = words.departments(found.ask)
    if who:
        lines.append(words.say("report.find-out.ask", who=who))
    return Entry(strong(words.question(found.question)), tuple(lines))


def _answers(subject: Subject, words: Words) -> Iterator[Block]:
    yield Heading(2, words.say("report.heading.answers"))
    profile = tuple(
        Entry(words.joined(words.content(fact.text), strong(words.content(option.text))))
        for fact in subject.questionnaire.profile
        for option in fact.options
        if subject.sheet.company.profile.get(fact.id) == option.id
    )
    if profile:
        yield Fold(words.say("report.answers.profile"), (Entries(profile),))
    asked = subject.questionnaire.at(subject.assessment.sheet.depth)
    for misconception in subject.questionnaire.misconceptions:
        entries = tuple(_answer(words, question) for question in asked if question.main == misconception.id)
        if entries:
            yield Fold(words.topic(misconception.id), (Entries(entries),))
    if subject.sheet.gone:
        yield Paragraph(words.say("report.answers.gone", names=subject.sheet.gone))
    if subject.sheet.remark:
        yield Heading(3, words.say("report.heading.remark"))
        yield Paragraph(value(subject.sheet.remark))


def _answer(words: Words, question: Question) -> Entry:
    answer = words.sheet.answers.get(question.id)
    status = answer_status(question, words.sheet)
    if status == "rated" and answer and answer.choice:
        given = words.option(question.id, answer.choice)
    else:
        given = words.say(f"report.status.{status}")
    lines = [strong(given)]
    if answer and status != "ruled-out":
        if answer.note:
            is_reason = answer.choice == NOT_APPLICABLE
            key = "report.answers.reason" if is_reason else "report.answers.note"
            lines.append(words.say(key, text=value(answer.note)))
        elif answer.choice == NOT_APPLICABLE:
            lines.append(words.say("report.answers.no-reason"))
        if answer.evidence:
            lines.append(words.say("report.answers.evidence", text=value(answer.evidence)))
        elif status == "rated" and answer.choice == question.options[-1].id:
            lines.append(words.say("report.answers.no-evidence"))
    return Entry(words.content(words.worded(question.id).text), tuple(lines))


def _method(subject: Subject, words: Words) -> Iterator[Block]:
    questionnaire, shares = subject.questionnaire, subject.assessment.shares
    yield Heading(2, words.say("report.heading.method"))
    for key in METHOD:
        yield Paragraph(words.say(f"report.method.{key}"))
    yield Paragraph(words.say(f"report.method.effort.{questionnaire.effort.unit}"))
    average = _average(subject, words)
    if average:
        yield Paragraph(average)
    if shares.dont_know or shares.not_applicable:
        yield Paragraph(
            words.say(
                "report.method.shares",
                unknown=words.share(shares.dont_know),
                excused=words.share(shares.not_applicable),
            )
        )
    if _rated(subject) >= ONE_LEVEL_ANSWERS and shares.one_level >= ONE_LEVEL_SHARE:
        yield Paragraph(words.say("report.method.one-level", share=words.share(shares.one_level)))
    if questionnaire.source:
        source = questionnaire.source
        credit = words.joined(
            *(words.content(each) for each in (source.author, source.title, source.publisher) if each),
            *([link(source.url)] if source.url else []),
            by="between",
        )
        yield Paragraph(words.say("report.method.source", source=credit))
    versions = {
        "questionnaire": value(questionnaire.id),
        "version": value(questionnaire.version),
        "hash": value(questionnaire.sha256),
    }
    if subject.assessment.sheet.sha256 is None:
        said = words.say("report.method.version", **versions)
    else:
        said = words.say("report.method.versions", **versions, sheet=value(subject.assessment.sheet.sha256))
    yield Paragraph(said, "small")


def _average(subject: Subject, words: Words) -> Line:
    """The overall score, a footnote: an average hides the one that is lowest."""
    overall = subject.assessment.overall
    if overall.score is None or overall.worst is None or overall.best is None:
        return ()
    score, worst, best = (words.score(each) for each in (overall.score, overall.worst, overall.best))
    key = "exact" if overall.worst == overall.best else "between"
    return words.say(f"report.average.{key}", score=score, worst=worst, best=best)


def _rated(subject: Subject) -> int:
    """How many questions are rated."""
    scores = subject.assessment.misconceptions
    return len({each.id for score in scores for each in score.questions if each.status == "rated"})
