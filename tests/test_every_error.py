"""Every sentence about an error belongs to something that a person can type or meet, and leads out of it."""

from __future__ import annotations

import errno
import io
import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import pytest
from conftest import question, questionnaire_data, questionnaire_from
from polars import DataFrame

from smaudit import columns, load_questionnaire, table
from smaudit.commands import app
from smaudit.commands.settling import settled
from smaudit.core.questionnaire import Questionnaire
from smaudit.errors import Exit, SmauditError
from smaudit.files import places, streams
from smaudit.files.outputs import write_new
from smaudit.files.session import SheetLock
from smaudit.language.phrases import Phrases

ROOT = Path(__file__).resolve().parent.parent
Patch = pytest.MonkeyPatch


class Way(NamedTuple):
    """What is typed, the exit code, and what is the matter around it."""

    typed: str
    code: Exit = Exit.USAGE
    around: Callable[[Patch], object] | None = None


def failing(number: int, name: str = "s.json") -> Callable[[Patch], None]:
    """Have the operating system refuse to open files of this name, or those written in place of results."""

    def arrange(patch: Patch) -> None:
        really = os.open

        def refuse(path: str, flags: int, *more: int) -> int:
            if name in str(path):
                raise OSError(number, "")
            return really(path, flags, *more)

        patch.setattr(os, "open", refuse)

    return arrange


def written(number: int) -> Callable[[Patch], None]:
    """Have the operating system refuse to write a result."""
    return failing(number, ".smaudit-")


def raising(error: type[Exception]) -> Callable[[Patch], None]:
    """Have the program stumble."""

    def stumble(*_: object) -> NoReturn:
        raise error

    return lambda patch: patch.setattr("smaudit.core.scoring.assess", stumble)


def onto_a_full_disk(patch: Patch) -> None:
    """Have a standard output that takes nothing."""
    patch.setattr(streams, "silence", lambda _: None)
    patch.setattr(sys, "stdout", Full(io.BytesIO()))


class Full(io.TextIOWrapper):
    """A standard output on a disk that is full."""

    def flush(self) -> NoReturn:
        """Fail, as the operating system has it."""
        raise OSError(errno.ENOSPC, "")


def without_questionnaire(patch: Patch) -> None:
    """Have an installation that has its words and no more."""
    Path("data").mkdir()
    shutil.copy(ROOT / "data" / "phrases.en.yaml", "data")
    patch.setattr(places, "PLACES", (Path("data"),))


def mounted_and_full(patch: Patch) -> None:
    """Have a result that cannot be moved into its place, nor be written there to the end."""

    def refuse(number: int) -> Callable[..., NoReturn]:
        def refused(*_: object) -> NoReturn:
            raise OSError(number, "")

        return refused

    patch.setattr(Path, "replace", refuse(errno.EBUSY))
    patch.setattr(os, "ftruncate", refuse(errno.ENOSPC))


