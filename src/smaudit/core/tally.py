"""What the answers of one sheet add up to, in whole numbers.

With D the common denominator of all option values, x·D is whole, and so are the sums that a score is made of.
For a misconception (A applicable, R rated, U = A without R, w the weights, all as in `scoring.py`):

    earned  = sum of w·x·D over R        rated, unknown, excused = sums of w over R, U and the not applicable

One tally feeds the assessment of a sheet and its row in a table of many; `figures.py` has what follows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import lcm
from operator import itemgetter
from struct import iter_unpack
from typing import NamedTuple

from smaudit.core.questionnaire import (
    DONT_KNOW,
    NOT_APPLICABLE,
    Depth,
    Question,
    Questionnaire,
    Rules,
)
from smaudit.core.result import AnswerStatus
from smaudit.core.sheet import Sheet


class Answered(NamedTuple):
    """How the answer to a question counts: what was chosen, None where it is ruled out or unanswered.

    `level` is that of a rated answer, else 0. `adds` is what it adds to all sums of a sheet at once: one
    whole number in which each sum has a machine word of its own, those of a `Tally` in its order for one
    misconception after the other, and at last those of `Counts`. Where a sum may not fit its word
    (`Ruler.packed`), `apart` has the places and what is added there instead. `proud` is one of the two best
    options, without a fault.
    """

    question: Question
    status: AnswerStatus
    choice: str | None
    level: int
    adds: int
    proud: bool = False
    alarm: bool = False
    apart: tuple[tuple[int, int], ...] = ()


class Known(dict[str | None, Answered]):
    """How each answer to one question counts, by what was chosen; what is no option counts as unanswered."""

    def __missing__(self, choice: str | None) -> Answered:
        """How an option counts that there is not."""
        return self[None]


class Conditional(NamedTuple):
    """A question that depends on the profile, by its number: what some facts may be, None where not given."""

    number: int
    needs: tuple[tuple[str, frozenset[str | None]], ...]
    ruled_out: Answered


@dataclass(frozen=True)
class Ruler:
    """What the sheets of one depth are counted with; `unit` is D.

    `questions` have their ids, `places` their numbers by id. `weighing` has, for each misconception, the
    numbers of the questions that weigh on it. `packed` says whether every sum fits a machine word, so that
    none ever runs over into the next; wider ones, side by side for each answer, would fill memory.
    """

    unit: int
    rules: Rules
    names: Mapping[str, int]
    questions: tuple[tuple[str, Known], ...]
    conditional: tuple[Conditional, ...]
    places: Mapping[str, int]
    weighing: tuple[tuple[int, ...], ...]
    packed: bool


class Tally(NamedTuple):
    """What the answers of a sheet add up to for one misconception.

    `earned` is in units of the ruler; `rated`, `unknown` and `excused` are sums of weights; `own` and
    `own_unknown` count the rated and the unknown questions whose main misconception it is.
    """

    earned: int
    rated: int
    unknown: int
    excused: int
    own: int
    own_unknown: int = 0

    @property
    def applicable(self) -> int:
        """The weight of all that applies, rated or unknown."""
        return self.rated + self.unknown


class Counts(NamedTuple):
    """How many answers of a sheet there are of each kind.

    `proud` are those on one of the two best levels, without a fault; `alarms` those that are an alarm.
    """

    answered: int
    dont_know: int
    unanswered: int
    not_applicable: int
    proud: int
    alarms: int


class Counted(NamedTuple):
    """How each answer counts, in the order of the questions; the tallies, by misconception; the counts."""

    answers: list[Answered]
    sums: list[Tally]
    counts: Counts


def choices_of(sheet: Sheet) -> dict[str, str | None]:
    """What was chosen, by question."""
    return {name: answer.choice for name, answer in sheet.answers.items()}


def ruler_of(questionnaire: Questionnaire, depth: Depth) -> Ruler:
    """The ruler for the sheets of this depth; made once for a questionnaire."""
    return questionnaire.kept(f"ruler-{depth}", lambda content: _ruler(content, depth))


def _ruler(questionnaire: Questionnaire, depth: Depth) -> Ruler:
    names = {each.id: number for number, each in enumerate(questionnaire.misconceptions)}
    asked = questionnaire.at(depth)
    unit = lcm(*(question.unit for question in asked))
    most = unit * sum(max(question.weights.values()) for question in asked) + len(asked)
    packed = most.bit_length() <= _WORD
    return Ruler(
        unit=unit,
        rules=questionnaire.rules,
        names=names,
        questions=tuple((each.id, _known(each, names, unit, packed=packed)) for each in asked),
        conditional=tuple(
            Conditional(
                number,
                tuple((fact, frozenset({*allowed, None})) for fact, allowed in each.applies_if.items()),
                Answered(each, "ruled-out", None, 0, 0),
            )
            for number, each in enumerate(asked)
            if each.applies_if
        ),
        places={each.id: number for number, each in enumerate(asked)},
        weighing=tuple(
            tuple(number for number, question in enumerate(asked) if question.weights.get(name))
            for name in names
        ),
        packed=packed,
    )


def answer_status(question: Question, sheet: Sheet) -> AnswerStatus:
    """How the sheet's answer to a question counts; an option we do not know counts as unanswered."""
    if not question.applies_to(sheet.company.profile):
        return "ruled-out"
    return _status(question, sheet.choice(question.id))


