"""What a report tells: a result with the sheet and the questionnaire that its words come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from smaudit.core import result
from smaudit.core.result import OVERALL
from smaudit.core.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smaudit.core.compare_many import Comparisons
    from smaudit.core.compare_result import Comparison
    from smaudit.core.portfolio import Portfolio
    from smaudit.core.portfolio_answers import AnswerRow
    from smaudit.core.portfolio_row import SheetRow
    from smaudit.core.questionnaire import Questionnaire
    from smaudit.core.team_result import Team
    from smaudit.language.phrases import Phrases
    from smaudit.report.blocks import Chart, Document


@dataclass(frozen=True)
class Report:
    """The report of an assessment and its roadmap; `short` is its first page alone."""

    subject: Subject
    short: bool = False
    kind: ClassVar[Literal["report"]] = "report"

    @property
    def result(self) -> result.Assessment:
        """What its JSON holds."""
        return self.subject.assessment

    def compose(self, phrases: Phrases) -> Document:
        """The report in the words of one language."""
        from smaudit.report.tell import overview

        return overview.compose(self, phrases)

    def chart(self, phrases: Phrases) -> Chart:
        """Its scales alone, for a slide."""
        from smaudit.report.tell import chart

        return chart.of_report(self, phrases)


@dataclass(frozen=True)
class Planned:
    """A plan; `aim` is what a budget is spent on."""

    subject: Subject
    plan: result.Plan
    aim: str = OVERALL
    kind: ClassVar[Literal["plan"]] = "plan"

    @property
    def result(self) -> result.Plan:
        """What its JSON holds."""
        return self.plan

    def compose(self, phrases: Phrases) -> Document:
        """The whole plan in the words of one language."""
        from smaudit.report.tell import plan

        return plan.compose(self, phrases)

    def chart(self, phrases: Phrases) -> Chart:
        """Its steps alone as a staircase, for a slide."""
        from smaudit.report.tell import chart

        return chart.of_plan(self, phrases)


@dataclass(frozen=True)
class Tried:
    """What other answers would change."""

    subject: Subject
    tried: result.WhatIf
    kind: ClassVar[Literal["what-if"]] = "what-if"

    @property
    def result(self) -> result.WhatIf:
        """What its JSON holds."""
        return self.tried

    def compose(self, phrases: Phrases) -> Document:
        """The scores before and after in the words of one language."""
        from smaudit.report.tell import what_if
        from smaudit.report.words import Words

        return what_if.compose(self.tried, Words(self.subject.questionnaire, self.subject.sheet, phrases))


@dataclass(frozen=True)
class Teamed:
    """What several people of one company say."""

    questionnaire: Questionnaire
    team: Team
    subject: ClassVar[None] = None
    kind: ClassVar[Literal["team"]] = "team"

    @property
    def result(self) -> Team:
        """What its JSON holds."""
        return self.team

    def compose(self, phrases: Phrases) -> Document:
        """Where they differ, and what to settle, in the words of one language."""
        from smaudit.report.tell import team

        return team.compose(self, phrases)


@dataclass(frozen=True)
class Compared:
    """Sheets of one company over time; `earlier` has the words of what is asked no more."""

    questionnaire: Questionnaire
    comparison: Comparison
    earlier: tuple[Questionnaire, ...] = ()
    subject: ClassVar[None] = None
    kind: ClassVar[Literal["compare"]] = "compare"

    @property
    def result(self) -> Comparison:
        """What its JSON holds."""
        return self.comparison

    def compose(self, phrases: Phrases) -> Document:
        """What changed in practice, and what in counting, in the words of one language."""
        from smaudit.report.tell import compare

        return compare.compose(self, phrases)


@dataclass(frozen=True)
class ComparedMany:
    """Then and now of many companies."""

    questionnaire: Questionnaire
    comparisons: Comparisons
    subject: ClassVar[None] = None
    kind: ClassVar[Literal["compare"]] = "compare"

    @property
    def result(self) -> Comparisons:
        """What its JSON holds."""
        return self.comparisons

    def compose(self, phrases: Phrases) -> Document:
        """A row for each company, in the words of one language."""
        from smaudit.report.tell import compare_many

        return compare_many.compose(self, phrases)


@dataclass(frozen=True)
class Asking:
    """What a questionnaire asks."""

    questionnaire: Questionnaire
    kind: ClassVar[Literal["questionnaire"]] = "questionnaire"

    def compose(self, phrases: Phrases) -> Document:
        """The questionnaire to read, in the words of one language."""
        from smaudit.report.tell import questionnaire

        return questionnaire.compose(self.questionnaire, phrases)


@dataclass(frozen=True)
class Rows:
    """Some rows of a table of many sheets, or of their answers; the first of all have its head above them."""

    questionnaire: Questionnaire
    rows: Sequence[SheetRow | AnswerRow]
    is_first: bool = False
    answers: bool = False
    kind: ClassVar[Literal["table"]] = "table"


@dataclass(frozen=True)
class Pictured:
    """Many sheets at once; `table` is the file with all of them, where there is one."""

    questionnaire: Questionnaire
    portfolio: Portfolio
    table: str | None = None
    subject: ClassVar[None] = None
    kind: ClassVar[Literal["portfolio"]] = "portfolio"

    @property
    def result(self) -> Portfolio:
        """What its JSON holds."""
        return self.portfolio

    def compose(self, phrases: Phrases) -> Document:
        """How they lie, what costs most, and who comes first, in the words of one language."""
        from smaudit.report.tell import portfolio

        return portfolio.compose(self, phrases)
