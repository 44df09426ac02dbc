"""From a path to bytes, and from bytes to plain values; nothing a file says is ever run or followed."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys

from smaudit.errors import Exit, Message, Problem, Refused, SmauditError
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
_KIB = 1024
_BLANKS = " \t\r\n"
_PAGE = re.compile(r"\s*<(!doctype|html|head|body|!--|\?xml)", re.IGNORECASE)
_MISSING = (errno.ENOENT, errno.ENOTDIR)
_DENIED = (errno.EACCES, errno.EPERM)


def read(path: str, limit: int) -> bytes:
    """Return the bytes of a regular file, or of standard input for `-`; at most `limit` bytes.

    Raises SmauditError (exit 2) for a path that is missing, unreadable, a folder or no regular
    file, and Refused (exit 3) for more than `limit` bytes.
    """
    try:
        data = _read_stdin(limit) if path == "-" else _read_file(path, limit)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if len(data) > limit:
        raise _too_big(path, limit)
    return data


def parse(data: bytes, file: str) -> object:
    """Return the plain values of a text: JSON when it begins with a brace or bracket, else YAML.

    Numbers with a fraction are `decimal.Decimal` in JSON and stay text in YAML. `file` is the name
    to show. Raises Refused for anything but one unambiguous document within the limits.
    """
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
        raise SmauditError("error.no-stdin", Exit.USAGE, "hint.no-stdin")
    return sys.stdin.buffer.read(limit + 1)


def _read_file(path: str, limit: int) -> bytes:
    handle = os.open(path, _FLAGS)
    try:
        found = os.fstat(handle)
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, "")
        if not stat.S_ISREG(found.st_mode):
            raise SmauditError("error.not-a-file", Exit.USAGE, "hint.not-a-file", file=shown_path(path))
        # Before the first byte is read: a sparse file claims more than the memory holds.
        if found.st_size > limit:
            raise _too_big(path, limit)
        return _read_up_to(handle, limit + 1)
    finally:
        os.close(handle)


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
    code = error.errno if isinstance(error, OSError) else errno.ENOENT
    # Windows answers "permission denied" to the opening of a folder.
    if code == errno.EISDIR or (code in _DENIED and os.path.isdir(path)):  # noqa: PTH112  # path may be odd
        return SmauditError("error.folder", Exit.USAGE, "hint.folder", file=file)
    if code in _MISSING:
        return SmauditError("error.not-found", Exit.USAGE, "hint.not-found", file=file)
    if code in _DENIED:
        return SmauditError("error.read-denied", Exit.USAGE, "hint.read-denied", file=file)
    # What opening a socket answers.
    if code == errno.ENXIO:
        return SmauditError("error.not-a-file", Exit.USAGE, "hint.not-a-file", file=file)
    name = errno.errorcode.get(code or 0, "?")
    return SmauditError("error.unreadable", Exit.USAGE, "hint.unreadable", file=file, code=name)
