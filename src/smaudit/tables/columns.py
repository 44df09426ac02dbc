"""The columns of a table with one row a sheet: those that it is made from, and those that are computed.

Ids have lower-case letters, digits and single hyphens. In the name of a column a hyphen becomes an
underscore, so that no tool takes it for a subtraction; no id has an underscore, so no two ids meet. Nothing
has a dot, which is a path to some engines, and nothing differs by case alone, which some ignore.

    answer_{question}    the id of the chosen option, `dont-know`, `not-applicable`, or null: unanswered
    profile_{fact}       the id of the option; null: not answered
    depth                `quick`, `full`, or null: by the answers
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from smaudit.core.questionnaire import Depth, Questionnaire
from smaudit.core.sheet import Sheet
from smaudit.errors import Usage

DEPTH = "depth"
FIRST = (
    "status",
    "why",
    "problems",
    DEPTH,
    "questionnaire",
    "scored_with",
    "answered",
    "dont_know",
    "unanswered",
    "not_applicable",
    "counted",
    "of",
    "overall_score",
    "overall_worst",
    "overall_best",
    "steers",
    "open",
    "free",
    "least",
    "most",
    "alarms",
)
"""The figures of a sheet before those of its misconceptions."""
PARTS = ("status", "score", "worst", "best", "side")
"""The figures of one misconception."""
KEYS = ("company_id", "company", "department", "date", "language", "made_for", "gone")
"""What `columns` tells of a sheet beside its answers."""


def answer_column(question: str) -> str:
    """The name of the column with the answers to a question."""
    return f"answer_{question.replace('-', '_')}"


def profile_column(fact: str) -> str:
    """The name of the column with a fact about the company."""
    return f"profile_{fact.replace('-', '_')}"


def figure_column(misconception: str, part: str) -> str:
    """The name of the column with a figure of a misconception: one of `PARTS`."""
    return f"{misconception.replace('-', '_')}_{part}"


def figure_columns(questionnaire: Questionnaire) -> Iterator[str]:
    """The names of all columns that are computed, in their order."""
    yield from FIRST
    for each in questionnaire.misconceptions:
        yield from (figure_column(each.id, part) for part in PARTS)


def check_names(questionnaire: Questionnaire) -> None:
    """Raise Usage where two columns would have one name: that of a question's answers and a figure, say."""
    names = [
        *figure_columns(questionnaire),
        *(answer_column(each.id) for each in questionnaire.questions),
        *(profile_column(each.id) for each in questionnaire.profile),
    ]
    twice = tuple(name for name, count in Counter(names).items() if count > 1)
    if twice:
        raise Usage("error.table-names", "hint.table-names", names=twice)


def columns(
    questionnaire: Questionnaire, sheets: Iterable[Sheet], depth: Depth | None = None
) -> dict[str, list[str | int | None]]:
    """Sheets as the columns of a table, one row each, as `table` reads it and every kind of frame takes it.

    An answer that no longer counts (`gone`) is unanswered, as it is in an assessment. `depth` is what each
    sheet has, or the one that is asked for.
    """
    check_names(questionnaire)
    questions = [(each.id, answer_column(each.id), each.levels) for each in questionnaire.questions]
    facts = [(each.id, profile_column(each.id)) for each in questionnaire.profile]
    found: dict[str, list[str | int | None]] = {name: [] for name in (*KEYS, DEPTH)}
    found |= {name: [] for _, name in facts} | {name: [] for _, name, _ in questions}
    for sheet in sheets:
        made = sheet.questionnaire
        row: dict[str, str | int | None] = {
            "company_id": sheet.company.id,
            "company": sheet.company.name,
            "department": sheet.respondent.department,
            "date": sheet.date,
            "language": sheet.language,
            "made_for": made.version if made else None,
            "gone": len(sheet.gone),
            DEPTH: depth or sheet.depth_for(questionnaire),
        }
        row |= {name: sheet.company.profile.get(fact) for fact, name in facts}
        for question, name, levels in questions:
            choice = sheet.choice(question)
            row[name] = None if question in sheet.gone and choice not in levels else choice
        for name, value in row.items():
            found[name].append(value)
    return found
