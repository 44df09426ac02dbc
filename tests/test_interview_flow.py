"""The way through an interview, with replies from a script in place of a terminal."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from conftest import present
from interview_support import DATA, PHRASES, small_questionnaire

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.questionnaire_rules import read_questionnaire
from smaudit.core.sheet import Sheet, written
from smaudit.core.sheet_rules import read_sheet
from smaudit.errors import Exit, Message, NotWritten
from smaudit.interview import complete, interview
from smaudit.interview.keeping import Save
from smaudit.interview.offer import ask_name, offer
from smaudit.interview.prompter import Choose, Key, Paragraph, Reply, Write
from smaudit.interview.prompts import NONE

BACK, NOTE, EVIDENCE = Key.BACK, Key.NOTE, Key.EVIDENCE
KEEP = "keep what is selected"
START = ["quick", "Harbour", "office", "5", "dont-know"]
"""Depth, company, department and both beliefs."""
END = ["finish", "", "", NONE]
"""Review, remark, guess, and which most."""


@dataclass
class Script:
    """A prompter that replies from a list; it notes everything it was asked, shown and given to save."""

    replies: list[str | Key]
    events: list[tuple[str, Any]] = field(default_factory=list)

    def explain(self) -> None:
        """Nothing to explain to a script."""

    def say(self, paragraphs: Sequence[Paragraph]) -> None:
        """Note what was said."""
        self.events.append(("said", " ".join(each.text for each in paragraphs).strip()))

    def done(self, asked: Paragraph, answer: str) -> None:
        """The answers are in the sheet."""

    def choose(self, ask: Choose) -> Reply:
        """Reply with an option of the script."""
        return self._reply(ask, ask.chosen or "")

    def write(self, ask: Write) -> Reply:
        """Reply with a text of the script."""
        return self._reply(ask, ask.text)

    def _reply(self, ask: Choose | Write, kept: str) -> Reply:
        self.events.append(("asked", ask))
        if not self.replies:
            raise EOFError
        reply = self.replies.pop(0)
        if isinstance(reply, Key):
            return Reply(reply, kept)
        return Reply(Key.ENTER, kept if reply == KEEP else reply)

    @property
    def asked(self) -> list[str]:
        """The first words of every prompt: what was asked, in order."""
        return [event.head[0].text for kind, event in self.events if kind == "asked"]

    @property
    def chosen(self) -> list[str | None]:
        """What was selected, or written in, at every prompt."""
        return [
            event.chosen if isinstance(event, Choose) else event.text
            for kind, event in self.events
            if kind == "asked"
        ]


def run(*replies: str | Key, sheet: Sheet | None = None, save: Save | None = None) -> tuple[Sheet, Script]:
    """Interview to the end of the script; the sheet is the last one saved where the script ends early."""
    script, saved = Script(list(replies)), [sheet or Sheet()]

    def keep(changed: Sheet) -> Message | None:
        script.events.append(("saved", changed))
        saved.append(changed)
        return save(changed) if save else None

    try:
        last = interview(small_questionnaire(), saved[0], PHRASES, script, save=keep, today="2026-11-23")
    except EOFError:
        last = saved[-1]
    assert [] == script.replies
    return last, script


def as_saved(sheet: Sheet, questionnaire: Questionnaire) -> Sheet:
    """The sheet as it is read from its file."""
    read = read_sheet(written(sheet), questionnaire)
    assert () == read.problems
    assert read.sheet is not None
    return read.sheet


def test_a_whole_interview_fills_the_sheet() -> None:
    """Every prompt answered gives a complete sheet that reads back as it is."""
    replies: list[str | Key] = ["level-0", "level-1", "level-1", "", "level-2", "the ledger", "dont-know"]
    sheet, _ = run(*START, *replies, "finish", "sharks", "2", "calm")
    expected = {
        "schema": "smaudit/sheet/1",
        "questionnaire": {"id": "small", "version": "1.0.0"},
        "depth": "quick",
        "company": {"name": "Harbour", "profile": {"size": "level-1"}},
        "respondent": {"department": "office"},
        "date": "2026-11-23",
        "language": "en",
        # Of the second belief A is the end that rejects it.
        "beliefs": {"flat": 5, "free": "dont-know"},
        "guess": {"steering": 2, "most": "calm"},
        "remark": "sharks",
        "answers": {
            "horizon": "level-0",
            "fleet": "level-1",
            "dues": {"choice": "level-2", "evidence": "the ledger"},
            "storm": "dont-know",
        },
    }
    assert expected == written(sheet)
    assert complete(small_questionnaire(), as_saved(sheet, small_questionnaire()))


def test_the_letters_of_beliefs_change_sides() -> None:
    """A is the false belief in the first item and its opposite in the second; 5 agrees with the false one."""
    _, script = run(*START)
    first, second = (
        event for kind, event in script.events if kind == "asked" and event.progress and len(event.head) == 4
    )
    assert ("The sea is flat.", "5") == (first.head[2].text, first.options[0].value)
    assert ("The sea has its price.", "1") == (second.head[2].text, second.options[0].value)


def test_a_fact_is_asked_just_before_the_first_question_that_needs_it() -> None:
    """The number of boats comes before the fleet, not at the start, and can rule the fleet out."""
    _, script = run(*START, "level-0", "level-0")
    assert [
        "Of the last ten ships that left, how many did you see go below the horizon, hull first?",
        "How many boats do you have?",
        "Who pays the harbour dues?",
    ] == script.asked[5:]


def test_a_fact_that_is_skipped_rules_nothing_out_and_is_not_asked_twice() -> None:
    """Who would rather not say how many boats there are is asked about the fleet all the same."""
    sheet, script = run(*START, "level-0", NONE, "level-0", BACK, BACK, KEEP)
    assert {} == sheet.company.profile
    assert NONE == script.chosen[-2]
    assert "Who pays the harbour dues?" == script.asked[-1]


def test_back_crosses_every_prompt_with_the_earlier_answer_selected() -> None:
    """Back from the second question to the depth passes every prompt, each with its answer; Enter returns."""
    _, script = run(*START, "level-1", "level-1", *[BACK] * 7, KEEP)
    assert ["level-1", "level-1", "dont-know", "5", "office", "Harbour", "quick"] == script.chosen[-8:-1]
    assert "Who counts the boats?" == script.asked[-1]


def test_changing_a_fact_keeps_the_answers_it_rules_out() -> None:
    """One boat after all: the fleet is not asked any more, its answer stays in the sheet."""
    replies: list[str | Key] = ["level-0", "level-1", "level-0", BACK, BACK, "level-0"]
    sheet, script = run(*START, *replies)
    assert "level-0" == sheet.choice("fleet")
    assert "Who pays the harbour dues?" == script.asked[-1]
    progress = script.events[-1][1].progress
    assert ("8 of about 13 · about 2 minutes left", 7, 13) == (progress.text, progress.done, progress.total)


def test_not_applicable_asks_for_the_reason() -> None:
    """A question that does not apply takes a reason as its note; Back from it returns to the question."""
    sheet, script = run(*START, "not-applicable", BACK, KEEP, "no horizon here")
    assert "not-applicable" == script.chosen[-3]
    assert "no horizon here" == sheet.answers["horizon"].note


def test_a_note_and_evidence_are_kept_before_the_answer_is() -> None:
    """A note is saved at once, and the question stays unanswered."""
    sheet, script = run(*START, NOTE, "ask Ann", EVIDENCE, "the log")
    assert (None, "ask Ann", "the log") == tuple(sheet.answers["horizon"].model_dump().values())
    assert ["Note: ask Ann", "Evidence: the log"] == [each.text for each in script.events[-1][1].head[1:]]


def test_the_best_answer_asks_for_evidence_once() -> None:
    """The top level asks what shows it; an answer with evidence is not asked again."""
    _, script = run(*START, "level-2", "the log", BACK, KEEP)
    assert 1 == script.asked.count("What shows this?")


def test_the_help_of_a_question_says_why_who_and_what_counts() -> None:
    """It stands ready at the prompt, with what the questionnaire says of its own words."""
    _, script = run(*START, "level-1")
    ask = next(
        event for kind, event in script.events if kind == "asked" and event.head[0].text.startswith("Of")
    )
    assert [
        "Why it is asked: Whoever looks sees that the hull goes first.",
        "Who would know: Pilots and Harbour office.",
        "What counts as evidence: The log of the last month.",
        "What to count: ships seen (aim: nine in ten)",
    ] == [each.text for each in ask.help]


def test_nothing_is_selected_before_it_is_chosen() -> None:
    """From the depth to the list of answers; what was answered is, when it is gone back to."""
    _, script = run(*START, "level-0", "level-0", "level-0", "level-0", BACK)
    lists = [event for kind, event in script.events if kind == "asked" and isinstance(event, Choose)]
    assert [None] * 9 == [each.chosen for each in lists[:-1]]
    assert "level-0" == lists[-1].chosen


def test_every_answer_is_saved_before_the_next_prompt() -> None:
    """From the company's name on, between any two prompts the sheet is saved with the answer."""
    _, script = run(*START, "level-0", "level-1", "level-0", "dont-know", "dont-know", *END)
    kinds = "".join(kind[0] for kind, _ in script.events if kind != "said")
    assert "aa" + "sa" * 9 + "asasas" == kinds
    first = next(event for kind, event in script.events if kind == "saved")
    assert ("quick", "Harbour") == (first.depth, first.company.name)


