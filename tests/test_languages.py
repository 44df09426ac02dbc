"""Any language is two files: with whatever code, direction, digits, plurals and punctuation of its own."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Data, Program
from hypothesis import given
from hypothesis import strategies as st
from interview_support import small_questionnaire

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.sheet import Sheet
from smaudit.errors import Exit, Refused, SmauditError
from smaudit.files import places
from smaudit.files.load import as_json, load_questionnaire
from smaudit.files.words import Tongue, languages, load_phrases, tongue
from smaudit.interview import interview
from smaudit.interview.plain import PlainPrompter
from smaudit.language.codes import code_of, from_exact_to_broad
from smaudit.language.plural import is_met, plural_form
from smaudit.language.translation import text_hash, texts
from smaudit.report.draw.formats import formats_of

EXAMPLE = ROOT / "examples" / "tidewell-valves.json"
DIGITS = "۰۱۲۳۴۵۶۷۸۹"


def translated(phrases: Data | str, letter: str) -> Data | str:
    """Phrases with every letter of theirs as this one; what is filled in and options stay."""
    if isinstance(phrases, dict):
        return {key: translated(each, letter) for key, each in phrases.items()}
    kept = [each if each.startswith(("{", "-")) else letter * len(each) for each in phrases.split(" ")]
    return " ".join(kept)


def invented(english: Data, letter: str, **own: dict[str, str] | str) -> Data:
    """The data of a file of phrases in an invented language, whose only letter this is."""
    group = {**english, "phrases": translated(english["phrases"], letter), **own}
    group["phrases"] |= {"number": english["phrases"]["number"], "list": own.pop("list")}
    return {name: part for name, part in group.items() if name != "list"}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of data with two invented languages: one of a region, one that runs to the left."""
    import yaml

    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    text = (folder / "phrases.en.yaml").read_text("utf-8")
    english = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it builds text only
    listed = english["phrases"]["list"]
    made = {
        "pt-BR": invented(english, "ã", list=listed | {"between": " / ", "labelled": "{label} = {text}"}),
        "xr": invented(
            english, "ڤ", list=listed | {"between": " ؛ "}, direction="rtl", digits=DIGITS, plural={}
        ),
    }
    for code, phrases in made.items():
        forms = {*phrases["plural"], "other"}
        (folder / f"phrases.{code}.yaml").write_bytes(as_json(_with_forms(phrases, forms)))
    (folder / "misconceptions.pt-BR.yaml").write_bytes(as_json(_translation(load_questionnaire())))
    monkeypatch.setattr(places, "PLACES", (folder,))
    return folder


def _with_forms(phrases: Data | str, forms: set[str]) -> Data | str:
    """The same with these plural forms, whatever English has."""
    if not isinstance(phrases, dict):
        return phrases
    if {"one", "other"} == set(phrases):
        return dict.fromkeys(forms, phrases["other"])
    return {key: _with_forms(each, forms) for key, each in phrases.items()}


def _translation(questionnaire: Questionnaire) -> Data:
    told = {path: {"of": text_hash(text), "text": f"[{text}]"} for path, text in texts(questionnaire).items()}
    return {
        "schema": "smaudit/translation/1",
        "id": questionnaire.id,
        "language": "pt-BR",
        "texts": told,
    }


@pytest.mark.parametrize("wish", ["pt-BR", "pt_BR", "PT-br", "pt-BR-x-old", "pt_BR.UTF-8"])
def test_a_language_of_a_region_is_spoken(smaudit: Program, data: Path, wish: str) -> None:
    """However its code is written: report, plan, help and errors speak it, the questionnaire with them."""

    def told(*arguments: Path | str) -> str:
        done = smaudit(*arguments, env={"SMAUDIT_LANG": wish})
        return " ".join((done.stdout + done.stderr).decode().split())

    assert "ããã" in told("report", EXAMPLE)
    assert "[What people learn before they reply]" in told("report", EXAMPLE, "--full")
    assert "en / ar / pt-BR / xr" in told("report", "--help")
    assert "text / markdown / html / pdf / svg / json" in told("report", EXAMPLE, "--format", "no")
    assert "[What people learn before they reply]" in told("explain", "training", "--lang", wish)


def test_a_language_with_digits_and_commas_of_its_own_is_spoken(smaudit: Program, data: Path) -> None:
    """To the left, with its own digits in all numbers, and its own comma in lists."""
    reported = smaudit("report", EXAMPLE, "--lang", "xr").stdout.decode()
    western = smaudit("report", EXAMPLE, "--lang", "xr", "--digits", "western").stdout.decode()
    page = smaudit("report", EXAMPLE, "--lang", "xr", "--format", "html").stdout.decode()
    refused = smaudit("report", EXAMPLE, "--lang", "xr", "--format", "no").stderr.decode()

    assert "۲۰۲۶" in reported
    assert "۲۰۲۶" not in western
    assert "2026" in western
    assert '<html lang="xr" dir="rtl" class="own-digits">' in page
    assert 'symbols: "۰" "۱" "۲"' in page
    assert "\u2068text\u2069 ؛ \u2068markdown\u2069" in refused
    assert "ڤڤڤ" in smaudit("--help", env={"SMAUDIT_LANG": "xr"}).stdout.decode()


