"""Many sheets: files, folders, patterns, JSON lines and standard input, one by one in a fixed order."""

from __future__ import annotations

import os
import select
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from glob import glob, has_magic
from pathlib import Path
from typing import NamedTuple

from pydantic_core import from_json

from smaudit.core.given import Given, Known, given, known_in, plain
from smaudit.core.questionnaire import Questionnaire
from smaudit.errors import NotFound, NotReadable, SmauditError, Usage
from smaudit.files.limits import MOST_OF_A_SHEET
from smaudit.files.load import sheet_from
from smaudit.files.places import shown_path
from smaudit.files.read import check_size, is_stdin, read

LINES = frozenset({".jsonl", ".ndjson"})
"""The endings of files with a sheet in each line."""
_PIECE = 1 << 16
_LOOK_UP_SECONDS = 0.2
"""So often somebody who waits for standard input looks up whether to end."""

Stop = Callable[[], object]


class Source(NamedTuple):
    """A file that is one sheet, or has one in each line; `is_odd` is no ordinary file, found in a folder."""

    file: str
    in_lines: bool = False
    is_odd: bool = False


class Piece(NamedTuple):
    """The bytes of one sheet, or why there are none; `line` is its line in a file of JSON lines."""

    file: str
    line: int | None
    data: bytes | SmauditError


def sources(paths: Iterable[str]) -> list[Source]:
    """The files that these paths stand for, in a fixed order: as given, those of a folder by their names.

    Raises SmauditError (exit 2) for a path that leads nowhere, and where there is no sheet at all.
    """
    found: dict[str, Source] = {}
    for path in paths:
        for each in _sources(path):
            found.setdefault(each.file, each)
    if not found:
        raise Usage("error.no-sheets", "hint.no-sheets", names=tuple(map(shown_path, paths)))
    return list(found.values())


def _sources(path: str) -> Iterator[Source]:
    if is_stdin(path):
        yield Source(path, in_lines=True)
    elif os.path.isdir(path):  # noqa: PTH112 - a path may be odd
        yield from _in_folder(path)
    elif os.path.lexists(path):
        yield Source(path, in_lines=Path(path).suffix.lower() in LINES)
    elif has_magic(path) and (names := sorted(glob(path, recursive=True))):  # noqa: PTH207 - as a shell has it
        for name in names:
            yield from _sources(name)
    else:
        raise NotFound("error.not-found", "hint.not-found", file=shown_path(path))


def _in_folder(folder: str) -> Iterator[Source]:
    """Whatever is called *.json in a folder and the folders in it; links to folders are not followed."""
    below: list[str] = []
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            if entry.name.startswith("."):
                continue
            if entry.name.lower().endswith(".json"):
                is_odd = not entry.is_file() and not entry.is_symlink()
                yield Source(entry.path, is_odd=is_odd or (entry.is_symlink() and _is_odd(entry.path)))
            elif entry.is_dir(follow_symlinks=False):
                below.append(entry.path)
    for each in below:
        yield from _in_folder(each)


def _is_odd(path: str) -> bool:
    """Whether a link leads to something that is no ordinary file; one that leads nowhere is told as such."""
    with suppress(OSError, ValueError):
        return not stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116 - a path may be odd
    return False


def pieces(found: Iterable[Source], stop: Stop) -> Iterator[Piece]:
    """The bytes of each sheet, read one at a time; ends early where `stop` gives something true."""
    for source in found:
        if stop():
            return
        if source.in_lines:
            yield from _lines(source.file, stop)
            continue
        try:
            if source.is_odd:
                # What is found, and not named, is not waited for.
                raise _odd(source.file)
            data: bytes | SmauditError = read(source.file, MOST_OF_A_SHEET)
        except SmauditError as error:
            data = error
        yield Piece(source.file, None, data)


def _odd(path: str) -> NotReadable:
    if os.path.isdir(path):  # noqa: PTH112 - a path may be odd
        return NotReadable("error.folder", "hint.folder", file=shown_path(path))
    return NotReadable("error.not-a-file", "hint.not-a-file", file=shown_path(path))


def _lines(file: str, stop: Stop) -> Iterator[Piece]:
    """The lines that are not blank; of one that is too long only that it is."""
    number, kept, dropped = 0, bytearray(), 0
    try:
        for piece in _chunks(file, stop):
            *whole, rest = piece.split(b"\n")
            for end in whole:
                number += 1
                yield from _line(file, number, bytes(kept) + end if kept else end, dropped)
                kept.clear()
                dropped = 0
            if len(kept) <= MOST_OF_A_SHEET:
                kept += rest
            else:
                dropped += len(rest)
        # What was cut short by the end of the work is no line.
        if not stop():
            yield from _line(file, number + 1, bytes(kept), dropped)
    except OSError as error:
        yield Piece(file, number + 1, _unread(file, error))


def _line(file: str, number: int, data: bytes, dropped: int) -> Iterator[Piece]:
    if not data.strip():
        return
    try:
        check_size(data + b" " * bool(dropped), file, MOST_OF_A_SHEET)
    except SmauditError as error:
        yield Piece(file, number, error)
    else:
        yield Piece(file, number, data)


def _chunks(file: str, stop: Stop) -> Iterator[bytes]:
    if is_stdin(file):
        if sys.stdin is None:
            raise NotReadable("error.no-stdin", "hint.no-stdin")
        yield from _waited_for(sys.stdin.fileno(), stop)
        return
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        yield from _waited_for(handle, stop)
    finally:
        os.close(handle)


def _waited_for(handle: int, stop: Stop) -> Iterator[bytes]:
    """What comes in, until there is no more; Ctrl-C ends the waiting for a slow writer too."""
    waits = not stat.S_ISREG(os.fstat(handle).st_mode) and os.name == "posix"
    while not stop():
        if waits and not select.select([handle], [], [], _LOOK_UP_SECONDS)[0]:
            continue
        piece = os.read(handle, _PIECE)
        if not piece:
            return
        yield piece


def _unread(file: str, error: OSError) -> NotReadable:
    import errno

    name = errno.errorcode.get(error.errno or 0, "?")
    return NotReadable("error.unreadable", "hint.unreadable", file=shown_path(file), code=name)


def given_in(data: bytes, file: str, questionnaire: Questionnaire, known: Known | None = None) -> Given:
    """What a row needs of the sheet in these bytes. Raises Refused with every problem in it.

    What is flawless is seen at a glance, without a model of it; all else is read as any sheet is.
    """
    found = _at_a_glance(data, known or known_in(questionnaire))
    return given(sheet_from(data, file, questionnaire), questionnaire) if found is None else found


def _at_a_glance(data: bytes, known: Known) -> Given | None:
    if not data.startswith(b"{"):
        return None
    try:
        root = from_json(data, cache_strings="keys")
    except ValueError:
        return None
    found = plain(root, known)
    if found is None:
        return None
    looked, keys = found
    # The parser takes the last of two values with one key: none stood twice if there are as many colons.
    colons = data.count(b":")
    if keys == colons or (b"\\" not in data and keys + _colons(root) == colons):
        return looked
    return None


def _colons(value: object) -> int:
    """How many colons stand in the texts of a value."""
    if isinstance(value, str):
        return value.count(":")
    inner: Sequence[object] = list(value.values()) if isinstance(value, dict) else ()
    return sum(map(_colons, inner))