REPORT = "report s.json "
PLAN = "plan s.json "
WAYS: dict[str, Way] = {
    "refused": Way("report empty.json", Exit.REFUSED),
    "no-such-command": Way("s.json"),
    "no-such-command-meant": Way("repot s.json"),
    "no-such-option": Way(REPORT + "--xyzzy"),
    "no-such-option-meant": Way(REPORT + "--fail-undr 3"),
    "value-missing": Way(REPORT + "--format"),
    "value-superfluous": Way(REPORT + "--anonymous=1"),
    "argument-missing": Way("plan"),
    "example-and-sheet": Way(REPORT + "--example"),
    "too-many-arguments": Way(REPORT + "t.json"),
    "unknown-language": Way("--lang xx"),
    "no-terminal": Way("assess"),
    "unknown-format": Way(REPORT + "--format docx"),
    "not-in-format": Way(
        REPORT + "--format pdf", around=lambda patch: patch.setattr(streams, "is_terminal", lambda: True)
    ),
    "no-pdf": Way(REPORT + "--format pdf", around=lambda patch: patch.setitem(sys.modules, "typst", None)),
    "bad-gate": Way(REPORT + "--fail-under many"),
    "unknown-gate": Way(REPORT + "--fail-under nothing=3"),
    "unknown-id": Way("explain nothing"),
    "unknown-name-meant": Way(PLAN + "--without trainng"),
    "ambiguous-name": Way("explain how"),
    "bad-most": Way(REPORT + "--max-steering few"),
    "bad-budget": Way(PLAN + "--budget 1.5"),
    "bad-what-if": Way(PLAN + "--what-if training"),
    "given-twice": Way(PLAN + "--target 50 --target 60"),
    "not-together": Way(PLAN + "--target 50 --budget 6"),
    "only-with": Way(PLAN + "--for it-is-free"),
    "unknown-question": Way(PLAN + "--without nothing"),
    "unknown-option": Way(PLAN + "--what-if training=zebra"),
    "not-counted": Way(PLAN + "--what-if reply-speed=swift-and-announced"),
    "output-is-input": Way(REPORT + "-o ./s.json"),
    "output-is-kept": Way(REPORT + "-o t.json"),
    "bad-choice": Way(REPORT + "--color blue"),
    "same-sheet": Way("team s.json s.json", Exit.REFUSED),
    "one-sheet": Way("compare s.json"),
    "no-sheets": Way("portfolio folder"),
    "not-scores": Way("report s.json --among s.json"),
    "other-company": Way("team acme.json apex.json", Exit.REFUSED),
    "unknown-department": Way("form --department nobody -o f.html"),
    "nothing-to-ask": Way("form --department other -o f.html"),
    "bad-company": Way("form --company '' -o f.html"),
    "no-forms": Way("form -o f.xlsx", around=lambda patch: patch.setitem(sys.modules, "openpyxl", None)),
    "unknown-ending": Way(REPORT + "-o r.docx"),
    "unknown-table": Way("import answers.xls"),
    "not-agreed": Way("import t.csv"),
    "other-sheet": Way("import t.csv -o taken --yes", Exit.NOT_WRITTEN),
    "unknown-schema": Way("schema nothing"),
    "not-found": Way("report none.json"),
    "folder": Way("report folder"),
    "not-a-file": Way("report /dev/null"),
    "name-empty": Way("report ''"),
    "nobody-writes": Way("report pipe"),
    "read-denied": Way(REPORT, around=failing(errno.EACCES)),
    "unreadable": Way(REPORT, around=failing(errno.EIO)),
    "no-stdin": Way("report -", around=lambda patch: patch.setattr(sys, "stdin", None)),
    "nobody-reads": Way(REPORT + "--format markdown -o pipe", Exit.NOT_WRITTEN),
    "folder-missing": Way(REPORT + "-o none/r.md", Exit.NOT_WRITTEN),
    "target-is-folder": Way(REPORT + "--format markdown -o folder", Exit.NOT_WRITTEN),
    "write-denied": Way(REPORT + "-o r.md", Exit.NOT_WRITTEN, written(errno.EACCES)),
    "disk-read-only": Way(REPORT + "-o r.md", Exit.NOT_WRITTEN, written(errno.EROFS)),
    "disk-full": Way(REPORT + "-o r.md", Exit.NOT_WRITTEN, written(errno.ENOSPC)),
    "name-too-long": Way(REPORT + f"-o {'x' * 300}.md", Exit.NOT_WRITTEN),
    "file-read-only": Way(REPORT + "-o locked.md", Exit.NOT_WRITTEN),
    "copy-kept": Way(REPORT + "-o old.md", Exit.NOT_WRITTEN, mounted_and_full),
    "not-written": Way(REPORT + "-o r.md", Exit.NOT_WRITTEN, written(errno.EIO)),
    "no-output": Way(REPORT, Exit.NOT_WRITTEN, lambda patch: patch.setattr(sys, "stdout", None)),
    "output-failed": Way(REPORT, Exit.NOT_WRITTEN, onto_a_full_disk),
    "data-missing": Way(REPORT, Exit.BUG, without_questionnaire),
    "out-of-memory": Way(REPORT, Exit.BUG, raising(MemoryError)),
    "bug": Way(REPORT, Exit.BUG, raising(ValueError)),
}
"""For each sentence what leads to it. A file s.json is there, and others that `folder` makes."""
ALONE: Any = None
"""Nobody is told anything before the sheet is found to be none."""
IN_AN_INTERVIEW: dict[str, Callable[[], object]] = {
    "exists": lambda: write_new("x", "old.md"),
    "sheet-open": lambda: held_by(b"4711 2026-11-26 10:00\n"),
    "sheet-open-somewhere": lambda: held_by(b""),
    "not-an-agreement": lambda: settled(
        "s.json", load_questionnaire(), [], ALONE, plain=True, anonymous=False
    ),
}
"""What is met only while somebody answers, and what leads to it there."""


def without_narwhals(patch: Patch) -> object:
    """Score a table where the extra is not installed."""
    patch.setitem(sys.modules, "narwhals", None)
    return table(DataFrame(), load_questionnaire())


def tiny(misconception: str, **more: object) -> Questionnaire:
    """A questionnaire of one question, with this id of a misconception."""
    return questionnaire_from(
        questionnaire_data([question("score", {misconception: 1})], [misconception], **more)
    )


