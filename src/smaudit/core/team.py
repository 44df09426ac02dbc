"""Several people of one company: `team(questionnaire, sheets) -> Team`.

Nothing is averaged. Each question stands where those who would know place it (`team_answers.py`): settled,
disputed, unknown or not applicable. From that follows the range of each misconception (`team_range.py`), and
what settling a question removes (`team_house.py`): the width of the overall's range now, less the widest that
any settlement of it leaves, and never below 0.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from unicodedata import normalize

from smaudit.core.insight import whole
from smaudit.core.questionnaire import DONT_KNOW, Questionnaire
from smaudit.core.result import FREE_FROM, OPEN_FROM, STEERS_BELOW, QuestionnaireName, Side
from smaudit.core.sheet import Sheet
from smaudit.core.team_answers import Standing, agreed_facts, asked_departments, said
from smaudit.core.team_house import House
from smaudit.core.team_people import People
from smaudit.core.team_range import Reach
from smaudit.core.team_result import (
    DisputedFact,
    DisputedQuestion,
    Meeting,
    MeetingItem,
    Team,
    TeamAlarm,
    TeamBasis,
    TeamOverall,
    TeamScore,
    TeamStatus,
    TeamSteering,
    UnknownQuestion,
)

OPENING, EACH, CLOSING = 3, 5, 2
"""Minutes of a meeting: to read what the sheets say, for each thing to settle, to enter what was agreed."""
MOST_TO_SETTLE = 5
"""So many questions are enough for one meeting."""


def strangers(sheets: Sequence[Sheet]) -> tuple[int, int] | None:
    """The numbers of two sheets, the first there are, that are of different companies; None where none are.

    Companies are told by their id where both sheets have one, else by name, without regard to case and
    spaces; a sheet without a name belongs to any.
    """
    keys = [(sheet.company.id, _plain(sheet.company.name)) for sheet in sheets]
    for later, (key, name) in enumerate(keys):
        for earlier, (other_key, other_name) in enumerate(keys[:later]):
            known = (key, other_key) if key and other_key else (name, other_name)
            if all(known) and known[0] != known[1]:
                return earlier, later
    return None


def _plain(name: str | None) -> str:
    return "".join(normalize("NFKC", name or "").casefold().split())


def team(questionnaire: Questionnaire, sheets: Iterable[Sheet], *, anonymous: bool = False) -> Team:
    """What several people of one company say, as ranges, with what to settle. Same sheets, same result.

    With `anonymous` no name, note or hash is left, and departments with fewer than two respondents are one
    department without a name. The order of the sheets changes nothing. Raises TypeError where these are no
    questionnaire and sheets, ValueError where there is no sheet or they are of different companies.
    """
    sheets = tuple(sheets)
    if not isinstance(questionnaire, Questionnaire) or not all(isinstance(each, Sheet) for each in sheets):
        message = "A Questionnaire and Sheets are needed, as they are loaded."
        raise TypeError(message)
    apart = strangers(sheets)
    if not sheets or apart:
        message = "sheets[{}] and sheets[{}] are of different companies." if apart else "There is no sheet."
        raise ValueError(message.format(*(apart or ())))
    house = House.of(questionnaire, sheets)
    people = People.of(house, anonymous=anonymous)
    facts, disputed = tuple(_facts(house, people)), tuple(_disputed(house, people))
    states = Counter(each.state for each in house.standings)
    scores = tuple(_scores(house))
    return Team(
        questionnaire=QuestionnaireName(
            questionnaire.id, questionnaire.version, questionnaire.sha256, questionnaire.changed
        ),
        company=people.company,
        profile=agreed_facts(house.facts),
        depth=house.depth,
        respondents=people.respondents(),
        overall=_overall(house, scores),
        misconceptions=scores,
        basis=TeamBasis(
            settled=states["settled"],
            disputed=states["disputed"],
            unknown=states["unknown"],
            not_applicable=states["not-applicable"],
            common=len(people.common),
        ),
        facts=facts,
        disputed=disputed,
        nobody_knows=tuple(_unknown(house, people)),
        not_asked=tuple(
            each.question.id for each in house.standings if each.heard == "others" and each.levels
        ),
        alarms=tuple(_alarms(house)),
        beliefs=people.beliefs(),
        pictures=people.pictures(),
        meeting=_meeting(facts, disputed),
        gone=tuple(sorted({name for sheet in sheets for name in sheet.gone})),
    )


def _scores(house: House) -> Iterator[TeamScore]:
    for misconception, found, weighing in zip(
        house.questionnaire.misconceptions, house.reaches, house.ruler.weighing, strict=True
    ):
        standings = [house.standings[number] for number in weighing]
        disputed = tuple(each.question.id for each in standings if each.state == "disputed")
        score = None if disputed or not found.always else _score(house, weighing, misconception.id)
        yield TeamScore(
            id=misconception.id,
            status=_status(found),
            score=score,
            worst=found.worst,
            best=found.best,
            side=_side(found, score, [each for each in standings if each.question.main == misconception.id]),
            may_not_apply=found.applies and found.may_not_apply,
            disputed=disputed,
            unknown=tuple(each.question.id for each in standings if each.state == "unknown"),
        )


def _score(house: House, weighing: Sequence[int], name: str) -> Fraction:
    """The score over what is rated, where nothing is disputed."""
    earned = rated = 0
    for number in weighing:
        possible, weight = house.possibles[number], house.standings[number].question.weights[name]
        if possible is not None and possible.rated:
            earned, rated = earned + weight * possible.least, rated + weight
    return Fraction(100 * earned, rated * house.ruler.unit)


def _status(found: Reach) -> TeamStatus:
    if not found.applies:
        return "not-applicable"
    if found.worst is None:
        return "too-few-apply"
    if found.always:
        return "scored"
    return "depends" if found.ever else "not-enough-answers"


def _side(found: Reach, score: Fraction | None, own: Iterable[Standing]) -> Side | None:
    """The side on which a misconception lies whatever is settled; open where that decides, or too close.

    An alarm that nobody disputes makes it steer; one that may stand keeps it from being free.
    """
    alarms = [_alarming(each) for each in own]
    if "settled" in alarms:
        return "steers"
    if found.worst is None or found.best is None or not found.ever:
        return None
    low, high = (score, score) if score is not None else (found.worst, found.best)
    crosses = found.worst < STEERS_BELOW <= found.best
    if not crosses and whole(high) < OPEN_FROM:
        return "steers"
    return "free" if not crosses and whole(low) >= FREE_FROM and not any(alarms) else "open"


def _alarming(found: Standing) -> str:
    """Whether an alarm is `settled`, may stand (`disputed`), or is none (empty)."""
    levels = range(found.levels[0], found.levels[-1] + 1) if found.levels else ()
    if any(found.question.options[level].alarm for level in levels):
        return found.state
    return ""


def _overall(house: House, scores: Sequence[TeamScore]) -> TeamOverall:
    known = [each.score for each in scores if each.score is not None]
    is_settled = not any(each.disputed for each in scores)
    found = house.ends
    return TeamOverall(
        score=sum(known, Fraction()) / len(known) if known and is_settled else None,
        worst=found.worst,
        best=found.best,
        at_most=any(each is not None and each.excusable for each in house.possibles),
        counted_least=found.counted_least,
        counted_most=found.counted_most,
        of=len(scores),
        steering=TeamSteering(
            least=sum(
                each.best is not None and each.best < STEERS_BELOW and not each.may_not_apply
                for each in scores
            ),
            most=sum(each.worst is not None and each.worst < STEERS_BELOW for each in scores),
        ),
    )


def _facts(house: House, people: People) -> Iterator[DisputedFact]:
    found = [
        DisputedFact(
            fact=name,
            removes=house.fact_removes(name),
            behind=tuple(each.question.id for each in house.standings if name in each.facts),
            voices=people.on_fact(name),
        )
        for name, options in house.facts.items()
        if len(options) > 1
    ]
    yield from sorted(found, key=lambda each: (-each.removes, not each.behind))


def _disputed(house: House, people: People) -> Iterator[DisputedQuestion]:
    found = []
    for number, each in enumerate(house.standings):
        if each.state == "disputed":
            options = [each.question.options[level].id for level in each.levels]
            found.append(
                DisputedQuestion(
                    question=each.question.id,
                    removes=house.removes(number),
                    heard=each.heard,
                    lowest=options[0] if options else None,
                    highest=options[-1] if options else None,
                    may_not_apply=each.may_not_apply,
                    facts=each.facts,
                    first=people.first(number),
                    voices=people.on_question(number),
                )
            )
    yield from sorted(found, key=lambda each: -each.removes)


def _unknown(house: House, people: People) -> Iterator[UnknownQuestion]:
    """What nobody knows; of those of equal width, as where too little is known for a score, the heaviest."""
    exist = asked_departments(house.questionnaire, agreed_facts(house.facts))
    found = []
    for number, each in enumerate(house.standings):
        if each.state == "unknown":
            question = each.question
            ask = tuple(name for name in question.ask if name in exist)
            unknown = UnknownQuestion(
                question=question.id,
                removes=house.removes(number),
                ask=ask,
                not_heard=people.not_heard(ask),
                others=people.others(number),
                answered=sum(
                    said(question, member.sheet) == DONT_KNOW for member in house.counted[number][1]
                ),
            )
            found.append((sum(question.weights.values()), unknown))
    found.sort(key=lambda pair: (-pair[1].removes, -pair[0]))
    yield from (each for _, each in found)


def _alarms(house: House) -> Iterator[TeamAlarm]:
    for each in house.standings:
        for level in each.levels:
            option = each.question.options[level]
            if option.alarm:
                yield TeamAlarm(each.question.id, option.id, each.question.main, each.state == "disputed")


def _meeting(facts: Sequence[DisputedFact], disputed: Sequence[DisputedQuestion]) -> Meeting | None:
    """What to settle together. What differs by a fact alone is settled with it."""
    by_itself = [each for each in disputed if not each.facts or each.lowest != each.highest]
    topics: list[tuple[str, bool, str | None]] = [(each.fact, True, None) for each in facts if each.behind]
    topics += [(each.question, False, each.first) for each in by_itself[:MOST_TO_SETTLE]]
    if not topics:
        return None
    items = tuple(MeetingItem(OPENING + EACH * number, *topic) for number, topic in enumerate(topics))
    closing = OPENING + EACH * len(items)
    return Meeting(closing + CLOSING, items, closing)
