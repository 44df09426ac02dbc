"""P3: text is shown and never interpreted, wherever it came from and wherever it goes."""

from __future__ import annotations

import csv
import html as entities
import io
import re
from collections.abc import Callable
from contextlib import redirect_stderr
from functools import cache
from pathlib import Path

import html5lib
from markdown_it import MarkdownIt
from rich.console import Console

from campaigns.materials import ARABIC, KNOWN, PHRASES, bare, hostile, shown, steering, subject_with, text_of
from campaigns.plan import Count, Plan, scratch
from smaudit.commands.app import main as run
from smaudit.commands.report import reported
from smaudit.core.questionnaire import Questionnaire
from smaudit.core.subject import Subject
from smaudit.errors import SmauditError
from smaudit.files.load import load_sheet, sheet_from
from smaudit.files.streams import Surface
from smaudit.interview.plain import PlainPrompter
from smaudit.interview.prompter import Paragraph
from smaudit.language.error_text import told
from smaudit.language.text import visible
from smaudit.planning import plan_for_budget
from smaudit.report.data import plan_csv as table
from smaudit.report.draw.formats import format_for
from smaudit.report.results import Planned, Report

WIDE = 100_000
Found = tuple[str, object]
"""What a reader of a report finds: its text in one line, and its structure."""


def reports(plan: Plan) -> Count:
    """Hostile text at every place of a questionnaire and a sheet, in every report that people read."""
    count = Count()
    for number in plan.numbers(5000, 25):
        text = text_of(plan.dice(number), number)
        subject, places = subject_with(text)
        for format_, look in READERS.items():
            count.case(_wrong_in(format_, look, subject, places, text))
        if number < 500:
            count.control(failed=_console_interprets(text))
    return count


def _written(subject: Subject, format_: str) -> str:
    """The report in a format; `screen` is the text from right to left, as a terminal gets it."""
    if format_ == "screen":
        return str(
            format_for("text", None, "report").draw(Report(subject), ARABIC, Surface(WIDE, is_screen=True))
        )
    chosen = format_for(format_, None, "report")
    drawn = chosen.draw(reported(subject), PHRASES, Surface(WIDE))
    return drawn if isinstance(drawn, str) else drawn.decode()


def _pdf_of(subject: Subject) -> bytes:
    chosen = format_for("pdf", None, "report")
    drawn = chosen.draw(reported(subject), PHRASES, Surface(WIDE))
    return drawn.encode() if isinstance(drawn, str) else drawn


def _wrong_in(
    format_: str, look: Callable[[str], Found], subject: Subject, places: list[str], text: str
) -> str | None:
    """How a report in one format shows the text otherwise than it was typed; None where it does not."""
    written = _written(subject, format_)
    case = f"{format_}, {text!r}"
    strange = steering(written)
    if strange:
        return f"{case}: control characters {strange}"
    if written.count("\u2067") + written.count("\u2068") != written.count("\u2069"):
        return f"{case}: isolates do not match"
    found, structure = look(written)
    _, usual = _usual(format_)
    if structure != usual:
        return f"{case}: another structure"
    for place in places:
        if (
            place in _places_shown(format_)
            and (expected := bare(f"q{place}q{shown(text)}z{place}z")) not in found
        ):
            return f"{case}: altered at {place}, expected {expected!r}"
    return None


def _of_text(written: str) -> Found:
    return bare(written), None


def _of_markdown(written: str) -> Found:
    texts, structure = [], []
    for token in MarkdownIt("gfm-like").parse(written):
        structure.append(token.type)
        if token.type in {"html_block", "code_block", "fence"}:
            texts.append(entities.unescape(re.sub(r"<[^>]*>", "", token.content)))
        for child in token.children or ():
            texts.append(child.content or (" " if child.type == "softbreak" else ""))
            # An address stands as code, or GitHub would make a link of it.
            is_address = child.type == "code_inline" and "@" in child.content
            if child.type not in {"text", "text_special", "softbreak"} and not is_address:
                structure.append(child.type)
        texts.append(" ")
    return bare("".join(texts)), structure


