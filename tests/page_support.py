"""What the tests of the page and the PDF share: sheets, hostile text, and a language from right to left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import cycle

import yaml
from conftest import sheet_from

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.sheet import Sheet
from smaudit.core.subject import Subject
from smaudit.core.team import team
from smaudit.files import words
from smaudit.files.places import data_path
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line
from smaudit.planning import assess
from smaudit.report.blocks import Block, Entries, Fold, Heading, Paragraph, Scales, Table
from smaudit.report.results import Report, Teamed

HOSTILE = (
    "\"'><script>alert(1)</script><img src=x onerror=alert(1)>javascript:alert(1) \u202egnp.exe\u2066 "
    "</style><style>*{display:none}</style> {{7*7}} {% raw %} #panic() $x$ https://example.com/ "
    "\u0645\u0631\u062d\u0628\u0627 --> ]]> &amp; " + "w" * 200
)
"""Text that would do something wherever text is interpreted."""


def answers(questionnaire: Questionnaire, levels: Iterable[int | None]) -> dict[str, str]:
    """An answer for every question, going round the given levels; None stands for a don't know."""
    given = {}
    for question, level in zip(questionnaire.questions, cycle(levels), strict=False):
        last = len(question.options) - 1
        given[question.id] = "dont-know" if level is None else question.options[min(level, last)].id
    return given


def example(
    questionnaire: Questionnaire, levels: Iterable[int | None] = (1, 2, 0, 3, None, 1, 2), **more: object
) -> Sheet:
    """A sheet with something of everything that a report can show."""
    return sheet_from(
        {
            "schema": "smaudit/sheet/1",
            "depth": "full",
            "company": {"name": "Harbour Coffee", "profile": {"headcount": "10-49"}},
            "respondent": {"name": "Ines Holm", "department": "customer-service"},
            "date": "2026-11-23",
            "beliefs": {
                each.id: belief
                for each, belief in zip(questionnaire.misconceptions, (2, 4, 3, 2, 1), strict=True)
            },
            "guess": {"steering": 1, "most": questionnaire.misconceptions[-1].id},
            "answers": answers(questionnaire, levels),
            "remark": "Young people need no training.",
            **more,
        },
        questionnaire,
    )


def hostile(questionnaire: Questionnaire) -> Sheet:
    """The same with hostile text wherever a person can type."""
    noted = {
        name: {"choice": choice, "note": HOSTILE, "evidence": HOSTILE}
        for name, choice in answers(questionnaire, (1, 2, 0)).items()
    }
    return example(
        questionnaire,
        answers=noted,
        remark=HOSTILE,
        company={"name": HOSTILE},
        respondent={"name": HOSTILE, "department": "other"},
    )


def subject_of(questionnaire: Questionnaire, sheet: Sheet) -> Subject:
    """What a report of the sheet is about."""
    return Subject(questionnaire, sheet, assess(questionnaire, sheet))


def report_of(questionnaire: Questionnaire, sheet: Sheet) -> Report:
    """The report of a sheet with its roadmap, as a page has it."""
    return Report(subject_of(questionnaire, sheet))


def house_of(questionnaire: Questionnaire) -> Teamed:
    """What three people of one company say, two of one department, one of them with hostile text."""
    sheets = [
        example(questionnaire, (0, 1, 2, None)),
        example(questionnaire, (3, 1, 0), respondent={"name": "Jo", "department": "marketing"}),
        hostile(questionnaire).with_company("Harbour Coffee"),
    ]
    return Teamed(questionnaire, team(questionnaire, sheets))


def languages() -> list[str]:
    """The languages that the program has."""
    return list(words.languages())


def leftwards() -> Phrases:
    """The English phrases as of a language from right to left, a few of them in Arabic."""
    data = yaml.safe_load(data_path("phrases.en.yaml").read_text("utf-8"))
    data.update(name="\u0627\u0644\u0639\u0631\u0628\u064a\u0629", direction="rtl", digits="arabic")
    arabic = data["phrases"]
    arabic["report"]["side"] = {
        "steers": "\u064a\u0648\u062c\u0647\u0643\u0645",
        "open": "\u063a\u064a\u0631 \u0645\u062d\u0633\u0648\u0645",
        "free": "\u0644\u0627 \u064a\u0648\u062c\u0647\u0643\u0645",
    }
    arabic["page"]["overall"] = "\u0627\u0644\u0645\u062c\u0645\u0648\u0639"
    arabic["report"]["title"] = (
        "{company}: \u0623\u064a \u0627\u0644\u0645\u0641\u0627\u0647\u064a\u0645 "
        "\u0627\u0644\u062e\u0627\u0637\u0626\u0629 \u062a\u0648\u062c\u0647\u0643\u0645\u061f"
    )
    arabic["report"]["headline"]["steer"] = (
        "{count} \u0645\u0646 {of} \u0645\u0641\u0627\u0647\u064a\u0645 "
        "\u062e\u0627\u0637\u0626\u0629 \u062a\u0648\u062c\u0647 {company}"
    )
    return Phrases("ar", data)


def lines(blocks: Iterable[Block]) -> Iterator[Line]:
    """Every line of the blocks, in the order in which they are read."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield block.content
            case Entries():
                for entry in block.items:
                    yield entry.title
                    yield from entry.lines
            case Scales():
                for scale in block.items:
                    yield from (scale.name, scale.holds, scale.rejects, scale.label)
            case Table():
                for row in (block.columns, *block.rows, block.total):
                    yield from row
            case Fold():
                yield block.summary
                yield from lines(block.blocks)
