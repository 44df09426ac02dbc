"""Names in options: as the report prints them, by their beginning, in any case and either language."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Program
from interview_support import DATA, small_questionnaire

from smaudit.commands.naming import Names, find
from smaudit.commands.run import Run
from smaudit.core.questionnaire import Questionnaire
from smaudit.errors import Exit, Usage

ENTRIES = {
    "reply-speed": ("How fast", "How fast do you reply?"),
    "reply-share": ("How many", "How many get a reply?"),
    "cost": ("Cost of it",),
}


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("reply-speed", ("reply-speed",)),
        ("Reply-Speed", ("reply-speed",)),
        ("how fast", ("reply-speed",)),
        ("  HOW   fast do you reply ", ("reply-speed",)),
        ("How m", ("reply-share",)),
        ("reply", ("reply-speed", "reply-share")),
        ("cost", ("cost",)),
        ("", ()),
        ("nothing", ()),
    ],
)
def test_a_name_is_found_whole_or_by_its_beginning(typed: str, ids: tuple[str, ...]) -> None:
    """An id goes before a whole name, that before a beginning; several stay several."""
    assert ids == find(typed, ENTRIES).ids


@pytest.mark.parametrize(
    ("typed", "near"), [("replyspeed", "reply-speed"), ("cots", "cost"), ("zebra", None)]
)
def test_a_name_that_is_near_is_told(typed: str, near: str | None) -> None:
    """Where nothing fits, what is most like it."""
    assert near == next(iter(find(typed, ENTRIES).near), None)


@pytest.fixture
def names() -> Names:
    """The names of the small questionnaire, which comes from nowhere."""
    return Names(small_questionnaire(), "-", Run())


@pytest.mark.parametrize("typed", ["flat", "Shape", "shape", "The sea is flat", "the sea is fl"])
def test_a_misconception_goes_by_id_topic_and_title(names: Names, typed: str) -> None:
    """As the report prints it, or how that begins."""
    assert "flat" == names.misconception("--target", typed)


def test_the_overall_has_its_name_too(names: Names) -> None:
    """`overall`, in any case."""
    assert "overall" == names.misconception("--for", "Overall")


def test_questions_and_options_go_by_their_words(names: Names) -> None:
    """The title or the text of a question, the text of an option, in the words of some companies too."""
    assert ["dues"] * 2 == [names.question("--without", each) for each in ("Harbour dues", "who pays")]
    assert "lamps" == names.either("Which lamps burn at")
    assert "level-1" == names.choice("--what-if", "dues", "those who are caught")
    assert "dont-know" == names.choice("--what-if", "dues", "dont-know")


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [
        ("the sea is", "error.ambiguous-name"),
        ("shap e", "error.unknown-name-meant"),
        ("whale", "error.unknown-gate"),
    ],
)
def test_what_is_not_one_name_is_refused_with_the_way_out(names: Names, typed: str, phrase: str) -> None:
    """Several are listed, a near one is suggested, else all are told."""
    with pytest.raises(Usage) as raised:
        names.misconception("--target", typed)
    assert (phrase, Exit.USAGE) == (raised.value.message.phrase, raised.value.exit_code)


def test_either_language_will_do(shipped: Questionnaire) -> None:
    """An Arabic topic is understood in an English run, and the other way round."""
    from smaudit.files.load import load_questionnaire

    arabic = load_questionnaire(None, "ar")
    for one, other in ((shipped, arabic), (arabic, shipped)):
        found = [
            Names(one, None, Run()).misconception("--for", str(each.topic)) for each in other.misconceptions
        ]
        assert [each.id for each in one.misconceptions] == found


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The small questionnaire with steps to plan, and a sheet."""
    data: dict[str, Any] = copy.deepcopy(DATA)
    for question in data["questions"]:
        for option in question["options"][:-1]:
            option["step"] = {"text": "Look there.", "effort": 1}
    (tmp_path / "small.yaml").write_text(json.dumps(data), "utf-8")
    answers = dict.fromkeys(["horizon", "dues", "lamps", "storm"], "level-0")
    sheet = {"schema": "smaudit/sheet/1", "company": {"profile": {"size": "level-0"}}, "answers": answers}
    (tmp_path / "s.json").write_text(json.dumps(sheet), "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("by_name", "by_id"),
    [
        (("plan", "--target", "Shape=50"), ("plan", "--target", "flat=50")),
        (("plan", "--budget", "2", "--for", "cost"), ("plan", "--budget", "2", "--for", "free")),
        (("plan", "--without", "Harbour dues"), ("plan", "--without", "dues")),
        (("plan", "--what-if", "Harbour dues=everybody"), ("plan", "--what-if", "dues=level-2")),
        (("report", "--fail-under", "The sea is flat=50"), ("report", "--fail-under", "flat=50")),
    ],
)
def test_a_command_takes_names_as_it_takes_ids(
    smaudit: Program, files: Path, by_name: tuple[str, ...], by_id: tuple[str, ...]
) -> None:
    """The same result, the same messages, the same exit code."""
    asked = ("--questionnaire", files / "small.yaml")
    named, plain = (
        smaudit(each[0], files / "s.json", *each[1:], *asked, "--lang", "en") for each in (by_name, by_id)
    )
    assert (plain.returncode, plain.stdout, plain.stderr) == (named.returncode, named.stdout, named.stderr)
    assert Exit.USAGE != named.returncode


def test_two_names_of_one_thing_are_one_thing_twice(smaudit: Program, files: Path) -> None:
    """As two equal ids are."""
    done = smaudit(
        *("plan", files / "s.json", "--target", "Shape=50", "--target", "flat=60"),
        *("--questionnaire", files / "small.yaml", "--lang", "en"),
    )
    assert (Exit.USAGE, True) == (done.returncode, b"--target is given twice for flat." in done.stderr)
