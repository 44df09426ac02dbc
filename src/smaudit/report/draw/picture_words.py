"""What the page and the PDF show beside the blocks of a document: two pictures and their words."""

from __future__ import annotations

from dataclasses import dataclass

from smaudit.core.subject import Subject
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, Piece
from smaudit.report.draw import pictures
from smaudit.report.words import Words

_WEB = ("https://", "http://")
CORNERS = ("says-but-does-not-do", "aligned", "believed-and-practised", "does-without-saying")
"""The stances in the corners of the quadrants, as they are read: above, then below."""


@dataclass(frozen=True)
class OverallPicture:
    """The overall score as a picture, the number on it, and what it shows in words."""

    picture: pictures.ScalePicture
    number: Line
    described: Line


@dataclass(frozen=True)
class QuadrantRow:
    """A misconception in the quadrants, and the same in words and numbers."""

    dot: pictures.Dot
    number: Line
    name: Line
    stance: Line
    said: Line
    done: Line


def overall_picture(subject: Subject | None, phrases: Phrases) -> OverallPicture | None:
    """The picture of the overall score; None where there is no score, or no one subject."""
    if subject is None:
        return None
    overall = subject.assessment.overall
    picture = pictures.scale_picture(overall, phrases.direction)
    if picture is None or overall.score is None or overall.worst is None or overall.best is None:
        return None
    words = Words(subject.questionnaire, subject.sheet, phrases)
    score, worst, best = (words.score(each) for each in (overall.score, overall.worst, overall.best))
    described = phrases.line("page.overall-picture", score=score, worst=worst, best=best)
    return OverallPicture(picture, score, described)


def quadrant_rows(subject: Subject | None, phrases: Phrases) -> tuple[QuadrantRow, ...]:
    """Belief beside practice, for every misconception that has both; none without one subject."""
    if subject is None:
        return ()
    words = Words(subject.questionnaire, subject.sheet, phrases)
    return tuple(
        _row(dot, subject, words)
        for dot in pictures.dots(subject.assessment.misconceptions, phrases.direction)
    )


def is_address(piece: Piece) -> bool:
    """Whether a piece may be opened: a link to the web."""
    return piece.link and piece.text.startswith(_WEB)


def _row(dot: pictures.Dot, subject: Subject, words: Words) -> QuadrantRow:
    misconception = subject.questionnaire.misconception[dot.id]
    return QuadrantRow(
        dot=dot,
        number=words.number(dot.number),
        name=words.content(misconception.topic or misconception.title),
        stance=words.phrases.line(f"page.stance.{dot.stance}"),
        said=words.number(dot.said),
        done=words.score(dot.done),
    )
