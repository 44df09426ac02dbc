"""`smaudit import`: the answers in a table that another program exported, as sheets."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from smaudit.commands.options import DigitsOption, LanguageOption, QuestionnaireOption, QuietOption
from smaudit.commands.run import Run
from smaudit.errors import Exit, NotWritten, Usage

if TYPE_CHECKING:
    from smaudit.core.questionnaire import Questionnaire
    from smaudit.core.sheet import Sheet
    from smaudit.core.table_columns import Column
    from smaudit.core.table_rows import Unclear
    from smaudit.core.table_words import Vocabulary
    from smaudit.files.column_map import ColumnMap
    from smaudit.files.table import Table
    from smaudit.report.tell.imported import Understood

LEFT_OPEN = "not-understood"
"""The name of the table, beside the sheets, of what was not understood."""


class Read(NamedTuple):
    """A table that holds answers, and what its columns are."""

    table: Table
    columns: Sequence[Column]


def import_(
    context: typer.Context,
    table: Annotated[str, typer.Argument(metavar="TABLE")],
    output: Annotated[str, typer.Option("--output", "-o", metavar="FOLDER")] = "sheets",
    map_: Annotated[str | None, typer.Option("--map", metavar="FILE")] = None,
    yes: Annotated[bool, typer.Option("--yes")] = False,
    company: Annotated[str | None, typer.Option("--company", metavar="NAME")] = None,
    lang: LanguageOption = None,  # noqa: ARG001 - read before the command begins
    digits: DigitsOption = None,
    questionnaire: QuestionnaireOption = None,
    plain: Annotated[bool, typer.Option("--plain")] = False,
    quiet: QuietOption = False,
) -> None:
    """Make sheets of the answers in a table from any form tool."""
    from smaudit.commands.form import company_named
    from smaudit.commands.spoken import in_every_language
    from smaudit.files.column_map import load_map
    from smaudit.files.table import check_ending
    from smaudit.interview.vocabulary import vocabulary

    run = Run.of(context.obj, digits=digits, quiet=quiet)
    check_ending(table)
    name = company_named(company)
    asked = run.questionnaire(questionnaire)
    words = vocabulary(in_every_language(run, questionnaire, asked))
    is_new = map_ is not None and not os.path.lexists(map_)
    orders = load_map(map_, words) if map_ is not None and not is_new else None
    if map_ is not None and is_new:
        _start_map(map_, table, words, run)
        return
    seen = _understood(table, words, orders, asked, name)
    _show(seen, run)
    files = _named([sheet for _, sheet in seen.result.sheets])
    _write(Path(output), files, seen.result.unclear, run, yes=yes, plain=plain)
    if any(each.why == "damaged" for each in seen.result.unclear):
        raise typer.Exit(Exit.REFUSED)


def read_table(file: str, words: Vocabulary, orders: ColumnMap | None = None) -> Read:
    """A table and what its columns are. Raises Refused (exit 3) for one that holds no answers."""
    from smaudit.core.table_columns import matched, understood
    from smaudit.core.table_rows import ANSWERS
    from smaudit.files.limits import refused
    from smaudit.files.places import shown_path
    from smaudit.files.table import load_table

    ordered = orders.columns if orders else {}
    table = load_table(file, lambda headings: understood(headings, words, ordered))
    columns = matched(table.headings, words, ordered)
    if not any(each.target and each.target.kind in ANSWERS for each in columns):
        raise refused(shown_path(file), "problem.table-no-column", None)
    if not table.rows:
        raise refused(shown_path(file), "problem.table-no-rows", None)
    return Read(table, columns)


def _understood(
    file: str, words: Vocabulary, orders: ColumnMap | None, asked: Questionnaire, company: str | None
) -> Understood:
    """The table, read, with the sheets that it makes. Raises Refused (exit 3) for one without answers."""
    from smaudit.core.table_rows import depth_of, imported
    from smaudit.core.table_words import normal
    from smaudit.files.places import shown_path
    from smaudit.report.tell.imported import Understood

    table, columns = read_table(file, words, orders)
    for each in columns:
        if each.target is not None:
            for text, option in (orders.cells if orders else {}).get(normal(each.heading), {}).items():
                words.choices.setdefault(each.target, {})[text] = {option}
    result = imported(table.rows, columns, words, asked)
    if company is not None:
        sheets = (
            (row, each if each.company.name else each.with_company(company)) for row, each in result.sheets
        )
        result = result._replace(sheets=tuple(sheets))
    return Understood(shown_path(file), columns, result, depth_of(columns, asked), asked, words, company)


def _show(seen: Understood, run: Run) -> None:
    from smaudit.files.outputs import write
    from smaudit.report.draw.text import render
    from smaudit.report.tell.imported import overview

    write(render(overview(seen, run.phrases), run.phrases, run.surface).rstrip() + "\n", None)


def _start_map(file: str, table: str, words: Vocabulary, run: Run) -> None:
    """Write a start of a map, to be completed by hand."""
    from smaudit.core.table_columns import matched, understood
    from smaudit.files.outputs import write_new
    from smaudit.files.places import shown_path
    from smaudit.files.table import load_table
    from smaudit.report.data.imported import map_start

    loaded = load_table(table, lambda headings: understood(headings, words, {}))
    columns = matched(loaded.headings, words, {})
    write_new(map_start(columns, words, run.phrases, shown_path(table)), file)
    run.tell("import.map.written", file=file)


def _named(sheets: Sequence[Sheet]) -> dict[str, bytes]:
    """The bytes of each sheet by the name of its file: of equal names the later ones get a number."""
    from smaudit.files.load import sheet_bytes
    from smaudit.files.names import safe_stem

    files: dict[str, bytes] = {}
    numbers: dict[str, int] = {}
    for sheet in sheets:
        parts = (sheet.company.name or sheet.company.id, sheet.respondent.department)
        stem = safe_stem(" ".join(filter(None, parts)) or "answers", sheet.date or "")
        name = stem
        while f"{name}.json" in files:
            numbers[stem] = numbers.get(stem, 1) + 1
            name = f"{stem}-{numbers[stem]}"
        files[f"{name}.json"] = sheet_bytes(sheet)
    return files


def _write(
    folder: Path, files: Mapping[str, bytes], unclear: Sequence[Unclear], run: Run, *, yes: bool, plain: bool
) -> None:
    """Write what is not there yet, once it is agreed. Raises SmauditError (exit 2 and 5); nothing then is."""
    from smaudit.files.save import save_all_new
    from smaudit.report.data.imported import not_understood

    new = _not_there(folder, files)
    listed = not_understood(unclear).encode("utf-8-sig") if unclear else b""
    name, is_there = _free(folder, listed)
    if new:
        _agree(len(new), str(folder), run, yes=yes, plain=plain)
    if new or (listed and not is_there):
        _make(folder)
        save_all_new(folder, new if is_there or not listed else {**new, name: listed})
    if len(new) < len(files):
        run.tell("import.there", count=len(files) - len(new), folder=str(folder))
    if new:
        run.tell("import.written", count=len(new), folder=str(folder))
    if listed:
        run.tell("import.listed", count=len(unclear), file=str(folder / name))


def _not_there(folder: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that are not there. Raises NotWritten where one of a name is there and is another."""
    from smaudit.files.places import shown_path

    new: dict[str, bytes] = {}
    for name, data in files.items():
        there = _content(folder / name)
        if there is None:
            new[name] = data
        elif there != data:
            file = shown_path(folder / name)
            raise NotWritten("error.other-sheet", "hint.other-sheet", file=file)
    return new


