"""Arabic: everything a person meets is Arabic, reads from right to left, and gives the same numbers."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import ROOT, Program, present

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.subject import Subject
from smaudit.errors import Exit
from smaudit.files.load import load_questionnaire, load_sheet
from smaudit.files.streams import Surface
from smaudit.files.words import load_phrases
from smaudit.interview.terminal import screen
from smaudit.language.digits import DIGITS, WESTERN, written_in
from smaudit.language.direction import isolated, led, turned
from smaudit.language.phrases import Phrases
from smaudit.language.text import value
from smaudit.language.translation import texts
from smaudit.planning import assess
from smaudit.report.blocks import Document, Paragraph
from smaudit.report.draw import text as terminal
from smaudit.report.draw.formats import format_for
from smaudit.report.results import Report

EXAMPLES = ROOT / "examples"
COMMANDS = ("assess", "report", "plan", "form", "import", "template", "check", "explain", "schema")
COMMANDS = ("assess", "report", "plan", "form", "portfolio", "template", "check", "explain", "schema")
COMPANIES = ("harbour-coffee", "tidewell-valves", "rowan-dental")
NAMES = {
    "Gartner",
    *("Twitter", "Facebook", "Instagram", "Meta", "Goya", "Bud", "Light", "Centrale", "Danone", "Maersk"),
    *("Line", "Domino's", "Cornell", "ICMI", "WhatsApp", "TikTok", "X", "Ogilvy", "Air", "Canada"),
    *("GDPR", "paracrisis"),
}
"""Names and terms in the questionnaire that stay as their owners write them."""
TECHNICAL = {
    *("smaudit", "pip", "install", "assess", "report", "template", "explain", "JSON", "PDF", "UTF-8", "KiB"),
    *("SHA-256", "YAML", "NaN", "Infinity", "null", "true", "false", "dont-know", "of", "by", "year", "url"),
    *("caution", "step", "belief", "poles", "reality", "sources", "applies_if", "training", "efforts"),
    *("ruled_out", "pdf", "html", "report.html", "SHEET", "FILE", "NAME", "NUMBER", "QUESTION", "OPTION"),
    *(
        "department",
        "depth",
        "full",
        "XLSForm",
        "forms",
        "tables",
        "form.html",
        "form.xlsx",
        "KoboToolbox",
        "ODK",
    ),
    *("Enter", "Ctrl-N", "Ctrl-E", "Ctrl-C", "Ctrl-B", "name", "o", "fail-under", "for", "budget", "what-if"),
    *("Markdown", "effort", "without", "target", "ud800", "ID", "N", "NAME=N", "en", "ar", "auto"),
    *(
        "sheet",
        "assessment",
        "questionnaire",
        "plan",
        "team",
        "comparison",
        "comparisons",
        "portfolio-row",
        "portfolio-answer",
        "portfolio-table",
        "clients",
        "json",
        "jsonl",
        "csv",
        "portfolio",
        "scores",
        "scores.csv",
        "headcount",
        "each",
        "quick",
        "format",
        "lang",
        "HTML",
        "DIR",
        "FACT",
        "PATH",
        "by",
        "check",
        "all",
        "min_rated",
        "rules",
        "western",
        "arabic",
        "CLDR",
        "n",
        "was",
    ),
    "company.id",
    "example",
    "form",
    "json",
    "format",
    "markdown",
    "SMAUDIT_LANG",
    "HTML",
    "md",
    "txt",
    # What exports answers, the endings of tables, and the words of a map.
    *("Google", "Microsoft", "Forms", "LimeSurvey", "import", "csv", "tsv", "xls", "xlsx", "jsonl"),
    *("yes", "map", "company", "columns", "cells", "keep", "ignore", "date", "new.yaml", "docs"),
    "colleagues.md",
}
"""Commands, options, keys, names of fields and formats: they are the same in every language."""
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9'_.-]*(?<![.'-])")


def latin_words(text: str, allowed: set[str]) -> set[str]:
    """The Latin words of a text but for those allowed, values that were filled in, and addresses."""
    text = re.sub("\u2068[^\u2069]*\u2069", " ", text)
    text = re.sub(r"https?://\S+", " ", text)
    return set(LATIN.findall(text)) - allowed


@pytest.fixture(scope="module")
def arabic() -> Phrases:
    """The program's own words in Arabic."""
    return load_phrases("ar")


