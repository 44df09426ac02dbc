"""`smaudit compare`: what it prints, what it refuses, its gate, two folders, and how a change is drawn."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import html5lib
import pytest
from conftest import (
    GOLDEN,
    GOLDEN_ANSWERS,
    ROOT,
    present,
    question,
    questionnaire_data,
    questionnaire_from,
    sheet_from,
)
from hypothesis import given, settings
from page_support import HOSTILE, dates_of, lines
from test_compare import SEEDS, made, pair_of

from smaudit.core.compare import compare as compare_dates
from smaudit.core.compare_many import paired
from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import OVERALL
from smaudit.core.sheet import Sheet
from smaudit.errors import Exit
from smaudit.language.phrases import Phrases
from smaudit.language.text import plain
from smaudit.planning.then import compare
from smaudit.report.blocks import Journey, Paragraph, Stop
from smaudit.report.draw import html
from smaudit.report.draw.journeys import journey_bar, journey_picture, panel
from smaudit.report.numbers import balanced
from smaudit.report.results import Compared
from smaudit.report.tell.compare_words import sums_of

EXAMPLES = ROOT / "examples"
THEN, NOW, LATER = (EXAMPLES / f"harbour-coffee{each}.json" for each in ("", ".february", ".may"))
Smaudit = Callable[..., Any]
FORMATS = ("text", "markdown", "html", "json")


def changed(path: Path, file: Path, **more: Any) -> Path:
    """A copy of a sheet with other fields; answers are added to those that there are."""
    data = json.loads(path.read_text("utf-8"))
    answers = {**data["answers"], **more.pop("answers", {})}
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps({**data, **more, "answers": answers}), "utf-8")
    return file


def told(done: Any) -> str:
    """What was printed, on one line."""
    return " ".join(done.stdout.decode().split())


def said(done: Any) -> str:
    """What was said on standard error, on one line."""
    return " ".join(done.stderr.decode().split())


def test_the_document_is_that_of_the_library(smaudit: Smaudit, shipped: Questionnaire) -> None:
    """The JSON on standard output is the result's own, in any language."""
    sheets = [sheet_from(json.loads(each.read_text("utf-8")), shipped) for each in (THEN, NOW)]
    found = json.loads(json.dumps(compare(shipped, sheets).to_dict()))

    for language in ("en", "ar"):
        document = json.loads(smaudit("compare", THEN, NOW, "--format", "json", "--lang", language).stdout)
        for each in (*document["sheets"], *found["sheets"]):
            each["sha256"] = None
        assert found == document


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("format_", FORMATS)
def test_no_name_or_evidence_is_left_without_names(
    smaudit: Smaudit, tmp_path: Path, format_: str, language: str
) -> None:
    """Neither the company, nor who answered, nor what shows an answer, nor a hash."""
    sheets = []
    for number, path in enumerate((THEN, NOW)):
        data = json.loads(path.read_text("utf-8"))
        for name, answer in data["answers"].items():
            choice = answer if isinstance(answer, str) else answer["choice"]
            data["answers"][name] = {"choice": choice, "note": "secretnote", "evidence": "secretevidence"}
        data["company"] |= {"name": "Secretcompany", "id": "secretid"}
        data["respondent"]["name"] = f"Secretname{number}"
        sheets.append(tmp_path / f"{number}.json")
        sheets[-1].write_text(json.dumps(data), "utf-8")

    done = smaudit("compare", *sheets, "--format", format_, "--anonymous", "--lang", language)
    hashes = [
        each["sha256"]
        for each in json.loads(smaudit("compare", *sheets, "--format", "json").stdout)["sheets"]
    ]

    shown = done.stdout.decode().lower()
    assert Exit.DONE == done.returncode
    assert [] == [each for each in (*hashes, "secret", "mara") if each in shown]


