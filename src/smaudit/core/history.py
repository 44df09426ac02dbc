"""By what a later comparison knows whether a question still asks the same: `data/history.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

from smaudit.core.questionnaire import Question, Questionnaire


def digests(questionnaire: Questionnaire) -> Mapping[str, str]:
    """The digest of each question, by id. History keeps those of the original, not of a translation."""
    return {question.id: digest(question) for question in questionnaire.questions}


def digest(question: Question) -> str:
    """16 hexadecimal digits of the SHA-256 of what is asked and may be answered.

    That is its text, its other wordings, and the ids, texts and values of its options in their order; not
    what it weighs, nor what stands around it.
    """
    content = [
        question.text,
        [
            [option.id, option.text, str(value)]
            for option, value in zip(question.options, question.values, strict=True)
        ],
        [[wording.if_, wording.text, wording.options] for wording in question.wording],
    ]
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()[:16]