@pytest.mark.parametrize("language", ["pt-BR", "xr"])
def test_every_format_is_drawn_in_an_invented_language(smaudit: Program, data: Path, language: str) -> None:
    """No renderer knows the languages that there are."""
    for each in formats_of("report"):
        if each.name not in {"pdf", "csv"}:
            done = smaudit("report", EXAMPLE, "--lang", language, "--format", each.name)
            assert (Exit.DONE, b"") == (done.returncode, done.stderr), each.name


@pytest.mark.parametrize(("language", "letter", "number"), [("pt-BR", "ã", "1"), ("xr", "ڤ", "۱")])
def test_an_interview_is_held_in_an_invented_language(
    data: Path, language: str, letter: str, number: str
) -> None:
    """The prompts and the numbers before the options are the language's."""
    shown, phrases = io.TextIOWrapper(io.BytesIO(), "utf-8"), load_phrases(language)
    prompter = PlainPrompter(phrases, io.StringIO("1\n"), shown)

    with pytest.raises(EOFError):
        interview(small_questionnaire(), Sheet(), phrases, prompter, save=lambda _: None, today="2026-11-23")

    prompts = shown.buffer.getvalue().decode()
    assert letter * 3 in prompts
    assert number in prompts


def test_what_a_language_lacks_is_said_in_english(data: Path) -> None:
    """A translation can be used before it is finished."""
    path = data / "phrases.pt-BR.yaml"
    half = json.loads(path.read_text("utf-8"))
    del half["phrases"]["report"]["side"]
    del half["phrases"]["error"]["refused"]["one"]
    path.write_bytes(as_json(half))

    phrases = load_phrases("pt-BR")

    assert "does not steer you" in phrases.text("report.side.free")
    assert "x was refused: 1 problem." == phrases.text("error.refused", file="x", count=1)
    assert "ãã" in phrases.text("error.refused", file="x", count=2)


@pytest.mark.parametrize(
    ("broken", "place", "phrase"),
    [
        ("direction: down\n", ("direction",), "problem.one-of-needed"),
        ("digits: '012'\n", ("digits",), "problem.digits-needed"),
        ("digits: '0123456788'\n", ("digits",), "problem.digits-needed"),
        ("plural: {one: n is 1}\n", ("plural", "one"), "problem.plural-rule-needed"),
        ("plural: {some: n = 1}\n", ("plural", "some"), "problem.unknown-field"),
        ("name: {a: b}\n", ("name",), "problem.text-needed"),
        ("phrases: none\n", ("phrases",), "problem.mapping-needed"),
    ],
)
def test_what_is_wrong_with_a_file_of_phrases_is_told_with_its_line(
    data: Path, broken: str, place: tuple[str, ...], phrase: str
) -> None:
    """Each field by name, at the line of the file as it stands there."""
    fields = {"name": "X\n", "direction": "ltr\n", "plural": "{}\n", "phrases": "{}\n"}
    lines = [f"{name}: {text}" for name, text in fields.items() if not broken.startswith(name)]
    (data / "phrases.fr.yaml").write_text("# French\n" + "".join(lines) + broken, "utf-8")

    with pytest.raises(Refused) as refused:
        load_phrases("fr")

    found = [(each.place, each.message.phrase, each.line) for each in refused.value.problems]
    assert [(place, phrase, 2 + len(lines))] == found


def test_a_line_that_cannot_be_read_is_told_as_it_is_numbered_in_its_file(
    smaudit: Program, data: Path
) -> None:
    """In English, since the words of the language itself cannot be read."""
    path = data / "phrases.ar.yaml"
    lines = path.read_text("utf-8").split("\n")
    number = next(at for at, line in enumerate(lines, start=1) if line.startswith("    fact:"))
    lines[number - 1] = '    fact: "'
    path.write_text("\n".join(lines), "utf-8")

    done = smaudit("report", EXAMPLE, "--lang", "ar")

    assert Exit.REFUSED == done.returncode
    assert b"phrases.ar.yaml was refused" in done.stderr
    told = int(done.stderr.decode().split("line ")[1].split(":")[0])
    assert number <= told <= number + 1


def test_a_language_that_there_is_not_is_refused_with_those_there_are(data: Path) -> None:
    """The code is repeated as it was typed."""
    with pytest.raises(SmauditError) as caught:
        tongue("pt")

    assert {"language": "pt", "allowed": ("en", "ar", "pt-BR", "xr")} == caught.value.message.values


