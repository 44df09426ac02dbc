"""The library as people use it: what `docs/python.md` shows, and what the public names promise."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import smaudit
from smaudit import assess, load_questionnaire, load_sheet, plan

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "python.md").read_text()


def test_the_examples_of_the_python_page_print_what_they_say():
    """The examples run one after the other, as one program, and print what their comments promise."""
    blocks = re.findall(r"(<!-- needs \w+ -->\n)?```python\n(.*?)```", PAGE, re.DOTALL)
    code = "\n".join(block for needs, block in blocks if not needs)
    promised = [line.rpartition("  # ")[2] for line in code.split("\n") if "print(" in line]

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)

    lines = done.stdout.splitlines()
    # Of a loop, the comment shows the last line.
    assert promised == [lines[0], lines[5], *lines[6:]]


def test_the_public_names_are_found_by_tab_and_help():
    """`dir` shows the public names alone, and each has a docstring."""
    public = sorted(smaudit.__all__)

    assert public == dir(smaudit)
    assert [] == [name for name in public if name != "__version__" and not getattr(smaudit, name).__doc__]


@pytest.mark.parametrize("as_path", [str, Path])
def test_a_sheet_is_loaded_from_a_path_or_from_plain_data(as_path):
    """A path as text or as a `Path`, and the data itself, give the same answers."""
    file = ROOT / "examples" / "harbour-coffee.json"
    from_file = load_sheet(as_path(file))
    given = {name: answer.choice for name, answer in from_file.answers.items()}

    assert given == {name: each.choice for name, each in load_sheet(given).answers.items()}
    assert (64, "") == (len(from_file.sha256), load_sheet(given).sha256)


def test_a_result_says_what_it_was_made_from():
    """Questionnaire, sheet and hashes are in the result itself, so that it can be kept and compared."""
    questionnaire = load_questionnaire()
    assessment = assess(questionnaire, load_sheet(ROOT / "examples" / "harbour-coffee.json"))

    assert (questionnaire.id, questionnaire.version, questionnaire.sha256) == assessment.questionnaire
    assert ("Harbour Coffee", "quick") == (assessment.sheet.company, assessment.sheet.depth)
    assert (None, None) == (assessment.anonymous().sheet.sha256, assessment.anonymous().sheet.company)


@pytest.mark.parametrize("target", [75.5, "75.5"])
def test_a_target_may_be_any_number(target):
    """A float or a text is taken as the number that is written, as exactly as a fraction."""
    sheet = load_sheet(ROOT / "examples" / "tidewell-valves.json")
    assert "reached" == plan(load_questionnaire(), sheet, {"overall": target}).status


@pytest.mark.parametrize("target", [101, -1, "much", None, float("nan"), True])
def test_a_target_that_is_no_score_is_refused(target):
    """What is no number from 0 to 100 is one clear ValueError."""
    with pytest.raises(ValueError, match="0 to 100"):
        plan(load_questionnaire(), load_sheet({}), {"overall": target})


def test_a_language_that_is_no_code_is_refused():
    """A language is a name, never a path."""
    with pytest.raises(ValueError, match=r"\.\./x"):
        load_questionnaire(None, "../x")


def test_a_belief_that_is_none_is_refused_when_the_sheet_is_made():
    """A sheet cannot be made with a belief of 9, which would score below 0."""
    with pytest.raises(ValueError, match="beliefs"):
        smaudit.Sheet(beliefs={"it-is-free": 9})


@pytest.mark.parametrize("wrong", [None, 7, ["x"]])
def test_a_sheet_of_another_type_is_refused(wrong):
    """What is neither a path nor plain data is one TypeError."""
    with pytest.raises(TypeError):
        load_sheet(wrong)