@pytest.fixture(scope="module")
def translated() -> Questionnaire:
    """The questionnaire in Arabic."""
    return load_questionnaire(None, "ar")


def test_every_text_of_the_questionnaire_is_arabic(translated: Questionnaire, shipped: Questionnaire) -> None:
    """No Latin words but names; no text but a bare number is the English one."""
    english = texts(shipped)
    for path, text in texts(translated).items():
        assert set() == latin_words(text.replace("{company}", ""), NAMES), path
        assert text != english[path] or not re.search("[A-Za-z]", text), path
        assert "\u0600" <= max(text, default="") or not text.strip("0123456789 "), path


def test_every_phrase_is_arabic(arabic: Phrases) -> None:
    """No Latin words but commands, options, keys, fields and formats, in any form of any phrase."""
    for key, phrase in arabic.by_key.items():
        for form in [phrase] if isinstance(phrase, str) else phrase.values():
            assert set() == latin_words(re.sub(r"\{[a-z_]+\}", "", form), TECHNICAL), key


def test_texts_are_typed_as_arabic_is(arabic: Phrases, translated: Questionnaire) -> None:
    """Arabic commas, semicolons and question marks; no marks that steer, no stray Persian letters."""
    every = list(texts(translated).values())
    for phrase in arabic.by_key.values():
        every += [phrase] if isinstance(phrase, str) else phrase.values()
    for text in every:
        assert not re.search(r"[\u0621-\u064a]\s?[,;?]", text), text
        assert not re.search("[\u06a9\u06cc\u06c1\u06d2]", text), text
        assert not any(unicodedata.category(each) == "Cf" for each in text), text
        assert "  " not in text, text


def test_the_numbers_of_a_text_are_those_of_the_original(
    translated: Questionnaire, shipped: Questionnaire
) -> None:
    """Every figure of three digits or with a decimal point, and every percentage, stands in both."""
    english = texts(shipped)
    number = re.compile(r"\d[\d,]*\.\d+|\d[\d,]+\d|\d+%")
    for path, text in texts(translated).items():
        assert sorted(number.findall(english[path])) == sorted(number.findall(text)), path


TERMS = {
    r"\baccounts?\b": "حساب",
    r"\bmessages?\b": "رسا|رسالة",
    r"\bcomplaints\b": "شكا|شكو",
    r"\bstand-ins?\b": "بديل|بدلاء",
    r"\bpasswords?\b": "كلم",
    r"\bsocial media\b": "وسائل التواصل الاجتماعي|فيها|هناك",
    r"\(a convention": "اصطلاحية",
    r"\brota\b": "مناوبة",
    r"\bbudgets?\b": "ميزاني",
}


@pytest.mark.parametrize("term", TERMS)
def test_terms_are_those_of_the_glossary(
    translated: Questionnaire, shipped: Questionnaire, term: str
) -> None:
    """Where the English uses a term, the Arabic uses the glossary's word for it, but for a rare pronoun."""
    arabic = texts(translated)
    found = [path for path, text in texts(shipped).items() if re.search(term, text, re.IGNORECASE)]
    missing = [path for path in found if not re.search(TERMS[term], arabic[path])]

    assert len(missing) <= len(found) // 5, missing


@pytest.mark.parametrize(
    ("count", "form"),
    [
        (0, "zero"),
        (1, "one"),
        (2, "two"),
        (3, "few"),
        (10, "few"),
        (11, "many"),
        (99, "many"),
        (100, "other"),
    ],
)
def test_numbers_take_all_six_forms(arabic: Phrases, count: int, form: str) -> None:
    """Every form of a plural is reached by its counts, also past a hundred."""
    forms = arabic.by_key["interview.questions"]
    assert isinstance(forms, Mapping)
    assert forms[form].replace("{count}", str(count)) == arabic.text("interview.questions", count=count)
    few = arabic.text("interview.questions", count=203)
    assert "203 أسئلة" == few


