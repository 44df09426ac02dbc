"""What a script reads: the assessment as one JSON object (`smaudit/assessment/1`).

The contract is in `shapes.py`. Numbers are rounded half up to six decimals; `None` (null) stands
where there is no number.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from smaudit import __version__
from smaudit.core.result import MisconceptionScore
from smaudit.core.subject import Subject

if TYPE_CHECKING:
    from smaudit.report.data.shapes import (
        AssessmentDocument,
        MisconceptionDocument,
        QuestionnaireName,
        Score,
        SheetName,
    )


def assessment_document(subject: Subject) -> AssessmentDocument:
    """The assessment as plain data."""
    assessment, sheet = subject.assessment, subject.sheet
    overall = assessment.overall
    return {
        "schema": "smaudit/assessment/1",
        "smaudit": __version__,
        "questionnaire": questionnaire_name(subject),
        "sheet": sheet_name(subject),
        "overall": {
            "score": decimal(overall.score),
            "worst": decimal(overall.worst),
            "best": decimal(overall.best),
            "coverage": decimal(overall.coverage),
            "counted": overall.counted,
            "of": overall.of,
            "steering": {
                "count": overall.steering.number,
                "least": overall.steering.least,
                "most": overall.steering.most,
            },
            "weakest": list(overall.weakest),
        },
        "guess": {"steering": sheet.guess.steering, "most": sheet.guess.most} if sheet.guess else None,
        "misconceptions": [_misconception(each) for each in assessment.misconceptions],
        "alarms": [
            {"question": each.question, "choice": each.choice, "misconception": each.misconception}
            for each in assessment.alarms
        ],
        "contradictions": [
            {"id": each.id, "questions": list(each.questions)} for each in assessment.contradictions
        ],
        "find_out_first": [
            {"question": each.question, "width": exact(each.width), "ask": list(each.ask)}
            for each in assessment.find_out_first
        ],
        "next_steps": [
            {
                "question": each.question,
                "from": each.from_,
                "to": each.to,
                "effort": each.effort,
                "gain": exact(each.gain),
                "gains": {name: exact(gain) for name, gain in each.gains.items()},
                "priority": exact(each.priority),
                "owner": each.owner,
            }
            for each in assessment.next_steps
        ],
        "shares": {
            "dont_know": exact(assessment.shares.dont_know),
            "not_applicable": exact(assessment.shares.not_applicable),
            "one_level": exact(assessment.shares.one_level),
        },
        "without_evidence": list(assessment.without_evidence),
        "without_reason": list(assessment.without_reason),
        "gone": list(subject.gone),
    }


def questionnaire_name(subject: Subject) -> QuestionnaireName:
    """Which questionnaire was asked."""
    questionnaire = subject.questionnaire
    return {
        "id": questionnaire.id,
        "version": questionnaire.version,
        "sha256": subject.questionnaire_sha256,
    }


def sheet_name(subject: Subject) -> SheetName:
    """Which sheet was scored."""
    sheet = subject.sheet
    return {
        "sha256": subject.sheet_sha256,
        "company": sheet.company.name,
        "respondent": {"name": sheet.respondent.name, "department": sheet.respondent.department},
        "date": sheet.date,
        "depth": subject.assessment.depth,
    }


def _misconception(score: MisconceptionScore) -> MisconceptionDocument:
    belief = score.belief
    return {
        "id": score.id,
        "status": score.status,
        "score": decimal(score.score),
        "worst": decimal(score.worst),
        "best": decimal(score.best),
        "coverage": decimal(score.coverage),
        "not_applicable_share": exact(score.not_applicable_share),
        "band": score.band,
        "capped_by": list(score.capped_by),
        "firm": score.firm,
        "could_be": list(score.could_be),
        "unlock": score.unlock,
        "belief": {"answer": belief.answer, "score": decimal(belief.score)} if belief else None,
        "stance": score.stance,
        "questions": [
            {
                "id": each.id,
                "status": each.status,
                "choice": each.choice,
                "value": decimal(each.value),
                "weight": each.weight,
                "points": decimal(each.points),
                "lost": decimal(each.lost),
            }
            for each in score.questions
        ],
    }


def exact(number: Fraction) -> float:
    """A number rounded half up to six decimals."""
    millionths = (2_000_000 * number.numerator + number.denominator) // (2 * number.denominator)
    return millionths / 1_000_000


def decimal(number: Fraction | None) -> Score:
    """The same for a number that may be missing."""
    return None if number is None else exact(number)


def dumped(document: Mapping[str, Any]) -> str:
    """The document as JSON text with a line end; characters that a terminal would obey are escaped."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)
    return _UNSEEN.sub(_escaped, text) + "\n"


_UNSEEN = re.compile(r"[^\n\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u05ff\u0620-\u06dc\u4e00-\u9fff]")


def _escaped(match: re.Match[str]) -> str:
    character = match.group()
    if unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}:
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
