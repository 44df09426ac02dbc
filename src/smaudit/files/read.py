"""From a path to bytes, and from bytes to plain values; nothing a file says is ever run or followed."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
from collections.abc import Mapping

from smaudit.errors import Message, NotFound, NotReadable, Problem, Refused, SmauditError, Usage
from smaudit.files import json as json_text
from smaudit.files import yaml as yaml_text
from smaudit.files.encoding import decoded
from smaudit.files.places import shown_path

_FLAGS = (
    os.O_RDONLY
    # Opening a FIFO that nobody writes to would wait for ever without this.
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_STDIN = frozenset({"-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"})
_DESCRIPTOR = re.compile(r"/(?:dev|proc/self)/fd/([0-9]{1,5})")
_PATIENCE_SECONDS = 1
_KIB = 1024
_BLANKS = " \t\r\n"
_PAGE = re.compile(r"\s*<(!doctype|html|head|body|!--|\?xml)", re.IGNORECASE)
_MISSING = (errno.ENOENT, errno.ENOTDIR)
_DENIED = (errno.EACCES, errno.EPERM)


def read(path: str, limit: int) -> bytes:
    """Return the bytes of a file, of a pipe, or of standard input for `-`; at most `limit` bytes.

    A pipe is read to its end, however long its writer takes. Raises SmauditError (exit 2) for a path that is
    missing, unreadable, a folder, a device, or a pipe that nobody writes into; Refused (exit 3) for more than
    `limit` bytes.
    """
    try:
        data = _read_stdin(limit) if is_stdin(path) else _read_file(path, limit)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    check_size(data, path, limit)
    return data


def check_size(data: bytes, path: str, limit: int) -> None:
    """Raise Refused for more than `limit` bytes."""
    if len(data) > limit:
        raise _too_big(path, limit)


def is_stdin(path: str) -> bool:
    """Return whether a path is one of the names of standard input."""
    return path in _STDIN


def check_stdin(inputs: Mapping[str, str | None]) -> None:
    """Raise SmauditError (exit 2) where two of a command's inputs, by option, are standard input."""
    both = [f"{name} {path}" for name, path in inputs.items() if path is not None and is_stdin(path)]
    if len(both) > 1:
        raise Usage("error.not-together", first=both[0], second=both[1])


def parse(data: bytes, file: str) -> object:
    """Return the plain values of a text: JSON when it begins with a brace or bracket, else YAML.

    Numbers with a fraction are `decimal.Decimal` in JSON and stay text in YAML. `file` is the name
    to show. Raises Refused for anything but one unambiguous document within the limits.
    """
    found = json_text.glance(data)
    if found is not json_text.DOUBTFUL:
        return found
    text = text_of(data, file)
    build = json_text.build if is_json(text) else yaml_text.build
    return build(text, shown_path(file))


def text_of(data: bytes, file: str) -> str:
    """Return the text of a file, in UTF-8 or with a mark UTF-16; raise Refused for none, and a web page."""
    try:
        text = decoded(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(shown_path(file), [Problem((), Message("problem.not-utf8"), line)]) from None
    if not text.strip(_BLANKS):
        raise Refused(shown_path(file), [Problem((), Message("problem.empty"))])
    if _PAGE.match(text):
        raise Refused(shown_path(file), [Problem((), Message("problem.web-page"))], None)
    return text


def is_json(text: str) -> bool:
    """Return whether a text that is not empty is meant to be JSON, whole or broken."""
    return text.lstrip(_BLANKS)[:1] in {"{", "["}


def _read_stdin(limit: int) -> bytes:
    # None when the program was started with standard input closed.
    if sys.stdin is None:
        raise NotReadable("error.no-stdin", "hint.no-stdin")
    return sys.stdin.buffer.read(limit + 1)


def _read_file(path: str, limit: int) -> bytes:
    handle = _opened(path)
    try:
        found = os.fstat(handle)
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, "")
        if stat.S_ISFIFO(found.st_mode):
            return _read_pipe(handle, path, limit + 1)
        if not stat.S_ISREG(found.st_mode):
            raise NotReadable("error.not-a-file", "hint.not-a-file", file=shown_path(path))
        # Before the first byte is read: a sparse file claims more than the memory holds.
        if found.st_size > limit:
            raise _too_big(path, limit)
        return _read_up_to(handle, limit + 1)
    finally:
        os.close(handle)


def _opened(path: str) -> int:
    """Open a file; what a shell hands over as <(…) is open already."""
    given = _DESCRIPTOR.fullmatch(path)
    # An ordinary file is opened anew, to be read from its start.
    if given and stat.S_ISFIFO(os.fstat(int(given[1])).st_mode):
        return os.dup(int(given[1]))
    return os.open(path, _FLAGS)


def _read_pipe(handle: int, path: str, most: int) -> bytes:
    """Give the writer of a pipe a moment to open it; from then on it may take its time."""
    import select

    data = b""
    if not os.get_blocking(handle):
        select.select([handle], [], [], _PATIENCE_SECONDS)
        # An error where it is empty and has a writer.
        with contextlib.suppress(BlockingIOError):
            data = os.read(handle, most)
            if not data:
                raise NotReadable("error.nobody-writes", "hint.nobody-writes", file=shown_path(path))
        os.set_blocking(handle, True)
    return data + _read_up_to(handle, most - len(data))


def _read_up_to(handle: int, most: int) -> bytes:
    """Read to the end, or to one byte too many: a file may grow, and files under /proc claim size 0."""
    data = b""
    while len(data) < most and (piece := os.read(handle, most - len(data))):
        data += piece
    return data


def _too_big(path: str, limit: int) -> Refused:
    return Refused(shown_path(path), [Problem((), Message("problem.too-big", {"limit": limit // _KIB}))])


def _unreadable(path: str, error: OSError | ValueError) -> SmauditError:
    file = shown_path(path)
    if not path:
        return NotReadable("error.name-empty", "hint.name-empty")
    code = error.errno if isinstance(error, OSError) else errno.ENOENT
    # Windows answers "permission denied" to the opening of a folder.
    if code == errno.EISDIR or (code in _DENIED and os.path.isdir(path)):  # noqa: PTH112  # path may be odd
        return NotReadable("error.folder", "hint.folder", file=file)
    if code in _MISSING:
        return NotFound("error.not-found", "hint.not-found", file=file)
    if code in _DENIED:
        return NotReadable("error.read-denied", "hint.read-denied", file=file)
    # What opening a socket answers.
    if code == errno.ENXIO:
        return NotReadable("error.not-a-file", "hint.not-a-file", file=file)
    name = errno.errorcode.get(code or 0, "?")
    return NotReadable("error.unreadable", "hint.unreadable", file=file, code=name)
