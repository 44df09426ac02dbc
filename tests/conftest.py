"""What several tests use: small questionnaires made by hand, the shipped one, the program as a command."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import pkgutil
import signal
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess
from typing import IO, Any, NoReturn, Protocol, TypeVar

import pytest

import smaudit as package
from smaudit.__main__ import main
from smaudit.core.questionnaire import Questionnaire
from smaudit.core.questionnaire_rules import read_questionnaire
from smaudit.core.sheet import Sheet
from smaudit.core.sheet_rules import read_sheet
from smaudit.files.load import load_questionnaire
from smaudit.files.words import load_phrases
from smaudit.language.phrases import Phrases

Thing = TypeVar("Thing")
ROOT = Path(__file__).resolve().parent.parent
Data = dict[str, Any]
"""What stands in a file, read or made by hand: a test reaches into it and changes it, well-formed or not."""


class Program(Protocol):
    """The program as a command: what it returned, printed and said."""

    def __call__(  # noqa: D102 - told above
        self,
        *arguments: object,
        stdin: bytes = b"",
        env: Mapping[str, str] | None = None,
        cwd: Path = ...,
        **options: IO[bytes] | int,
    ) -> CompletedProcess[bytes]: ...


def present(thing: Thing | None) -> Thing:
    """What must be there: a test that lacks it fails here."""
    assert thing is not None
    return thing


def question(
    name: str,
    weights: Mapping[str, int],
    levels: int = 4,
    *,
    efforts: Mapping[int, int] | None = None,
    values: Sequence[object] | None = None,
    **more: object,
) -> Data:
    """A question as it stands in a file: options l0, l1, … with the given steps and values."""
    options: list[Data] = []
    for level in range(levels):
        option: Data = {"id": f"l{level}", "text": f"{name} level {level}"}
        if values:
            option["value"] = values[level]
        if efforts and level in efforts:
            option["step"] = {"text": f"raise {name} from {level}", "effort": efforts[level]}
        options.append(option)
    return {
        "id": name,
        "text": f"{name}?",
        "weights": {key: weight for key, weight in weights.items() if weight},
        "options": options,
        **more,
    }


def questionnaire_data(
    questions: Sequence[Data], misconceptions: Iterable[str] = ("a", "b"), **more: object
) -> Data:
    """The data of a questionnaire file with these questions."""
    return {
        "schema": "smaudit/questionnaire/1",
        "id": "tiny",
        "version": "1",
        "title": "Tiny",
        "misconceptions": [{"id": name, "title": name.upper()} for name in misconceptions],
        "questions": questions,
        **more,
    }


def questionnaire_from(data: object) -> Questionnaire:
    """The questionnaire in the data of a file that has no problem."""
    read, problems = read_questionnaire(data)
    assert () == problems
    return present(read)


def sheet_from(data: object, questionnaire: Questionnaire) -> Sheet:
    """The sheet in the data of a file that has no problem."""
    found = read_sheet(data, questionnaire)
    assert () == found.problems
    return present(found.sheet)


# The golden example, worked by hand. Its B has one rated question of its own,
# so the rule that asks for two is set to one here.
GOLDEN = questionnaire_data(
    [
        question("q1", {"a": 3, "b": 1}, efforts={2: 5}),
        question("q2", {"a": 2}, 5, efforts={1: 2, 2: 3, 3: 5}),
        question("q3", {"a": 1, "b": 2}),
        question("q4", {"b": 3}, 5, efforts={3: 3}),
        question("q5", {"a": 1, "b": 2}),
        question("q6", {"a": 1, "b": 1}, efforts={2: 3}, values=["0", "1/4", "1/2", "1"]),
    ],
    rules={"min_rated": 1},
)
GOLDEN_ANSWERS = {
    "q1": "l2",
    "q2": "l1",
    "q3": "not-applicable",
    "q4": "l3",
    "q5": "dont-know",
    "q6": "l2",
}


@pytest.fixture
def golden() -> Questionnaire:
    """The questionnaire of the golden example."""
    return questionnaire_from(GOLDEN)


@pytest.fixture(scope="session")
def shipped() -> Questionnaire:
    """The questionnaire that is built in."""
    return load_questionnaire()


@pytest.fixture(scope="session")
def english() -> Phrases:
    """The program's own words in English."""
    return load_phrases("en")