def test_an_interview_goes_on_at_the_first_unanswered_question() -> None:
    """A sheet broken off after one question goes on at the next, and says whose it is and how far."""
    broken, _ = run(*START, "level-0", "level-0")
    _, script = run("level-1", sheet=as_saved(broken, small_questionnaire()))
    assert "Harbour · 7 of 13 answered · 1 not known" == script.events[0][1]
    assert ["Who pays the harbour dues?", "What happens in a storm?"] == script.asked


def test_what_the_interview_does_not_know_is_kept() -> None:
    """A field of another version and an answer that is not asked come through untouched."""
    data = {
        "schema": "smaudit/sheet/1",
        "company": {"name": "Harbour"},
        "answers": {"lamps": "level-1"},
        "depth": "quick",
        "signed-off": {"by": "Ann"},
    }
    begun = read_sheet(data, small_questionnaire()).sheet
    sheet, _ = run("5", "1", "level-0", sheet=begun)
    assert {"by": "Ann"} == present(sheet.model_extra)["signed-off"]
    assert "level-1" == sheet.choice("lamps")


def test_the_review_shows_contradictions_first_and_changes_an_answer() -> None:
    """First, that is, after what is not known; choosing one asks both its questions again."""
    asked = ["level-0", "level-0", "level-2", "the ledger", "level-0"]
    sheet, script = run(*START, *asked, "contradiction:dues-and-storm", KEEP, "level-1", "", *END)
    reviews = [
        [option.text for option in event.options]
        for kind, event in script.events
        if kind == "asked" and event.head[0].text == "Your answers. Choose one to change it."
    ]
    assert ["They are right: go on", "Cost: Don't know"] == reviews[0][:2]
    assert "! Everybody pays the dues, and yet all sail in a storm." == reviews[0][2]
    assert 1 == len(reviews[0]) - len(reviews[1])
    assert "Storm: We stay" in reviews[1]
    assert "level-1" == sheet.choice("storm")


