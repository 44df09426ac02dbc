"""The files that a shell is offered for a name that is begun: those of the kinds that fit, and folders."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Set as AbstractSet
from pathlib import Path

from smaudit.files.kinds import kinds_in

_MOST_LOOKED_INTO = 300
"""So many files, so that a folder of thousands does not keep the tab key waiting."""
_LOOKED_AT = 4096
"""Bytes: the name of its kind stands at the beginning of every file that this program writes."""
_MOST_FOLDERS = 8
_ENDINGS = (".json", ".yaml", ".yml")


def names_of(kinds: AbstractSet[str], begun: str) -> list[str]:
    """The files of these kinds whose names begin so, and the folders (with a slash), in order.

    A single folder is gone into: a shell would take it for the whole answer.
    """
    found = _names(kinds, begun)
    for _ in range(_MOST_FOLDERS):
        if len(found) != 1 or not found[0].endswith("/"):
            break
        found = _names(kinds, found[0])
    return found


def _names(kinds: AbstractSet[str], begun: str) -> list[str]:
    above, slash, start = begun.rpartition("/")
    shown = above + slash
    try:
        folder = os.path.expanduser(shown or ".")  # noqa: PTH111 - what was typed stays as it is
        names = sorted(each for each in os.listdir(folder) if each.startswith(start))  # noqa: PTH208
    except (OSError, ValueError):
        return []
    names = [each for each in names if each[0] != "." or start.startswith(".")]
    folders = {each for each in names if Path(folder, each).is_dir()}
    files = [each for each in names if each.endswith(_ENDINGS)][:_MOST_LOOKED_INTO]
    fitting = {each for each in files if each not in folders and kinds & _kinds(Path(folder, each))}
    return [shown + each + ("/" if each in folders else "") for each in names if each in folders | fitting]


def _kinds(path: Path) -> set[str]:
    """The kinds that the beginning of a file names."""
    with contextlib.suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                return kinds_in(file.read(_LOOKED_AT).decode("utf-8", "replace"))
    return set()