def test_the_same_sheet_twice_is_no_change(smaudit: Smaudit) -> None:
    """It says so, draws no arrow, and lists no answer."""
    shown = told(smaudit("compare", THEN, THEN))

    assert "Nothing has changed." in shown
    assert "Every answer is the same, and counts the same." in shown
    assert "›" not in shown


def test_sheets_of_different_companies_are_refused(smaudit: Smaudit, tmp_path: Path) -> None:
    """Exit 3, one sentence that names both files, nothing on standard output."""
    other = changed(NOW, tmp_path / "other.json", company={"name": "Apex"})

    done = smaudit("compare", THEN, other)

    assert (Exit.REFUSED, b"") == (done.returncode, done.stdout)
    assert "harbour-coffee.json and" in said(done)
    assert "other.json are of different companies." in said(done)


def test_dates_are_compared_in_their_order_whatever_the_order_of_the_files(smaudit: Smaudit) -> None:
    """Given the wrong way round, improvement is still improvement, and it is said."""
    forth, back = smaudit("compare", THEN, NOW), smaudit("compare", NOW, THEN)

    assert forth.stdout == back.stdout
    assert ("", "The sheets are compared in the order of their dates.") == (said(forth), said(back))


def test_a_sheet_of_another_person_and_depth_is_said(smaudit: Smaudit, tmp_path: Path) -> None:
    """What they see differently looks like change; a full sheet is compared as a quick one."""
    other = changed(NOW, tmp_path / "o.json", depth="full", respondent={"name": "Jo", "department": "sales"})

    shown = told(smaudit("compare", THEN, other))

    assert "The dates were answered by different people." in shown
    assert "The dates differ in depth, and are compared as quick checks." in shown
    assert "quick check · " in shown


@pytest.mark.parametrize(
    ("gate", "code", "sentence"),
    [
        ("0", 0, ""),
        (
            "instant-roi=3",
            1,
            "(Harbour Coffee): instant-roi: practice fell by 3.6 points, which is more than 3.",
        ),
        ("instant-roi=4", 0, ""),
        ("it-is-free=0", 0, ""),
    ],
)
def test_a_fall_beyond_the_gate_ends_with_1(smaudit: Smaudit, gate: str, code: int, sentence: str) -> None:
    """By practice alone, of the overall or of one misconception; the report is printed all the same."""
    done = smaudit("compare", THEN, NOW, "--fail-if-worse", gate)

    assert (code, True) == (done.returncode, said(done).endswith(sentence))
    assert b"4 of 5 have really risen." in done.stdout


def test_the_gate_is_held_by_the_latest_date_against_the_one_before(smaudit: Smaudit) -> None:
    """What fell earlier and rose again since fails nothing."""
    assert Exit.BELOW == smaudit("compare", THEN, NOW, "--fail-if-worse", "instant-roi=3").returncode
    assert Exit.DONE == smaudit("compare", THEN, NOW, LATER, "--fail-if-worse", "instant-roi=3").returncode


def test_what_cannot_be_told_counts_as_worse(smaudit: Smaudit, tmp_path: Path) -> None:
    """A later sheet without answers."""
    empty = tmp_path / "empty.json"
    empty.write_text('{"schema": "smaudit/sheet/1", "answers": {}}')

    done = smaudit("compare", THEN, empty, "--fail-if-worse", "5", "--quiet")
    loud = smaudit("compare", THEN, empty, "--fail-if-worse", "5")

    assert (Exit.BELOW, "") == (done.returncode, said(done))
    assert "overall: no change in practice can be told, which counts as worse than 5." in said(loud)
    assert "There is no score on both dates" in told(loud)


OWN = questionnaire_data(
    [question(f"q{number}", {"a": 2} if number % 2 else {"b": 2}) for number in range(8)], version="2"
)


