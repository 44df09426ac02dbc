"""A questionnaire in another language: a file of texts, each with the hash of what it translates.

Texts are named by paths of ids (`questions.training.options.watched.text`), so a translation repeats
neither weights nor conditions. A text that is missing or older than what it translates falls back to the
original; `gaps` names each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import Annotated, Any, Literal

from pydantic import Field

from smaudit.core.fields import Model, Slug, Text
from smaudit.core.problems import validated
from smaudit.core.questionnaire import (
    Contradiction,
    Department,
    Diagnosis,
    Metric,
    Misconception,
    OnScale,
    Option,
    Poles,
    ProfileFact,
    ProfileOption,
    Question,
    Questionnaire,
    Reason,
    Source,
    Step,
    Vocabulary,
    Wording,
)
from smaudit.errors import Message, Problem
from smaudit.language.digits import DIGITS, Digits, written_in

SCHEMA = "smaudit/translation/1"
_TEXTS: Mapping[type[Model], frozenset[str]] = {
    Questionnaire: frozenset({"title", "about"}),
    Vocabulary: frozenset({"one", "many", "steers", "open", "free", "low", "high"}),
    Department: frozenset({"name"}),
    ProfileFact: frozenset({"text"}),
    ProfileOption: frozenset({"text", "note"}),
    Misconception: frozenset({"title", "topic", "says", "reality", "matters", "evidence_note"}),
    Poles: frozenset({"holds", "absent", "rejects"}),
    Diagnosis: frozenset({"grip", "absence", "mixed"}),
    Source: frozenset({"claim", "caution"}),
    Question: frozenset({"title", "text", "why", "evidence"}),
    Metric: frozenset({"text", "target"}),
    Option: frozenset({"text", "costs"}),
    OnScale: frozenset({"costs"}),
    Reason: frozenset({"text"}),
    Step: frozenset({"text"}),
    Wording: frozenset({"text", "options"}),
    Contradiction: frozenset({"text"}),
}
"""Which fields of each part are words; publications and people keep their names."""

Retold = Callable[[str, str], str]
"""What stands in place of a text, given its path and itself."""


class TranslatedText(Model):
    """One text, with the hash of the original that it translates."""

    of: Text
    text: Text


class Translation(Model):
    """The texts of one questionnaire in another language, by path."""

    schema_: Annotated[Literal["smaudit/translation/1"], Field(alias="schema")]
    id: Slug
    language: Text
    texts: Mapping[str, TranslatedText]
    ends_with: Literal["..."] | None = None


def read_translation(
    data: object, questionnaire: Questionnaire
) -> tuple[Translation | None, tuple[Problem, ...]]:
    """Read the data of a translation file; give it (None where it cannot be read) and its problems of shape.

    A gap is no such problem: a translation with gaps can be used.
    """
    reading = validated(Translation, data)
    problems = reading.problems
    if reading.model is not None and reading.model.id != questionnaire.id:
        values = {"id": reading.model.id, "needed": questionnaire.id}
        problems += (Problem(("id",), Message("problem.translates-other", values)),)
    return reading.model, problems


def text_hash(text: str) -> str:
    """The hash by which a translation says which text it translates: 8 hexadecimal digits of SHA-256."""
    return sha256(text.encode()).hexdigest()[:8]


def texts(questionnaire: Questionnaire) -> dict[str, str]:
    """Every text of a questionnaire that can be translated, by path."""
    found: dict[str, str] = {}

    def note(path: str, text: str) -> str:
        found[path] = text
        return text

    _all_retold(questionnaire, note)
    return found


def translated(questionnaire: Questionnaire, translation: Translation) -> Questionnaire:
    """The questionnaire in the translation's language; what that lacks stays in the original."""

    def retell(path: str, text: str) -> str:
        found = translation.texts.get(path)
        return found.text if found and found.of == text_hash(text) else text

    return _all_retold(questionnaire, retell).model_copy(update={"language": translation.language})


def in_digits(questionnaire: Questionnaire, digits: Digits) -> Questionnaire:
    """The questionnaire with the numbers in its texts written in these digits."""
    return _all_retold(questionnaire, lambda _, text: written_in(text, DIGITS[digits]))


def gaps(questionnaire: Questionnaire, translation: Translation) -> tuple[Problem, ...]:
    """Every text that is missing, that translates an earlier original, or that translates nothing."""
    return tuple(_gaps(texts(questionnaire), translation.texts))


def _gaps(originals: Mapping[str, str], found: Mapping[str, TranslatedText]) -> Iterator[Problem]:
    for path, text in originals.items():
        if path not in found:
            values = {"path": path, "hash": text_hash(text)}
            yield Problem(("texts",), Message("problem.translation-missing", values))
        elif found[path].of != text_hash(text):
            message = Message("problem.translation-stale", {"hash": text_hash(text)})
            yield Problem(("texts", path, "of"), message)
    for path in found:
        if path not in originals:
            yield Problem(("texts", path), Message("problem.translation-superfluous"))


def _all_retold(questionnaire: Questionnaire, retell: Retold) -> Questionnaire:
    retold: Questionnaire = _retold(questionnaire, "", retell)
    questions = tuple(
        each
        if each.scale is None
        else each.model_copy(update={"options": each.on(retold.scales[each.scale])})
        for each in retold.questions
    )
    return retold.model_copy(update={"questions": questions})


def _retold(part: Any, path: str, retell: Retold) -> Any:  # noqa: ANN401 - any part of a questionnaire
    """A part with its texts told anew, in the order of the file."""
    if isinstance(part, Model):
        return _retold_model(part, path, retell)
    if isinstance(part, tuple):
        return tuple(
            _retold(each, _below(path, getattr(each, "id", str(number))), retell)
            for number, each in enumerate(part, start=1)
        )
    if isinstance(part, Mapping):
        return {name: _retold(each, _below(path, name), retell) for name, each in part.items()}
    return part


def _retold_model(part: Model, path: str, retell: Retold) -> Model:
    words = _TEXTS.get(type(part), frozenset())
    fields: dict[str, Any] = {}
    for name in type(part).model_fields:
        value, where = getattr(part, name), _below(path, name)
        if name in words and isinstance(value, str):
            value = retell(where, value)
        elif name in words and isinstance(value, Mapping):
            value = {option: retell(_below(where, option), text) for option, text in value.items()}
        elif not (name == "options" and getattr(part, "scale", None)):
            value = _retold(value, where, retell)
        fields[name] = value
    # Made anew and not copied: a copy would keep what was computed from the original.
    return type(part).model_construct(**fields)


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
