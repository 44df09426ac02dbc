"""The picture of many sheets: its figures are those of the rows, and it never grows past a page."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from conftest import Program
from jsonschema import Draft202012Validator
from test_portfolio_rows import SHIPPED, answered

from smaudit.core.insight import costliest
from smaudit.core.portfolio import MOST_ROWS, Gathering, Portfolio
from smaudit.core.portfolio_row import scored
from smaudit.core.scoring import assess
from smaudit.errors import Exit
from smaudit.files.load import sheet_from
from smaudit.files.many import given_in
from smaudit.language.phrases import Phrases
from smaudit.report.data.json import schema
from smaudit.report.draw import html
from smaudit.report.results import Pictured

FORMATS = ("text", "markdown", "html", "json")


def sheets(count: int, depth: str = "full") -> list[bytes]:
    """The bytes of so many random sheets of the built-in questionnaire."""
    return [json.dumps({**answered(SHIPPED, seed), "depth": depth}).encode() for seed in range(count)]


def gathered(found: list[bytes], by: str | None = None) -> Portfolio:
    """The picture of these sheets."""
    gathering = Gathering(SHIPPED, by)
    for number, data in enumerate(found):
        made = scored(SHIPPED, given_in(data, "s.json", SHIPPED))
        gathering.add(made.row._replace(key=str(number), company=f"Company {number}"), made)
    return gathering.portfolio()


def test_the_figures_are_those_of_the_assessments() -> None:
    """Sides, distribution, costs and alarms add up to what each assessment has."""
    found = sheets(40)
    picture = gathered(found)
    every = [assess(SHIPPED, sheet_from(data, "s.json", SHIPPED)) for data in found]

    for spread in picture.spreads:
        scores = [each.misconception(spread.id) for each in every]
        assert (spread.steers, spread.open, spread.free) == tuple(
            sum(each.side == side for each in scores) for side in ("steers", "open", "free")
        )
        assert spread.scored == sum(spread.bins) == sum(each.score is not None for each in scores)
    lost = dict.fromkeys((each.id for each in SHIPPED.questions), 0.0)
    for assessment in every:
        for each in costliest(assessment.misconceptions):
            lost[each.question] += float(each.lost)
    count = sum(each.overall.counted > 0 for each in every)
    most = sorted(lost.items(), key=lambda each: (-each[1], each[0]))[: len(picture.costliest)]
    assert [name for name, _ in most] == [each.question for each in picture.costliest]
    for (_, points), cost in zip(most, picture.costliest, strict=True):
        assert abs(points / count - cost.points) < 1e-5
    assert sum(bool(each.alarms) for each in every) == picture.alarmed


def test_the_order_of_sheets_changes_no_figure() -> None:
    """Whatever comes first, the picture is the same but for the last places of floats."""
    found = sheets(30)
    other = random.Random(1).sample(found, len(found))  # noqa: S311 - repeatable, not secret
    one, two = gathered(found).to_dict(), gathered(other).to_dict()

    for name in ("spreads", "depths", "counted", "alarmed", "answered", "claimed"):
        assert one[name] == two[name]


def test_alarms_come_first_then_what_steers() -> None:
    """No company stands before another that has more alarms, or as many and more that steers."""
    rows = gathered(sheets(60)).companies
    keys = [(-len(each.alarms), -(each.steers or 0)) for each in rows if each.answered]

    assert sorted(keys) == keys


def test_a_page_never_grows_past_its_size(english: Phrases) -> None:
    """With a thousand sheets at most 300 have a row, and the page stays below 400 KB and says so."""
    picture = gathered(sheets(200) * 5)
    page = html.render(Pictured(SHIPPED, picture, "scores.csv").compose(english), english)

    assert MOST_ROWS == len(picture.companies) == 300
    assert len(page.encode()) < 400_000
    assert "300 of 1000 are shown." in page
    assert "All are in <bdi>scores.csv</bdi>." in page


@pytest.fixture
def clients(tmp_path: Path) -> Path:
    """A folder of sheets of both depths, one of them broken."""
    (tmp_path / "clients").mkdir()
    for number, data in enumerate((*sheets(12), *sheets(3, "quick"))):
        (tmp_path / "clients" / f"{number:02}.json").write_bytes(data)
    (tmp_path / "clients" / "bad.json").write_text('{"a": ')
    return tmp_path / "clients"


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_has_the_picture(smaudit: Program, clients: Path, format_: str, language: str) -> None:
    """Text, markdown, page and JSON, in both languages, with the refused sheet and its reason."""
    more = ("--no-steps", "--by", "headcount", "--format", format_, "--lang", language)
    done = smaudit("portfolio", "clients", *more)
    shown = " ".join(done.stdout.decode().split())

    assert Exit.REFUSED == done.returncode
    # In markdown the point is escaped.
    assert "bad.json" in shown.replace("\\", "")
    if format_ == "json":
        document = json.loads(done.stdout)
        assert [] == list(Draft202012Validator(schema("portfolio")).iter_errors(document))
        assert (16, 1) == (document["sheets"], document["refused"])
        assert {"full": 12, "quick": 3} == document["depths"]
    elif language == "en":
        words = ("no sample of companies", "are no equals", "Who needs a call first", "Alarms")
        assert [] == [each for each in words if each not in shown]


def test_a_table_and_pictures_are_made_at_once(smaudit: Program, clients: Path) -> None:
    """With -o more than once each sheet is read once, and the page names the table."""
    done = smaudit("portfolio", "clients", "--no-steps", "-o", "s.csv", "-o", "p.html", "-o", "p.json")

    assert Exit.REFUSED == done.returncode
    assert [b"s.csv", b"p.html", b"p.json"] == [
        line.removeprefix(b"Saved: ") for line in done.stderr.splitlines() if line.startswith(b"Saved: ")
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-o", "a.csv", "-o", "b.jsonl"], b"a.csv"),
        (["--by", "size"], b"headcount"),
        (["--answers", "-o", "a.html"], b".csv"),
    ],
)
def test_what_does_not_go_together_is_told(
    smaudit: Program, clients: Path, arguments: list[str], words: bytes
) -> None:
    """Two tables, a fact that there is not, answers as a picture: exit 2 and the way out."""
    done = smaudit("portfolio", "clients", *arguments)

    assert (Exit.USAGE, b"") == (done.returncode, done.stdout)
    assert words in done.stderr