def _of_html(written: str) -> Found:
    page = html5lib.parse(written, namespaceHTMLElements=False)
    names = [
        (element.tag if isinstance(element.tag, str) else "comment", *sorted(element.attrib))
        for element in page.iter()
    ]
    links = [element.get("href") for element in page.iter() if element.get("href")]
    return bare(" ".join(page.find("body").itertext())), (names, links)


READERS = {"text": _of_text, "screen": _of_text, "markdown": _of_markdown, "html": _of_html}


@cache
def _usual(format_: str) -> Found:
    """What is found in the report when the text is an ordinary word."""
    subject, _ = subject_with("word")
    return READERS[format_](_written(subject, format_))


@cache
def _places_shown(format_: str) -> frozenset[str]:
    """The places whose text this format shows."""
    found, _ = _usual(format_)
    return frozenset(place for place in subject_with("word")[1] if f"q{place}qwordz{place}z" in found)


def _console_interprets(text: str) -> bool:
    """Whether a plain console alters the text, sends its control characters, or breaks on it."""
    stream = io.StringIO()
    try:
        Console(file=stream, width=WIDE, force_terminal=False).print(f"[bold]{text}[/bold]")
    except Exception:  # noqa: BLE001 - whatever it is, the text broke the report
        return True
    written = stream.getvalue().removesuffix("\n")
    return bare(written) != bare(shown(text))


def browser(plan: Plan) -> Count:
    """Pages with hostile text everywhere, opened in a browser: scripts run, and requests made."""
    from playwright.sync_api import sync_playwright

    count = Count()
    with scratch() as folder, sync_playwright() as browsers:
        page = browsers.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"]).new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: dialog.dismiss())
        file = Path(folder) / "page.html"

        def opened(written: str) -> str | None:
            file.write_text(written, "utf-8")
            asked.clear()
            page.goto(file.as_uri())
            ran = page.evaluate("() => window.PWNED === 1")
            others = [address for address in asked if address != file.as_uri()]
            return f"ran: {ran}, asked for {others}" if ran or others else None

        for number in plan.numbers(5000, 3):
            text = KNOWN[number] if number < len(KNOWN) else hostile(plan.dice(number)) + KNOWN[number % 12]
            wrong = opened(_written(subject_with(text)[0], "html"))
            count.case(wrong and f"{text!r}: {wrong}")
            if number < 12:
                count.control(failed=opened(f"<!doctype html><p>{text}</p>") is not None)
    return count


def pdf(plan: Plan) -> Count:
    """PDFs with hostile text everywhere: objects that act, open or carry something, beyond the usual."""
    from pypdf import PdfReader

    count = Count()

    def acting(data: bytes) -> set[str]:
        reader = PdfReader(io.BytesIO(data))
        objects = [
            str(reader.get_object(number))
            for number in range(1, len(reader.xref_objStm) + len(reader.xref[0]) + 1)
        ]
        # A link that is broken over two lines counts once.
        return set(
            re.findall(r"/URI': '[^']*'|/(?:EmbeddedFile|Launch|JavaScript|JS|GoToR)\b", "\n".join(objects))
        )

    usual = acting(_pdf_of(subject_with("word")[0]))
    for number in plan.numbers(5000, 1):
        text = text_of(plan.dice(number), number)
        try:
            found = acting(_pdf_of(subject_with(text)[0]))
        except Exception as error:  # noqa: BLE001 - a report that cannot be made counts as well
            count.case(f"{text!r}: {type(error).__name__}")
            continue
        count.case(None if found == usual else f"{text!r}: {found}")
        if number < 20:
            count.control(failed=_typst_interprets(text))
    return count


def _typst_interprets(text: str) -> bool:
    """Whether text put plainly into the source of a PDF is taken for instructions."""
    import typst

    try:
        made = typst.query(
            f"= Title\n{text}".encode(), "link, image, heading, emph, strong, ref, math.equation"
        )
    except Exception:  # noqa: BLE001 - it broke the report
        return True
    return made.count('"func"') > 1


