"""Every phrase that the code names is there in every language, filled as the code fills it; none is idle."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

import pytest
import typer
from conftest import ROOT, present
from phrase_keys import GAP, named_in
from typer.core import TyperGroup

from smaudit.commands import help as help_pages
from smaudit.commands.app import app
from smaudit.commands.help_page import EXAMPLES
from smaudit.core import table_rows
from smaudit.core.compare_many import Folder, Why
from smaudit.core.compare_result import Kind, StepState, Verdict
from smaudit.core.questionnaire import DONT_KNOW, NOT_APPLICABLE, Depth, Unit
from smaudit.core.result import AnswerStatus, InTheWay, Reason, Side, Stance, Wave
from smaudit.core.table_columns import MOMENTS
from smaudit.files import save
from smaudit.files.words import languages
from smaudit.interview import earlier, offer, plain, prompts, vocabulary
from smaudit.interview.terminal.prompter import HINTS
from smaudit.interview.terminal.selection import Notice
from smaudit.language import vocabulary as spoken
from smaudit.language.phrases import Ending, Joint, Phrases
from smaudit.lint import balance, rules
from smaudit.report.tell import (
    among,
    answers,
    compare,
    compare_changes,
    compare_many,
    imported,
    overview,
    plan,
    portfolio,
    steps,
    studies,
    team,
    team_settle,
    what_if,
)

DATA = ROOT / "data"


def of_file(language: str) -> Mapping[str, str | Mapping[str, str]]:
    """The phrases of one file, as they stand there."""
    import yaml

    path = DATA / f"phrases.{language}.yaml"
    return Phrases(language, yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)).by_key  # noqa: S506 - it builds text only


ENGLISH = of_file("en")
NAMED = named_in(ROOT / "src" / "smaudit", frozenset(key.split(".")[0] for key in ENGLISH))


def parameters(kind: str) -> set[str]:
    """The names of all options, or of all commands that take an argument."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    found: set[str] = set()
    for command in (
        group,
        *(present(group.get_command(typer.Context(group), name)) for name in help_pages.COMMANDS),
    ):
        for each in command.get_params(typer.Context(command)):
            if each.param_type_name == kind:
                found.add(
                    present(command.name) if kind == "argument" else max(each.opts, key=len).lstrip("-")
                )
    return found