def _free(folder: Path, listed: bytes) -> tuple[str, bool]:
    """A name for the list of what was not understood, and whether it is there already, as it is."""
    number = 1
    while True:
        name = f"{LEFT_OPEN}.csv" if number == 1 else f"{LEFT_OPEN}-{number}.csv"
        there = _content(folder / name)
        if there is None or there == listed:
            return name, there is not None
        number += 1


def _content(path: Path) -> bytes | None:
    """The bytes of a file; None where there is nothing of that name, and nothing for what is no file."""
    if not os.path.lexists(path):
        return None
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def _make(folder: Path) -> None:
    from smaudit.files.save import not_written

    try:
        folder.mkdir(exist_ok=True)
    except (OSError, ValueError) as error:
        raise not_written(folder, error) from error


def _agree(sheets: int, folder: str, run: Run, *, yes: bool, plain: bool) -> None:
    """Ask whether the sheets are to be written. Raises Usage (exit 2) where nobody can be asked; leaves."""
    if yes:
        return
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr)):
        raise Usage("error.not-agreed", "hint.not-agreed", count=sheets)
    from smaudit.files.signals import raising
    from smaudit.interview import open_prompter
    from smaudit.interview.agreeing import is_agreed

    with raising():
        agreed = is_agreed(open_prompter(run.phrases, plain=plain), run.phrases, sheets, folder)
    if not agreed:
        run.tell("left.nothing-written")
        raise typer.Exit