@pytest.fixture
def heard() -> Iterator[None]:
    """The signals that end a program are heard, also where the tests run in the background or under nohup."""
    before: dict[signal.Signals, Any] = {
        signal.SIGINT: signal.default_int_handler,
        signal.SIGTERM: signal.SIG_DFL,
    }
    before = {name: signal.signal(name, to) for name, to in {**before, signal.SIGHUP: signal.SIG_DFL}.items()}
    yield
    for name, handler in before.items():
        signal.signal(name, handler)


@pytest.fixture
def smaudit(tmp_path: Path) -> Program:
    """Run the program in an empty folder and give what it returned, printed and said."""

    def run(
        *arguments: object,
        stdin: bytes = b"",
        env: Mapping[str, str] | None = None,
        cwd: Path = tmp_path,
        **options: IO[bytes] | int,
    ) -> CompletedProcess[bytes]:
        surroundings = {
            **{name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}},
            "LANG": "C.UTF-8",
            "COLUMNS": "80",
            **(env or {}),
        }
        program = [sys.executable, "-m", "smaudit", *map(str, arguments)]
        # How Python itself starts is a matter of its own: then a process is started, which takes longer.
        starts_anew = any(name.startswith(("PYTHON", "LC_", "LANG")) for name in env or {})
        # What makes a PDF has threads of its own, which no child inherits.
        if not (options or starts_anew or any("pdf" in str(each) for each in arguments)):
            return _forked(program, stdin, surroundings, cwd)
        return subprocess.run(
            program,
            input=None if "stdin_file" in options else stdin,
            stdin=options.get("stdin_file"),
            capture_output=True,
            cwd=cwd,
            env=surroundings,
            timeout=60,
            check=False,
        )

    return run


def _forked(
    program: Sequence[str], stdin: bytes, surroundings: Mapping[str, str], cwd: Path
) -> CompletedProcess[bytes]:
    """What `subprocess.run` gives, from a child of this process: it has imported everything already."""
    _imported()
    with (
        tempfile.TemporaryFile() as into,
        tempfile.TemporaryFile() as printed,
        tempfile.TemporaryFile() as said,
    ):
        into.write(stdin)
        into.seek(0)
        child = os.fork()
        if not child:
            _as_a_program(program[3:], surroundings, cwd, [into, printed, said])
        _, status = os.waitpid(child, 0)
        printed.seek(0)
        said.seek(0)
        code = os.waitstatus_to_exitcode(status)
        return subprocess.CompletedProcess(program, code, printed.read(), said.read())


@cache
def _imported() -> None:
    for module in pkgutil.walk_packages(package.__path__, "smaudit."):
        if not module.name.endswith(("__main__", ".pdf")):
            importlib.import_module(module.name)


def _as_a_program(
    arguments: Sequence[str], surroundings: Mapping[str, str], cwd: Path, files: Iterable[IO[bytes]]
) -> NoReturn:
    """Be the program, with these as standard input, output and error; never returns."""
    signal.alarm(60)
    for number, file in enumerate(files):
        os.dup2(file.fileno(), number)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(surroundings)
    warnings.resetwarnings()
    warnings.simplefilter("ignore")
    sys.argv = ["smaudit", *arguments]
    sys.stdin, sys.stdout, sys.stderr = (
        io.TextIOWrapper(open(number, mode, closefd=False), "utf-8", errors)  # noqa: SIM115
        for number, mode, errors in (
            (0, "rb", "surrogateescape"),
            (1, "wb", "surrogateescape"),
            (2, "wb", "backslashreplace"),
        )
    )
    code = 1
    try:
        main()
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException:  # noqa: BLE001 - as Python itself would
        traceback.print_exc()
    finally:
        with contextlib.suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
