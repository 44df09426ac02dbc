"""One run of a command: its own options decide, nothing is left over for the next, nothing is done twice."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import ROOT, Program

from smaudit.commands.app import main
from smaudit.core import scoring
from smaudit.files import json as json_text
from smaudit.files import read as reading
from smaudit.files import yaml as yaml_text

EXAMPLE = str(ROOT / "examples" / "harbour-coffee.json")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--lang", "ar", "report", "nofile.json", "--lang", "en"], "There is no file"),
        (["--lang", "en", "report", "nofile.json", "--lang=ar"], "لا يوجد"),
        (["--lang", "ar", "report", "nofile.json"], "لا يوجد"),
        (["report", "--lang", "ar", "--no-such"], "لا يوجد"),
        (["report", "x.json", "--format", "--lang", "en"], "smaudit"),
    ],
)
def test_the_language_of_the_command_itself_decides(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Errors too are told in the language of the command, else in the one before it."""
    assert 2 == main(arguments)
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("other", [["--digits", "arabic"], ["--lang", "en"], ["--lang", "en", "--no-such"]])
def test_a_run_leaves_nothing_for_the_next(other: list[str], tmp_path: Path) -> None:
    """Of three runs in one process, the last is the same as the first, whatever was asked between them."""
    first, last = tmp_path / "a.md", tmp_path / "c.md"
    report = ["report", EXAMPLE, "--lang", "ar", "-q", "-o"]

    assert 0 == main([*report, str(first)])
    main([*report, str(tmp_path / "b.md"), *other])
    assert 0 == main([*report, str(last)])
    assert first.read_bytes() == last.read_bytes()


@pytest.mark.parametrize("name", ["-h", "--help", "--show-completion", "--install-completion"])
def test_a_file_may_have_the_name_of_an_option(name: str, smaudit: Program, tmp_path: Path) -> None:
    """What stands behind an option is its value, whatever it is called: the report goes out as always."""
    (tmp_path / name).write_bytes((ROOT / "data" / "misconceptions.yaml").read_bytes())
    report = ["report", EXAMPLE, "--format", "html", "--lang", "en"]

    assert smaudit(*report).stdout == smaudit(*report, "--questionnaire", name).stdout


def test_nothing_is_written_to_the_environment() -> None:
    """No module of the program sets, deletes or updates a variable of the environment."""
    written = []
    for file in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            targets = getattr(node, "targets", []) if isinstance(node, ast.Assign | ast.Delete) else []
            changed = (
                [*targets, node.func.value]
                if isinstance(node, ast.Call)
                and (
                    isinstance(node.func, ast.Attribute)
                    and node.func.attr in {"setdefault", "update", "pop", "putenv", "unsetenv"}
                )
                else targets
            )
            written += [file.name for each in changed if "environ" in ast.unparse(each)]

    assert [] == written


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    """What was done from here on: the files read, how many texts were parsed, how many sheets scored."""
    found: dict[str, list[Any]] = {"read": [], "parsed": [], "scored": []}

    def counting(module: ModuleType, name: str, key: str) -> None:
        real = getattr(module, name)

        def wrapper(*arguments: Any, **options: Any) -> Any:
            found[key].append(arguments[0])
            return real(*arguments, **options)

        for each in list(sys.modules.values()):
            if getattr(each, name, None) is real and each.__name__.startswith("smaudit"):
                monkeypatch.setattr(each, name, wrapper)

    counting(reading, "read", "read")
    counting(json_text, "build", "parsed")
    counting(yaml_text, "build", "parsed")
    counting(scoring, "assess", "scored")
    return found


@pytest.mark.parametrize(
    ("arguments", "files", "scored"),
    [
        (["report", EXAMPLE, "--lang", "en"], 2, 1),
        (["report", EXAMPLE, "--lang", "en", "-o", "page.html"], 2, 1),
        (["report", EXAMPLE, "--format", "json"], 2, 1),
        (["plan", EXAMPLE, "--lang", "en", "--target", "60"], 2, 1),
        (["plan", EXAMPLE, "--lang", "en"], 2, 1),
        (["plan", EXAMPLE, "--lang", "en", "--what-if", "reply-coverage=some-by-chance"], 2, 2),
        (["report", EXAMPLE, "--lang", "ar", "-o", "r.md", "--fail-under", "90"], 3, 1),
        (["check", EXAMPLE, "--lang", "en"], 2, 0),
        (["check", str(ROOT / "data" / "misconceptions.yaml"), "--lang", "en"], 1, 0),
    ],
)
def test_each_file_is_read_and_scored_once(
    arguments: list[str],
    files: int,
    scored: int,
    done: dict[str, list[Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Questionnaire, translation and sheet are read and parsed once each, and the sheet is scored once."""
    monkeypatch.chdir(tmp_path)
    main(arguments)
    # The program's own words are no file that a user named.
    read = [each for each in done["read"] if "/phrases." not in each]
    assert (files, files) == (len(read), len(set(read)))
    # A sheet without anything odd is read at a glance, without our own parser.
    assert len(set(done["parsed"])) == len(done["parsed"]) <= files + 1
    assert scored == len(done["scored"])


def test_every_command_is_the_function_of_its_name_in_the_module_of_its_name() -> None:
    """A command's file has the command's name."""
    from smaudit.commands.help import COMMANDS

    folder = Path(sys.modules["smaudit.commands"].__path__[0])
    for name in COMMANDS:
        # The one name that Python keeps for itself has a line behind it.
        called = name.replace("import", "import_")
        tree = ast.parse((folder / f"{called}.py").read_text())
        assert called in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
