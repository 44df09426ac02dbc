"""Errors outside the command line: caught by family, told in a log, sent between processes."""

from __future__ import annotations

import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NoReturn

import pytest

from smaudit import load_questionnaire, load_sheet
from smaudit.core.sheet import Sheet
from smaudit.errors import (
    Broken,
    CopyKept,
    InUse,
    NotFound,
    NotReadable,
    NotTogether,
    NotWritten,
    Problem,
    Refused,
    SmauditError,
    TableRefused,
    Usage,
)
from smaudit.errors import Message as Said
from smaudit.files.save import save

ERRORS = [
    Usage("error.only-with", option="--for", needed="--budget"),
    NotReadable("error.folder", "hint.folder", file="answers"),
    NotFound("error.not-found", "hint.not-found", file="nope.json"),
    NotWritten("error.no-output", "hint.no-output"),
    CopyKept("error.copy-kept", "hint.copy-kept", file="s.json", copy="smaudit-copy-1.json"),
    InUse("error.sheet-open-somewhere", "hint.sheet-open", file="s.json"),
    Broken("error.data-missing", "hint.install-again", name="phrases.en.yaml"),
    Refused("s.json", [Problem(("answers", 3), Said("problem.empty"), 7)], None),
    TableRefused([Problem(("answer_q",), Said("problem.missing"))]),
    NotTogether("error.same-sheet", "hint.same-sheet", first="a.json", second="b.json"),
]


def opened(name: str) -> Sheet:
    """What opening a sheet gives or raises, in a process of its own."""
    return load_sheet(name, load_questionnaire())


@pytest.mark.parametrize("error", ERRORS, ids=lambda each: type(each).__name__)
def test_an_error_is_the_same_in_another_process(error: SmauditError) -> None:
    """Its class, its words, its way out, its exit code and its problems come back."""
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own

    assert type(error) is type(back)
    assert (vars(error), str(error), error.exit_code) == (vars(back), str(back), back.exit_code)


def test_every_family_is_tried_here() -> None:
    """No class of errors is added without a case above."""

    def families(kind: type[SmauditError]) -> set[type[SmauditError]]:
        return {kind}.union(*map(families, kind.__subclasses__()))

    assert families(SmauditError) - {SmauditError} == {type(each) for each in ERRORS}


def test_a_pool_of_processes_outlives_a_sheet_that_is_missing_or_damaged(tmp_path: Path) -> None:
    """One fault costs one future: its error arrives as what it is, and the next sheet is read."""
    missing, damaged, good = (tmp_path / name for name in ("nope.json", "bad.json", "good.json"))
    damaged.write_text('{"schema": "smaudit/sheet/1", "answers": {"reply-coverage": 3}}')
    good.write_text('{"schema": "smaudit/sheet/1", "answers": {}}')

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(opened, str(each)) for each in (missing, damaged, good)]
        with pytest.raises(NotFound, match=r"nope\.json"):
            futures[0].result()
        with pytest.raises(Refused, match=r"bad\.json") as refused:
            futures[1].result()
        assert ("answers", "reply-coverage") == refused.value.problems[0].place
        assert {} == futures[2].result().answers


@pytest.mark.parametrize("language", ["ar", "en", "nonsense"])
def test_an_error_in_a_log_is_an_english_sentence_with_the_name_of_the_file(
    language: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whatever language is shown elsewhere."""
    monkeypatch.setenv("SMAUDIT_LANG", language)
    monkeypatch.chdir(tmp_path)

    with pytest.raises(NotFound) as missing:
        opened("nope.json")
    with pytest.raises(NotWritten) as unwritten:
        save(tmp_path / "none" / "r.md", b"")

    assert "There is no file nope.json." == str(missing.value)
    assert str(tmp_path / "none") in str(unwritten.value)


def test_a_refused_file_says_in_a_log_what_is_wrong_with_it(tmp_path: Path) -> None:
    """The sentence, and a line for each problem; never what was answered."""
    bad = tmp_path / "bad.json"
    bad.write_text('{"schema": "smaudit/sheet/1", "answers": {"reply-coverage": "CANARY"}}')

    with pytest.raises(Refused) as refused:
        opened(str(bad))
    first, *problems = str(refused.value).splitlines()

    assert f"{bad} was refused: 1 problem." == first
    assert 1 == len(problems)
    assert "reply-coverage" in problems[0]
    assert "CANARY" not in str(refused.value)


def test_an_error_says_what_it_can_where_the_words_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged installation does not hide what went wrong behind another error."""

    def damaged(*_: object) -> NoReturn:
        raise Broken("error.data-missing", name="phrases.en.yaml")

    monkeypatch.setattr("smaudit.files.words._english", damaged)

    assert "error.not-found (file='nope.json')" == str(ERRORS[2])
    assert "error.no-output" == str(ERRORS[3])