def test_a_change_at_the_review_that_opens_a_question_asks_it() -> None:
    """Several boats after all: the fleet is asked before the review comes back."""
    asked = ["level-0", "level-0", "level-0", "level-0"]
    sheet, script = run(*START, *asked, "fact:size", "level-1", "level-0", *END)
    assert ["How many boats do you have?", "Who counts the boats?"] == script.asked[10:12]
    assert "level-0" == sheet.choice("fleet")


def test_a_fact_taken_back_at_the_review_is_not_asked_at_once_again() -> None:
    """Who takes a fact back is asked what it had ruled out, not the fact."""
    asked = ["level-0", "level-0", "level-0", "level-0"]
    sheet, _ = run(*START, *asked, "fact:size", NONE, "dont-know", *END)
    assert ({}, "dont-know") == (sheet.company.profile, sheet.choice("fleet"))


def test_an_interview_broken_off_at_the_guess_goes_on_there() -> None:
    """Skipping the remark is kept, so that neither it nor the review comes again."""
    asked = ["level-0", "level-0", "level-0", "level-0", "finish", ""]
    broken, _ = run(*START, *asked)
    assert not complete(small_questionnaire(), broken)
    sheet, script = run("0", sheet=as_saved(broken, small_questionnaire()))
    assert 1 == len(script.asked)
    assert 0 == present(sheet.guess).steering


def test_a_save_that_fails_keeps_the_interview_alive() -> None:
    """A full disk is said once; the first save that works again takes everything along, and is said."""
    tries = []

    def save(sheet: Sheet) -> None:
        tries.append(sheet)
        if len(tries) < 4:
            raise NotWritten("error.output-failed")

    _, script = run(*START, "level-0", save=save)
    said = [text.split(".")[0] for kind, text in script.events if kind == "said"]
    assert 1 == said.count("The output could not be written; the disk may be full")
    assert 1 == said.count("All answers are saved again")
    assert {"flat": 5, "free": "dont-know"} == tries[-1].beliefs


def test_a_sheet_that_had_to_be_left_for_another_is_said_at_once() -> None:
    """Where the answers had to go on in another file, both names stand between the prompts, once."""
    answers = [None, Message("left.sheet-changed", {"file": "a.json", "new": "a-2.json"})]

    _, script = run(*START, "level-0", save=lambda _: answers.pop(0) if answers else None)

    assert 1 == sum("a.json" in text and "a-2.json" in text for kind, text in script.events if kind == "said")


