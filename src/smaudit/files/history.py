"""The digests of every version of the built-in questionnaire, from `data/history.json`."""

from __future__ import annotations

from collections.abc import Mapping

from smaudit.files.places import data_path
from smaudit.files.read import parse, read

MOST_OF_A_HISTORY = 1 << 20
"""Bytes; a larger file is refused unread."""


def load_history() -> Mapping[str, Mapping[str, str]]:
    """Digests by question id, by version. Raises SmauditError (exit 70) where the file is missing."""
    path = str(data_path("history.json"))
    found = parse(read(path, MOST_OF_A_HISTORY), path)
    if not isinstance(found, dict):
        raise TypeError(path)
    return found
