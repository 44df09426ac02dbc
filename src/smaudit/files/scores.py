"""A collection of scores: the table that `smaudit portfolio` wrote, as CSV or as JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from smaudit.core.among import Other
from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import OVERALL
from smaudit.errors import NotReadable
from smaudit.files.places import shown_path
from smaudit.files.read import read

MOST = 256 << 20
"""Bytes; more than a hundred thousand sheets."""


def load_scores(path: str, questionnaire: Questionnaire) -> list[Other]:
    """The sheets that were scored, of the table in a file.

    Raises SmauditError (exit 2) where it cannot be read or is no such table, Refused (exit 3) for one that is
    too large.
    """
    data = read(path, MOST)
    try:
        text = data.decode("utf-8-sig")
        rows = _lines(text) if text.lstrip().startswith("{") else _table(text)
        return [_other(row, questionnaire) for row in rows if row["status"] == "scored"]
    except (KeyError, ValueError, TypeError, csv.Error):
        raise NotReadable("error.not-scores", "hint.not-scores", file=shown_path(path)) from None


def _table(text: str) -> Iterator[Mapping[str, Any]]:
    found = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    if "status" not in (found.fieldnames or ()):
        raise KeyError("status")
    yield from found


def _lines(text: str) -> Iterator[Mapping[str, Any]]:
    """The rows of JSON lines, with the names that columns have."""
    for line in filter(str.strip, text.splitlines()):
        row = json.loads(line)
        flat = {f"{each['id'].replace('-', '_')}_score": each["score"] for each in row["misconceptions"]}
        yield {**row, "overall_score": row["overall"]["score"], **flat}


def _other(row: Mapping[str, Any], questionnaire: Questionnaire) -> Other:
    names = {OVERALL: "overall_score"} | {
        each.id: f"{each.id.replace('-', '_')}_score" for each in questionnaire.misconceptions
    }
    # Of another questionnaire there are other columns.
    scores = {name: row.get(column) for name, column in names.items()}
    return Other(
        company=str(row["company"] or "").removeprefix("'"),
        company_id=str(row["company_id"] or "").removeprefix("'"),
        date=str(row["date"] or ""),
        depth=str(row["depth"]),
        questionnaire=str(row["questionnaire"]),
        version=str(row["scored_with"]),
        counted=int(row["counted"]),
        scores={name: float(score) for name, score in scores.items() if score not in {None, ""}},
    )
