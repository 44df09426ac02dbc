"""Any result, rendered: text, markdown, HTML, PDF, JSON. Each format imports only what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smaudit.core.subject import Subject
    from smaudit.files.streams import Surface
    from smaudit.language.phrases import Phrases
    from smaudit.report.blocks import Document

FORMATS = {"text": ".txt", "markdown": ".md", "html": ".html", "pdf": ".pdf", "json": ".json"}
"""The formats of a report, each with the ending of its files."""


def render_json(subject: Subject) -> str:
    """The assessment for scripts, as one JSON object (`smaudit/assessment/1`)."""
    from smaudit.report.data.json import dumped

    return dumped(subject.assessment)


def render(subject: Subject, format_: str, phrases: Phrases, surface: Surface) -> str:
    """The report of an assessment for people: `text`, `markdown` or `html`."""
    from smaudit.report.tell.overview import compose

    document = compose(subject, phrases, roadmap=format_ == "html")
    if format_ == "html":
        from smaudit.report.draw import html

        return html.render(document, subject, phrases)
    if format_ == "text" and phrases.direction == "rtl":
        document = _advised(document, phrases)
    return drawn(document, format_, phrases, surface)


def _advised(document: Document, phrases: Phrases) -> Document:
    """Say at the end where it reads best: terminals disagree about text from right to left, pages do not."""
    from dataclasses import replace

    from smaudit.report.blocks import Paragraph

    return replace(document, blocks=(*document.blocks, Paragraph(phrases.line("best-reading"), "small")))


def drawn(document: Document, format_: str, phrases: Phrases, surface: Surface) -> str:
    """A document that is composed, as `text` or `markdown`."""
    if format_ == "markdown":
        from smaudit.report.draw import markdown

        return markdown.render(document, phrases)
    from smaudit.report.draw import text as terminal

    return terminal.render(document, phrases, surface)


def render_pdf(subject: Subject, phrases: Phrases) -> bytes:
    """The report of an assessment as a PDF. Raises SmauditError (exit 2) without the extra for it."""
    from smaudit.report.draw import pdf
    from smaudit.report.tell.overview import compose

    return pdf.render(compose(subject, phrases, roadmap=True), subject, phrases)
