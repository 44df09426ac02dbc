"""Several people agree on what they differ on: what is asked, and what is kept for reports and plans."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, questionnaire_from, sheet_from
from interview_support import PHRASES
from test_interview_terminal import ENTER, Terminal
from test_team import HOUSE, full

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.sheet import Sheet
from smaudit.core.team import team
from smaudit.core.team_agreed import agreement
from smaudit.interview.prompter import Choose, Key, Paragraph, Reply, Write
from smaudit.interview.prompts import NONE
from smaudit.interview.settling import settle

BACK = Key.BACK


@dataclass
class Script:
    """A prompter that replies from a list, and notes what it was asked."""

    replies: list[str | Key]
    asked: list[Choose | Write] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def explain(self) -> None:
        """Nothing to explain to a script."""

    def say(self, paragraphs: Sequence[Paragraph]) -> None:
        """Note what was said."""
        self.said.append(" ".join(each.text for each in paragraphs).strip())

    def done(self, asked: Paragraph, answer: str) -> None:
        """The answers are in the sheet."""

    def choose(self, ask: Choose) -> Reply:
        """Reply with an option of the script."""
        return self._reply(ask)

    def write(self, ask: Write) -> Reply:
        """Reply with a text of the script."""
        return self._reply(ask)

    def _reply(self, ask: Choose | Write) -> Reply:
        self.asked.append(ask)
        if not self.replies:
            raise EOFError
        reply = self.replies.pop(0)
        return Reply(reply, "") if isinstance(reply, Key) else Reply(Key.ENTER, reply)


@pytest.fixture
def house() -> Questionnaire:
    """A questionnaire in which service knows q0, anybody the rest, and q2 hangs on a fact."""
    found: Questionnaire = questionnaire_from(HOUSE)
    return found


def sheets_of(house: Questionnaire) -> list[Sheet]:
    """Two of service who differ on a fact, on q0 and on q4."""
    levels = {"yes": full(0, 1, 2, 1, 0), "no": full(2, 1, 0, 1, 3)}
    return [
        sheet_from(
            {
                "schema": "smaudit/sheet/1",
                "company": {"name": "Acme", "id": "7", "profile": {"shop": option}},
                "respondent": {"department": "service", "name": option.title()},
                "answers": {
                    **answers,
                    "q0": {"choice": answers["q0"], "note": f"note {option}", "evidence": "seen"},
                },
            },
            house,
        )
        for option, answers in levels.items()
    ]


def settled(house: Questionnaire, *replies: str | Key, earlier: Sheet | None = None, **more: Any) -> Any:
    """The sheet that comes of these replies (the last saved, where they end early), and the script."""
    sheets, script, saved = sheets_of(house), Script(list(replies)), list[Sheet]()
    start = agreement(house, sheets, earlier, "en", "2026-11-26")
    try:
        found = settle(house, sheets, start, PHRASES, script, save=saved.append, **more)
    except EOFError:
        found = saved[-1] if saved else start
    return found, script


def test_what_is_disputed_is_asked_and_nothing_else(house: Questionnaire) -> None:
    """The fact first, then the questions; whoever said what stands above the options."""
    _, script = settled(house, "yes", NONE, NONE)

    assert ["?", "q4?", "q0?"] == [each.head[0].text for each in script.asked]
    assert ["service (No): q0 level 2 Note: note no", "service (Yes): q0 level 0 Note: note yes"] == [
        each.text for each in script.asked[2].head[1:]
    ]
    assert "3 things are disputed" in script.said[0]
    assert ["To settle · 1 of 3", "To settle · 2 of 3"] == [
        each.progress.text for each in script.asked[:2] if each.progress
    ]


def test_what_is_agreed_on_is_kept_with_who_had_said_what(house: Questionnaire) -> None:
    """A fact, an answer with what shows it, and one that does not apply with its reason."""
    found, _ = settled(house, "yes", "not-applicable", "No posts.", "l1", "the list")

    assert {"shop": "yes"} == found.company.profile
    assert ("not-applicable", "No posts.") == (found.answers["q4"].choice, found.answers["q4"].note)
    assert ("l1", "the list") == (found.answers["q0"].choice, found.answers["q0"].evidence)
    assert [("service", "No", "l2", "note no"), ("service", "Yes", "l0", "note yes")] == [
        (each.department, each.name, each.choice, each.note) for each in found.settled["q0"]
    ]
    assert ["shop", "q4", "q0"] == list(found.settled)
    assert ("Acme", "7", "2026-11-26", "en") == (
        found.company.name,
        found.company.id,
        found.date,
        found.language,
    )
    assert () == team(house, [*sheets_of(house), found]).disputed


def test_what_is_left_open_stays_blank_and_disputed(house: Questionnaire) -> None:
    """Nothing is preselected; a settled one can be opened again."""
    found, script = settled(house, NONE, "l2", "", BACK, NONE, "l1", "")

    assert {None} == {each.chosen for each in script.asked[:2] if isinstance(each, Choose)}
    assert ["q0"] == list(found.settled)
    assert "q4" not in found.answers
    assert ["q4"] == [
        each.question for each in team(house, [*sheets_of(house), found]).disputed if not each.facts
    ]


def test_back_asks_the_one_before_again_with_what_was_agreed(house: Questionnaire) -> None:
    """The answer given before is selected; at the first there is nothing to go back to."""
    _, script = settled(house, BACK, "yes", BACK, "no", NONE, NONE)

    assert [None, None, None, "yes"] == [each.chosen for each in script.asked[:4] if isinstance(each, Choose)]


def test_a_fact_that_rules_a_question_out_leaves_nothing_to_settle_about_it(house: Questionnaire) -> None:
    """Two differ on q2, which needs a shop: without one it is not asked."""
    sheets = [
        sheet_from(
            {
                "schema": "smaudit/sheet/1",
                "company": {"name": "Acme", "profile": profile},
                "answers": {"q2": level},
            },
            house,
        )
        for level, profile in (("l0", {"shop": "yes"}), ("l3", {"shop": "yes"}), ("l3", {"shop": "no"}))
    ]
    script = Script(["no"])

    found = settle(
        house,
        sheets,
        agreement(house, sheets, None, "en", "2026-11-26"),
        PHRASES,
        script,
        save=lambda _: None,
    )

    assert 1 == len(script.asked)
    assert ["shop"] == list(found.settled)


def test_it_goes_on_with_what_was_settled_before(house: Questionnaire) -> None:
    """Ended after the first: the next sitting begins with all of them, the first as it was agreed."""
    first, _ = settled(house, "yes", "l1", "")
    kept = first.with_remark("kept").model_copy(update={"settled": first.settled})

    found, script = settled(house, "yes", "l1", "", "l1", "", earlier=kept)

    assert ["yes", "l1", None] == [each.chosen for each in script.asked if isinstance(each, Choose)]
    assert ("kept", {"shop", "q0", "q4"}) == (found.remark, set(found.settled))


def test_without_names_none_is_shown_and_none_is_kept(house: Questionnaire) -> None:
    """Neither in the prompt nor in the sheet that comes of it."""
    found, script = settled(house, "yes", "l1", "", "l1", "", anonymous=True)

    told = " ".join(part.text for ask in script.asked for part in ask.head)
    assert ["service: q0 level 0", "service: q0 level 2"] == [
        each.text for ask in script.asked if ask.head[0].text == "q0?" for each in ask.head[1:3]
    ][:2]
    assert "note yes" not in told + str(found.settled)
    assert {None} == {each.name for said in found.settled.values() for each in said}


def test_where_nothing_is_disputed_nothing_is_asked(house: Questionnaire) -> None:
    """One sheet agrees with itself."""
    script = Script([])
    sheets = sheets_of(house)[:1]
    start = agreement(house, sheets, None, "en", "2026-11-26")

    settle(house, sheets, start, PHRASES, script, save=lambda _: None)

    assert ([], ["Nothing is disputed, so there is nothing to settle."]) == (script.asked, script.said)


EXAMPLES = [str(ROOT / "examples" / f"tidewell-valves{each}.json") for each in ("", ".service", ".owner")]


@pytest.mark.slow
def test_in_a_terminal_it_writes_a_sheet_that_report_and_plan_take(tmp_path: Path, smaudit: Any) -> None:
    """Two agreements, the rest left open; the page at the end has them, and so have report and plan."""
    terminal = Terminal(
        *("team", *EXAMPLES, "--settle", "agreed.json", "-o", "team.html"),
        program=("-m", "smaudit"),
        cwd=tmp_path,
        rows=50,
        LANG="C.UTF-8",
    )
    total = 6
    terminal.wait(f"To settle · 1 of {total}")
    terminal.type("2" + ENTER)
    terminal.wait(f"To settle · 2 of {total}")
    terminal.type("3" + ENTER)
    terminal.wait("What shows this?")
    terminal.type("the rules" + ENTER)
    for number in range(3, total + 1):
        terminal.wait(f"To settle · {number} of {total}")
        terminal.type("\x1b[A" + ENTER)

    before, after, code = terminal.finish()

    assert (before, 0) == (after, code)
    sheet = tmp_path / "agreed.json"
    written = json.loads(sheet.read_text("utf-8"))
    assert ["inbound", "unpaid-goals"] == list(written["settled"])
    assert {"choice": "dated-goal", "evidence": "the rules"} == written["answers"]["unpaid-goals"]
    assert "What was settled before stands" in (tmp_path / "team.html").read_text("utf-8")
    assert b"ok\n" == smaudit("check", sheet).stdout
    for command in ("report", "plan"):
        assert 0 == smaudit(command, sheet).returncode


@pytest.mark.slow
def test_ctrl_c_keeps_what_was_settled(tmp_path: Path) -> None:
    """The terminal is left as it was, exit 130, and a line says where it is and how to go on."""
    terminal = Terminal(
        *("team", *EXAMPLES, "--settle", "agreed.json"),
        program=("-m", "smaudit"),
        cwd=tmp_path,
        LANG="C.UTF-8",
    )
    terminal.wait("To settle · 1 of")
    terminal.type("\x1b[A" * 2 + ENTER)
    terminal.wait("To settle · 2 of")
    terminal.type("\x03")

    before, after, code = terminal.finish()

    assert (before, 130) == (after, code)
    assert "Go on with the same command." in terminal.shown()
    assert ["inbound"] == list(json.loads((tmp_path / "agreed.json").read_text("utf-8"))["settled"])


def test_it_asks_nothing_without_a_terminal_and_replaces_nobodys_sheet(smaudit: Any, tmp_path: Path) -> None:
    """Exit 2: in a pipe, and where the agreement would be one of the sheets."""
    mine = tmp_path / "mine.json"
    mine.write_bytes(Path(EXAMPLES[0]).read_bytes())
    before = mine.read_bytes()

    piped = smaudit("team", mine, EXAMPLES[1], "--settle", tmp_path / "agreed.json")
    over = smaudit("team", mine, EXAMPLES[1], "--settle", mine)

    assert (2, b"", 2, b"") == (piped.returncode, piped.stdout, over.returncode, over.stdout)
    assert b"needs a terminal" in piped.stderr
    assert (before, False) == (mine.read_bytes(), (tmp_path / "agreed.json").exists())