def write_own(folder: Path, **old: Any) -> tuple[Path, Path, list[Path]]:
    """A questionnaire, an earlier version of it with another text of q1, and a sheet for each."""
    new, before = folder / "own.yaml", folder / "old.yaml"
    new.write_text(json.dumps(OWN))
    questions = [dict(each) for each in OWN["questions"]]
    questions[1]["text"] = "q1, as it was once put?"
    before.write_text(json.dumps({**OWN, "version": "1", "questions": questions, **old}))
    sheets = []
    for version, level in (("1", 1), ("2", 2)):
        sheets.append(folder / f"{version}.json")
        answers = {f"q{number}": f"l{level}" for number in range(8)}
        made_for = {"id": "tiny", "version": version}
        sheets[-1].write_text(
            json.dumps({"schema": "smaudit/sheet/1", "questionnaire": made_for, "answers": answers})
        )
    return new, before, sheets


def test_an_earlier_questionnaire_tells_which_texts_changed(smaudit: Smaudit, tmp_path: Path) -> None:
    """Without it questions are matched by their ids, and the way out is named; with it q1 is counting."""
    new, before, sheets = write_own(tmp_path)

    without = told(smaudit("compare", *sheets, "--questionnaire", new))
    with_it = told(smaudit("compare", *sheets, "--questionnaire", new, "--before", before))

    assert "questions are matched by their ids. Give the earlier questionnaire with --before." in without
    assert "Worded anew, and so not compared as practice: q1?." in with_it
    assert "--before" not in with_it
    assert "(1, 2); all are scored with version 2." in with_it


def test_an_earlier_version_of_another_questionnaire_is_refused(smaudit: Smaudit, tmp_path: Path) -> None:
    """Exit 2, and both are named."""
    new, before, sheets = write_own(tmp_path, id="other")

    done = smaudit("compare", *sheets, "--questionnaire", new, "--before", before)

    assert Exit.USAGE == done.returncode
    assert "old.yaml and tiny do not go together." in said(done)


def test_an_earlier_version_of_the_built_in_one_is_known_by_its_history(
    smaudit: Smaudit, tmp_path: Path
) -> None:
    """A sheet made for version 1.0.0 is compared by its digests, and nothing needs to be given."""
    document = json.loads(smaudit("compare", THEN, NOW, "--format", "json").stdout)
    unknown = changed(THEN, tmp_path / "u.json", questionnaire={"id": document["questionnaire"]["id"]})

    other = json.loads(smaudit("compare", unknown, NOW, "--format", "json").stdout)

    assert document["whole"]["versions"]["texts"] in {"same-version", "compared"}
    assert "not-compared" == other["whole"]["versions"]["texts"]


