"""The report for people: what it says, in which order, the same in every format."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

import pytest
from conftest import (
    GOLDEN,
    GOLDEN_ANSWERS,
    ROOT,
    Data,
    present,
    questionnaire_data,
    questionnaire_from,
    sheet_from,
)

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.sheet_rules import read_sheet
from smaudit.core.subject import Subject
from smaudit.files.streams import Surface
from smaudit.language.phrases import Phrases
from smaudit.language.text import plain
from smaudit.planning import assess
from smaudit.report.blocks import Block, Entries, Fold, Heading, Paragraph, Scales, Table, Tasks
from smaudit.report.draw import markdown
from smaudit.report.draw import text as terminal
from smaudit.report.results import Report
from smaudit.report.tell.overview import compose

EXAMPLES = sorted(path.stem for path in (ROOT / "examples").glob("*.json") if "." not in path.stem)


def subject_of(questionnaire: Questionnaire, data: Data) -> Subject:
    """What a report is about, from the data of a sheet."""
    found = read_sheet(data, questionnaire)
    assert () == found.problems
    sheet = present(found.sheet).from_file("s" * 8, found.gone)
    asked = questionnaire.from_file("q" * 8)
    return Subject(asked, sheet, assess(asked, sheet))


def example(name: str, shipped: Questionnaire) -> Subject:
    """The subject of a shipped example."""
    return subject_of(shipped, json.loads((ROOT / "examples" / f"{name}.json").read_text()))


def lines(blocks: Iterable[Block]) -> Iterator[str]:
    """The text of every line of the blocks, in reading order."""
    for block in blocks:
        match block:
            case Heading(content=content) | Paragraph(content=content):
                yield plain(content)
            case Tasks():
                yield from lines((block.entries,))
            case Entries(items=items):
                for item in items:
                    yield plain(item.title)
                    yield from map(plain, item.lines)
            case Scales(items=scales):
                for scale in scales:
                    yield from (plain(scale.name), plain(scale.label))
            case Table():
                pass  # its cells share lines; the test of lost points reads them
            case Fold(summary=summary, blocks=inner):
                yield plain(summary)
                yield from lines(inner)


def bare(text: str) -> str:
    """The letters and digits of a text, in their order."""
    return re.sub(r"\W|_", "", re.sub(r"</?(div|details|summary)[^>]*>", "", text))


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("width", [40, 80])
def test_every_format_tells_every_line_in_the_same_order(
    shipped: Questionnaire, english: Phrases, name: str, width: int
) -> None:
    """Whatever the document says stands in the terminal and in markdown, one after the other."""
    document = compose(Report(example(name, shipped)), english)
    drawn = [
        terminal.render(document, english, Surface(width)),
        markdown.render(document, english),
    ]

    for text in map(bare, drawn):
        at = 0
        for line in lines(document.blocks):
            # A link is told between marks of its own, and a table tells a row across its columns.
            for part in filter(None, map(bare, line.split(" · "))):
                found = text.find(part, max(0, at - 400))
                assert found >= 0, line
                at = max(at, found)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_printed_lost_points_add_up_to_what_is_missing_from_the_printed_score(
    shipped: Questionnaire, english: Phrases, name: str
) -> None:
    """For each misconception the printed points make the printed sum, and with the score make 100."""
    subject = example(name, shipped)
    blocks = compose(Report(subject), english).blocks
    tables = [block for block in blocks if isinstance(block, Table)]

    for table in tables:
        printed = [float(plain(row[2])) for row in table.rows]
        assert round(sum(printed), 1) == float(plain(table.total[2]))
    scores = [each.score for each in subject.assessment.misconceptions if each.score is not None]
    assert len(tables) == len([score for score in scores if score < 100])


def test_the_first_screen_says_what_a_board_needs_in_its_order(
    shipped: Questionnaire, english: Phrases
) -> None:
    """The finding, its basis, the worst, alarms, five scales, three steps; then the sections."""
    blocks = compose(Report(example("harbour-coffee", shipped)), english).blocks

    kinds = [type(block).__name__ for block in blocks]
    first = kinds[: kinds.index("Heading", 1)]
    before = ["Heading", *["Paragraph"] * 5, "Scales", "Paragraph", "Entries"]
    assert before == first[: len(before)]
    scales, steps = blocks[6], blocks[8]
    assert isinstance(scales, Scales)
    assert isinstance(steps, Entries)
    assert (5, 3) == (len(scales.items), len(steps.items))
    assert [
        "Roadmap",
        "The 5 misconceptions",
        "Everything else you could do",
        "Find out first",
        "The studies",
        "All answers",
        "How the score is made, and what it is not",
    ] == [plain(block.content) for block in blocks if isinstance(block, Heading) and block.level == 2]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_misconception_has_a_step_of_its_own_or_says_why_not(
    shipped: Questionnaire, english: Phrases, name: str
) -> None:
    """Below each that steers or is too close to call stands at least one step of the roadmap."""
    text = markdown.render(compose(Report(example(name, shipped)), english), english)

    sections = re.split(r"\n### ", text.split("\n## The 5 misconceptions")[1].split("\n## ")[0])[1:]
    assert 5 == len(sections)
    if name == "sorrel-market":
        assert [] == [each[:40] for each in sections if "\n**Its step" in each]
        return
    heavy = [each for each in sections if "does not steer you" not in each.split("\n\n")[1]]
    assert [] == [each[:40] for each in heavy if "\n**Its step" not in each]


def test_where_one_person_does_it_all_no_department_is_named(
    shipped: Questionnaire, english: Phrases
) -> None:
    """A shop of one is told what to do, not which department should."""
    subject = example("harbour-coffee", shipped)
    sheet = subject.sheet.with_fact("headcount", "just-me")
    alone = Subject(shipped, sheet, assess(shipped, sheet))
    text = "\n".join(lines(compose(Report(alone), english).blocks))

    names = [each.name for each in shipped.departments]
    assert [] == [name for name in names if f"· {name} ·" in text or f"Ask: {name}" in text]


def test_an_empty_sheet_gets_a_report_that_says_what_to_find_out(
    golden: Questionnaire, english: Phrases
) -> None:
    """Without an answer there is no score, no step with an imagined gain, and the way to a score."""
    text = "\n".join(lines(compose(Report(subject_of(golden, {})), english).blocks))

    assert "There are not enough answers yet" in text
    assert "Start with this" not in text
    assert "Find out first" in text


def test_a_guess_that_this_version_no_longer_knows_is_left_out(
    golden: Questionnaire, english: Phrases
) -> None:
    """A sheet of an earlier version may name a misconception that is gone."""
    data = {
        "schema": "smaudit/sheet/1",
        "questionnaire": {"id": "tiny", "version": "0"},
        "guess": {"steering": 1, "most": "gone"},
        "answers": {**GOLDEN_ANSWERS, "old-question": "x"},
    }

    text = "\n".join(lines(compose(Report(subject_of(golden, data)), english).blocks))

    assert "You guessed that 1 of 2 steers you" in text
    assert "old-question" in text


def test_an_alarm_is_explained_where_the_number_says_otherwise(english: Phrases) -> None:
    """An alarm on a low score needs no word about why it steers all the same."""
    data = json.loads(json.dumps(GOLDEN))
    data["questions"][0]["options"][0]["alarm"] = True
    questionnaire = questionnaire_from(data)
    low, high = (
        "\n".join(lines(compose(Report(subject_of(questionnaire, answers)), english).blocks))
        for answers in (
            dict.fromkeys(GOLDEN_ANSWERS, "l0"),
            {**dict.fromkeys(GOLDEN_ANSWERS, "l3"), "q1": "l0", "q2": "l4", "q4": "l4"},
        )
    )

    explained = "It counts as steering because of an alarm"
    assert [(True, False), (True, True)] == [("Alarm" in text, explained in text) for text in (low, high)]


def test_a_questionnaire_with_nothing_but_what_is_required_is_reported(english: Phrases) -> None:
    """No topics, poles, sources, steps or titles: every default serves."""
    bare_data = questionnaire_data(
        [
            {
                "id": f"q{n}",
                "text": f"Question {n}?",
                "weights": {"a": 1},
                "options": [{"id": "no", "text": "No"}, {"id": "yes", "text": "Yes"}],
            }
            for n in range(3)
        ],
        ["a"],
    )
    questionnaire = questionnaire_from(bare_data)
    sheet = sheet_from({"q0": "no", "q1": "yes", "q2": "yes"}, questionnaire)

    document = compose(Report(Subject(questionnaire, sheet, assess(questionnaire, sheet))), english)

    assert "67" in terminal.render(document, english, Surface(20))


def test_where_too_few_own_questions_apply_nothing_is_said_to_be_missing(english: Phrases) -> None:
    """No range of one point, no "yet", and what a score would take."""
    asked = questionnaire_from({**GOLDEN, "rules": {"min_rated": 2}})
    answers = dict.fromkeys(asked.question, "l1") | dict.fromkeys(("q3", "q5"), "not-applicable")
    data = {"schema": "smaudit/sheet/1", "answers": answers}
    told = list(lines(compose(Report(subject_of(asked, data)), english).blocks))

    assert "no score, too few of its own questions apply" in told
    assert any(line.startswith("Too few questions of its own") for line in told)
    assert [] == [line for line in told if "missing" in line or "anywhere from" in line]


@pytest.mark.parametrize(
    ("answer", "said"),
    [("dont-know", "Nobody knew the answer to 1 question."), (None, "1 answer is missing or not known.")],
)
def test_what_was_never_answered_is_not_called_unknown_to_all(
    golden: Questionnaire, english: Phrases, answer: str | None, said: str
) -> None:
    """Nobody was heard on a question without an answer; on one with “don't know” somebody was."""
    name = next(iter(GOLDEN_ANSWERS))
    known = {each.id: each.options[0].id for each in golden.questions}
    subject = subject_of(golden, {"schema": "smaudit/sheet/1", "answers": {**known, name: answer}})
    told = "\n".join(lines(compose(Report(subject), english).blocks))

    assert said in told
    assert ("Nobody knew" in told) == (answer == "dont-know")


def test_where_nothing_applies_nothing_is_to_be_found_out(golden: Questionnaire, english: Phrases) -> None:
    """A company to which every question is foreign is not told to answer more of them."""
    answers = dict.fromkeys(golden.question, "not-applicable")
    subject = subject_of(golden, {"schema": "smaudit/sheet/1", "answers": answers})
    told = list(lines(compose(Report(subject), english).blocks))

    assert "Nothing that is asked here applies to this company." in told
    assert [] == [line for line in told if "find out first" in line.lower()]


def test_an_answer_whose_option_is_gone_is_missing(golden: Questionnaire, english: Phrases) -> None:
    """It is counted among the missing ones, and named; its question is not said to be asked no longer."""
    made = {"id": golden.id, "version": "0"}
    data = {
        "schema": "smaudit/sheet/1",
        "questionnaire": made,
        "answers": {**GOLDEN_ANSWERS, "q1": "renamed"},
    }
    told = " ".join(lines(compose(Report(subject_of(golden, data)), english).blocks))

    assert "1 not known · 1 gone with an earlier version" in told
    assert "no such question or no such option: q1." in told
