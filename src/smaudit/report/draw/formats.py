"""The formats: what each can draw, and how. A new format is one file that draws, and one row here.

A row imports what it needs when it draws, so that no format pays for another.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from smaudit.errors import Usage

if TYPE_CHECKING:
    from smaudit.files.streams import Surface
    from smaudit.interview.form import Form
    from smaudit.language.phrases import Phrases
    from smaudit.report.blocks import Document
    from smaudit.report.draw.xlsform import Forms
    from smaudit.report.results import (
        Asking,
        Compared,
        ComparedMany,
        Pictured,
        Planned,
        Report,
        Rows,
        Teamed,
        Tried,
    )

    Told: TypeAlias = Report | Planned | Tried | Teamed | Compared | ComparedMany | Pictured
    Read: TypeAlias = Told | Asking
    Drawn: TypeAlias = Read | Rows | Form | Forms

Kind = Literal[
    "report",
    "plan",
    "what-if",
    "form",
    "team",
    "compare",
    "table",
    "portfolio",
    "check",
    "questionnaire",
]
Name = Literal["text", "markdown", "html", "pdf", "svg", "json", "csv", "jsonl", "xlsx", "yaml"]


class Format(NamedTuple):
    """One format: its name, the ending of its files, and what it can draw.

    in_words  whether it speaks one language; else it is drawn with None for the phrases
    is_file   whether it is for files alone and never shown on a terminal
    extra     the function that raises SmauditError (exit 2) where what it needs is not installed
    """

    name: Name
    ending: str
    of: frozenset[Kind]
    draw: Callable[[Any, Phrases | None, Surface], str | bytes]
    in_words: bool = True
    is_file: bool = False
    extra: Callable[[], None] | None = None


def _text(told: Told, phrases: Phrases | None, surface: Surface) -> str:
    from smaudit.report.draw import text

    document = _composed(told, phrases)
    if surface.plain:
        from smaudit.report.draw import plain

        document = plain.in_words(document, _words(phrases))
    if phrases is not None and phrases.direction == "rtl" and told.kind in _LONG:
        document = text.advised(document, phrases)
    return text.render(document, _words(phrases), surface)


def _markdown(told: Read, phrases: Phrases | None, _: Surface) -> str:
    from smaudit.report.draw import markdown

    return markdown.render(_composed(told, phrases), _words(phrases))


def _html(told: Read, phrases: Phrases | None, _: Surface) -> bytes:
    from smaudit.report.draw import html

    return html.render(_composed(told, phrases), _words(phrases)).encode()


def _pdf(told: Read, phrases: Phrases | None, _: Surface) -> bytes:
    from smaudit.report.draw import pdf

    return pdf.render(_composed(told, phrases), _words(phrases))


def _pdf_needs() -> None:
    from smaudit.report.draw import pdf

    pdf.require()


def _svg(told: Told, phrases: Phrases | None, _: Surface) -> bytes:
    from smaudit.report.draw import svg
    from smaudit.report.results import Planned, Report

    if not isinstance(told, Report | Planned):
        raise TypeError(told)
    return svg.render(told.chart(_words(phrases)), _words(phrases)).encode()


def _form(form: Form, phrases: Phrases | None, _: Surface) -> bytes:
    from smaudit.report.draw import form as page

    return page.render(form, _words(phrases)).encode()


def _xlsform(forms: Forms, _: Phrases | None, __: Surface) -> bytes:
    from smaudit.report.draw import xlsform

    return xlsform.render(forms)


def _xlsform_needs() -> None:
    from smaudit.report.draw import xlsform

    xlsform.require()


def _json(told: Told, _: Phrases | None, __: Surface) -> str:
    from smaudit.report.data.json import dumped

    return dumped(told.result)


def _yaml(asking: Asking, _: Phrases | None, __: Surface) -> bytes:
    from smaudit.core.questionnaire_data import written
    from smaudit.files.yaml_text import as_yaml

    return as_yaml(written(asking.questionnaire)).encode()


def _questionnaire_json(asking: Asking, _: Phrases | None, __: Surface) -> bytes:
    from smaudit.core.questionnaire_data import written
    from smaudit.files.load import as_json

    return as_json(written(asking.questionnaire))


def _csv(told: Told, phrases: Phrases | None, surface: Surface) -> bytes:
    from smaudit.report.data import plan_csv
    from smaudit.report.results import Planned

    if not isinstance(told, Planned):
        raise TypeError(told)
    # Excel takes a file for UTF-8 by its mark alone; a program that reads a pipe would stumble over it.
    return plan_csv.render(told, _words(phrases)).encode("utf-8-sig" if surface.is_file else "utf-8")


def _table(rows: Rows, _: Phrases | None, surface: Surface) -> bytes:
    from smaudit.report.data import portfolio

    # The mark stands at the beginning of a file, and nowhere in a pipe.
    marked = surface.is_file and rows.is_first
    return portfolio.as_csv(rows).encode("utf-8-sig" if marked else "utf-8")


def _lines(rows: Rows, _: Phrases | None, __: Surface) -> bytes:
    from smaudit.report.data import portfolio

    return portfolio.as_lines(rows).encode()


_LONG = frozenset({"report", "team", "compare", "portfolio"})
_PAGES: frozenset[Kind] = frozenset({"report", "plan", "team", "compare", "portfolio"})
_TEXTS: frozenset[Kind] = _PAGES | {"what-if"}
FORMATS: tuple[Format, ...] = (
    Format("text", ".txt", _TEXTS | {"check"}, _text),
    Format("markdown", ".md", _TEXTS | {"questionnaire"}, _markdown),
    Format("html", ".html", _PAGES | {"questionnaire"}, _html),
    Format(
        "pdf",
        ".pdf",
        _PAGES | {"questionnaire"},
        _pdf,
        is_file=True,
        extra=_pdf_needs,
    ),
    Format("svg", ".svg", frozenset({"report", "plan"}), _svg),
    Format(
        "json",
        ".json",
        _TEXTS | {"check"},
        _json,
        in_words=False,
    ),
    Format("csv", ".csv", frozenset({"plan"}), _csv),
    Format("yaml", ".yaml", frozenset({"questionnaire"}), _yaml, in_words=False),
    Format("json", ".json", frozenset({"questionnaire"}), _questionnaire_json, in_words=False),
    Format("csv", ".csv", frozenset({"table"}), _table, in_words=False),
    Format("jsonl", ".jsonl", frozenset({"table"}), _lines, in_words=False),
    Format("html", ".html", frozenset({"form"}), _form, is_file=True),
    Format(
        "xlsx", ".xlsx", frozenset({"form"}), _xlsform, in_words=False, is_file=True, extra=_xlsform_needs
    ),
)


def formats_of(*kinds: Kind) -> tuple[Format, ...]:
    """The formats that can draw any of these."""
    return tuple(each for each in FORMATS if each.of.intersection(kinds))


def choice_of(*kinds: Kind) -> str:
    """The names of these formats as a help page writes a choice: `text|markdown|json`."""
    return "|".join(each.name for each in formats_of(*kinds))


def format_for(given: str | None, output: str | None, *kinds: Kind) -> Format:
    """The format that was asked for, else that of the file's ending, else text.

    Raises SmauditError (exit 2) for one there is not, and for one that needs an extra that is not installed.
    """
    allowed = formats_of(*kinds)
    if given is None and output in {None, "-"}:
        return allowed[0]
    if given is not None:
        found = next((each for each in allowed if each.name == given), None)
        missing = Usage("error.unknown-format", format=given, allowed=tuple(each.name for each in allowed))
    else:
        ending = Path(str(output)).suffix.lower()
        found = next((each for each in allowed if each.ending == ending), None)
        endings = tuple(each.ending for each in allowed)
        missing = Usage("error.unknown-ending", file=str(output), allowed=endings)
    if found is None:
        raise missing
    if found.extra:
        found.extra()
    return found


def check_terminal(format_: Format, surface: Surface) -> None:
    """Raise SmauditError (exit 2) where a format for files would be written to a terminal."""
    if format_.is_file and surface.is_screen:
        raise Usage("error.not-in-format", "hint.no-output", format=format_.name)


def _words(phrases: Phrases | None) -> Phrases:
    if phrases is None:
        raise TypeError(phrases)
    return phrases


def _composed(told: Read, phrases: Phrases | None) -> Document:
    return told.compose(_words(phrases))
