"""`smaudit team`: what it prints, what it refuses, and that no name is left where none is to be told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import GOLDEN, ROOT, questionnaire_from, sheet_from

from smaudit.core.team import team
from smaudit.errors import Exit
from smaudit.language.phrases import Phrases
from smaudit.report.blocks import Heading, Mark, Track
from smaudit.report.draw.tracks import track_bar, track_picture
from smaudit.report.results import Teamed
from smaudit.report.tell.team_words import lettered

HOUSE = [ROOT / "examples" / f"tidewell-valves{each}.json" for each in ("", ".service", ".owner")]
Smaudit = Callable[..., Any]
FORMATS = ("text", "markdown", "html", "json")


def changed(path: Path, file: Path, **more: Any) -> Path:
    """A copy of a sheet with other fields."""
    file.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **more}), "utf-8")
    return file


def test_the_document_is_that_of_the_library(smaudit: Smaudit, shipped: Any) -> None:
    """The JSON on standard output is the result's own."""
    printed = smaudit("team", *HOUSE, "--format", "json").stdout
    sheets = [sheet_from(json.loads(each.read_text("utf-8")), shipped) for each in HOUSE]

    document = json.loads(printed)
    for each in (found := team(shipped, sheets).to_dict())["respondents"]:
        each["sha256"] = None
    for each in document["respondents"]:
        each["sha256"] = None
    found["questionnaire"] = document["questionnaire"]
    assert json.loads(json.dumps(found)) == document


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("format_", FORMATS)
def test_no_name_note_or_quotation_is_left_without_names(
    smaudit: Smaudit, tmp_path: Path, format_: str, language: str
) -> None:
    """Of one respondent each: neither the company, nor who answered, nor what anybody typed."""
    secrets: list[str] = []
    sheets = []
    for number, path in enumerate(HOUSE):
        data = json.loads(path.read_text("utf-8"))
        for name, answer in data["answers"].items():
            choice = answer if isinstance(answer, str) else answer["choice"]
            added = {part: f"secret{number}{name}{part}" for part in ("note", "evidence")}
            data["answers"][name] = {"choice": choice, **added}
            secrets += added.values()
        data["company"] |= {"name": "Secretcompany", "id": "secretid"}
        data["respondent"]["name"] = f"Secretname{number}"
        data |= {"remark": f"Secretremark{number}", "date": "2026-07-0" + str(number + 1)}
        sheets.append(tmp_path / f"{number}.json")
        sheets[-1].write_text(json.dumps(data), "utf-8")

    done = smaudit("team", *sheets, "--format", format_, "--anonymous", "--lang", language)

    shown = done.stdout.decode().lower()
    assert Exit.DONE == done.returncode
    assert [] == [each for each in [*secrets, "secret", "2026-07", "july", "marta", "jonas"] if each in shown]
    hashes = {
        each["sha256"]
        for each in json.loads(smaudit("team", *sheets, "--format", "json").stdout)["respondents"]
    }
    assert [] == [each for each in hashes if each in shown]


def test_with_names_notes_are_told_beside_who_wrote_them(smaudit: Smaudit) -> None:
    """A colleague's note stands behind the department that it comes from."""
    shown = " ".join(smaudit("team", *HOUSE).stdout.decode().split())

    assert re.search(r"Customer service: “[^”]*” Note: A plumber wrote about the seals in June\.", shown)


def test_sheets_of_different_companies_are_refused(smaudit: Smaudit, tmp_path: Path) -> None:
    """Exit 3, one sentence that names both files, nothing on standard output."""
    other = changed(HOUSE[1], tmp_path / "other.json", company={"name": "Apex"})

    done = smaudit("team", HOUSE[0], other)

    assert (Exit.REFUSED, b"") == (done.returncode, done.stdout)
    assert "tidewell-valves.json and " in done.stderr.decode()
    assert "other.json are of different companies." in " ".join(done.stderr.decode().split())


def test_the_same_key_makes_one_company_of_two_names(smaudit: Smaudit, tmp_path: Path) -> None:
    """Two spellings, one company.id."""
    one = changed(HOUSE[0], tmp_path / "one.json", company={"name": "Tidewell", "id": "7"})
    two = changed(HOUSE[1], tmp_path / "two.json", company={"name": "Tidewell Valves Ltd", "id": "7"})

    assert Exit.DONE == smaudit("team", one, two).returncode


def test_one_sheet_given_twice_is_refused(smaudit: Smaudit, tmp_path: Path) -> None:
    """Under its own name or as a copy: a person would count twice."""
    copy = tmp_path / "copy.json"
    copy.write_bytes(HOUSE[0].read_bytes())

    for again in (HOUSE[0], copy):
        done = smaudit("team", HOUSE[0], HOUSE[1], again)
        assert (Exit.REFUSED, b"") == (done.returncode, done.stdout)
        assert "are the same sheet" in done.stderr.decode()


