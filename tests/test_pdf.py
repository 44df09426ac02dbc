"""The PDF says all that the report says, is tagged, and carries nothing that could run or reach out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conftest import present

if TYPE_CHECKING:
    from pypdf import PdfReader

import io
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, Program
from page_support import HOSTILE, dates_of, example, hostile, house_of, leftwards, lines, report_of

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.sheet import Sheet, written
from smaudit.files.load import as_json, load_sheet
from smaudit.files.words import load_phrases
from smaudit.language.phrases import Phrases
from smaudit.language.text import plain, visible
from smaudit.report.blocks import Paragraph
from smaudit.report.draw import pdf
from smaudit.report.tell.overview import compose

pytest.importorskip("typst", reason="typst is not installed: pip install smaudit[pdf]")
pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
pytestmark = pytest.mark.slow


def drawn(questionnaire: Questionnaire, sheet: Sheet, phrases: Phrases) -> bytes:
    """The PDF of a sheet's report."""
    report = report_of(questionnaire, sheet)
    return pdf.render(compose(report, phrases), phrases)


def letters(text: str) -> str:
    """The text without what depends on where lines and pages end."""
    return re.sub(r"[\s\u200b\u2068\u2069]+", "", text)


def text_of(reader: PdfReader) -> str:
    """The text of all pages, without their numbers and what stands above each but the first."""
    pages = [re.sub(r"\d+ / \d+\s*$", "", page.extract_text()) for page in reader.pages]
    return letters(" ".join([*pages[:1], *(page.partition("\n")[2] for page in pages[1:])]))


@pytest.fixture(scope="module")
def made(shipped: Questionnaire) -> dict[str, bytes]:
    """Some PDFs, as bytes."""
    english = load_phrases("en")
    return {
        "example": drawn(shipped, example(shipped), english),
        "hostile": drawn(shipped, hostile(shipped), english),
        "empty": drawn(shipped, Sheet(), english),
        "leftwards": drawn(shipped, example(shipped), leftwards()),
    }


@pytest.fixture(scope="module")
def readers(made: dict[str, bytes]) -> dict[str, PdfReader]:
    """The same, opened."""
    return {name: pypdf.PdfReader(io.BytesIO(data)) for name, data in made.items()}


@pytest.mark.parametrize("name", ["example", "empty"])
def test_everything_of_the_report_is_in_the_pdf(
    name: str, readers: dict[str, PdfReader], shipped: Questionnaire, english: Phrases
) -> None:
    """No text of the report is missing."""
    sheet = example(shipped) if name == "example" else Sheet()
    shown = text_of(readers[name])
    document = compose(report_of(shipped, sheet), english)
    missing = [plain(content) for content in lines(document.blocks) if letters(plain(content)) not in shown]
    # A table that goes on over a page, and a line at a page's end, may be cut by a heading that repeats.
    assert len(missing) <= len(readers[name].pages), missing


@pytest.mark.parametrize("name", ["example", "hostile", "empty", "leftwards"])
def test_the_pdf_is_tagged_and_names_itself_and_its_language(
    name: str, readers: dict[str, PdfReader]
) -> None:
    """A screen reader finds the structure, the title and the language."""
    root: Any = readers[name].trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert {"leftwards": "ar"}.get(name, "en") == root["/Lang"]
    assert present(readers[name].metadata).title


@pytest.mark.parametrize("name", ["example", "hostile", "empty", "leftwards"])
def test_the_pdf_leads_nowhere_but_to_the_sources(
    name: str, readers: dict[str, PdfReader], shipped: Questionnaire
) -> None:
    """No script, no embedded file, no form; every address is one of the questionnaire's."""
    sources = {each.url for each in shipped.sources} | {present(shipped.source).url}
    for page in readers[name].pages:
        for annotation in page.get("/Annots") or ():
            action = annotation.get_object()["/A"]
            assert "/URI" == action["/S"]
            assert action["/URI"] in sources
    root: Any = readers[name].trailer["/Root"]
    assert set() == {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    assert set() == {"/JavaScript", "/EmbeddedFiles"} & set(root.get("/Names") or {})


def test_what_was_typed_is_shown_and_never_read_as_markup(readers: dict[str, PdfReader]) -> None:
    """Hostile text stands in the PDF letter by letter."""
    known = re.sub(r"[^\x21-\x7e]", "", visible(HOSTILE))
    shown = re.sub(r"[^\x21-\x7e]", "", readers["hostile"].pages[0].extract_text())
    assert known[:90] in shown


def test_the_same_sheet_gives_the_same_bytes(
    made: dict[str, bytes], shipped: Questionnaire, english: Phrases
) -> None:
    """No clock and no chance is in a PDF."""
    assert made["example"] == drawn(shipped, example(shipped), english)


def test_the_command_writes_the_pdf(smaudit: Program, tmp_path: Path, shipped: Questionnaire) -> None:
    """`-o report.pdf` saves what `--format pdf -o -` writes to a pipe."""
    (tmp_path / "sheet.json").write_bytes(as_json(written(example(shipped))))
    saved = smaudit("report", "sheet.json", "-o", "report.pdf")
    piped = smaudit("report", "sheet.json", "--format", "pdf", "-o", "-")
    assert (0, 0, b"") == (saved.returncode, piped.returncode, piped.stderr)
    assert (tmp_path / "report.pdf").read_bytes() == piped.stdout


def test_a_terminal_is_never_sent_a_pdf(tmp_path: Path) -> None:
    """A PDF on a terminal would be noise: one line says so, with exit code 2."""
    (tmp_path / "sheet.json").write_text("{}", "utf-8")
    ours, theirs = pty.openpty()
    ran = subprocess.run(
        [sys.executable, "-m", "smaudit", "report", "sheet.json", "--format", "pdf"],
        cwd=tmp_path,
        stdout=theirs,
        stderr=subprocess.PIPE,
        check=False,
        env={**os.environ, "LANG": "C.UTF-8"},
    )
    os.close(theirs)
    os.close(ours)
    assert (2, True) == (ran.returncode, b"cannot be shown in a terminal" in ran.stderr)


def test_without_the_extra_one_line_says_how_to_get_it(tmp_path: Path, shipped: Questionnaire) -> None:
    """Where typst is missing, the command says what to install, or what to print instead."""
    (tmp_path / "sheet.json").write_bytes(as_json(written(example(shipped))))
    hidden = "import sys; sys.modules['typst'] = None; from smaudit.__main__ import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", hidden, "report", "sheet.json", "-o", "report.pdf"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        text=True,
    )
    assert 2 == ran.returncode
    assert [True, True] == [word in ran.stderr for word in ("smaudit[pdf]", "report.html")]
    assert not (tmp_path / "report.pdf").exists()


