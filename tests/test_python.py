"""The library as people use it: what `docs/python.md` shows, and what the public names promise."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from conftest import present

import smaudit
from smaudit import assess, load_questionnaire, load_sheet, plan
from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import Assessment
from smaudit.core.sheet import Sheet

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "python.md").read_text()


def test_the_examples_of_the_python_page_print_what_they_say() -> None:
    """The examples run one after the other, as one program, and print what their comments promise."""
    blocks = re.findall(r"(<!-- needs \w+ -->\n)?```python\n(.*?)```", PAGE, re.DOTALL)
    code = "\n".join(block for needs, block in blocks if not needs)
    promised = [line.rpartition("  # ")[2] for line in code.split("\n") if "print(" in line]

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)

    lines = done.stdout.splitlines()
    # Of a loop, the comment shows the last line.
    assert promised == [lines[0], lines[5], *lines[6:]]


def test_the_picture_of_the_python_page_shows_the_scores_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines for matplotlib run, and draw a bar of its length for every score that is not None."""
    code = present(re.search(r"<!-- needs matplotlib -->\n```python\n(.*?)```", PAGE, re.DOTALL))[1]
    pyplot = Mock()
    monkeypatch.setitem(sys.modules, "matplotlib", Mock(pyplot=pyplot))
    rows = assess(load_questionnaire(), load_sheet(ROOT / "examples" / "harbour-coffee.json")).to_rows()

    exec(code, {"rows": [*rows[:4], {**rows[4], "score": None}]})  # noqa: S102 - our own page

    pyplot.barh.assert_called_once_with([row["id"] for row in rows[:4]], [row["score"] for row in rows[:4]])
    pyplot.savefig.assert_called_once()


def test_the_public_names_are_found_by_tab_and_help() -> None:
    """`dir` shows the public names alone, and each has a docstring."""
    public = sorted(smaudit.__all__)

    assert public == dir(smaudit)
    assert [] == [name for name in public if name != "__version__" and not getattr(smaudit, name).__doc__]


@pytest.mark.parametrize("as_path", [str, Path])
def test_a_sheet_is_loaded_from_a_path_or_from_plain_data(as_path: type[Path | str]) -> None:
    """A path as text or as a `Path`, and the data itself, give the same answers."""
    file = ROOT / "examples" / "harbour-coffee.json"
    from_file = load_sheet(as_path(file))
    given = {name: answer.choice for name, answer in from_file.answers.items()}

    assert given == {name: each.choice for name, each in load_sheet(given).answers.items()}
    assert (64, "") == (len(from_file.sha256), load_sheet(given).sha256)


def test_a_result_says_what_it_was_made_from() -> None:
    """Questionnaire, sheet and hashes are in the result itself, so that it can be kept and compared."""
    questionnaire = load_questionnaire()
    assessment = assess(questionnaire, load_sheet(ROOT / "examples" / "harbour-coffee.json"))

    assert (questionnaire.id, questionnaire.version, questionnaire.sha256, False) == assessment.questionnaire
    assert ("Harbour Coffee", "quick") == (assessment.sheet.company, assessment.sheet.depth)
    assert (None, None) == (assessment.anonymous().sheet.sha256, assessment.anonymous().sheet.company)


@pytest.mark.parametrize("target", [75.5, "75.5"])
def test_a_target_may_be_any_number(target: float | str) -> None:
    """A float or a text is taken as the number that is written, as exactly as a fraction."""
    sheet = load_sheet(ROOT / "examples" / "tidewell-valves.json")
    assert "reached" == plan(load_questionnaire(), sheet, {"overall": target}).status


@pytest.mark.parametrize("target", [101, -1, "much", "1/0", None, float("nan"), float("inf"), True])
def test_a_target_that_is_no_score_is_refused(target: Any) -> None:
    """What is no number from 0 to 100 is one clear ValueError."""
    with pytest.raises(ValueError, match="0 to 100"):
        plan(load_questionnaire(), load_sheet({}), {"overall": target})


def test_a_target_for_a_score_that_is_not_there_names_those_that_are() -> None:
    """An unknown name is a KeyError that says which names there are."""
    with pytest.raises(KeyError, match=r"overall, .*it-is-free"):
        plan(load_questionnaire(), load_sheet({}), {"it-is-fre": 50})


@pytest.mark.parametrize("language", ["../x", "", "en\n", 5])
def test_a_language_that_is_no_code_is_refused(language: Any) -> None:
    """A language is a name, never a path."""
    with pytest.raises(ValueError, match="language"):
        load_questionnaire(None, language)


QUESTIONNAIRE, SHEET = load_questionnaire(), load_sheet({})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [  # that the types do not fit is the point
        (lambda: load_sheet(None), "NoneType"),  # type: ignore[arg-type]
        (lambda: load_sheet(7), "int"),  # type: ignore[arg-type]
        (lambda: load_sheet(["secret"]), "list"),  # type: ignore[arg-type]
        (lambda: load_sheet(b"secret"), "bytes"),  # type: ignore[arg-type]
        (lambda: load_sheet({}, "own.yaml"), "str"),  # type: ignore[arg-type]
        (lambda: load_questionnaire(7), "int"),  # type: ignore[arg-type]
        (lambda: assess(QUESTIONNAIRE, "secret.json"), "str"),  # type: ignore[arg-type]
        (lambda: assess(QUESTIONNAIRE, {"training": "secret"}), "dict"),  # type: ignore[arg-type]
        (lambda: assess(SHEET, QUESTIONNAIRE), "Sheet"),  # type: ignore[arg-type]
        (lambda: plan(QUESTIONNAIRE, "secret.json", {"overall": 50}), "str"),  # type: ignore[arg-type]
        (lambda: plan(QUESTIONNAIRE, SHEET, [("overall", 50)]), "list"),  # type: ignore[arg-type]
    ],
)
def test_an_argument_of_another_type_is_named_by_its_type(wrong: Callable[[], object], said: str) -> None:
    """What a function cannot take is one TypeError that says what came, and nothing of what was in it."""
    with pytest.raises(TypeError, match=rf"\b{said}\b") as raised:
        wrong()

    assert "secret" not in str(raised.value)


def test_a_name_that_is_not_there_is_an_attribute_error_of_the_package() -> None:
    """A misspelt public name says where it was looked for."""
    with pytest.raises(AttributeError, match="'smaudit' has no attribute 'asess'"):
        smaudit.asess  # noqa: B018 - the look-up is what is tried


def test_a_questionnaire_is_shown_in_a_line() -> None:
    """A notebook that shows one is not flooded with its questions."""
    assert "social-media-misconceptions" in repr(QUESTIONNAIRE)
    assert len(repr(QUESTIONNAIRE)) < 200


@pytest.mark.parametrize("made", [QUESTIONNAIRE, SHEET, assess(QUESTIONNAIRE, SHEET)])
def test_what_is_loaded_and_computed_can_be_sent_to_another_process(
    made: Questionnaire | Assessment | Sheet,
) -> None:
    """A pool of processes can be given sheets and give back assessments."""
    assert made == pickle.loads(pickle.dumps(made))  # noqa: S301 - its own