BUILT = {
    "among.column.{}": among.COLUMNS,
    "compare.alarm.{}": ("stays", "new", "seen-now"),
    "compare.column.{}": {
        *compare_changes.SUMS,
        *compare_changes.ITEMS,
        *compare_many.COLUMNS,
        *("step", "state", "file", "why"),
    },
    "compare.ended.{}": compare_changes.ENDED,
    "compare.kind.{}": get_args(Kind),
    "compare.many.folder.{}": get_args(Folder),
    "compare.many.why.{}": {*get_args(Why)} - {"refused"},
    "compare.method.{}": compare.METHOD,
    "compare.side.{}": (*get_args(Side), "none"),
    "compare.state.{}": get_args(StepState),
    "compare.status.{}": ("not-asked", "gone"),
    "compare.verdict.{}": {*get_args(Verdict)} - {"ranges-overlap", "within-noise"},
    "compare.verdict.ranges-overlap-{}": ("risen", "fallen"),
    "error.{}": {*save.FAILURES.values(), "not-written"},
    "help.group.{}": help_pages.GROUPS,
    "help.example.{}": {
        f"{name}-{number}" for name, each in EXAMPLES.items() for number in range(1, len(each) + 1)
    },
    "help.argument.{}": parameters("argument"),
    "areas.word.{}": spoken.WORDS,
    "help.command.{}": (*help_pages.COMMANDS, "smaudit"),
    "help.option.{}": parameters("option") - {"lang", "format"},
    "hint.{}": {*save.FAILURES.values(), "not-written"},
    "import.ask.{}": ("write", "leave"),
    "import.choice.{}": {name for names in vocabulary.SAID.values() for name in names},
    "import.from.{}": imported.ABOUT,
    "import.heading.{}": {*MOMENTS, *(name for names in vocabulary.HEADINGS.values() for name in names)},
    "import.map.{}": ("what", "names", "cells"),
    "import.use.{}": imported.USES,
    "import.why.{}": get_args(table_rows.Why),
    "import.without.{}": imported.ABOUT,
    "interview.{}": (DONT_KNOW, NOT_APPLICABLE),
    "interview.{}.question": get_args(prompts.Addition),
    "interview.belief.option-{}": range(1, prompts.BELIEF_LEVELS + 1),
    "interview.depth.{}": get_args(Depth),
    "interview.earlier.{}": get_args(earlier.What),
    "interview.hint.{}": HINTS,
    "interview.more.{}": ("above", "below"),
    "interview.offer.{}": get_args(offer.Offer),
    "interview.notice.{}": set(get_args(Notice)) - {""},
    "interview.plain.letter.{}": ["help", *(key.value for key in plain.COMMANDS)],
    "lint.{}": get_args(balance.Rule),
    "lint.{}-for": get_args(balance.Rule),
    "lint.no-{}": rules.WORTH_HAVING,
    "lint.source-no-{}": rules.COMPLETE,
    "list.{}": (*get_args(Ending), *get_args(Joint)),
    "month.{}": range(1, 13),
    "plan.column.{}": plan.COLUMNS,
    "plan.in-the-way.{}": get_args(InTheWay),
    "plan.goal.{}": ("free", "further"),
    "plan.result.{}": ("reached", "nearest", "further"),
    "plan.task.{}": steps.TASK,
    "plan.reason.{}": {*get_args(Reason), *get_args(steps.OtherReason)},
    "plan.wave.{}": get_args(Wave),
    "portfolio.column.{}": {*portfolio.COSTS, *portfolio.OFTEN, *portfolio.LAST},
    "portfolio.heading.{}": ("alarms", "first-steps"),
    "portfolio.mixed.{}": portfolio.MIXED,
    "portfolio.side.{}": get_args(Side),
    "report.about.{}": studies.ABOUT,
    "report.average.{}": ("exact", "between"),
    "report.basis.{}": ("dont-know", "unanswered", "gone", "not-applicable"),
    "report.depth.{}": get_args(Depth),
    "report.effort.{}": get_args(Unit),
    "report.method.effort.{}": get_args(Unit),
    "report.side.{}": get_args(Side),
    "report.when.{}": get_args(Wave),
    "report.evidence.{}": studies.DIRECTIONS,
    "report.lost.{}": overview.LOST,
    "report.method.{}": answers.METHOD,
    "report.this-company.{}": ("begins", "within"),
    "report.stance.{}": get_args(Stance),
    "report.status.{}": {*get_args(AnswerStatus)} - {"rated"},
    "team.belief.{}": team.BELIEFS,
    "team.column.{}": (*team_settle.ENDS, *team_settle.AGENDA, "misconception"),
    "team.method.{}": team.METHOD,
    "team.side.{}": (*get_args(Side), "none"),
    "what-if.column.{}": what_if.COLUMNS,
}
"""What stands in the gap of each key that is built: the closed sets of the code."""

FILLED_ELSEWHERE = {
    "problem.unknown-field": {"allowed"},
    "problem.one-of-needed": {"allowed"},
    "problem.unknown-option": {"allowed"},
    "problem.unknown-question": {"allowed"},
    "error.refused": {"file", "count"},
    "interview.help.ask": {"text"},
    "interview.help.metric": {"text"},
    "interview.help.why": {"text"},
    "interview.note.is": {"text"},
    "interview.evidence.is": {"text"},
    "problem.too-deep": {"limit"},
    "problem.date-form": {"meant"},
    "error.table-refused": {"count"},
}
"""What fills phrases that a table names, far from where they are told."""


SETS = ("own.", "areas.")
"""What the phrases begin with that stand in for those of the same name, in `language/vocabulary.py`."""
WORDS_OF_AREAS = {f"areas.word.{name}" for name in spoken.WORDS}
OF_QUESTIONNAIRES = {f"word_{name}" for name in ("title", *spoken.WORDS)} | {
    f"word_{name}_begins" for name in ("one", "many", "open")
}
"""What fills a phrase of these sets whoever says it."""


def said_of_all(key: str) -> str:
    """The key of the phrase that this one stands in for; its own where it stands in for none."""
    return next((key.removeprefix(each) for each in SETS if key.startswith(each)), key)


def expanded(key: str) -> set[str]:
    """The keys that a key with a gap stands for."""
    return {key.replace("{}", str(value)) for value in BUILT[key]} if "{}" in key else {key}


def gaps(phrase: str | Mapping[str, str]) -> set[str]:
    """The names of the gaps of a phrase, in all its forms, with the count that chooses among forms."""
    if isinstance(phrase, str):
        return set(GAP.findall(phrase))
    return {"count", *GAP.findall(" ".join(phrase.values()))}


def test_what_stands_in_the_gap_of_a_key_is_known() -> None:
    """Every key that is built has its closed set here, and every set is of a key that is built."""
    assert NAMED.built == set(BUILT)