def _status(question: Question, choice: str | None) -> AnswerStatus:
    if choice in question.levels:
        return "rated"
    if choice == NOT_APPLICABLE:
        return "not-applicable"
    return "dont-know" if choice == DONT_KNOW else "unanswered"


def counted(ruler: Ruler, choices: Mapping[str, str | None], facts: Mapping[str, str]) -> Counted:
    """What the choices of a sheet, by question, of a company with these facts add up to."""
    given, fact_of = choices.get, facts.get
    found = [known[given(name)] for name, known in ruler.questions]
    for number, needs, ruled_out in ruler.conditional:
        for fact, allowed in needs:
            if fact_of(fact) not in allowed:
                found[number] = ruled_out
                break
    *sums, counts = _side_by_side(ruler, found) if ruler.packed else _one_by_one(ruler, found)
    return Counted(found, [Tally(*each) for each in sums], Counts(*counts))


def _side_by_side(ruler: Ruler, found: Iterable[Answered]) -> Iterable[Sequence[int]]:
    """The sums, six by six, out of one whole number that has them all."""
    total = sum(map(_ADDS, found))
    return iter_unpack("<6Q", total.to_bytes(_SUMS * (len(ruler.names) + 1) * _WORD // 8, "little"))


def _one_by_one(ruler: Ruler, found: Iterable[Answered]) -> Iterable[Sequence[int]]:
    """The sums, six by six, each by itself."""
    sums = [0] * (_SUMS * (len(ruler.names) + 1))
    for answer in found:
        for place, amount in answer.apart:
            sums[place] += amount
    return [sums[at : at + _SUMS] for at in range(0, len(sums), _SUMS)]


_WORD = 64
_SUMS = len(Tally._fields)
_EARNED, _RATED, _UNKNOWN, _EXCUSED, _OWN, _OWN_UNKNOWN = range(_SUMS)


_ADDS = itemgetter(Answered._fields.index("adds"))


def _known(question: Question, names: Mapping[str, int], unit: int, *, packed: bool) -> Known:
    return Known(
        {
            choice: _answered(question, choice, names, unit, packed=packed)
            for choice in (*question.levels, DONT_KNOW, NOT_APPLICABLE, None)
        }
    )


def _answered(
    question: Question, choice: str | None, names: Mapping[str, int], unit: int, *, packed: bool
) -> Answered:
    """How an answer counts."""
    status = _status(question, choice)
    level = question.levels[choice] if choice and status == "rated" else 0
    weights = [(_SUMS * names[name], weight) for name, weight in question.weights.items() if weight]
    own = _SUMS * names[question.main]
    if status == "rated":
        worth = question.units[level] * (unit // question.unit)
        adds = [(at + _EARNED, weight * worth) for at, weight in weights]
        adds += [(at + _RATED, weight) for at, weight in weights]
        adds.append((own + _OWN, 1))
    else:
        place = _EXCUSED if status == "not-applicable" else _UNKNOWN
        adds = [(at + place, weight) for at, weight in weights]
        if place == _UNKNOWN:
            adds.append((own + _OWN_UNKNOWN, 1))
    proud = status == "rated" and is_proud(question, level)
    alarm = status == "rated" and question.options[level].alarm
    kinds = ("rated", "dont-know", "unanswered", "not-applicable")
    counts = (*(status == kind for kind in kinds), proud, alarm)
    adds += [(_SUMS * len(names) + place, int(count)) for place, count in enumerate(counts)]
    if not packed:
        return Answered(question, status, choice, level, 0, proud, alarm, tuple(adds))
    whole = sum(amount << (_WORD * place) for place, amount in adds)
    return Answered(question, status, choice, level, whole, proud, alarm)


def is_proud(question: Question, level: int) -> bool:
    """Whether an option is one of the two best, without a fault: then it has something to show."""
    return level >= len(question.options) - 2 and not question.options[level].fault