def messages(plan: Plan) -> Count:
    """Hostile file names, arguments and keys of files, in what is told on standard error."""
    count = Count()
    asked = subject_with("word")[0].questionnaire
    for number in plan.numbers(5000, 25):
        text = text_of(plan.dice(number), number)
        for said in (_for_a_name(text, asked), _for_a_key(text, asked), _for_an_argument(text)):
            bad = steering(said) | ({"\u2067"} & set(said))
            even = said.count("\u2068") == said.count("\u2069")
            wrong = bad or not even or said.count("\n") > 5
            count.case(f"{text!r}: {said!r}" if wrong else None)
        if number < 500:
            plainly = f"smaudit: {text}: not found"
            count.control(failed=plainly != visible(plainly))
    return count


def _for_a_name(text: str, asked: Questionnaire) -> str:
    try:
        load_sheet("/nowhere/" + text, asked)
    except SmauditError as error:
        return told(error, PHRASES)
    return "read!\x07"


def _for_a_key(text: str, asked: Questionnaire) -> str:
    import json

    data = json.dumps({"schema": "smaudit/sheet/1", "answers": {text: "x"}, "company": {text: text}})
    try:
        sheet_from(data.encode(), text, asked)
    except SmauditError as error:
        return told(error, PHRASES)
    return "taken!\x07"


def _for_an_argument(text: str) -> str:
    stream = io.StringIO()
    with redirect_stderr(stream):
        run([text])
    return stream.getvalue()


def interview(plan: Plan) -> Count:
    """Hostile text in what an interview shows; a matched pair of isolates, which turns nothing outside it, may stay."""
    count = Count()
    for number in plan.numbers(5000, 25):
        text = text_of(plan.dice(number), number)
        screen = io.BytesIO()
        stream = io.TextIOWrapper(screen, "utf-8")
        PlainPrompter(PHRASES, io.StringIO(), stream).say([Paragraph(text, mark="- ")])
        written = screen.getvalue().decode()
        bad = steering(written) | ({"\u2067"} & set(written))
        marks = re.sub("[^\u2068\u2069]", "", written)
        paired = marks == "\u2068\u2069" * (len(marks) // 2)
        same = _unmarked(written.removeprefix("-")) == _unmarked(shown(text))
        kept = same and paired and not bad
        count.case(None if kept else f"{text!r} became {written!r}")
        if number < 500:
            count.control(failed=text != shown(text))
    return count


def _unmarked(text: str) -> str:
    """The text without spaces and without isolates, shown as themselves or as their codes."""
    return re.sub(r"\\u\{206[89]\}", "", bare(text))


def tables(plan: Plan) -> Count:
    """Hostile text at every place of a plan for spreadsheets: no cell begins like a formula, none is lost."""
    count = Count()
    for number in plan.numbers(5000, 25):
        text = text_of(plan.dice(number), number)
        for each in (subject_with(text)[0], untagged := subject_with(text, tagged=False)[0]):
            planned = Planned(each, plan_for_budget(each.questionnaire, each.sheet, 100, "overall"))
            rows = list(csv.reader(io.StringIO(table.render(planned, PHRASES))))
            cells = [cell for row in rows for cell in row]
            bad = [cell for cell in cells if _is_formula(cell) or cell != shown(cell)]
            as_typed = bare(shown(text))
            missing = (
                each is untagged
                and rows[1:]
                and not any(as_typed in {bare(cell), bare(cell.removeprefix("'"))} for cell in cells)
            )
            even = {len(row) for row in rows} == {len(table.COLUMNS)}
            count.case(f"{text!r}: {bad}" if bad or not even or missing else None)
        written = io.StringIO()
        csv.writer(written).writerow([text])
        count.control(
            failed=any(map(_is_formula, next(csv.reader(io.StringIO(written.getvalue(), newline="")))))
        )
    return count


def _is_formula(cell: str) -> bool:
    return cell.lstrip()[:1] in tuple("=+-@\uff1d\uff0b\uff0d\uff20") or cell[:1] in tuple("\t\r\n")


PARTS = {
    "reports": reports,
    "browser": browser,
    "pdf": pdf,
    "messages": messages,
    "interview": interview,
    "tables": tables,
}
