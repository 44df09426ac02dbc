"""What the tests of the interview share: a small questionnaire and the program's own words."""

from __future__ import annotations

from typing import Any

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.questionnaire_rules import read_questionnaire
from smaudit.files.words import load_phrases

PHRASES = load_phrases("en")


def _levels(*texts: str) -> list[dict[str, object]]:
    return [{"id": f"level-{number}", "text": text} for number, text in enumerate(texts)]


DATA: dict[str, Any] = {
    "schema": "smaudit/questionnaire/1",
    "id": "small",
    "version": "1.0.0",
    "title": "Three beliefs about the sea",
    "about": "A few questions about what your harbour does, not about what it says that it does.",
    "departments": [{"id": "pilots", "name": "Pilots"}, {"id": "office", "name": "Harbour office"}],
    "profile": [
        {"id": "size", "text": "How many boats do you have?", "options": _levels("One", "Several")},
        {"id": "night", "text": "Do you sail at night?", "options": _levels("We do", "We do not")},
    ],
    "misconceptions": [
        {
            "id": "flat",
            "title": "The sea is flat",
            "topic": "Shape",
            "belief": {"holds": "The sea is flat.", "rejects": "The sea is round."},
        },
        {
            "id": "free",
            "title": "The sea is free",
            "topic": "Cost",
            "belief": {"holds": "The sea costs nothing.", "rejects": "The sea has its price."},
        },
        {"id": "calm", "title": "The sea is calm"},
    ],
    "questions": [
        {
            "id": "horizon",
            "title": "The horizon",
            "text": "Of the last ten ships that left, how many did you see go below the horizon, hull first?",
            "weights": {"flat": 4},
            "why": "Whoever looks sees that the hull goes first.",
            "ask": ["pilots", "office"],
            "evidence": "The log of the last month.",
            "metric": {"text": "ships seen", "target": "nine in ten"},
            "options": _levels(
                "Nobody looks, or the window that looks out to the sea has been boarded up since last winter",
                "A few",
                "Nearly all, and somebody writes into the log when the mast went below the horizon as well",
            ),
        },
        {
            "id": "fleet",
            "title": "The fleet",
            "text": "Who counts the boats?",
            "weights": {"flat": 2},
            "applies_if": {"size": ["level-1"]},
            "options": _levels("Nobody", "The office"),
        },
        {
            "id": "dues",
            "title": "Harbour dues",
            "text": "Who pays the harbour dues?",
            "weights": {"free": 3},
            "options": _levels("Nobody", "Those who are caught", "Everybody"),
        },
        {
            "id": "lamps",
            "title": "Lamps",
            "text": "Which lamps burn at night?",
            "depth": "full",
            "weights": {"calm": 2},
            "wording": [{"if": {"night": ["level-0"]}, "text": "Which lamps burn while you sail at night?"}],
            "options": _levels("None", "All"),
        },
        {
            "id": "storm",
            "title": "Storm",
            "text": "What happens in a storm?",
            "weights": {"calm": 3},
            "options": _levels("We sail", "We stay"),
        },
    ],
    "contradictions": [
        {
            "id": "dues-and-storm",
            "if": {"dues": ["level-2"], "storm": ["level-0"]},
            "text": "Everybody pays the dues, and yet all sail in a storm.",
        }
    ],
}


def small_questionnaire() -> Questionnaire:
    """The questionnaire of the tests: four quick questions, five in full, two profile facts."""
    questionnaire, problems = read_questionnaire(DATA)
    assert () == problems
    assert questionnaire is not None
    return questionnaire
