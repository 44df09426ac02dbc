"""A blank sheet for scripts and people with an editor: valid as it stands, with what is allowed beside it."""

from __future__ import annotations

from typing import Any

from smaudit.core.questionnaire import DONT_KNOW, NOT_APPLICABLE, Depth, Questionnaire
from smaudit.core.sheet import SCHEMA


def blank_sheet(questionnaire: Questionnaire, depth: Depth) -> dict[str, Any]:
    """A sheet without answers. `allowed` is a field that reading a sheet passes over."""
    asked = questionnaire.at(depth)
    return {
        "schema": SCHEMA,
        "questionnaire": {"id": questionnaire.id, "version": questionnaire.version},
        "depth": depth,
        "company": {"name": None, "profile": {}},
        "respondent": {"name": None, "department": None},
        "date": None,
        "beliefs": {},
        "guess": {"steering": None, "most": None},
        "answers": {question.id: None for question in asked},
        "efforts": {},
        "ruled_out": [],
        "remark": None,
        "allowed": {
            "company.profile": {
                fact.id: {"asked": fact.text, "options": {each.id: each.text for each in fact.options}}
                for fact in questionnaire.profile
            },
            "respondent.department": {each.id: each.name for each in questionnaire.departments},
            "beliefs": {
                each.id: {"5": each.belief.holds, "1": each.belief.rejects, "also": [4, 3, 2, DONT_KNOW]}
                for each in questionnaire.misconceptions
                if each.belief
            },
            "guess.most": [each.id for each in questionnaire.misconceptions],
            "answers": {
                question.id: {
                    "asked": question.text,
                    "options": {each.id: each.text for each in question.options},
                    "also": [DONT_KNOW, NOT_APPLICABLE],
                }
                for question in asked
            },
        },
    }
