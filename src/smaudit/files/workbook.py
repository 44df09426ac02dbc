"""The rows of a spreadsheet (.xlsx), read with the standard library: its texts and values, nothing else.

A spreadsheet is an archive that may claim a million columns, or unpack to a thousand times its size. Its
parts are read as a stream, and reading stops where one holds more than a table of answers can.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import IO, NamedTuple
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

MOST_UNPACKED = 128 << 20
"""Bytes of one part, unpacked."""
_CHUNK = 1 << 18
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_DAY = re.compile(r"[dy]", re.IGNORECASE)
_NO_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_EPOCH, _EPOCH_OF_MACS = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)  # noqa: DTZ001 - cells have no zone
_LAST_DAY = 2_958_465


class DamagedError(Exception):
    """The file is no spreadsheet, or is damaged."""


class TooLargeError(Exception):
    """The spreadsheet holds more than is read."""


class Limits(NamedTuple):
    """How many rows, columns and filled cells are read at most."""

    rows: int
    columns: int
    cells: int


Cells = dict[int, str]
"""The filled cells of a row, by column from 0 on."""


class Workbook:
    """A spreadsheet: the names of its visible sheets, and the rows of each."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Open it. Raises DamagedError and TooLargeError, as everything here."""
        self._limits = limits
        try:
            self._archive = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise DamagedError from error
        related = self._related("xl/workbook.xml")
        self.sheets: dict[str, str] = {}
        self._epoch = _EPOCH
        self._parse("xl/workbook.xml", start=lambda name, given: self._noted(name, given, related))
        if not self.sheets:
            raise DamagedError
        self._texts = tuple(self._shared())
        self._is_day = tuple(self._styles())

    def rows(self, sheet: str) -> Iterator[tuple[int, Cells]]:
        """The rows of a sheet with their numbers, those without a cell left out."""
        rows = _Rows(self._texts, self._is_day, self._epoch, self._limits)
        self._parse(self.sheets[sheet], start=rows.start, end=rows.end, text=rows.text)
        return iter(rows.found)

    def _noted(self, name: str, given: Mapping[str, str], related: Mapping[str, str]) -> None:
        if name == "workbookPr" and given.get("date1904") in {"1", "true"}:
            self._epoch = _EPOCH_OF_MACS
        if name == "sheet" and given.get("state", "visible") == "visible":
            part = related.get(next((value for key, value in given.items() if key.endswith(":id")), ""))
            if part and part.startswith("xl/worksheets/"):
                self.sheets[given.get("name", "")] = part

    def _related(self, part: str) -> dict[str, str]:
        """The parts that a part refers to, by id."""
        folder, name = posixpath.split(part)
        found: dict[str, str] = {}

        def note(_: str, given: Mapping[str, str]) -> None:
            if "Id" in given and given.get("TargetMode") != "External":
                target = posixpath.join("/", folder, given.get("Target", ""))
                found[given["Id"]] = posixpath.normpath(target).lstrip("/")

        self._parse(f"{folder}/_rels/{name}.rels", start=note)
        return found

    def _shared(self) -> list[str]:
        part = "xl/sharedStrings.xml"
        if part not in self._archive.namelist():
            return []
        texts = _Texts(self._limits)
        self._parse(part, start=texts.start, end=texts.end, text=texts.text)
        return texts.found

    def _styles(self) -> list[bool]:
        """For each style of cells whether it shows a number as a day."""
        part = "xl/styles.xml"
        if part not in self._archive.namelist():
            return []
        days = set(map(str, _DATE_FORMATS))
        found: list[bool] = []
        inside = [""]

        def start(name: str, given: Mapping[str, str]) -> None:
            if name == "numFmt" and _DAY.search(_NO_FORMAT.sub("", given.get("formatCode", ""))):
                days.add(given.get("numFmtId", ""))
            elif name in {"cellXfs", "cellStyleXfs"}:
                inside[0] = name
            elif name == "xf" and inside[0] == "cellXfs":
                found.append(given.get("numFmtId", "") in days)

        self._parse(part, start=start)
        return found

    def _parse(
        self,
        part: str,
        *,
        start: Callable[[str, Mapping[str, str]], None],
        end: Callable[[str], None] = lambda _: None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Read a part of the archive as XML; names come without their prefix."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda name, given: start(name.rpartition(":")[2], given)
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
        if text is not None:
            parser.CharacterDataHandler = text
        # No such file declares a kind of document; entities of its own could unfold without end.
        parser.StartDoctypeDeclHandler = _refuse
        try:
            if self._archive.getinfo(part).file_size > MOST_UNPACKED:
                raise TooLargeError
            with self._archive.open(part) as opened:
                _feed(parser, opened)
        except (BadZipFile, KeyError, EOFError, OSError, ValueError, IndexError, RuntimeError) as error:
            raise DamagedError from error
        except (zlib.error, expat.ExpatError, NotImplementedError) as error:
            raise DamagedError from error


def _feed(parser: expat.XMLParserType, opened: IO[bytes]) -> None:
    while piece := opened.read(_CHUNK):
        parser.Parse(piece, False)  # noqa: FBT003 - expat takes no names
    parser.Parse(b"", True)  # noqa: FBT003


def _refuse(*_: object) -> None:
    raise DamagedError


class _Texts:
    """The texts that cells share; of text in several styles all of it, without how it is pronounced."""

    def __init__(self, limits: Limits) -> None:
        self.found: list[str] = []
        self._most = limits.cells
        self._parts: list[str] = []
        self._is_text = False
        self._spoken = 0

    def start(self, name: str, _: Mapping[str, str]) -> None:
        if name == "t":
            self._is_text = not self._spoken
        elif name == "si":
            self._parts = []
        elif name == "rPh":
            self._spoken += 1

    def end(self, name: str) -> None:
        if name == "t":
            self._is_text = False
        elif name == "si":
            self.found.append(_unescaped("".join(self._parts)))
            if len(self.found) > self._most:
                raise TooLargeError
        elif name == "rPh":
            self._spoken -= 1

    def text(self, text: str) -> None:
        if self._is_text:
            self._parts.append(text)


class _Rows:
    """The rows of one sheet, while they are read."""

    def __init__(
        self, texts: tuple[str, ...], is_day: tuple[bool, ...], epoch: dt.datetime, limits: Limits
    ) -> None:
        self.found: list[tuple[int, Cells]] = []
        self._texts, self._is_day, self._epoch, self._limits = texts, is_day, epoch, limits
        self._row, self._column, self._count = 0, -1, 0
        self._kind, self._style = "n", 0
        self._parts: list[str] | None = None
        self._value = ""
        self._cells: Cells = {}

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "c":
            self._place(given.get("r"))
            self._kind, self._style = given.get("t", "n"), int(given.get("s", "0"))
            self._value = ""
        elif name in {"v", "t"}:
            self._parts = []
        elif name == "row":
            self._row, self._column = int(given.get("r", self._row + 1)), -1
            self._cells = {}
        elif name == "rPh":
            self._kind = "spoken"

    def text(self, text: str) -> None:
        if self._parts is not None:
            self._parts.append(text)

    def end(self, name: str) -> None:
        if name in {"v", "t"} and self._parts is not None:
            if self._kind != "spoken":
                self._value += "".join(self._parts)
            self._parts = None
        elif name == "rPh":
            self._kind = "inlineStr"
        elif name == "c" and (shown := self._shown()):
            self._count += 1
            if self._count > self._limits.cells or self._column >= self._limits.columns:
                raise TooLargeError
            self._cells[self._column] = shown
        elif name == "row" and self._cells:
            if len(self.found) >= self._limits.rows:
                raise TooLargeError
            self.found.append((self._row, self._cells))

    def _place(self, reference: str | None) -> None:
        self._column += 1
        if reference is not None:
            found = _CELL.fullmatch(reference)
            if found is None:
                raise DamagedError
            column = 0
            for letter in found[1]:
                column = 26 * column + ord(letter) - 64
            self._column = column - 1

    def _shown(self) -> str:
        """The cell as text: a day as `2026-11-23 10:15:00`, a whole number without a point."""
        if self._kind == "s":
            return self._texts[int(self._value)] if self._value else ""
        if self._kind == "b":
            return {"0": "FALSE", "1": "TRUE"}.get(self._value, self._value)
        if self._kind != "n" or not self._value:
            return _unescaped(self._value)
        number = float(self._value)
        if self._style < len(self._is_day) and self._is_day[self._style] and 1 <= number <= _LAST_DAY:
            moment = self._epoch + dt.timedelta(seconds=round(number * 86400))
            return moment.isoformat(" ") if moment.time() != dt.time() else moment.date().isoformat()
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else self._value  # noqa: PLR2004


def _unescaped(text: str) -> str:
    """The text with the characters that spreadsheets write as `_x000D_`."""
    if "_x" not in text:
        return text
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda code: _sign(code[0], int(code[1], 16)), text)


def _sign(written: str, code: int) -> str:
    return written if 0xD800 <= code <= 0xDFFF else chr(code)  # noqa: PLR2004 - half a character
