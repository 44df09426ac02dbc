"""The digests of every released version: what a question asked cannot change under the same version.

A new version is added with

    SMAUDIT_REFRESH=1 python -m pytest tests/test_history.py

and one that nobody has used yet is written anew by its name, SMAUDIT_REFRESH=2.0.0.
"""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from conftest import ROOT, question, questionnaire_data, questionnaire_from

from smaudit.core.history import digests
from smaudit.core.questionnaire import Questionnaire
from smaudit.files.load import as_json
from smaudit.files.places import data_path

HISTORY = ROOT / "data" / "history.json"


def test_what_was_asked_under_a_version_stays_as_it_was(shipped: Questionnaire) -> None:
    """What is built in has the digests that history keeps for its version; a change needs another version."""
    history = json.loads(HISTORY.read_bytes())
    refresh, now = os.environ.get("SMAUDIT_REFRESH"), dict(digests(shipped))
    if refresh == shipped.version or (refresh and shipped.version not in history):
        history[shipped.version] = now
        HISTORY.write_bytes(as_json(history))

    assert (shipped.version, now) == (shipped.version, history.get(shipped.version))


def test_history_stands_beside_the_questionnaire() -> None:
    """It is found as the other data is, in a checkout and in a wheel, and each digest is 16 digits."""
    history = json.loads(data_path("history.json").read_bytes())

    found = [digest for version in history.values() for digest in version.values()]
    assert 38 == len(history["1.0.0"])
    assert all(16 == len(digest) and int(digest, 16) >= 0 for digest in found)


ASKED = question(
    "q", {"a": 1}, wording=[{"if": {"size": ["one"]}, "text": "q, alone?", "options": {"l0": "-"}}]
)
SIZE = {
    "id": "size",
    "text": "How many?",
    "options": [{"id": "one", "text": "1"}, {"id": "more", "text": "2"}],
}


def _digest(**changed: Any) -> str:
    data = questionnaire_data([ASKED | changed], ["a"], profile=[SIZE])
    return digests(questionnaire_from(data))["q"]


def _options(level: int, **changed: Any) -> list[dict[str, Any]]:
    options = [dict(option) for option in ASKED["options"]]
    options[level].update(changed)
    return options


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "q!"},
        {"options": _options(1, text="other words")},
        {"options": _options(1, id="other")},
        {"options": _options(1, value="1/4")},
        {"options": ASKED["options"][:3]},
        {"wording": [{"if": {"size": ["one"]}, "text": "q, by yourself?", "options": {"l0": "-"}}]},
        {"wording": [{"if": {"size": ["more"]}, "text": "q, alone?", "options": {"l0": "-"}}]},
    ],
)
def test_what_is_asked_decides_the_digest(changed: dict[str, Any]) -> None:
    """Another text, option, id, value or wording gives another digest."""
    assert _digest() != _digest(**changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"why": "because"},
        {"weights": {"a": 5}},
        {"options": _options(1, value="1/3")},
        {"options": _options(0, fault="grip", step={"text": "go", "effort": 2})},
    ],
)
def test_what_stands_around_it_does_not(changed: dict[str, Any]) -> None:
    """Reasons, weights and steps leave the digest alone, and so does a value that says what held before."""
    assert _digest() == _digest(**changed)


def test_a_digest_stays_the_same_from_run_to_run() -> None:
    """The digest of one question, worked out once and kept here."""
    assert "4668d2a975e32bcd" == _digest()
