"""The questionnaire in every language at once: for forms, and for the tables that come back from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smaudit.commands.run import Run
    from smaudit.core.questionnaire import Questionnaire
    from smaudit.language.phrases import Phrases


def in_every_language(
    run: Run, file: str | None, asked: Questionnaire
) -> list[tuple[Phrases, Questionnaire]]:
    """The questionnaire with the phrases of each language that it is written in, that of the run first."""
    from smaudit.files.load import load_questionnaire
    from smaudit.files.words import languages, load_phrases
    from smaudit.language.vocabulary import speaking

    found = [(run.phrases, asked)]
    for code in languages() if file != "-" else ():
        each = load_questionnaire(file, code, run.digits)
        if each.language not in {known.language for _, known in found}:
            found.append((speaking(load_phrases(code, run.digits), each), each))
    return found