def test_real_forms_stand_where_numbers_are_shown(arabic: Phrases) -> None:
    """One and two are said in words; three, eleven and a hundred take different nouns."""
    forms = [arabic.text("report.effort.hours", count=count) for count in (1, 2, 3, 11, 100)]

    assert ["ساعة واحدة", "ساعتان", "3 ساعات", "11 ساعة", "100 ساعة"] == forms


@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
@pytest.mark.parametrize("name", COMPANIES)
def test_a_report_is_arabic(smaudit: Program, translated: Questionnaire, name: str, format_: str) -> None:
    """But for names, addresses and what was typed, nothing in a whole report is in Latin letters."""
    whole = ["--full"] if format_ == "text" else []
    report = smaudit(
        "report", EXAMPLES / f"{name}.json", "--lang", "ar", "--format", format_, *whole, env=WIDE
    )
    text = re.sub(r"\\(.)", r"\1", report.stdout.decode())
    aside = r"<style.*?</style>|<title>.*?</title>|<bdi[^>]*>[^<]*</bdi>|<[^>]*>"
    text = html.unescape(re.sub(aside, " ", text, flags=re.DOTALL))
    assert Exit.DONE == report.returncode

    assert set() == latin_words(without_publications(text, translated), NAMES | TECHNICAL)


WIDE = {"COLUMNS": "4000"}


def without_publications(text: str, questionnaire: Questionnaire) -> str:
    """The text without who published what: publications keep their names."""
    origin = present(questionnaire.source)
    published = [each.by for each in questionnaire.sources if each.by]
    published += [each for each in (origin.title, origin.author, origin.publisher) if each]
    text = " ".join(text.replace("\u200f", "").split())
    for each in sorted(published, key=len, reverse=True):
        text = text.replace(each, " ")
    return text


def test_explanations_are_arabic(smaudit: Program, shipped: Questionnaire, translated: Questionnaire) -> None:
    """Every question and misconception, and the list of all."""
    names = [
        None,
        *[each.id for each in shipped.misconceptions],
        *[each.id for each in shipped.questions[:6]],
    ]
    for name in names:
        told = smaudit("explain", *([name] if name else []), "--lang", "ar", env={"COLUMNS": "88"})
        text = without_publications(told.stdout.decode(), translated)
        ids = {*shipped.misconception, *shipped.question}

        assert set() == latin_words(text, NAMES | TECHNICAL | ids), name


@pytest.mark.parametrize(
    "surroundings",
    [{"SMAUDIT_LANG": "ar"}, {"LANG": "ar_EG.UTF-8"}, {"LC_ALL": "ar_MA.UTF-8"}, {"LANG": "ar"}],
)
def test_the_surroundings_choose_arabic(smaudit: Program, surroundings: dict[str, str]) -> None:
    """SMAUDIT_LANG or the locale; no option is needed."""
    report = smaudit("report", EXAMPLES / "harbour-coffee.json", env={**UTF8, **surroundings})

    assert "توجّه" in report.stdout.decode()


UTF8 = {"PYTHONIOENCODING": "utf-8"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("report", "missing.json"), "لا يوجد ملف"),
        (("assess",), "المقابلة تحتاج"),
        (("explain", "nothing"), "لا يوجد"),
        (("report", "-", "--format", "docx"), "لا توجد الصيغة"),
        (("report", "--depth"), "لا يوجد خيار اسمه"),
        (("check", "-"), "لا يوجد اسم كهذا"),
    ],
)
def test_errors_are_arabic(smaudit: Program, arguments: tuple[str, ...], said: str) -> None:
    """What goes wrong, where, and the way out."""
    told = smaudit(*arguments, "--lang", "ar", stdin=b'{"answers": {"coverage": "all"}}').stderr.decode()

    assert said in told


