"""What a team is to settle: the facts, the questions that narrow its range most, and a meeting for them."""

from __future__ import annotations

from collections.abc import Iterator

from smaudit.core.team_result import DisputedQuestion
from smaudit.language.text import Line, strong
from smaudit.report.blocks import Block, Entries, Entry, Fold, Heading, Mark, Paragraph, Table, Track, Tracks
from smaudit.report.tell.team_words import STANDS_OUT, TeamWords

ENDS = ("question", "lowest", "highest", "removes")
AGENDA = ("minute", "what", "first", "bring")


def facts(told: TeamWords) -> Iterator[Block]:
    """The facts on which they differ, and what hangs on each; nothing where there are none."""
    team, words = told.team, told.words
    if not team.facts:
        return
    yield Heading(2, words.say("team.heading.facts"))
    yield Paragraph(words.say("team.facts-intro"))
    items = []
    for each in team.facts:
        options = dict.fromkeys(voice.choice for voice in each.voices)
        lines = [
            told.phrases.labelled(
                told.fact_option(each.fact, option),
                told.phrases.row(told.who(voice) for voice in each.voices if voice.choice == option),
            )
            for option in options
        ]
        if each.behind:
            lines.append(words.say("team.behind", names=told.questions(each.behind)))
        items.append(Entry(strong(told.fact(each.fact)), tuple(lines)))
    yield Entries(tuple(items))


def settle(told: TeamWords) -> Iterator[Block]:
    """The questions on the agenda, with who said what, and folded the other disputed ones."""
    team, words = told.team, told.words
    if not team.disputed:
        return
    on_agenda = {each.id for each in team.meeting.items} if team.meeting else set()
    first = [each for each in team.disputed if each.question in on_agenda]
    others = [each for each in team.disputed if each.question not in on_agenda]
    if first:
        yield Heading(2, words.say("team.heading.settle", count=len(first)))
        yield Tracks(
            tuple(_disputed(told, each) for each in first),
            ends=(words.say("team.worst"), words.say("team.best")),
        )
    if others:
        columns = tuple(words.say(f"team.column.{each}") for each in ENDS)
        rows = tuple(_row(told, each) for each in others)
        table = Table(columns, rows, numeric=frozenset({3}))
        yield Fold(words.say("team.also-disputed", count=len(others)), (table,))


def _disputed(told: TeamWords, disputed: DisputedQuestion) -> Track:
    """One question: what it is worth to settle it, and who said what."""
    words, question = told.words, told.words.worded(disputed.question)
    values = {name: 100 * question.values[level] for name, level in question.levels.items()}
    seen = {
        (voice.department, voice.choice): Mark(
            told.letters.get(voice.department, ""), values[voice.choice], voice.department == STANDS_OUT
        )
        for voice in disputed.voices
        if voice.choice in values
    }
    label = words.say("team.removes", points=told.points(disputed.removes)) if disputed.removes else ()
    return Track(
        name=words.question(disputed.question),
        label=label,
        cause=words.content(question.text),
        lowest=values.get(disputed.lowest or ""),
        highest=values.get(disputed.highest or ""),
        marks=tuple(seen.values()),
        lines=tuple(
            (told.letters.get(voice.department, ""), told.said(disputed.question, voice))
            for voice in disputed.voices
        ),
    )


def _row(told: TeamWords, disputed: DisputedQuestion) -> tuple[Line, ...]:
    words = told.words
    ends = [disputed.lowest, disputed.highest]
    if disputed.may_not_apply:
        ends = ["not-applicable", disputed.highest or "dont-know"]
    lowest, highest = (words.option(disputed.question, each or "dont-know") for each in ends)
    return words.question(disputed.question), lowest, highest, told.points(disputed.removes)


def meeting(told: TeamWords) -> Iterator[Block]:
    """The agenda; nothing where nothing is disputed."""
    agenda, words = told.team.meeting, told.words
    if agenda is None:
        return
    columns = tuple(words.say(f"team.column.{each}") for each in AGENDA)
    rows: list[tuple[Line, ...]] = [(words.number(0), words.say("team.agenda.opening"), (), ())]
    for each in agenda.items:
        question = None if each.is_fact else words.questionnaire.question[each.id]
        what = told.fact(each.id) if question is None else words.question(each.id)
        evidence = words.content(question.evidence) if question and question.evidence else ()
        first = () if each.first is None else told.department(each.first)
        rows.append((words.number(each.minute), strong(what), first, evidence))
    rows.append((words.number(agenda.closing), words.say("team.agenda.closing"), (), ()))
    yield Heading(2, words.say("team.heading.meeting", count=agenda.minutes))
    yield Paragraph(words.say("team.meeting-intro"))
    yield Table(columns, tuple(rows), numeric=frozenset({0}))
