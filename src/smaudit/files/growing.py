"""A result that is written piece by piece, and is in its place only when it is whole.

What is written to standard output or a device is there at once. A file grows under a temporary name beside
its place. If the work is ended before, what is done is kept under a name of its own (`scores.partial.csv`):
nobody shall take a part for the whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from smaudit.files.outputs import is_stdout, still_free
from smaudit.files.save import begun_beside, is_stream, not_written, save_new, sync, take_place, write_all
from smaudit.files.streams import put_bytes

_PIECE = 1 << 16


class Growing:
    """A result on its way; used as a context, at whose end it is dropped unless it was kept."""

    def __init__(self, output: str | None) -> None:
        """Begin it. Raises SmauditError (exit 5) where it cannot be written."""
        self._waiting = bytearray()
        self._temp: Path | None = None
        self._output = output
        self._handle = -1
        if output is None or is_stdout(output):
            return
        self._target = Path(os.path.realpath(output))
        with self._told():
            if is_stream(Path(output)):
                self._handle = os.open(output, os.O_WRONLY | os.O_APPEND)
            else:
                self._temp, self._handle = begun_beside(self._target)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()
        if self._temp is not None:
            with suppress(OSError):
                self._temp.unlink()

    def add(self, piece: bytes) -> None:
        """Write on. Raises SmauditError (exit 5) where that fails."""
        self._waiting += piece
        if len(self._waiting) >= _PIECE or self._handle < 0:
            self._flush()

    def keep(self) -> None:
        """Put it in its place, whole. Raises SmauditError (exit 5)."""
        self._flush()
        if self._temp is None:
            return
        # Looked at again: since the beginning a sheet may have been saved there.
        still_free(str(self._output))
        with self._told():
            sync(self._handle)
            self._close()
            take_place(self._temp, self._target)
            self._temp = None

    def keep_part(self) -> str | None:
        """Keep what there is under a name of its own, and give that; None where it is written already."""
        self._flush()
        if self._temp is None:
            return None
        target = self._target
        part = save_new(target.parent, f"{target.stem}.partial", target.suffix, b"")
        with self._told():
            self._close()
            take_place(self._temp, part)
            self._temp = None
        return str(Path(str(self._output)).with_name(part.name))

    def _flush(self) -> None:
        piece = bytes(self._waiting)
        self._waiting.clear()
        if self._handle < 0:
            put_bytes(piece)
            return
        with self._told():
            write_all(self._handle, piece)

    def _close(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError) as error:
            raise not_written(Path(str(self._output)), error) from error
