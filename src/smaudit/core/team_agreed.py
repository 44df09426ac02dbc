"""The sheet that several people agree on, as far as they do."""

from collections.abc import Iterable, Sequence

from smaudit.core.questionnaire import DONT_KNOW, NOT_APPLICABLE, Questionnaire
from smaudit.core.sheet import Answer, Company, Made, Sheet
from smaudit.core.team_answers import Member, Standing, agreed_facts
from smaudit.core.team_house import House


def agreed(questionnaire: Questionnaire, sheets: Iterable[Sheet], date: str | None = None) -> Sheet:
    """One sheet with every answer and fact that nobody disputes; what is disputed is left blank.

    An answer has the note and the evidence of the first respondent who gave them. What nobody knows is don't
    know. What had been settled before stays marked as such.
    """
    house = House.of(questionnaire, sheets)
    answers = {}
    for found, (_, counted) in zip(house.standings, house.counted, strict=True):
        choice = _choice(found, counted)
        if choice is not None:
            answers[found.question.id] = _answer(found.question.id, choice, counted)
    profile = agreed_facts(house.facts)
    companies = [member.sheet.company for member in house.team]
    return Sheet(
        questionnaire=Made(id=questionnaire.id, version=questionnaire.version),
        depth=house.depth,
        company=Company(
            id=next((each.id for each in companies if each.id), None),
            name=next((each.name for each in companies if each.name), None),
            profile=profile,
        ),
        date=date,
        answers=answers,
        settled={
            name: said
            for member in house.team
            for name, said in member.sheet.settled.items()
            if name in answers or name in profile
        },
    )


def agreement(
    questionnaire: Questionnaire, sheets: Sequence[Sheet], earlier: Sheet | None, language: str, date: str
) -> Sheet:
    """The sheet to settle on what is disputed: what nobody disputes, and what had been settled `earlier`.

    An earlier one keeps all else that it holds, but answers that somebody disputes anew.
    """
    if earlier is None:
        return agreed(questionnaire, sheets, date).model_copy(update={"language": language})
    found, house = agreed(questionnaire, [*sheets, earlier]), House.of(questionnaire, [*sheets, earlier])
    disputed = {each.question.id for each in house.standings if each.state == "disputed"}
    kept = {name: answer for name, answer in earlier.answers.items() if name not in disputed}
    changed = {"answers": {**kept, **found.answers}, "company": found.company, "settled": found.settled}
    return earlier.model_copy(update=changed)


def _choice(found: Standing, counted: Sequence[Member]) -> str | None:
    if found.state == "settled":
        return found.question.options[found.levels[0]].id
    if found.state == "not-applicable":
        return NOT_APPLICABLE
    # Blank where nobody said anything at all.
    return DONT_KNOW if found.state == "unknown" and counted else None


def _answer(question: str, choice: str, counted: Iterable[Member]) -> Answer:
    given = [member.sheet.answers[question] for member in counted if member.sheet.choice(question) == choice]
    return Answer(
        choice=choice,
        note=next((each.note for each in given if each.note), None),
        evidence=next((each.evidence for each in given if each.evidence), None),
    )