LARGE = questionnaire_from(
    questionnaire_data(
        [
            question(f"q{place}", {f"m{number}": 10**6 - number * place - place for number in range(5)})
            for place in range(3)
        ],
        [f"m{number}" for number in range(5)],
    )
)
IN_A_TABLE: dict[str, Callable[[Patch], object]] = {
    "no-tables": without_narwhals,
    "table-refused": lambda _: table(DataFrame(), load_questionnaire()),
    "table-names": lambda _: columns(tiny("answer"), []),
    "table-too-large": lambda _: table(DataFrame(columns(LARGE, [])), LARGE),
}
"""What only a program meets, and what leads to it."""
PARTS = {"line", "place", "within", "more"}
"""They are put together with the problems of a file, which have a table of their own."""
STAND_IN = {"usage"}
"""For what a later typer may refuse in words of its own."""


def held_by(holder: bytes) -> None:
    """Open a sheet that somebody has open who left this word in the lock."""
    sheet = Path("s.json")
    with SheetLock(sheet):
        Path(".s.json.lock").write_bytes(holder)
        with SheetLock(sheet):
            raise AssertionError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: Patch) -> Path:
    """The folder one is in, with a sheet and much that is none."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("SMAUDIT_LANG", "en")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    for name in ("s.json", "t.json"):
        Path(name).write_text('{"schema": "smaudit/sheet/1", "depth": "quick", "answers": {}}')
    for name in ("acme", "apex"):
        text = Path("s.json").read_text()
        Path(f"{name}.json").write_text(
            text.replace('"answers"', f'"company": {{"name": "{name}"}}, "answers"')
        )
    Path("empty.json").touch()
    for name in ("old.md", "locked.md"):
        Path(name).write_text("An earlier report.\n")
    Path("locked.md").chmod(0o444)
    Path("folder").mkdir()
    Path("taken").mkdir()
    Path("t.csv").write_text("training\ndont-know\n")
    Path("taken/answers.json").write_text("something else")
    os.mkfifo("pipe")
    return tmp_path


def sentence(phrase: object) -> str:
    """A pattern of what is shown of a phrase, in any of its forms."""
    forms = phrase.values() if isinstance(phrase, dict) else [phrase]
    return "|".join(re.sub(r"\\\{[a-z_]+\\\}", "(.+)", re.escape(str(form))) for form in forms)


@pytest.mark.parametrize(("name", "way"), WAYS.items(), ids=WAYS)
def test_what_is_typed_leads_to_the_sentence_about_it(
    folder: Path,
    monkeypatch: Patch,
    capsys: pytest.CaptureFixture[str],
    english: Phrases,
    name: str,
    way: Way,
) -> None:
    """One sentence, filled in, a way out below it where there is one, and the exit code of its kind."""
    with monkeypatch.context() as patch:
        if way.around:
            way.around(patch)
        code = app.main(shlex.split(way.typed))

    first, *rest = capsys.readouterr().err.splitlines()
    assert way.code == code
    assert re.fullmatch("smaudit: (?:" + sentence(english.by_key[f"error.{name}"]) + ")", first)
    assert all(line.startswith("  ") for line in rest[:-1])
    assert "{" not in first
    assert not [each for each in folder.iterdir() if each.name.endswith(".tmp")]


@pytest.mark.parametrize(("name", "met"), IN_A_TABLE.items(), ids=IN_A_TABLE)
def test_what_is_met_in_a_table_is_said(
    monkeypatch: Patch, english: Phrases, name: str, met: Callable[[Patch], object]
) -> None:
    """These are told to a program, in a sentence all the same."""
    with pytest.raises(SmauditError) as caught:
        met(monkeypatch)

    assert re.fullmatch(sentence(english.by_key[f"error.{name}"]), str(caught.value).partition("\n")[0])


@pytest.mark.parametrize(("name", "met"), IN_AN_INTERVIEW.items(), ids=IN_AN_INTERVIEW)
def test_what_is_met_in_an_interview_is_said(
    folder: Path, english: Phrases, name: str, met: Callable[[], object]
) -> None:
    """These are told by the interview, or instead of it."""
    with pytest.raises(SmauditError) as caught:
        met()

    assert re.fullmatch(sentence(english.by_key[f"error.{name}"]), str(caught.value))


def test_every_sentence_about_an_error_has_such_a_way(english: Phrases) -> None:
    """A sentence that nothing leads to is wrong or not needed."""
    known = {key.removeprefix("error.") for key in english.by_key if key.startswith("error.")}

    assert known == {*WAYS, *IN_AN_INTERVIEW, *IN_A_TABLE, *PARTS, *STAND_IN}