@pytest.mark.parametrize("name", COMPANIES)
def test_json_is_the_same_in_every_language(smaudit: Program, name: str) -> None:
    """Byte for byte: results hold ids and numbers, and the hash is that of the questionnaire itself."""
    told = [
        smaudit("report", EXAMPLES / f"{name}.json", "--format", "json", "--lang", language).stdout
        for language in ("en", "ar")
    ]

    assert told[0] == told[1] == (EXAMPLES / f"{name}.assessment.json").read_bytes()


def test_digits_are_western_unless_asked_for(smaudit: Program) -> None:
    """--digits arabic writes every number of words in Arabic-Indic digits, with their own signs."""
    sheet = EXAMPLES / "harbour-coffee.json"
    western = smaudit("report", sheet, "--lang", "ar", "--full").stdout.decode()
    eastern = smaudit("report", sheet, "--lang", "ar", "--digits", "arabic", "--full").stdout.decode()

    assert not re.search("[٠-٩]", western)
    assert "من أصل ٥" in eastern
    assert "٨٣٫٩٪" in eastern
    assert ["٢٣٬٢٠٠", "12.5%"] == [written_in("23,200", DIGITS["arabic"]), written_in("12.5%", WESTERN)]


def test_digits_that_there_are_not_are_refused(smaudit: Program) -> None:
    """The option takes one of two words."""
    assert Exit.USAGE == smaudit("report", EXAMPLES / "harbour-coffee.json", "--digits", "roman").returncode


def test_a_command_reads_from_left_to_right_as_a_whole(arabic: Phrases) -> None:
    """An option alone is isolated, since its sign would change sides; in a command it goes with its words."""
    shown = [arabic.shown(key) for key in ("hint.no-pdf", "note.best-reading")]

    assert "الخيار \u2068-o report.html\u2069 واطبعوها" in shown[0]
    assert "\u2068" not in shown[1]
    assert shown[1].endswith("smaudit report SHEET -o report.html")


def test_an_answer_and_a_name_of_either_direction_stay_whole() -> None:
    """Names in Latin letters and signed numbers are isolated among Arabic letters."""
    shown = [isolated(value(text)[0], "rtl") for text in ("Harbour Coffee", "مقهى الميناء", "+2.0", "54")]

    assert ["\u2068Harbour Coffee\u2069", "مقهى الميناء", "\u2068+2.0\u2069", "54"] == shown


def test_the_interview_keeps_names_whole_and_shows_marks_that_were_typed() -> None:
    """The program's own marks around a name reach the terminal; one without its partner shows as its code."""
    assert ["اسم \u2068ABC\u2069", r"اسم \u{2069}ABC", "اسم ABC"] == [
        screen.shown("اسم \u2068ABC\u2069", "utf-8"),
        screen.shown("اسم \u2069ABC", "utf-8"),
        screen.shown("اسم \u2068ABC\u2069", "cp1256"),
    ]


def test_a_line_that_begins_with_a_name_keeps_its_direction() -> None:
    """Editors go by the first letter of a line, so in a file a mark stands before a name."""
    assert ["\u200fTwitter وسيلة", "Twitter only", "وسيلة", "Twitter وسيلة"] == [
        led("Twitter وسيلة", "rtl"),
        led("Twitter only", "rtl"),
        led("وسيلة", "rtl"),
        led("Twitter وسيلة", "ltr"),
    ]


MARKS = re.compile("[\u200f\u2067-\u2069]")
SCREENS = (24, 40, 80, 120)


@pytest.fixture(params=SCREENS)
def on_screen(
    request: pytest.FixtureRequest, arabic: Phrases, translated: Questionnaire
) -> tuple[int, list[str]]:
    """A report on a terminal of so many columns: the columns, and the lines that are not empty."""
    sheet = load_sheet(str(EXAMPLES / "tidewell-valves.json"), translated)
    subject = Subject(translated, sheet, assess(translated, sheet))
    drawn = format_for("text", None, "report").draw(
        Report(subject), arabic, Surface(request.param, is_screen=True)
    )
    return request.param, [line for line in str(drawn).splitlines() if line]


