"""The campaigns of docs/reliability.md in their quick form, each with plain code that must fail beside it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from campaigns.__main__ import MODULES, main, parts  # noqa: E402 - the checkout is no package
from campaigns.plan import Count, Plan  # noqa: E402

SIZES = {
    "P1.calls": 6,
    "P1.interviews": 1,
    "P3.browser": 2,
    "P3.reports": 12,
    "P4.traces": 2,
    "P5.bombs": 3,
    "P6.sheets": 200,
    "P8.ends": 4,
    "P9.faults": 6,
    "P10.outputs": 1,
    "P10.inputs": 5,
    "P11.pairs": 1,
    "P11.changed": 2,
    "P13.cells": 6,
}
"""Where the quick size takes more than a second or two."""
pytestmark = pytest.mark.slow
NEEDED = {"P1.calls": "strace", "P4.traces": "strace", "P3.browser": "/usr/bin/chromium"}
ALL = [part for promise in MODULES for part in parts(promise)]


@pytest.mark.parametrize("part", ALL)
def test_promise(part: str) -> None:
    """The promise is kept in every case, and plain code breaks it under the same conditions."""
    if part in NEEDED and not shutil.which(NEEDED[part]):
        pytest.skip(f"needs {NEEDED[part]}")
    if part == "P2.disks" and os.geteuid():
        pytest.skip("needs root to make a small disk")

    count = parts(part.partition(".")[0])[part](Plan(full=False, cases=SIZES.get(part)))

    assert ([], 0) == (count.notes, count.failed)
    assert (True, True) == (count.cases > 0, count.control_failed > 0)


def test_a_control_that_does_not_fail_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A part whose plain code breaks nothing proves nothing: it says so and the command fails."""
    harmless = Count(cases=3, control_cases=3)
    monkeypatch.setattr("campaigns.__main__.parts", lambda _: {"P1.kills": lambda _: harmless})

    assert 1 == main(["P1"])
    assert "this proves nothing" in capsys.readouterr().out


def test_the_documentation_has_a_figure_for_every_part() -> None:
    """Each part stands in the table of docs/reliability.md with no failure."""
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in (ROOT / "docs" / "reliability.md").read_text("utf-8").splitlines()
        if line.startswith("| P")
    ]
    figures = {row[0]: row[3] for row in rows if "." in row[0]}

    assert dict.fromkeys(ALL, "0") == figures