@pytest.mark.parametrize("name", ["株式会社", "👩 Bakers", "🇦🇶"])
def test_a_name_that_no_font_can_show_still_gives_a_pdf(
    shipped: Questionnaire, english: Phrases, name: str
) -> None:
    """A script without a font on this machine costs its glyphs, and not the report."""
    sheet = example(shipped)
    company = sheet.company.model_copy(update={"name": name})

    data = drawn(shipped, sheet.model_copy(update={"company": company}), english)

    assert 1 <= len(pypdf.PdfReader(io.BytesIO(data)).pages)


@pytest.mark.parametrize("name", ["harbour-coffee", "tidewell-valves", "rowan-dental"])
def test_no_page_ends_with_the_label_of_what_is_on_the_next(
    shipped: Questionnaire, english: Phrases, name: str
) -> None:
    """A line that only names what follows, such as "Evidence for the article", stays with it."""
    sheet = load_sheet(str(ROOT / "examples" / f"{name}.json"), shipped)
    pages = pypdf.PdfReader(io.BytesIO(drawn(shipped, sheet, english))).pages
    labels = {english.text(f"report.evidence.{each}") for each in ("for", "mixed", "against")}
    labels |= {english.text("report.own-steps", count=count) for count in (1, 2)}

    last = [page.extract_text().splitlines()[-2].strip() for page in pages]
    assert [] == [line for line in last if line in labels]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_several_people_say_is_a_tagged_pdf_too(shipped: Questionnaire, language: str) -> None:
    """Everything that the document says is there, whatever somebody typed."""
    phrases = load_phrases(language)
    document = house_of(shipped).compose(phrases)

    reader = pypdf.PdfReader(io.BytesIO(pdf.render(document, phrases)))

    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    found = text_of(reader)
    if language == "en":
        heading = next(
            each for each in document.blocks if isinstance(each, Paragraph) and each.kind == "lead"
        )
        assert letters(visible(plain(heading.content))) in found
        assert "Narrowstherangeby" in found


@pytest.mark.parametrize("count", [2, 4])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_changed_between_dates_is_a_tagged_pdf_too(
    shipped: Questionnaire, language: str, count: int
) -> None:
    """Everything that the document says is there, whatever somebody typed."""
    phrases = load_phrases(language)
    document = dates_of(shipped, count).compose(phrases)

    reader = pypdf.PdfReader(io.BytesIO(pdf.render(document, phrases)))

    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    found = text_of(reader)
    if language == "en":
        heading = next(
            each for each in document.blocks if isinstance(each, Paragraph) and each.kind == "lead"
        )
        assert letters(visible(plain(heading.content))) in found
        assert "Practiceorcounting?" in found


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("command", ["report", "plan"])
def test_every_page_but_the_first_says_whose_it_is(
    smaudit: Program, tmp_path: Path, command: str, language: str
) -> None:
    """Company, document and date stand above; the title is the first bookmark, paragraphs are tagged."""
    sheet = ROOT / "examples" / "harbour-coffee.json"
    smaudit(command, sheet, "-o", "it.pdf", "--lang", language)
    reader = pypdf.PdfReader(tmp_path / "it.pdf")

    above = [page.extract_text()[:300] for page in reader.pages]

    assert [] == [each for each in above[1:] if "Harbour Coffee" not in each or "2026" not in each]
    first: Any = reader.outline[0]
    assert "Harbour Coffee" in first.title
    assert 5 <= sum(each.get("/S") == "/P" for each in _tagged(reader.trailer["/Root"]["/StructTreeRoot"]))


def _tagged(element: Any) -> Iterator[Any]:
    """The elements of a PDF's structure, from the top."""
    found = element.get_object()
    if isinstance(found, dict):
        yield found
        for each in (
            [found["/K"]] if "/K" in found and not isinstance(found["/K"], list) else found.get("/K", ())
        ):
            yield from _tagged(each) if hasattr(each, "get_object") else ()


@pytest.mark.parametrize("name", ["harbour-coffee", "tidewell-valves", "rowan-dental"])
@pytest.mark.parametrize("command", ["report", "plan"])
def test_no_page_ends_with_a_heading(smaudit: Program, tmp_path: Path, name: str, command: str) -> None:
    """A heading stays with the first of what it is over."""
    smaudit(command, ROOT / "examples" / f"{name}.json", "-o", "it.pdf")
    reader = pypdf.PdfReader(tmp_path / "it.pdf")

    headings = {letters(str(each)) for each in _titles(reader.outline)}
    last = [letters(page.extract_text().splitlines()[-2]) for page in reader.pages]

    assert [] == [each for each in last if each in headings]


def _titles(outline: Any) -> Iterator[str]:
    for each in outline:
        if isinstance(each, list):
            yield from _titles(each)
        else:
            yield each.title
