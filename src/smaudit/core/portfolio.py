"""The picture of many sheets: how each misconception lies, what costs most, alarms, steps, who comes first.

Figures are gathered row by row, so that however many sheets there are no more is kept than the page shows:
counts, a histogram of whole points for each misconception, and the `MOST_ROWS` sheets that come first.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heappush, heappushpop
from typing import Annotated, Any, Literal, NamedTuple

from smaudit import __version__
from smaudit.core.portfolio_row import Decimal, Scoring, SheetRow
from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import Count, QuestionnaireName, Range, Text, plain

MOST_ROWS = 300
"""So many sheets a picture shows; all are in the table."""
MOST_COSTLY, MOST_STEPS = 6, 6
BIN = 5
"""Points in one bar of a distribution: differences of fewer mean nothing."""
Bins = Annotated[tuple[Count, ...], "How many sheets have a score in each step of 5 points, from 0 on."]


class Spread(NamedTuple):
    """How the scores of one misconception lie."""

    id: Annotated[str, "The misconception's id."]
    steers: Annotated[Count, "In how many sheets it steers."]
    open: Annotated[Count, "In how many it is too close to call."]
    free: Annotated[Count, "In how many it does not steer."]
    scored: Annotated[Count, "How many have a score for it."]
    middle: Annotated[Annotated[int, Range(0, 100)] | None, "The middle score, rounded; half lie below."]
    low: Annotated[Annotated[int, Range(0, 100)] | None, "A quarter of the scores lie below."]
    high: Annotated[Annotated[int, Range(0, 100)] | None, "A quarter lie above."]
    bins: Bins


class Cost(NamedTuple):
    """What one question costs."""

    question: Annotated[str, "The question's id."]
    points: Annotated[Decimal, "Points of the overall that it loses, on average over the scored sheets."]
    faulty: Annotated[Count, "In how many sheets its answer has a fault."]


class Often(NamedTuple):
    """How often something is so."""

    id: Annotated[str, "The id of a question, or of an option."]
    sheets: Annotated[Count, "In how many sheets."]


class Group(NamedTuple):
    """The sheets of companies of one kind, by a fact."""

    option: Annotated[Text, "The option of the fact; null where it is not known."]
    sheets: Annotated[Count, "How many were scored."]
    middles: Annotated[
        tuple[Annotated[int, Range(0, 100)] | None, ...],
        "The middle score of each misconception, in the questionnaire's order; null among fewer than 5.",
    ]


@dataclass(frozen=True, kw_only=True)
class Portfolio:
    """Many sheets at once. They are whoever answered: no sample of companies.

    `to_dict` gives the JSON document (`smaudit/portfolio/1`).
    """

    schema: Annotated[Literal["smaudit/portfolio/1"], "The format."] = "smaudit/portfolio/1"
    smaudit: Annotated[str, "The version of the program."] = __version__
    questionnaire: Annotated[QuestionnaireName, "The questionnaire that all sheets are scored with."]
    sheets: Annotated[Count, "How many there are."]
    scored: Annotated[Count, "How many have an overall score."]
    refused: Annotated[Count, "How many were refused or could not be read."]
    first: Annotated[Text, "The earliest date among them, as YYYY-MM-DD."]
    last: Annotated[Text, "The latest."]
    depths: Annotated[Mapping[str, Count], "How many sheets there are of each depth."]
    counted: Annotated[Mapping[str, Count], "How many sheets have so many misconceptions with a score."]
    made_for: Annotated[Mapping[str, Count], "How many sheets were made for each version; empty: not said."]
    spreads: Annotated[tuple[Spread, ...], "How each misconception lies: what steers most sheets first."]
    costliest: Annotated[tuple[Cost, ...], "The questions that cost most points across all."]
    alarmed: Annotated[Count, "How many sheets have an alarm."]
    alarms: Annotated[tuple[Often, ...], "Answers that are an alarm, by question, the commonest first."]
    first_steps: Annotated[tuple[Often, ...], "The first steps, by question, the commonest first."]
    answered: Annotated[Count, "Answers with a level, in all sheets."]
    with_evidence: Annotated[Count, "Of those, with evidence named."]
    claimed: Annotated[Count, "Of those, on one of the two best levels and without evidence."]
    by: Annotated[Text, "The fact that groups are made by; null without --by."]
    groups: Annotated[tuple[Group, ...], "The sheets by that fact."]
    companies: Annotated[
        tuple[SheetRow, ...],
        "The sheets by alarms, then by how many misconceptions steer, then by name; at most 300.",
    ]

    def to_dict(self) -> dict[str, Any]:
        """The JSON document `smaudit/portfolio/1` as plain data: numbers, strings, lists and dicts."""
        return {name: plain(getattr(self, name)) for name in self.__dataclass_fields__}


FEWEST_OF_A_GROUP = 5
"""The middle of fewer says nothing (a convention)."""


class _Last:
    """A key by which the sheets that come last are thrown out first."""

    __slots__ = ("key",)

    def __init__(self, key: tuple[Any, ...]) -> None:
        self.key = key

    def __lt__(self, other: "_Last") -> bool:
        return other.key < self.key


class Gathering:
    """The figures of the sheets so far."""

    def __init__(self, questionnaire: Questionnaire, by: str | None = None, most: int = MOST_ROWS) -> None:
        """Begin with none."""
        self._questionnaire, self._by, self._most = questionnaire, by, most
        self._points = [[0] * 101 for _ in questionnaire.misconceptions]
        self._sides = [Counter[str]() for _ in questionnaire.misconceptions]
        self._groups: dict[str | None, list[list[int]]] = {}
        self._of_group = Counter[str | None]()
        self._lost = defaultdict[str, float](float)
        self._faulty, self._alarms, self._steps = Counter[str](), Counter[str](), Counter[str]()
        self._depths, self._counted, self._made_for = Counter[str](), Counter[str](), Counter[str]()
        self._statuses = Counter[str]()
        self._sums = Counter[str]()
        self._days: list[str] = []
        self._first: list[tuple[_Last, int, SheetRow]] = []

    def add(self, row: SheetRow, made: Scoring | None) -> None:
        """Take in a sheet."""
        self._statuses[row.status] += 1
        self._keep(row)
        if made is None:
            return
        self._depths[str(row.depth)] += 1
        self._counted[str(row.counted)] += 1
        self._made_for[row.made_for or ""] += 1
        self._alarms.update(row.alarms)
        self._sums["alarmed"] += bool(row.alarms)
        for name in ("answered", "with_evidence", "claimed"):
            self._sums[name] += getattr(row, name)
        if row.first_step:
            self._steps[row.first_step] += 1
        if row.date:
            self._days = [min([*self._days[:1], row.date]), max([*self._days[1:], row.date])]
        self._spread(row)
        self._cost(made)

    def _keep(self, row: SheetRow) -> None:
        number = sum(self._statuses.values())
        key = (not row.answered, -len(row.alarms), -(row.steers or 0), (row.company or "").casefold(), number)
        entry = (_Last(key), number, row)
        if len(self._first) < self._most:
            heappush(self._first, entry)
        else:
            heappushpop(self._first, entry)

    def _spread(self, row: SheetRow) -> None:
        group: list[list[int]] | None = None
        if self._by:
            option = row.profile.get(self._by)
            group = self._groups.setdefault(option, [[0] * 101 for _ in self._points])
            self._of_group[option] += row.status == "scored"
        for number, cells in enumerate(row.misconceptions):
            if cells.side:
                self._sides[number][cells.side] += 1
            if cells.score is not None:
                # Half up, as every score is printed.
                printed = int(cells.score + 0.5)
                self._points[number][printed] += 1
                if group:
                    group[number][printed] += 1

    def _cost(self, made: Scoring) -> None:
        """What each answer loses of the overall: a float for a mean that is printed with one decimal."""
        names = self._questionnaire.misconceptions
        rated = {
            each.id: made.counted.sums[number].rated
            for number, each in enumerate(names)
            if made.row.misconceptions[number].score is not None
        }
        for question, status, _, level, *_ in made.counted.answers:
            if status != "rated":
                continue
            self._faulty[question.id] += bool(question.options[level].fault)
            missing = 1 - question.units[level] / question.unit
            if missing:
                self._lost[question.id] += sum(
                    100 * weight * missing / rated[name] / len(rated)
                    for name, weight in question.weights.items()
                    if name in rated
                )

    def portfolio(self) -> Portfolio:
        """The picture of all that were taken in."""
        asked, statuses = self._questionnaire, self._statuses
        scored = statuses["scored"]
        by_place = sorted(self._first, key=lambda entry: entry[0].key)
        days: list[str] | list[None] = self._days or [None]
        spreads = [
            _spread(each.id, self._points[number], self._sides[number])
            for number, each in enumerate(asked.misconceptions)
        ]
        costs = [
            Cost(name, round(lost / max(1, scored), 6), self._faulty[name])
            for name, lost in sorted(self._lost.items(), key=lambda each: (-each[1], each[0]))[:MOST_COSTLY]
        ]
        return Portfolio(
            questionnaire=QuestionnaireName(asked.id, asked.version, asked.sha256),
            sheets=statuses.total(),
            scored=scored,
            refused=statuses["refused"] + statuses["unreadable"],
            first=days[0],
            last=days[-1],
            depths=dict(sorted(self._depths.items())),
            counted=dict(sorted(self._counted.items())),
            made_for=dict(sorted(self._made_for.items())),
            spreads=tuple(sorted(spreads, key=lambda each: -each.steers)),
            costliest=tuple(costs),
            alarmed=self._sums["alarmed"],
            alarms=tuple(Often(*each) for each in self._alarms.most_common()),
            first_steps=tuple(Often(*each) for each in self._steps.most_common(MOST_STEPS)),
            answered=self._sums["answered"],
            with_evidence=self._sums["with_evidence"],
            claimed=self._sums["claimed"],
            by=self._by,
            groups=tuple(self._group(option) for option in self._options()),
            companies=tuple(row for *_, row in by_place),
        )

    def _options(self) -> list[str | None]:
        fact = self._questionnaire.fact.get(self._by or "")
        order: list[str | None] = [*(fact.names if fact else ()), None]
        return [each for each in order if each in self._groups]

    def _group(self, option: str | None) -> Group:
        middles = [
            _quantile(points, 2) if sum(points) >= FEWEST_OF_A_GROUP else None
            for points in self._groups[option]
        ]
        return Group(option, self._of_group[option], tuple(middles))


def _spread(name: str, points: Sequence[int], sides: Counter[str]) -> Spread:
    bins = [sum(points[start : start + BIN]) for start in range(0, 100, BIN)]
    # 100 itself belongs to the last bar.
    bins[-1] += points[100]
    return Spread(
        id=name,
        steers=sides["steers"],
        open=sides["open"],
        free=sides["free"],
        scored=sum(points),
        middle=_quantile(points, 2),
        low=_quantile(points, 1),
        high=_quantile(points, 3),
        bins=tuple(bins),
    )


def _quantile(points: Sequence[int], quarters: int) -> int | None:
    """The lowest score that so many quarters of the sheets do not exceed."""
    total, seen = sum(points), 0
    for score, count in enumerate(points):
        seen += count
        if total and 4 * seen >= quarters * total:
            return score
    return None