def test_a_screen_shows_each_line_as_it_is_read_from_the_right(on_screen: tuple[int, list[str]]) -> None:
    """A terminal that begins each line at the left lays it out as a page from right to left does.

    Without the marks around the line, numbers and signs at its ends would change sides. The oracle is the
    implementation of UAX 9 in the crate unicode-bidi.
    """
    from bidi import get_display

    _, lines = on_screen
    for line in lines:
        inner = line.lstrip(" ").removeprefix("\u2067").removesuffix(" \u2069")
        assert (
            MARKS.sub("", get_display(line, base_dir="L")).strip()
            == MARKS.sub("", get_display(inner, base_dir="R")).strip()
        )


def test_a_screen_sets_each_line_at_the_right(on_screen: tuple[int, list[str]]) -> None:
    """All end in the same column; a mark has a cell before it, and every isolate ends on its line."""
    from wcwidth import width

    columns, lines = on_screen

    assert {min(columns, 88) - 2} == {width(line) for line in lines}
    assert all(re.fullmatch(r" +\u2067.* \u2069", line) for line in lines)
    assert all(balanced(line) for line in lines)


def balanced(line: str) -> bool:
    """Whether isolates are closed on the line on which they were opened."""
    depth = 0
    for sign in line:
        depth += (sign in "\u2067\u2068") - (sign == "\u2069")
        if depth < 0:
            return False
    return depth == 0


def test_a_name_over_two_lines_is_isolated_on_each(arabic: Phrases) -> None:
    """Wrapping a long Latin name leaves no mark without its partner, also in a file."""
    name = "A very long name of a company that does not fit on one line of eighty columns whatever is tried"
    drawn = terminal.render(
        Document(value(name), (Paragraph(arabic.line("plan.title", company=value(name))),)),
        arabic,
        Surface(40),
    )

    lines = [line for line in str(drawn).splitlines() if line]
    assert len(lines) > 2
    assert all(balanced(line) for line in lines)
    assert name in " ".join(MARKS.sub("", drawn).split())


def test_messages_on_a_screen_are_set_at_the_right() -> None:
    """What is said on standard error too; where that is no terminal, it is plain."""
    assert ["   \u2067smaudit: لا \u2069\n", "\n"] == [turned("smaudit: لا\n", 17), turned("\n", 17)]


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_help_is_arabic(smaudit: Program, command: tuple[str, ...]) -> None:
    """The page of the program and of each command, but for the names of commands, options and values."""
    page = smaudit(*command, "--help", "--lang", "ar").stdout.decode()

    assert "الخيارات" in page
    assert set() == latin_words(page, TECHNICAL)


@pytest.mark.parametrize(
    "arguments",
    [
        ("frobnicate",),
        ("repor",),
        ("report", "--formt", "x"),
        ("report", "--nonsense"),
        ("report", "a", "b"),
        ("report", "a", "--quiet=3"),
        ("report",),
        ("schema",),
    ],
)
def test_what_is_typed_wrongly_is_told_in_arabic(smaudit: Program, arguments: tuple[str, ...]) -> None:
    """Nothing that the parser of the command line says by itself is shown."""
    told = smaudit(*arguments, env={"SMAUDIT_LANG": "ar"})

    assert Exit.USAGE == told.returncode
    assert set() == latin_words(told.stderr.decode(), TECHNICAL)
    assert "طريقة الاستخدام" in told.stderr.decode()


@pytest.mark.parametrize("columns", [20, 40, 80, 120])
def test_no_line_is_wider_than_the_terminal(smaudit: Program, columns: int) -> None:
    """Marks that turn text take no room, and vowel signs none either."""
    from wcwidth import wcswidth

    report = smaudit(
        "report", EXAMPLES / "harbour-coffee.json", "--lang", "ar", env={"COLUMNS": str(columns)}
    ).stdout.decode()

    invisible = re.compile("[\u200f\u2068\u2069]")
    assert all(wcswidth(invisible.sub("", line)) <= columns for line in report.splitlines())