def test_the_surroundings_choose_the_nearest_language(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SMAUDIT_LANG before the locale; a wish that nothing serves is passed over, as the locale C is."""
    for name in ("SMAUDIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def chosen(**surroundings: str) -> Tongue:
        with monkeypatch.context() as patch:
            for name, value in surroundings.items():
                patch.setenv(name, value)
            return tongue()

    assert Tongue("en", "en") == chosen()
    assert Tongue("en", "en") == chosen(LANG="C.UTF-8")
    assert Tongue("pt-BR", "pt-BR") == chosen(LANG="pt_BR.UTF-8")
    assert Tongue("en", "en") == chosen(LANG="pt_PT.UTF-8")
    assert Tongue("ar-EG", "ar") == chosen(LANG="ar_EG@euro", LC_ALL="fr_FR")
    assert Tongue("xr-Latn", "xr") == chosen(SMAUDIT_LANG="xr_latn", LANG="ar")
    assert Tongue("en", "en") == chosen(SMAUDIT_LANG="../../etc")


def test_a_translation_of_a_language_serves_its_regions(tmp_path: Path) -> None:
    """The nearest one beside the questionnaire is taken; that of its own language is the original."""
    original = load_questionnaire()
    shutil.copy(ROOT / "data" / "misconceptions.yaml", tmp_path / "own.yaml")

    def title(language: str) -> str:
        return load_questionnaire(tmp_path / "own.yaml", language).title

    def translate(code: str, mark: str) -> None:
        told = _translation(original)
        told["language"] = code
        told["texts"]["title"]["text"] = mark
        (tmp_path / f"own.{code}.yaml").write_bytes(as_json(told))

    translate("pt", "in Portuguese")
    assert ["in Portuguese", "in Portuguese"] == [title("pt-BR"), title("pt_PT")]
    translate("pt-BR", "in Brazil")
    assert ["in Brazil", "in Portuguese"] == [title("pt-br"), title("pt_PT")]
    assert [original.title, original.title] == [title("en-GB"), title("fr")]


@given(st.text(max_size=12))
def test_a_code_stays_what_it_is_and_never_leads_out_of_a_folder(wish: str) -> None:
    """Whatever is wished for: nothing, or letters, digits and hyphens that are written the same again."""
    code = code_of(wish)

    assert code is None or (code == code_of(code) and code.replace("-", "").isalnum() and code.isascii())


def test_codes_are_written_as_usual_and_shortened_from_their_end() -> None:
    """Scripts with a capital, regions in capitals, all else in small letters."""
    assert ["zh-Hant-TW", "sr-Latn", "es-419", None, None] == [
        code_of(each) for each in ("ZH_hant_tw", "sr_latn", "es-419", "", "a/b")
    ]
    assert ["zh-Hant-TW", "zh-Hant", "zh"] == list(from_exact_to_broad("zh-Hant-TW"))


ARABIC = ["zero", "one", "two", *["few"] * 8, *["many"] * 89, *["other"] * 3, *["few"] * 8, "many"]
"""The forms of 0 to 111 in Arabic, as Unicode's CLDR has them."""


@pytest.mark.parametrize(("language", "forms"), [("en", ["other", "one", *["other"] * 110]), ("ar", ARABIC)])
def test_every_number_takes_its_plural_form(language: str, forms: list[str]) -> None:
    """From 0 to 111, where both languages have gone through all their forms."""
    phrases = load_phrases(language)

    assert forms == [plural_form(phrases.plural, count) for count in range(112)]


@pytest.mark.parametrize(
    ("rule", "met"),
    [
        ("v = 0 and i % 10 = 1 and i % 100 != 11", [1, 21, 101]),
        ("v = 0 and i % 10 = 2..4 and i % 100 != 12..14", [2, 3, 4, 22, 23, 102, 104]),
        ("n % 10 = 3..4,9 and n % 100 != 10..19,70..79,90..99", [3, 4, 9, 23, 104]),
        ("i = 0,1 or f != 0", [0, 1]),
        ("e = 0 and i != 0 and i % 1000000 = 0 and v = 0 or e != 0..5", [1_000_000]),
    ],
)
def test_rules_are_read_as_unicode_writes_them(rule: str, met: list[int]) -> None:
    """Rules of Russian, Polish, Breton, French and Spanish as CLDR has them; all are of whole numbers."""
    numbers = [0, 1, 2, 3, 4, 9, 11, 12, 14, 21, 22, 23, 70, 101, 102, 104, 111, 1_000_000]

    assert met == [number for number in numbers if is_met(rule, number)]


@pytest.mark.parametrize(
    "rule", ["", "n", "n = ", "n == 1", "n = 1..", "x = 1", "n = 1 and", "n = 1 or n is 2"]
)
def test_what_is_no_rule_is_refused(rule: str) -> None:
    """Also where the part before it would decide."""
    with pytest.raises(ValueError):  # noqa: PT011 - it is told by its place
        is_met(rule, 1)


def test_english_comes_first_among_the_languages() -> None:
    """It is the one that stands in; the others follow by their codes."""
    assert ("en", "ar") == languages()


def test_only_the_words_of_the_language_that_is_shown_are_read(smaudit: Program, data: Path) -> None:
    """A run pays for one language, and for none at all where it shows no words."""
    for code in ("ar", "xr"):
        (data / f"phrases.{code}.yaml").write_text("no: [file", "utf-8")

    assert Exit.DONE == smaudit("report", EXAMPLE, "--lang", "pt-BR").returncode
    assert Exit.DONE == smaudit("report", EXAMPLE, "--lang", "xr", "--format", "json").returncode