def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders: a company under two names, one under one, one that is damaged, and two that are alone."""
    then, now = tmp_path / "june", tmp_path / "november"
    profile = json.loads(THEN.read_text("utf-8"))["company"]["profile"]
    keyed: dict[str, Any] = {"name": "Acme", "id": "7", "profile": profile}
    changed(THEN, then / "acme.json", company=keyed)
    changed(NOW, now / "acme-new-name.json", company={**keyed, "name": "Acme Ltd"})
    changed(THEN, then / "harbour.json")
    changed(THEN, now / "harbour.json", date="2027-01-01")
    (then / "broken.json").write_bytes(THEN.read_bytes()[:500])
    changed(THEN, then / "left.json", company={"name": "Left"})
    changed(THEN, now / "joined.json", company={"name": "Joined"})
    changed(THEN, then / "same-name.json", company={"name": "One"})
    changed(THEN, now / "same-name.json", company={"name": "Other"})
    return then, now


def test_two_folders_make_a_row_for_each_company_by_its_key_else_its_file(
    smaudit: Smaudit, tmp_path: Path
) -> None:
    """The most risen first; whatever has no counterpart is named with why, a damaged sheet ends with 3."""
    done = smaudit("compare", *folders(tmp_path), "--format", "json")

    document = json.loads(done.stdout)
    assert Exit.REFUSED == done.returncode
    assert [("Acme Ltd", "7", 4), ("Harbour Coffee", None, 0)] == [
        (each["company"], each["id"], each["risen"]) for each in document["companies"]
    ]
    assert {
        ("then", "broken.json", "refused"),
        ("then", "left.json", "alone"),
        ("now", "joined.json", "alone"),
        ("then", "same-name.json", "other-company"),
        ("now", "same-name.json", "other-company"),
    } == {(each["folder"], each["file"], each["why"]) for each in document["not_compared"]}
    assert "broken.json was refused" in said(done)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
def test_two_folders_are_told_in_every_format(
    smaudit: Smaudit, tmp_path: Path, format_: str, language: str
) -> None:
    """Every company and every sheet without a row stands in it; without names neither does."""
    pair = folders(tmp_path)

    done = smaudit("compare", *pair, "--format", format_, "--lang", language, "--quiet")
    nameless = smaudit("compare", *pair, "--format", format_, "--lang", language, "--quiet", "--anonymous")

    shown = done.stdout.decode()
    assert [] == [
        each for each in ("Acme Ltd", "Harbour Coffee", "left", "joined", "broken") if each not in shown
    ]
    assert [] == [
        each for each in ("Acme", "Harbour", "left.json", "joined") if each in nameless.stdout.decode()
    ]
    assert b"" == done.stderr


def test_the_gate_of_two_folders_names_the_file(smaudit: Smaudit, tmp_path: Path) -> None:
    """Each company that fell is named; nothing was refused, so it ends with 1."""
    then, now = tmp_path / "june", tmp_path / "november"
    changed(NOW, then / "a.json")
    changed(THEN, now / "a.json")

    done = smaudit("compare", then, now, "--fail-if-worse", "5")

    assert Exit.BELOW == done.returncode
    assert "november/a.json (Harbour Coffee): overall: practice fell by" in said(done)


def test_two_sheets_of_one_folder_with_one_key_are_told_and_not_guessed(golden: Questionnaire) -> None:
    """Which of them is meant nobody knows; a name never decides between them."""
    sheet = made(golden, GOLDEN_ANSWERS, company={"id": "7"})
    plain_sheet = made(golden, GOLDEN_ANSWERS)

    found = paired({"a": sheet, "b": sheet, "c": plain_sheet}, {"a": sheet, "c": plain_sheet})

    assert (("c", "c"),) == found.pairs
    assert {("then", "a", "twice"), ("then", "b", "twice"), ("now", "a", "alone")} == {
        tuple(each[:3]) for each in found.left
    }


@given(SEEDS)
@settings(deadline=None, max_examples=150)
def test_printed_numbers_add_up(seed: int) -> None:
    """Then + practice + counting is now, and the items of each are its sum, to the printed tenth."""
    questionnaire, then, now = pair_of(seed)
    whole = compare_dates(questionnaire, [then, now]).whole

    for move in (*whole.misconceptions, whole.overall):
        found = sums_of(move, whole)
        if found is None:
            continue
        assert found.now == found.then + found.matched + found.composition
        kinds = {each.question: each.kind == "practice" for each in whole.answers}
        for is_practice, total in ((True, found.matched), (False, found.composition)):
            own = [part for name, part in found.questions.items() if kinds.get(name, False) == is_practice]
            assert total == sum(own, Fraction())
        if move.id != OVERALL:
            exact = {each.question: each.points.get(move.id) for each in whole.answers}
            assert all(
                abs((exact[name] or 0) - part) < Fraction(1, 2) for name, part in found.questions.items()
            )


def test_parts_of_either_sign_add_up_whichever_way_the_total_was_rounded() -> None:
    """Parts of 0 get nothing."""
    parts = [Fraction(1, 3), Fraction(0), Fraction(-1, 7), Fraction(1, 30)]

    for tenths in (1, 2, 3):
        printed = balanced(parts, Fraction(tenths, 10), 1)
        assert [Fraction(tenths, 10), 0] == [sum(printed, Fraction()), printed[1]]


def headline(asked: Questionnaire, sheets: list[Sheet], phrases: Phrases) -> str:
    """The headline of a comparison."""
    document = Compared(asked, compare(asked, sheets)).compose(phrases)
    lead = next(each for each in document.blocks if isinstance(each, Paragraph) and each.kind == "lead")
    return plain(lead.content)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((1, 1, 1, 1), "Nothing has changed."),
        ((3, 1, 3, 1), "2 of 2 have really risen."),
        ((1, 1, 3, 1), "1 of 2 has really risen."),
        ((0, 1, 1, 1), "1 of 2 has really fallen."),
        ((3, 1, 0, 1), "Of 2, 1 have really risen and 1 have really fallen."),
    ],
)
def test_the_headline_counts_what_is_real(english: Phrases, levels: tuple[int, ...], expected: str) -> None:
    """Risen, fallen, both, or nothing."""
    asked = questionnaire_from(OWN)
    now = [f"l{levels[0] if number % 2 else levels[2]}" for number in range(8)]
    sheets = [
        made(asked, {f"q{number}": "l1" for number in range(8)}, "2"),
        made(asked, {f"q{number}": level for number, level in enumerate(now)}, "2"),
    ]

    assert expected == headline(asked, sheets, english)


def test_a_change_within_the_noise_is_no_headline(english: Phrases) -> None:
    """One answer, one option up."""
    asked = questionnaire_from(OWN)
    answers = {f"q{number}": "l1" for number in range(8)}

    shown = headline(asked, [made(asked, answers, "2"), made(asked, {**answers, "q1": "l2"}, "2")], english)

    assert "No real change is shown yet." == shown


def test_what_could_be_hidden_reads_as_it_was_agreed(english: Phrases) -> None:
    """Practice, how many open questions could hide how much, and that no progress is shown."""
    questions = [question(f"q{each}", {"a": 6 if each == 6 else 1}) for each in range(7)]
    asked = questionnaire_from(questionnaire_data(questions, ["a"]))
    sheets = [made(asked, {f"q{each}": level for each in range(6)}) for level in ("l1", "l2")]

    document = Compared(asked, compare(asked, sheets)).compose(english)

    shown = [plain(each) for each in lines(document.blocks)]
    wanted = "practice +33.4, 1 open question could hide 100 points, no progress shown yet"
    assert any(wanted in each for each in shown)


def stop(score: int | None, worst: int | None = None, best: int | None = None) -> Stop:
    """A score at a date."""
    ends = [score if each is None else each for each in (worst, best)]
    exact = [None if each is None else Fraction(each) for each in (score, *ends)]
    return Stop((), exact[0], exact[1], exact[2], "open")


def journey(*stops: Stop, real: tuple[bool, ...] = (True,)) -> Journey:
    """A journey without words."""
    return Journey((), (), (), (), stops, real)


@pytest.mark.parametrize(
    ("found", "drawn"),
    [
        (journey(stop(10), stop(90)), "·┃━━│━━━━›●"),
        (journey(stop(90), stop(10)), "·●‹━│━━━━━┃"),
        (journey(stop(10), stop(90), real=(False,)), "·┃···│···●·"),
        (journey(stop(50), stop(50), real=(False,)), "·····●·····"),
        (journey(stop(None), stop(90), real=(False,)), "·····│···●·"),
    ],
)
def test_a_journey_in_cells_has_an_arrow_only_where_it_is_real(found: Journey, drawn: str) -> None:
    """A tick for then, a disc for now, the line at 50."""
    bar = journey_bar(found, 11)

    assert ("›" in bar or "‹" in bar) == found.real[-1]
    assert len(drawn) == len(bar)
    assert bar.index("●") == int((found.stops[-1].score or 0) * 11 / 100)


def test_a_journey_is_mirrored_from_right_to_left() -> None:
    """Every place is 100 less itself, and the arrow leads the other way."""
    found = journey(stop(20, 10, 40), stop(80))

    ltr, rtl = journey_picture(found, "ltr"), journey_picture(found, "rtl")

    for name in ("then", "now"):
        one, other = present(getattr(ltr, name)), present(getattr(rtl, name))
        assert round(100 - one.x, 2) == other.x
    assert (False, True) == (ltr.is_back, rtl.is_back)
    assert (round(100 - ltr.first, 2), round(100 - ltr.last, 2)) == (rtl.last, rtl.first)


def test_a_panel_joins_dates_that_have_a_score() -> None:
    """The first date stands where reading begins; a date without a score leaves a gap."""
    found = journey(stop(20), stop(None), stop(40), stop(60, 50, 70), real=(False, False, True))

    ltr, rtl = panel(found, "ltr"), panel(found, "rtl")

    assert ([9, round(9 + 82 * 2 / 3, 2), 91], [True]) == (
        [each.x for each in ltr.points],
        [each.is_real for each in ltr.ways],
    )
    assert [round(100 - each.x, 2) for each in ltr.points] == [each.x for each in rtl.points]
    assert (30, 50) == (ltr.points[-1].top, ltr.points[-1].bottom)


@pytest.mark.parametrize("count", [2, 4])
def test_the_page_is_valid_and_holds_hostile_text_as_text(
    shipped: Questionnaire, english: Phrases, count: int
) -> None:
    """No element, no style and no address comes from what was typed."""
    compared = dates_of(shipped, count)

    page = html.render(compared.compose(english), english)

    html5lib.HTMLParser(strict=True).parse(page)
    assert "<script" not in page
    assert not re.search(r"<[^>]+ style=", page)
    assert HOSTILE[:20] not in page


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("sheets", [(THEN, NOW), (THEN, NOW, LATER)])
def test_the_pdf_holds_what_the_text_says(
    smaudit: Smaudit, tmp_path: Path, sheets: tuple[Path, ...], language: str
) -> None:
    """One of each language and number of dates is drawn, and tagged."""
    file = tmp_path / "c.pdf"

    done = smaudit("compare", *sheets, "-o", file, "--lang", language)

    assert (Exit.DONE, b"%PDF") == (done.returncode, file.read_bytes()[:4])
    assert b"/MarkInfo" in file.read_bytes()


def test_a_result_is_not_written_over_a_sheet_or_the_earlier_questionnaire(
    smaudit: Smaudit, tmp_path: Path
) -> None:
    """Whichever of them: exit 2, and it stays as it was."""
    new, before, sheets = write_own(tmp_path)
    for target in (sheets[0], before):
        kept = target.read_bytes()
        done = smaudit(
            *(
                "compare",
                *sheets,
                "--questionnaire",
                new,
                "--before",
                before,
                "--format",
                "json",
                "-o",
                target,
            )
        )
        assert (Exit.USAGE, kept) == (done.returncode, target.read_bytes())


def test_one_of_the_sheets_may_be_standard_input(smaudit: Smaudit) -> None:
    """One comes through a pipe; two cannot."""
    done = smaudit("compare", THEN, "-", "--format", "json", stdin=NOW.read_bytes())

    assert (Exit.DONE, 2) == (done.returncode, len(json.loads(done.stdout)["sheets"]))
    assert Exit.USAGE == smaudit("compare", "-", "-", stdin=NOW.read_bytes()).returncode


def test_the_golden_example_in_print(english: Phrases) -> None:
    """A: 50.0, +8.3 or 8.4 in practice, counting the rest, 54.8."""
    asked = questionnaire_from(GOLDEN)
    sheets = [made(asked, GOLDEN_ANSWERS), made(asked, {**GOLDEN_ANSWERS, "q2": "l2", "q5": "l1"})]
    whole = compare(asked, sheets).whole

    found = sums_of(whole.misconceptions[0], whole)

    assert found is not None
    assert (Fraction(50), Fraction("54.8")) == (found.then, found.now)
    assert found.matched in {Fraction("8.3"), Fraction("8.4")}