def test_scores_stand_on_the_line_of_their_name_and_nothing_beside(
    smaudit: Program, translated: Questionnaire
) -> None:
    """Right to left there is one column: a name with its number, then each end of the scale."""
    shown = smaudit("report", EXAMPLES / "tidewell-valves.json", "--lang", "ar", "--full")
    report = shown.stdout.decode().splitlines()

    first = translated.misconceptions[0]
    poles = present(first.poles)
    lines = [number for number, line in enumerate(report) if line.startswith(f"{first.topic}: ")]
    assert 2 == len(lines)
    at = lines[1]
    assert [f"  عند 0: {poles.holds}", f"  عند 100: {poles.rejects}"] == report[at + 1 : at + 3]
    assert not any("●" in line or "━" in line for line in report)


def test_where_it_reads_best_is_said_once(smaudit: Program) -> None:
    """At the end of a report in a terminal, and nowhere else."""
    told = [
        smaudit(
            "report", EXAMPLES / "tidewell-valves.json", "--lang", "ar", "--format", format_
        ).stdout.decode()
        for format_ in ("text", "markdown")
    ]

    assert [1, 0] == [each.count("صفحة ويب") for each in told]


def test_markdown_turns_the_page(smaudit: Program) -> None:
    """Everything stands inside one block that turns it; tables and folds stay what they are."""
    text = smaudit(
        "report", EXAMPLES / "tidewell-valves.json", "--lang", "ar", "--format", "markdown"
    ).stdout.decode()

    assert text.startswith('<div dir="rtl" lang="ar">\n\n# ')
    assert text.endswith("\n\n</div>\n")
    assert "<details>" not in text


def test_the_plain_interview_is_arabic_with_letters_of_its_own(translated: Questionnaire) -> None:
    """A whole interview in numbered lines: no Latin words are shown but keys, and ر goes back."""
    import io

    from smaudit.core.sheet import Sheet
    from smaudit.interview import interview
    from smaudit.interview.plain import PlainPrompter

    keyboard = io.StringIO("1\nشركة النور\nر\nشركة النور\n؟\n2\n" + "1\n" * 400)
    output = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    phrases = load_phrases("ar")
    prompter = PlainPrompter(phrases, keyboard, output)

    answered = interview(translated, Sheet(), phrases, prompter, save=lambda _: None, today="2026-11-23")

    shown = output.buffer.getvalue().decode()
    assert "شركة النور" == answered.company.name
    assert set() == latin_words(shown, NAMES | TECHNICAL)


def test_completion_is_installed_in_arabic(smaudit: Program, tmp_path: Path) -> None:
    """What typer says by itself when it has installed the completion of a shell is said in our words."""
    surroundings = {"HOME": str(tmp_path), "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    told = smaudit("--install-completion", "bash", "--lang", "ar", env=surroundings)

    assert (Exit.DONE, b"") == (told.returncode, told.stderr)
    assert set() == latin_words(told.stdout.decode(), TECHNICAL)
    assert "ثُبّت الإكمال" in told.stdout.decode()


def test_a_blank_sheet_has_arabic_words_only(smaudit: Program, shipped: Questionnaire) -> None:
    """What is asked and what is allowed stands beside the answers in Arabic; ids and keys stay."""
    blank = json.loads(smaudit("template", "--lang", "ar").stdout)
    asked = [each["asked"] for each in blank["allowed"]["answers"].values()]
    texts_ = [text for each in blank["allowed"]["answers"].values() for text in each["options"].values()]
    texts_ += [text for each in blank["allowed"]["beliefs"].values() for text in (each["5"], each["1"])]

    assert set() == latin_words(" ".join(asked + texts_), NAMES)
    assert {4, 3, 2, "dont-know"} == set(blank["allowed"]["beliefs"]["it-is-free"]["also"])