def test_a_save_that_fails_to_the_end_is_raised_at_the_end() -> None:
    """Nothing is lost silently: the error comes out when the interview is over."""

    def save(_: Sheet) -> None:
        raise NotWritten("error.output-failed")

    with pytest.raises(NotWritten) as raised:
        run(*START, "level-0", "level-0", "level-0", "level-0", *END, save=save)
    assert Exit.NOT_WRITTEN == raised.value.exit_code


@pytest.mark.parametrize("opens", [True, False])
def test_what_is_offered_below_the_result(opens: bool) -> None:
    """Nothing is selected; a page can be opened where one was saved and the system shows it."""
    script = Script(["done"])
    assert "done" == offer(script, PHRASES, opens=opens)
    options = script.events[-1][1].options
    assert (None, opens) == (script.chosen[0], "Open the page that was saved" == options[0].text)
    assert "Save a page for the browser (.html)" == options[1 if opens else 0].text


@pytest.mark.parametrize(("reply", "name"), [("other.md", "other.md"), (BACK, None)])
def test_a_report_is_saved_under_the_name_that_is_typed(reply: str | Key, name: str | None) -> None:
    """The name offered stands in the line; Back leaves it."""
    script = Script([reply])
    assert name == ask_name(script, PHRASES, "harbour.md")
    assert ["harbour.md"] == script.chosen


DONE: list[str | Key] = [*START, "level-0", "level-0", "dont-know", "level-1", "", *END]
"""A whole quick interview: one belief and one question are not known."""


def finished() -> Sheet:
    """A finished quick sheet as it is read from its file."""
    return as_saved(run(*DONE)[0], small_questionnaire())


def test_a_finished_sheet_opens_on_its_answers() -> None:
    """What is not known stands first, the result on top; nothing that was skipped is asked again."""
    _, script = run("finish", sheet=finished())

    assert ["Your answers. Choose one to change it."] == script.asked
    ask = script.events[-1][1]
    assert ["Show the result", "Go on to the full check: 1 more question"] == [
        each.text for each in ask.options[:2]
    ]
    assert ["Not known yet", "", "Shape"] == [each.heading for each in ask.options[2:5]]
    assert ["Harbour dues: Don't know", "Cost: Don't know"] == [each.text for each in ask.options[2:4]]
    assert "Harbour · all 13 answered · 2 not known" == script.events[0][1]


def test_what_was_not_known_is_entered_the_next_day() -> None:
    """Chosen from the list, the question is asked again; then it is known and saved."""
    sheet, script = run("question:dues", "level-1", "finish", sheet=finished())

    assert "level-1" == sheet.choice("dues")
    assert "1 is not known; the report says whom to ask." == script.events[-1][1].head[1].text


def test_a_finished_quick_check_goes_on_to_the_full_one() -> None:
    """From the list: what only the full check asks, then the list once more; the guess is not asked again."""
    sheet, script = run("deeper", "level-1", "level-1", "", "finish", sheet=finished())

    assert ("full", "level-1") == (sheet.depth, sheet.choice("lamps"))
    lists = ["Your answers. Choose one to change it."]
    assert [
        *lists,
        "Do you sail at night?",
        "Which lamps burn at night?",
        "What shows this?",
        *lists,
    ] == script.asked
    assert "Show the result" == script.events[-1][1].options[0].text


def test_a_finished_quick_sheet_taken_up_in_full_asks_the_rest() -> None:
    """As `--depth full` opens it: the questions beyond the quick check, then the list."""
    sheet, script = run("level-1", "level-0", "finish", sheet=finished().with_depth("full"))

    assert complete(small_questionnaire(), sheet)
    assert "Your answers. Choose one to change it." == script.asked[-1]
    assert 3 == len(script.asked)


def test_a_sheet_filled_in_by_hand_opens_on_its_answers_too() -> None:
    """It has no beliefs and no guess: they are not asked for unasked."""
    data = {
        "schema": "smaudit/sheet/1",
        "company": {"name": "Harbour"},
        "depth": "quick",
        "answers": dict.fromkeys(["horizon", "fleet", "dues", "storm"], "level-0"),
    }
    sheet, script = run("finish", sheet=read_sheet(data, small_questionnaire()).sheet)

    assert ["Your answers. Choose one to change it."] == script.asked
    assert sheet.guess is None


EARLIER = {
    "schema": "smaudit/sheet/1",
    "questionnaire": {"id": "small", "version": "0.9.0"},
    "company": {"name": "Harbour", "profile": {"boats": "many"}},
    "depth": "quick",
    "beliefs": {"flat": 1, "free": 1},
    "answers": {"horizon": "level-0", "toll": {"choice": "paid", "note": "by Ann", "evidence": "bills"}},
}