def test_a_damaged_sheet_or_one_of_another_questionnaire_is_refused(smaudit: Smaudit, tmp_path: Path) -> None:
    """Its name and what is wrong, exit 3; a file that is not there, exit 2."""
    broken, other = tmp_path / "broken.json", tmp_path / "other.json"
    broken.write_bytes(HOUSE[1].read_bytes()[:500])
    changed(HOUSE[1], other, questionnaire={"id": "another"})

    for file, code in ((broken, Exit.REFUSED), (other, Exit.REFUSED), (tmp_path / "none.json", Exit.USAGE)):
        done = smaudit("team", HOUSE[0], file)
        assert (code, b"") == (done.returncode, done.stdout)
        assert file.name in done.stderr.decode()


def test_different_depths_are_compared_at_the_lower_one_and_it_is_said(
    smaudit: Smaudit, tmp_path: Path
) -> None:
    """One quick sheet makes it a quick check."""
    quick = changed(HOUSE[1], tmp_path / "quick.json", depth="quick")

    shown = " ".join(smaudit("team", HOUSE[0], quick).stdout.decode().split())

    assert "quick check · " in shown
    assert "The sheets differ in depth." in shown


def test_only_one_of_the_sheets_may_be_standard_input(smaudit: Smaudit) -> None:
    """One comes through a pipe; two cannot."""
    done = smaudit("team", HOUSE[0], "-", "--format", "json", stdin=HOUSE[1].read_bytes())

    assert (Exit.DONE, 2) == (done.returncode, len(json.loads(done.stdout)["respondents"]))
    assert Exit.USAGE == smaudit("team", "-", "-", stdin=HOUSE[1].read_bytes()).returncode


def test_a_result_is_not_written_over_a_sheet(smaudit: Smaudit, tmp_path: Path) -> None:
    """Whichever of them: exit 2, and it stays as it was."""
    sheets = [changed(each, tmp_path / each.name) for each in HOUSE]
    before = sheets[2].read_bytes()

    done = smaudit("team", *sheets, "--format", "json", "-o", sheets[2])

    assert (Exit.USAGE, before) == (done.returncode, sheets[2].read_bytes())


@pytest.mark.parametrize(
    ("answers", "headline"),
    [
        ([{}], "Too little is known yet"),
        (
            [{"q1": "l2", "q2": "l1", "q3": "l1", "q4": "l3", "q5": "l1", "q6": "l2"}],
            "All who would know say the same: 49 of 100.",
        ),
        (
            [{"q1": "l2", "q2": "l1", "q4": "l3", "q6": "l2"}],
            "because nobody knows the answer to 2 questions.",
        ),
        (
            [{"q1": "l2", "q2": "l1", "q4": "l3"}, {"q1": "l2", "q2": "l4", "q4": "l3"}],
            "depending on whom you believe: 1 question is disputed.",
        ),
    ],
)
def test_the_headline_is_the_range_and_what_makes_it(
    english: Phrases, answers: list[dict[str, str]], headline: str
) -> None:
    """Each kind of house has its own: unknown, agreed, agreed with something unknown, disputed."""
    asked = questionnaire_from(GOLDEN)
    sheets = [sheet_from({"schema": "smaudit/sheet/1", "answers": each}, asked) for each in answers]

    document = Teamed(asked, team(asked, sheets)).compose(english)

    first = document.blocks[0]
    assert isinstance(first, Heading)
    assert headline in "".join(piece.text for piece in first.content)


def test_letters_are_as_near_to_the_beginning_as_can_be_and_never_alike() -> None:
    """Initials, then further words, then further letters; the Arabic article tells nothing apart."""
    assert ["M", "S", "Ma"] == lettered(["Marketing", "Sales", "Marketing"])
    assert ["C", "S", "Cu"] == lettered(["Communications", "Service", "Customer care"])
    assert ["ت", "م"] == lettered(["التسويق", "المبيعات"])
    assert ["1", "2"] == lettered(["", "…"])


def test_letters_that_would_hide_each_other_stand_one_above_the_other() -> None:
    """Nearer than 7.5 points: another lane; further apart: the same."""
    track = Track((), (), (), None, None, (Mark("A", 10), Mark("B", 17), Mark("C", 18)))  # type: ignore[arg-type]

    picture = track_picture(track, "ltr")

    assert [("A", 0), ("B", 1), ("C", 0)] == [(each.letters, each.lane) for each in picture.letters]
    assert [each.x for each in picture.letters] == [
        round(100 - each.x, 2) for each in track_picture(track, "rtl").letters
    ]


def test_a_track_in_cells_shows_every_letter_beside_the_place_it_wants() -> None:
    """The range, the line at 50, and letters that never hide each other."""
    marks = (Mark("A", 0), Mark("B", 0), Mark("Cd", 100))  # type: ignore[arg-type]
    track = Track((), (), (), 0, 50, marks)  # type: ignore[arg-type]

    assert "AB━━━│···Cd" == track_bar(track, 11, middle=True)
