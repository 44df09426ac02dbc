"""What is known of a misconception: what it says, what is so instead, and the published evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from smaudit.core.questionnaire import Misconception, Source
from smaudit.core.subject import Subject
from smaudit.language.text import Line, link, strong
from smaudit.report.blocks import Block, Entries, Entry, Fold, Heading, Paragraph
from smaudit.report.words import Words

ABOUT = ("says", "reality", "matters", "evidence_note")
"""What is told of a misconception, in this order."""
DIRECTIONS = ("for", "mixed", "against")
"""Where the evidence of a source points, in the order in which sources are told."""


def meaning(words: Words, misconception: Misconception) -> Iterator[Block]:
    """What a misconception says, what the source says instead, and the evidence for and against."""
    yield from about(words, misconception, ABOUT)
    yield from _sources(words, misconception)


def about(words: Words, misconception: Misconception, keys: Iterable[str]) -> Iterator[Block]:
    """What is told of a misconception, in paragraphs."""
    for key in keys:
        text = getattr(misconception, key)
        if text:
            label = strong(words.say(f"report.about.{key}"))
            yield Paragraph(words.joined(label, words.content(text)))


def _sources(words: Words, misconception: Misconception) -> Iterator[Block]:
    """The evidence for and against, those that it rests on first."""
    sources = _sources_of(words, misconception)
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


def _sources_of(words: Words, misconception: Misconception) -> list[Source]:
    by_id = {source.id: source for source in words.questionnaire.sources}
    return [by_id[name] for name in (*misconception.sources, *misconception.further)]


def studies_counted(words: Words, misconception: Misconception) -> Line:
    """How many publications there are, and where they point; empty where none is named."""
    sources = _sources_of(words, misconception)
    found: Counter[str] = Counter(source.direction for source in sources)
    if not sources:
        return ()
    counts = {direction: words.number(found[direction]) for direction in DIRECTIONS}
    return words.say(
        "report.studies.counted",
        count=len(sources),
        agree=counts["for"],
        mixed=counts["mixed"],
        against=counts["against"],
    )


def studies(subject: Subject, words: Words) -> Iterator[Block]:
    """The appendix of studies: of each misconception what it says, how sure it is, and every source."""
    told = [
        Fold(
            words.misconception(misconception.id),
            (*about(words, misconception, ("says", "evidence_note")), *_sources(words, misconception)),
        )
        for misconception in subject.questionnaire.misconceptions
        if misconception.says or misconception.evidence_note or _sources_of(words, misconception)
    ]
    if told:
        yield Heading(2, words.say("report.heading.studies"))
        yield from told