def renamed() -> Questionnaire:
    """The small questionnaire, in which the dues were the toll and the size the boats."""
    data = copy.deepcopy(DATA)
    size, dues = data["profile"][0], data["questions"][2]
    size["was"], size["options"][1]["was"] = ["boats"], ["many"]
    dues["was"], dues["options"][2]["was"] = ["toll"], ["paid"]
    found, problems = read_questionnaire(data)
    assert () == problems
    return present(found)


def of_an_earlier_version(*replies: str | Key) -> tuple[Sheet, Script]:
    """An interview with a sheet of an earlier version, to the end of the script."""
    script, asked = Script(list(replies)), renamed()
    saved = [present(read_sheet(EARLIER, asked).sheet)]
    with suppress(EOFError):
        interview(asked, saved[0], PHRASES, script, save=saved.append, today="2026-11-23")
    assert [] == script.replies
    return saved[-1], script


def test_answers_to_an_earlier_version_are_taken_over_where_that_is_said() -> None:
    """With note and evidence; facts too. What has no place is asked."""
    sheet, script = of_an_earlier_version("take")

    assert "2 answers were given to an earlier version of the questions." == script.asked[0]
    assert (None, "level-1") == (script.chosen[0], sheet.company.profile["size"])
    assert ("level-2", "by Ann", "bills") == tuple(sheet.answers["dues"].model_dump().values())
    assert "Who counts the boats?" == script.asked[1]


def test_answers_to_an_earlier_version_are_shown_where_each_is_asked() -> None:
    """Above the options, and not selected: it was another question."""
    sheet, script = of_an_earlier_version("look", "level-1", "level-1", "")

    told = [
        event.head[-1].text
        for kind, event in script.events
        if kind == "asked" and event.head[-1].text.startswith("Your earlier answer")
    ]
    assert ["Your earlier answer: Several", "Your earlier answer: Everybody"] == told
    assert (None, None) == (script.chosen[-1], sheet.choice("dues"))


def test_answers_to_an_earlier_version_can_be_asked_anew() -> None:
    """Then nothing of them shows, and nothing is taken over."""
    sheet, script = of_an_earlier_version("anew", "level-0")

    assert ["How many boats do you have?", "Who pays the harbour dues?"] == script.asked[1:]
    assert "dues" not in sheet.answers


@pytest.mark.parametrize(
    ("replies", "note"),
    [(["no-sea"], "There is no sea here"), ([NONE, "too far"], "too far"), ([BACK, "level-0"], None)],
)
def test_ready_reasons_are_offered_for_what_does_not_apply(
    replies: list[str | Key], note: str | None
) -> None:
    """One of them is kept as the note, another is typed, and Back is back at the question."""
    data = copy.deepcopy(DATA)
    data["questions"][0]["not_applicable"] = [{"id": "no-sea", "text": "There is no sea here"}]
    asked = present(read_questionnaire(data)[0])
    script, saved = Script([*START, "not-applicable", *replies]), [Sheet()]
    with suppress(EOFError):
        interview(asked, saved[0], PHRASES, script, save=saved.append, today="2026-11-23")

    assert note == saved[-1].answers["horizon"].note
    assert "Why does it not apply to you?" in script.asked
    assert ("not-applicable" if note else "level-0") == saved[-1].choice("horizon")


def with_houses() -> Questionnaire:
    """The small questionnaire, in which the pilots are of several boats, and one boat is one person."""
    data = copy.deepcopy(DATA)
    data["departments"][0]["applies_if"] = {"size": ["level-1"]}
    data["profile"][0]["options"].append({"id": "none", "text": "None"})
    data["one_person"] = {"size": ["none"]}
    return present(read_questionnaire(data)[0])


@pytest.mark.parametrize(
    ("size", "departments"),
    [("level-0", ["Harbour office"]), ("level-1", ["Pilots", "Harbour office"]), ("none", [])],
)
def test_who_answers_is_asked_after_the_size_with_what_can_exist(size: str, departments: list[str]) -> None:
    """A company is asked for the departments that it can have; one person for none."""
    script = Script(["quick", "Harbour", size])
    with suppress(EOFError):
        interview(with_houses(), Sheet(), PHRASES, script, save=lambda _: None, today="2026-11-23")

    assert "How many boats do you have?" == script.asked[2]
    asked = script.events[-1][1]
    found = [each.text for each in asked.options[:-1]] if "Which part" in script.asked[-1] else []
    assert departments == found
