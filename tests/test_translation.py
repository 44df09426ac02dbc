"""A questionnaire in another language: gaps are named, and the original stands in."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from conftest import GOLDEN, ROOT, Data, Program, present, question, questionnaire_data, questionnaire_from

from smaudit.core.questionnaire import Question, Questionnaire
from smaudit.errors import Exit
from smaudit.files.load import as_json
from smaudit.language.translation import Translation, gaps, read_translation, text_hash, texts, translated

EXAMPLE = ROOT / "examples" / "tidewell-valves.json"


def translation_data(questionnaire: Questionnaire, **changed: dict[str, str] | None) -> Data:
    """The data of a complete translation in which every text stands in brackets, but for what is changed."""
    told: dict[str, dict[str, str] | None] = {
        path: {"of": text_hash(text), "text": f"[{text}]"} for path, text in texts(questionnaire).items()
    }
    told |= changed
    return {
        "schema": "smaudit/translation/1",
        "id": questionnaire.id,
        "language": "xx",
        "texts": {path: text for path, text in told.items() if text},
    }


def translation_of(questionnaire: Questionnaire, **changed: dict[str, str] | None) -> Translation:
    """The translation in that data."""
    translation, problems = read_translation(translation_data(questionnaire, **changed), questionnaire)
    assert () == problems
    return present(translation)


def test_a_complete_translation_has_no_gaps(golden: Questionnaire) -> None:
    """Every text with the hash of what it translates: nothing is named."""
    assert () == gaps(golden, translation_of(golden))


def test_the_shipped_translation_is_complete(shipped: Questionnaire) -> None:
    """Every text of the questionnaire has an Arabic one that was made from the text as it is now."""
    path = ROOT / "data" / "misconceptions.ar.yaml"
    from smaudit.files.load import load_translation

    assert () == gaps(shipped, load_translation(str(path), shipped))


def test_a_missing_text_is_named(golden: Questionnaire) -> None:
    """With its path, and the hash to write beside the new text."""
    (found,) = gaps(golden, translation_of(golden, **{"questions.q2.text": None}))

    assert ("problem.translation-missing", "questions.q2.text", text_hash("q2?")) == (
        found.message.phrase,
        found.message.values["path"],
        found.message.values["hash"],
    )


def test_a_stale_text_is_named(golden: Questionnaire) -> None:
    """A text that was made from an earlier original, at the place of its hash."""
    stale = {"of": text_hash("q2, as it was?"), "text": "[q2]"}

    (found,) = gaps(golden, translation_of(golden, **{"questions.q2.text": stale}))

    assert (("texts", "questions.q2.text", "of"), "problem.translation-stale") == (
        found.place,
        found.message.phrase,
    )


def test_a_superfluous_text_is_named(golden: Questionnaire) -> None:
    """A text whose path names nothing."""
    (found,) = gaps(golden, translation_of(golden, **{"questions.q99.text": {"of": "0", "text": "[q99]"}}))

    assert (("texts", "questions.q99.text"), "problem.translation-superfluous") == (
        found.place,
        found.message.phrase,
    )


def test_the_original_stands_in_for_what_is_missing_or_stale(golden: Questionnaire) -> None:
    """Neither gap is an error where people read; everything else is translated."""
    stale = {"of": "00000000", "text": "[old]"}
    changed = {"questions.q1.text": None, "questions.q2.text": stale}

    found = translated(golden, translation_of(golden, **changed))

    assert ["q1?", "q2?", "[q3?]", "xx"] == [
        found.question["q1"].text,
        found.question["q2"].text,
        found.question["q3"].text,
        found.language,
    ]


def test_only_words_are_translated(golden: Questionnaire) -> None:
    """Ids, weights, values and steps' efforts are those of the original."""
    found = translated(golden, translation_of(golden))

    def wordless(
        questionnaire: tuple[Question, ...],
    ) -> list[tuple[object, ...]]:
        return [
            (q.id, q.weights, q.values, [o.step and o.step.effort for o in q.options]) for q in questionnaire
        ]

    assert wordless(golden.questions) == wordless(found.questions)


def test_options_shared_by_questions_are_translated_once() -> None:
    """The options of a scale have one path, and every question that names it gets them."""
    scale = question("q1", {"a": 1})["options"]
    asked = [{"id": f"q{n}", "text": "?", "weights": {"a": 1}, "scale": "same"} for n in (1, 2)]
    questionnaire = questionnaire_from(questionnaire_data(asked, ("a",), scales={"same": scale}))

    found = translated(questionnaire, translation_of(questionnaire))

    assert "scales.same.l0.text" in texts(questionnaire)
    assert ["[q1 level 0]"] * 2 == [each.options[0].text for each in found.questions]


def test_a_translation_of_another_questionnaire_is_refused(golden: Questionnaire) -> None:
    """Its texts could be anything."""
    _, problems = read_translation({**translation_data(golden), "id": "other"}, golden)

    assert ["problem.translates-other"] == [each.message.phrase for each in problems]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A questionnaire file of somebody's own, and a sheet for it."""
    (tmp_path / "own.yaml").write_bytes(as_json(GOLDEN))
    (tmp_path / "sheet.json").write_text('{"q1": "l2", "q2": "l1", "q4": "l3"}')
    return tmp_path


def test_the_check_names_gaps_and_the_report_goes_on(
    smaudit: Program, own: Path, golden: Questionnaire
) -> None:
    """`check` refuses a translation with a gap by name; a report shows what there is."""
    data = translation_data(golden, **{"questions.q2.text": None}) | {"language": "ar"}
    (own / "own.ar.yaml").write_bytes(as_json(data))

    checked = smaudit("check", "own.ar.yaml")
    reported = smaudit("report", "sheet.json", "--questionnaire", "own.yaml", "--lang", "ar", "--full")

    assert Exit.REFUSED == checked.returncode
    assert "questions.q2.text" in checked.stderr.decode()
    assert Exit.DONE == reported.returncode
    assert "[q4 level 3]" in reported.stdout.decode()
    assert "q2?" in reported.stdout.decode()


def test_a_questionnaire_without_a_translation_is_shown_as_it_is(smaudit: Program, own: Path) -> None:
    """The program's words are Arabic, the questionnaire's its own, kept apart from their direction."""
    told = smaudit("explain", "q1", "--questionnaire", "own.yaml", "--lang", "ar")

    assert (Exit.DONE, True) == (told.returncode, "q1 level 0" in told.stdout.decode())


def test_the_page_about_translating_is_right(
    smaudit: Program, tmp_path: Path, shipped: Questionnaire
) -> None:
    """The empty translation that it begins with can be checked, and names every text with its hash."""
    page = (ROOT / "docs" / "translating.md").read_text()
    empty = next(block for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if "texts: {}" in block)
    (tmp_path / "misconceptions.xx.yaml").write_text(empty)

    checked = smaudit("check", "misconceptions.xx.yaml").stderr.decode()

    assert f"{len(texts(shipped))} problems" in checked
    assert f"text title is not translated. Add it with of: {text_hash(shipped.title)}." in checked


def test_english_reads_no_translation(tmp_path: Path) -> None:
    """Nothing but another language than the questionnaire's own pays for translations."""
    import subprocess

    code = (
        "import sys\nfrom smaudit.commands.app import main as run\n"
        f"run(['report', {str(EXAMPLE)!r}, '--lang', 'en'])\n"
        "sys.exit('smaudit.language.translation' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=tmp_path, check=False)

    assert 0 == done.returncode
