"""A form as an XLSForm (KoboToolbox, ODK and others), in every language at once; the only user of openpyxl.

What is asked follows the profile by `relevant`. A question with several wordings is a row for each, of which
one is shown, and a calculated value of its own name: one column of an export, whichever was asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from smaudit.core.questionnaire import DONT_KNOW, NOT_APPLICABLE
from smaudit.errors import Usage
from smaudit.language.phrases import Phrases
from smaudit.language.text import visible

if TYPE_CHECKING:
    from smaudit.interview.form import Entry, Form

Forms = Sequence[tuple[Phrases, "Form"]]
"""The same form in several languages, each with its phrases; the first is shown where nothing was chosen."""
Row = dict[str, str]
Texts = Sequence[str]
"""One text in every language of the forms."""

SKIPPED = "-"
"""The choice that gives no answer; as in the interview, no id is one."""


def require() -> None:
    """Raise SmauditError (exit 2) where the extra that writes spreadsheets is not installed."""
    if find_spec("openpyxl") is None:
        raise Usage("error.no-forms", "hint.no-forms")


def render(forms: Forms) -> bytes:
    """The forms as one workbook. Same input, same bytes. Raises SmauditError (exit 2) without openpyxl."""
    require()
    from openpyxl import Workbook

    made = _XlsForm(forms)
    made.ask()
    rules = forms[0][1].data["rules"]
    settings = {
        "form_title": _plain(forms[0][1].title),
        "form_id": rules["id"],
        "version": _plain(rules["version"]),
        "default_language": _language(forms[0][0]),
    }
    book = Workbook()
    for name, rows in {"survey": made.survey, "choices": made.choices, "settings": [settings]}.items():
        sheet = book.create_sheet(name)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append(columns)
        for number, row in enumerate(rows, start=2):
            for place, column in enumerate(columns, start=1):
                if text := row.get(column):
                    cell = sheet.cell(number, place, text)
                    # Text is text, also where it begins as a formula does.
                    cell.data_type = "s"
    del book["Sheet"]
    kept = BytesIO()
    book.save(kept)
    return _timeless(kept.getvalue())


def _timeless(book: bytes) -> bytes:
    """The workbook without the moment at which it was made."""
    kept = BytesIO()
    with ZipFile(BytesIO(book)) as old, ZipFile(kept, "w", ZIP_DEFLATED) as new:
        for each in old.infolist():
            data = old.read(each)
            if each.filename == "docProps/core.xml":
                data = re.sub(rb"<dcterms:(created|modified).*?</dcterms:\1>", b"", data)
            new.writestr(ZipInfo(each.filename), data, ZIP_DEFLATED)
    return kept.getvalue()


def _language(phrases: Phrases) -> str:
    return f"{phrases.name} ({phrases.language})"


class _XlsForm:
    """The rows of a workbook, while they are put together."""

    def __init__(self, forms: Forms) -> None:
        self.phrases = [phrases for phrases, _ in forms]
        self.forms = [form for _, form in forms]
        self.survey: list[Row] = []
        self.choices: list[Row] = []
        self.rules: Mapping[str, Sequence[Any]] = {
            each[0]: each for section in self.forms[0].data["rules"]["sections"] for each in section
        }
        self._taken: set[str] = set()
        self._facts: dict[str, str] = {}

    def ask(self) -> None:
        """Fill the rows with all that is asked."""
        start = self.forms[0].data["start"]
        self._settled("company", start["company"].get("name") if "company" in start else None)
        self._settled("department", start.get("respondent", {}).get("department"))
        for parts in zip(*(form.parts for form in self.forms), strict=True):
            for entries in zip(*(part.entries for part in parts), strict=True):
                self._entry(entries)

    def _settled(self, name: str, value: str | None) -> None:
        """What whoever made the form has settled: the same in every answer."""
        if value:
            self.survey.append({"type": "calculate", "name": self._name(name), "calculation": _quoted(value)})

    def _entry(self, entries: Sequence[Entry]) -> None:
        first = entries[0]
        kind, about = first.stop.kind, first.stop.id
        if kind == "question":
            self._question(about, entries)
            return
        name = self._name(f"{kind}-{about}" if kind == "belief" else about or kind)
        if kind == "fact":
            self._facts[about] = name
        row: Row = {"type": "text", "name": name, "required": "yes" if kind == "company" else ""}
        if first.options:
            values = [option.value for option in first.options]
            texts = [[each.options[place].text for each in entries] for place in range(len(values))]
            row |= {"type": f"select_one {name}", "required": "yes"}
            self._list(name, values, texts)
        if kind == "most":
            row["relevant"] = f"not({_is('guess', ['0'])})"
        self.survey.append(row | self._told("label", [_asked(each) for each in entries]))

    def _question(self, about: str, entries: Sequence[Entry]) -> None:
        """A question: a row for each wording and one for all other companies, then what answers call for."""
        _, levels, condition, _, wordings = self.rules[about]
        name = self._name(about)
        applies = [self._fits(fact, allowed) for fact, allowed in condition.items()]
        met = [
            " and ".join(_is(self._facts[fact], allowed) for fact, allowed in each.items())
            for each in wordings
        ]
        rows = [self._name(f"{about}-{number}") for number in range(len(met) + 1)] if met else [name]
        for number, row in enumerate(rows):
            earlier = [f"not({each})" for each in met[: number - 1 if number else None]]
            here = [f"({met[number - 1]})"] if number else []
            self._select(row, number, entries, levels, " and ".join([*applies, *here, *earlier]))
        if met:
            calculation = f"${{{rows[0]}}}"
            for each in rows[1:]:
                calculation = f"coalesce(${{{each}}}, {calculation})"
            self.survey.append({"type": "calculate", "name": name, "calculation": calculation})
        self._added(name, "reason", NOT_APPLICABLE, entries)
        self._added(name, "evidence", levels[-1], entries)

    def _select(
        self, name: str, number: int, entries: Sequence[Entry], levels: Sequence[str], relevant: str
    ) -> None:
        """One row of a question: in the words of a wording, counted from 1, or in its own where it is 0."""
        worded = [each.wordings[number - 1] if number else None for each in entries]
        asked = [
            (other.text if other and other.text else None) or _asked(entry)
            for other, entry in zip(worded, entries, strict=True)
        ]
        own = [{option.value: option.text for option in each.options} for each in entries]
        texts: list[Texts] = [
            [
                (other.options.get(level) if other else None) or each[level]
                for other, each in zip(worded, own, strict=True)
            ]
            for level in levels
        ]
        every = [
            [each.text(f"interview.{name}") for each in self.phrases] for name in (DONT_KNOW, NOT_APPLICABLE)
        ]
        self._list(name, [*levels, DONT_KNOW, NOT_APPLICABLE], [*texts, *every])
        row = {"type": f"select_one {name}", "name": name, "required": "yes", "relevant": relevant}
        self.survey.append(
            row | self._told("label", asked) | self._told("hint", [each.why for each in entries])
        )

    def _added(self, question: str, kind: str, choice: str, entries: Sequence[Entry]) -> None:
        """What an answer calls for: a reason where it does not apply, evidence where it is the best."""
        key = "interview.reason.question" if kind == "reason" else "interview.best.question"
        hints = [
            each.evidence if kind == "evidence" else phrases.text("list.fact").join(each.reasons)
            for phrases, each in zip(self.phrases, entries, strict=True)
        ]
        row = {"type": "text", "name": self._name(f"{question}-{kind}"), "relevant": _is(question, [choice])}
        labels = [each.text(key) for each in self.phrases]
        self.survey.append(row | self._told("label", labels) | self._told("hint", hints))

    def _fits(self, fact: str, allowed: Sequence[str]) -> str:
        """A condition that a fact not answered leaves open."""
        name = self._facts[fact]
        return f"(${{{name}}} = '' or {_is(name, [SKIPPED, *allowed], bare=True)})"

    def _list(self, name: str, values: Sequence[str], texts: Sequence[Texts]) -> None:
        self.choices += (
            {"list_name": name, "name": value} | self._told("label", text)
            for value, text in zip(values, texts, strict=True)
        )

    def _told(self, column: str, texts: Texts) -> Row:
        """A text in the column of each language."""
        return {
            f"{column}::{_language(phrases)}": _plain(text)
            for phrases, text in zip(self.phrases, texts, strict=True)
        }

    def _name(self, wanted: str) -> str:
        """The name of a row: an id with `_`, which does not begin with a digit and is nobody else's."""
        name = found = re.sub("^(?=[0-9])", "_", wanted.replace("-", "_"))
        number = 2
        while found in self._taken:
            found, number = f"{name}_{number}", number + 1
        self._taken.add(found)
        return found


def _asked(entry: Entry) -> str:
    """What is asked, with what stands between it and the options: the two ends of a belief."""
    return "\n".join(visible(f"{each.mark}{each.text}") for each in entry.ask.head if each.text)


def _is(name: str, allowed: Sequence[str], *, bare: bool = False) -> str:
    """That a row has one of these values."""
    found = " or ".join(f"${{{name}}} = '{each}'" for each in allowed)
    return found if bare or len(allowed) == 1 else f"({found})"


def _plain(text: str) -> str:
    """Text in which no tool takes a dollar and a brace for the name of a row."""
    lines: Iterator[str] = map(visible, text.split("\n"))
    return "\n".join(lines).replace("${", "$\u2060{")


def _quoted(text: str) -> str:
    """Text as an expression, which knows no sign to escape a quote with."""
    parts = [
        f"'{part}'" if "'" not in part else f'"{part}"' for part in re.split("(')", _plain(text)) if part
    ]
    return parts[0] if len(parts) == 1 else f"concat({', '.join(parts)})"