def test_every_phrase_that_is_named_exists() -> None:
    """A key that was misspelt, in the code or in the file, is found here and not by a user."""
    wanted = {key for named in (*NAMED.literal, *NAMED.built) for key in expanded(named)}

    assert set() == wanted - set(ENGLISH)


def test_every_phrase_is_used() -> None:
    """What no code names is deleted, with its translations."""
    wanted = {key for named in (*NAMED.literal, *NAMED.built) for key in expanded(named)}

    assert set() == {key for key in ENGLISH if said_of_all(key) not in wanted} - WORDS_OF_AREAS


def test_what_stands_in_for_a_phrase_has_no_gap_that_it_lacks() -> None:
    """What a questionnaire of one's own is told in can be filled wherever the phrase itself is said."""
    found = {key: gaps(phrase) for key, phrase in ENGLISH.items() if said_of_all(key) != key}

    assert {} == {
        key: unknown
        for key, names in found.items()
        if key not in WORDS_OF_AREAS
        and (unknown := names - gaps(ENGLISH[said_of_all(key)]) - OF_QUESTIONNAIRES)
    }


def test_every_call_fills_the_gaps_of_what_it_says() -> None:
    """No gap stays open, and nothing is handed over that no phrase of the call has a place for."""
    wrong = {}
    for call in NAMED.spoken:
        wanted = [gaps(ENGLISH[key]) for named in call.keys for key in expanded(named)]
        if call.filled is not None:
            lacking = set().union(*wanted) - call.filled - call.offered
            idle = call.filled - set().union(*wanted)
            if lacking or idle:
                wrong[call.where] = (lacking, idle)

    assert {} == wrong


def test_what_a_table_names_needs_no_more_than_is_given_there() -> None:
    """A phrase that is looked up by the kind of an error is filled where it is told."""
    called = {key for call in NAMED.spoken for key in call.keys}
    elsewhere = {key: gaps(ENGLISH[key]) for key in NAMED.literal - called}

    assert {} == {key: found for key, found in elsewhere.items() if found != FILLED_ELSEWHERE.get(key, set())}


def test_who_passes_a_key_on_is_known() -> None:
    """Everywhere else the key stands where it is said, and can be searched for."""
    assert {
        "commands/help.py:_misused",
        "commands/run.py:tell",
        "core/sheet_rules.py:_unknown",
        "errors.py:__init__",
        "files/limits.py:refused",
        "files/load.py:refused",
        "files/yaml.py:refused",
        "interview/plain.py:_words",
        "interview/prompts.py:text",
        "interview/terminal/prompter.py:words",
        "language/phrases.py:_line",
        "language/phrases.py:shown",
        "language/phrases.py:text",
        "report/tell/plan_words.py:say",
        "report/words.py:say",
    } == NAMED.passed_on


def test_what_a_call_fills_can_be_seen() -> None:
    """But for the few calls that hand on what they were given."""
    unseen = {key for call in NAMED.spoken for key in call.keys if call.filled is None}

    assert {"interview.plain.keys", "lint.{}", "lint.{}-for"} == unseen


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_phrase_with_its_gaps_and_forms(language: str) -> None:
    """Each file has the keys of the English one, the same gaps to fill, and all forms of its own plurals.

    Which of a questionnaire's own words a phrase uses depends on the grammar of the language.
    """
    import yaml

    data = yaml.load((DATA / f"phrases.{language}.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    found, forms = of_file(language), {*data["plural"], "other"}

    assert set(ENGLISH) == set(found)
    assert {} == {
        key: phrase
        for key, phrase in found.items()
        if gaps(phrase) - OF_QUESTIONNAIRES != gaps(ENGLISH[key]) - OF_QUESTIONNAIRES
        or (not isinstance(phrase, str) and forms != set(phrase))
    }


def test_no_punctuation_stands_between_what_is_filled_in() -> None:
    """What joins names, sentences and facts is a phrase: another language has another comma."""
    joining = re.compile(r"""(["'])[ .,;:·،→–]*[.,;:·،→–][ .,;:·،→–]*\1\.join\(|by=["'][^a-z]""")
    found = {
        str(path.relative_to(ROOT / "src" / "smaudit"))
        for path in (ROOT / "src" / "smaudit").rglob("*.py")
        if joining.search(path.read_text("utf-8"))
    }

    # How an option is written (`-o, --output`), what programmers are told where there are no words, XPath.
    # And what a shell evaluates.
    assert {
        "commands/complete.py",
        "commands/help_page.py",
        "files/words.py",
        "planning/plan.py",
        "report/draw/xlsform.py",
    } == found
