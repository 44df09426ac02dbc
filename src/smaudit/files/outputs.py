"""Where results go: to standard output or a file, and never in place of what they are made from.

What a company answered cannot be computed again. So nothing that a command reads is written to, whichever
name leads there, and no result takes the place of a file that is a sheet, a questionnaire or a translation.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from smaudit.errors import SmauditError, Usage
from smaudit.files.encoding import decoded
from smaudit.files.kinds import kinds_in
from smaudit.files.places import shown_path
from smaudit.files.save import save, save_as
from smaudit.files.streams import put, put_bytes

_LOOKED_AT = 4 << 20
"""Bytes, the size of the largest file that is read; the name of its kind may stand anywhere in it."""
_KEPT = {"sheet", "questionnaire", "translation"}


def check_output(output: str | None, inputs: Iterable[str | None] = ()) -> None:
    """Raise SmauditError (exit 2) where a result may not go to `output`: None and `-` are standard output.

    `inputs` are the files that the command reads, `-` for standard input; None is passed over.
    """
    check_apart(output, inputs)
    if output is not None and not is_stdout(output) and _kept(output) is not None:
        raise _kept_as_it_is(output)


def check_apart(output: str | None, inputs: Iterable[str | None]) -> None:
    """Raise SmauditError (exit 2) where what is written is one of the inputs, whichever name leads there."""
    for each in inputs:
        if each is not None and _is_same(output, each):
            file = shown_path(each if is_stdout(output) else str(output))
            raise Usage("error.output-is-input", "hint.output-is-input", file=file)


def write(text: str | bytes, output: str | None) -> None:
    """Write a result. Raises SmauditError: exit 5 where that fails, exit 2 as `check_output` does."""
    if output is None or is_stdout(output):
        put(text) if isinstance(text, str) else put_bytes(text)
        return
    data = text.encode() if isinstance(text, str) else text
    # Looked at again: since the check a sheet may have been saved there.
    if _kept(output) not in {None, data}:
        raise _kept_as_it_is(output)
    save(Path(output), data)


def still_free(output: str) -> None:
    """Raise SmauditError (exit 2) where a file of a kind that is never replaced now stands at `output`."""
    if _kept(output) is not None:
        raise _kept_as_it_is(output)


def write_new(text: str | bytes, output: str) -> None:
    """Write a result under a name that is not taken. Raises SmauditError (exit 5), also where it is."""
    save_as(Path(output), text.encode() if isinstance(text, str) else text)


def is_stdout(output: str | None) -> bool:
    """Whether a result goes to standard output: nothing else was asked for, or `-`."""
    return output is None or output == "-"


def _kept_as_it_is(file: str) -> SmauditError:
    return Usage("error.output-is-kept", "hint.output-is-kept", file=shown_path(file))


def _is_same(output: str | None, given: str) -> bool:
    """Whether two names lead to one file, now or, where there is none yet, as soon as one is made."""
    to, source = _found(output, sys.stdout), _found(given, sys.stdin)
    if to is not None and source is not None:
        return stat.S_ISREG(to.st_mode) and os.path.samestat(to, source)
    is_new = to is None and source is None and not is_stdout(output) and given != "-"
    return is_new and _name(str(output)) == _name(given)


def _found(name: str | None, stream: TextIO | None) -> os.stat_result | None:
    """What a name leads to, links followed; None where that is nothing, or cannot be told."""
    with contextlib.suppress(OSError, ValueError):
        if not is_stdout(name):
            return Path(str(name)).stat()
        return os.fstat(stream.fileno()) if stream is not None else None
    return None


def _name(path: str) -> str:
    """A name of a file that is not there yet, the same for all that some file system takes for the same."""
    try:
        return unicodedata.normalize("NFC", os.path.realpath(path)).casefold()
    except ValueError:
        return path


def _kept(path: str) -> bytes | None:
    """The bytes of a file whose content is never replaced by a result, None for all others."""
    data = _beginning(path)
    if data is None:
        return None
    return data if kinds_in(decoded(data, "replace")) & _KEPT else None


def _beginning(path: str) -> bytes | None:
    with contextlib.suppress(OSError, ValueError):
        if Path(path).is_file():
            with Path(path).open("rb") as file:
                return file.read(_LOOKED_AT)
    return None
