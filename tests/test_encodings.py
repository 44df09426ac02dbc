"""The same file is told the same, whichever command reads it, and whatever an editor put before its text."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import GOLDEN, GOLDEN_ANSWERS, present, questionnaire_from

from smaudit.commands.check import checked
from smaudit.core.questionnaire import Questionnaire
from smaudit.errors import Message, Place, Refused
from smaudit.files.load import load_questionnaire, load_sheet
from smaudit.files.read import read

SHEET = json.dumps({"schema": "smaudit/sheet/1", "company": {"name": "قهوة"}, "answers": GOLDEN_ANSWERS})
YAML = "schema: smaudit/sheet/1\nanswers:\n  q1: l2\n  q2: l1\n"
ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16, big end first": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
}
each_encoding = pytest.mark.parametrize("encode", ENCODINGS.values(), ids=ENCODINGS)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[bytes], str]:
    """Write a file beside the questionnaire of the golden example and give its name."""
    (tmp_path / "tiny.yaml").write_text(json.dumps(GOLDEN))

    def written(data: bytes) -> str:
        (tmp_path / "given.json").write_bytes(data)
        return str(tmp_path / "given.json")

    return written


Refusal = tuple[list[tuple[str, Place, int | None]], Message | None]


def told(path: str, reader: str) -> Refusal | None:
    """The phrases, places and lines with which a reader refuses a file; none where it takes it."""
    own = path.replace("given.json", "tiny.yaml")
    try:
        if reader == "check":
            found = checked(path, own, load_questionnaire)
            if found.error is not None:
                raise found.error
        else:
            load_sheet(path, load_questionnaire(own))
    except Refused as refused:
        return [(each.message.phrase, each.place, each.line) for each in refused.problems], refused.hint
    return None


@each_encoding
def test_a_sheet_in_any_encoding(
    write: Callable[[bytes], str], encode: Callable[[str], bytes], golden: Questionnaire
) -> None:
    """What Windows writes before and around a text is taken away: full sheets and bare ones are the same."""
    for text in (SHEET, json.dumps(GOLDEN_ANSWERS), "\n" + SHEET):
        path = write(encode(text))
        assert None is told(path, "report") is told(path, "check")
        assert "l2" == load_sheet(path, golden).choice("q1")


@each_encoding
def test_a_questionnaire_in_any_encoding(
    write: Callable[[bytes], str], encode: Callable[[str], bytes]
) -> None:
    """A questionnaire too may have been saved by Notepad or PowerShell."""
    path = write(encode(json.dumps(GOLDEN)))
    assert questionnaire_from(GOLDEN) == load_questionnaire(path)


@each_encoding
@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        (YAML, "problem.sheet-is-json"),
        (YAML[:-9], "problem.sheet-is-json"),
        ("", "problem.empty"),
        (" \r\n", "problem.empty"),
        ("<!DOCTYPE html>\n<html><body>Sign in</body></html>", "problem.web-page"),
        ("\n<html lang=en>", "problem.web-page"),
        (json.dumps({"schema": "smaudit/assessment/1", "overall": {}}), "problem.is-result"),
        (json.dumps({"schema": "smaudit/plan/1", "steps": []}), "problem.is-result"),
        (SHEET[:-40], "problem.json-cut"),
    ],
)
def test_what_is_no_sheet(
    write: Callable[[bytes], str], encode: Callable[[str], bytes], text: str, phrase: str
) -> None:
    """Whatever was given for a sheet, every command says the same of it, with and without a mark."""
    path = write(encode(text))
    found, hint = present(told(path, "report"))
    assert [phrase] == [each for each, _, _ in found]
    assert (found, hint) == told(path, "check")


def test_every_beginning_of_a_yaml_sheet_is_refused(write: Callable[[bytes], str]) -> None:
    """A mark before it does not make a cut sheet of YAML a sheet with fewer answers."""
    for encode in ENCODINGS.values():
        data = encode(YAML)
        for length in range(0, len(data), 3):
            assert told(write(data[:length]), "report")


def test_lines_are_those_of_the_text(write: Callable[[bytes], str]) -> None:
    """In UTF-16 too a problem is told with the line on which it stands."""
    text = json.dumps({**json.loads(SHEET), "answers": {"q1": "l9"}}, indent=1)
    places = [present(told(write(encode(text)), "report"))[0][0] for encode in ENCODINGS.values()]
    assert [("problem.unknown-option", ("answers", "q1"), 7)] * len(ENCODINGS) == places


def test_bytes_that_are_no_text(write: Callable[[bytes], str]) -> None:
    """Latin-1, a picture, UTF-16 without its mark: no text is guessed, and both commands say so."""
    for data in (b'{"a": "caf\xe9"}', b"\x89PNG\r\n", b"\xff\xfe{\x00\x22"):
        path = write(data)
        assert "problem.not-utf8" == present(told(path, "report"))[0][0][0]
        assert told(path, "report") == told(path, "check")


def test_a_questionnaire_and_a_sheet_given_for_each_other(
    write: Callable[[bytes], str], golden: Questionnaire
) -> None:
    """Each is called what it is, with the place where it belongs."""
    with pytest.raises(Refused) as caught:
        load_questionnaire(write(SHEET.encode()))
    assert "problem.is-sheet" == caught.value.problems[0].message.phrase
    for text in (json.dumps(GOLDEN), "# Ours\nschema: smaudit/questionnaire/1\nid: own\n"):
        with pytest.raises(Refused) as caught:
            load_sheet(write(text.encode()), golden)
        assert "problem.is-questionnaire" == caught.value.problems[0].message.phrase


def test_reading_takes_bytes_as_they_are(write: Callable[[bytes], str]) -> None:
    """The hash of a file is that of its bytes, mark and all."""
    assert b"\xef\xbb\xbf{}" == read(write(b"\xef\xbb\xbf{}"), 100)
