"""What a form has to know to ask as the interview does: its questions, and the rules of the route as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from smaudit.core.questionnaire import Condition, Depth, Question, Questionnaire
from smaudit.core.route import house_facts
from smaudit.core.sheet import SCHEMA, Sheet


def asked_in(questionnaire: Questionnaire, depth: Depth, department: str | None = None) -> Questionnaire:
    """The questionnaire with the questions of a depth that a department would know, in their order.

    A question that names nobody to ask is for everybody. Contradictions stay where every question that they
    rest on does.
    """
    questions = tuple(
        each
        for each in questionnaire.at(depth)
        if department is None or not each.ask or department in each.ask
    )
    gone = {each.id for each in questionnaire.questions} - {each.id for each in questions}
    fields = {name: getattr(questionnaire, name) for name in Questionnaire.model_fields}
    kept = tuple(each for each in questionnaire.contradictions if gone.isdisjoint(each.if_))
    # Made anew, not copied: a copy would keep what was found out about all the questions.
    return Questionnaire.model_construct(**{**fields, "questions": questions, "contradictions": kept})


def rules(questionnaire: Questionnaire) -> dict[str, Any]:
    """What `core/route.py` goes by, as data for JSON: ids and conditions, no words.

    What has an order is a list: a script puts names that are numbers (an id may be `2`) before all others.
    """
    sections: dict[str, list[list[Any]]] = {}
    for question in questionnaire.questions:
        sections.setdefault(question.main, []).append(_rules_of(question, questionnaire.facts_for(question)))
    return {
        "schema": SCHEMA,
        "id": questionnaire.id,
        "version": questionnaire.version,
        "house": list(house_facts(questionnaire)),
        "one_person": _plain(questionnaire.one_person),
        "beliefs": [each.id for each in questionnaire.misconceptions if each.belief],
        "sections": list(sections.values()),
        "contradictions": [[each.id, _plain(each.if_)] for each in questionnaire.contradictions],
    }


def started(depth: Depth, company: str | None, department: str | None) -> Sheet:
    """The sheet that everybody who gets the form begins with."""
    sheet = Sheet().with_depth(depth)
    if company is not None:
        sheet = sheet.with_company(company)
    return sheet if department is None else sheet.with_department(department)


def _rules_of(question: Question, facts: Sequence[str]) -> list[Any]:
    """Of a question its id, options, condition, facts, and the conditions of its wordings."""
    wordings = [_plain(each.if_) for each in question.wording]
    return [question.id, list(question.levels), _plain(question.applies_if), list(facts), wordings]


def _plain(condition: Condition) -> Mapping[str, list[str]]:
    return {name: list(options) for name, options in condition.items()}
