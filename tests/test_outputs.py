"""A result is never written over what it is made from, nor over a sheet, a questionnaire or a translation."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from conftest import GOLDEN, GOLDEN_ANSWERS, Program

from smaudit.errors import Exit, SmauditError
from smaudit.files.outputs import check_output, write

SHEET = {"schema": "smaudit/sheet/1", "company": {"name": "Acme"}, "answers": GOLDEN_ANSWERS}
TRANSLATION = {"schema": "smaudit/translation/1", "id": "tiny", "language": "ar", "texts": {}}
WITH = ("--questionnaire", "tiny.yaml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sheet, its questionnaire, a translation, efforts, and two more names for the sheet."""
    (tmp_path / "s.json").write_text(json.dumps(SHEET))
    (tmp_path / "tiny.yaml").write_text(json.dumps(GOLDEN))
    (tmp_path / "tiny.ar.yaml").write_text(json.dumps(TRANSLATION))
    (tmp_path / "efforts.json").write_text('{"q1": 3}')
    (tmp_path / "link.json").symlink_to("s.json")
    os.link(tmp_path / "s.json", tmp_path / "hard.json")
    (tmp_path / "sub").mkdir()
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize(
    "arguments",
    [
        *(
            ("report", "s.json", "-o", name)
            for name in ("s.json", "./s.json", "sub/../s.json", "link.json", "hard.json")
        ),
        ("report", "link.json", "-o", "s.json"),
        ("report", "s.json", "--format", "text", "-o", "tiny.yaml"),
        ("report", "s.json", "--lang", "ar", "--format", "markdown", "-o", "tiny.ar.yaml"),
        ("plan", "s.json", "-o", "s.json"),
        ("plan", "s.json", "--effort", "efforts.json", "-o", "efforts.json"),
        ("plan", "s.json", "--what-if", "q1=l3", "-o", "s.json"),
        ("assess", "s.json", "--no-input", "--report", "s.json"),
    ],
)
def test_no_input_is_an_output(smaudit: Program, folder: Path, arguments: tuple[str, ...]) -> None:
    """Whichever name leads from an output to a file that is read: exit 2, and nothing is written."""
    before = contents(folder)

    done = smaudit(*arguments, *WITH)

    assert (Exit.USAGE, b"", before) == (done.returncode, done.stdout, contents(folder))
    assert arguments[-1] in done.stderr.decode()


def test_a_sheet_given_or_taken_through_a_stream_is_no_output_either(smaudit: Program, folder: Path) -> None:
    """`- < s.json -o s.json` and `>> s.json` name no file twice, and still both ends are one file."""
    before = contents(folder)

    with (folder / "s.json").open("rb") as stdin:
        done = smaudit("report", "-", "-o", "s.json", *WITH, stdin_file=stdin)
    assert (Exit.USAGE, before) == (done.returncode, contents(folder))

    with pytest.MonkeyPatch.context() as patch, (folder / "s.json").open("a") as stdout:
        patch.setattr("sys.stdout", stdout)
        with pytest.raises(SmauditError) as caught:
            check_output(None, [str(folder / "s.json")])
    assert (Exit.USAGE, str(folder / "s.json")) == (
        caught.value.exit_code,
        caught.value.message.values["file"],
    )


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("old.json", json.dumps(SHEET, indent=2).encode()),
        ("sorted.json", json.dumps(SHEET, indent=2, sort_keys=True).encode()),
        ("marked.json", b"\xef\xbb\xbf" + json.dumps(SHEET).encode()),
        ("utf16.json", json.dumps(SHEET).encode("utf-16")),
        ("own.yaml", b"# Ours\nschema: smaudit/questionnaire/1\nid: own\n"),
        ("own.ar.yaml", b"'schema': 'smaudit/translation/1'\n"),
    ],
)
def test_what_a_person_made_is_never_replaced(smaudit: Program, folder: Path, name: str, data: bytes) -> None:
    """A sheet, a questionnaire and a translation are told by their content, also where nothing reads them."""
    (folder / name).write_bytes(data)

    done = smaudit("report", "s.json", "--format", "text", "-o", name, *WITH)

    assert (Exit.USAGE, data) == (done.returncode, (folder / name).read_bytes())
    assert name in done.stderr.decode()


def test_earlier_results_are_replaced(smaudit: Program, folder: Path) -> None:
    """An assessment, a page and a table of before make room for those of today."""
    for name in ("r.json", "r.html", "r.md"):
        for _ in range(2):
            assert Exit.DONE == smaudit("report", "s.json", "-o", name, *WITH).returncode
    (folder / "notes.txt").write_text('Note: a sheet begins with "schema": "smaudit/sheet/1"')
    assert Exit.DONE == smaudit("report", "s.json", "--format", "text", "-o", "notes.txt", *WITH).returncode


def test_a_blank_sheet_replaces_only_itself(smaudit: Program, folder: Path) -> None:
    """`template -o` twice is the same blank sheet; where answers stand by now, they stay."""
    for _ in range(2):
        assert Exit.DONE == smaudit("template", "-o", "blank.json", *WITH).returncode

    for name in ("s.json", "tiny.yaml"):
        before = contents(folder)
        assert (Exit.USAGE, before) == (smaudit("template", "-o", name, *WITH).returncode, contents(folder))


def test_a_sheet_that_an_interview_has_just_saved_is_not_replaced(tmp_path: Path) -> None:
    """Between the check of an output and its writing a sheet may be saved there: it is looked at again."""
    output = tmp_path / "acme.json"
    check_output(str(output), [None])
    output.write_text(json.dumps(SHEET))

    with pytest.raises(SmauditError) as caught:
        write("{}", str(output))

    assert (Exit.USAGE, SHEET) == (caught.value.exit_code, json.loads(output.read_text()))
    write(json.dumps(SHEET), str(output))


def test_two_names_that_some_file_systems_take_for_one(tmp_path: Path) -> None:
    """Of a sheet that is not there yet a report cannot take the name, in other case or composition either."""
    for output in ("Café.json", "sub/../Cafe\u0301.JSON"):
        with pytest.raises(SmauditError):
            check_output(str(tmp_path / output), [str(tmp_path / "café.json")])
    check_output(str(tmp_path / "cafe.json"), [str(tmp_path / "café.json")])
    check_output(None, ["-"])
