"""What the report prints can be typed: id, topic, title or how one begins, in any case and language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from smaudit.errors import SmauditError, Usage

if TYPE_CHECKING:
    from smaudit.commands.run import Run
    from smaudit.core.questionnaire import Questionnaire

Entries = Mapping[str, Sequence[str]]
"""Ids, each with the names that it goes by beside its id."""
_ALIKE = 0.75
_MOST_MEANT = 3


class Found(NamedTuple):
    """The ids that something typed stands for: one, several, or none and then the names that are near."""

    ids: tuple[str, ...]
    near: tuple[str, ...] = ()


def find(typed: str, entries: Entries) -> Found:
    """Look for an id, then for a whole name, then for the beginning of either; in any case."""
    if typed in entries:
        return Found((typed,))
    wanted = _folded(typed)
    names = {name: {_folded(each) for each in (name, *others)} for name, others in entries.items()}
    whole = tuple(name for name, known in names.items() if wanted in known)
    begun = tuple(name for name, known in names.items() if any(each.startswith(wanted) for each in known))
    if wanted and (whole or begun):
        return Found(whole or begun)
    return Found((), _near(wanted, entries))


def _near(wanted: str, entries: Entries) -> tuple[str, ...]:
    from difflib import get_close_matches

    shown = {_folded(each): each for name, others in entries.items() for each in (*others, name)}
    close = get_close_matches(wanted, shown, n=_MOST_MEANT, cutoff=_ALIKE)
    return tuple(shown[each] for each in close)


def _folded(name: str) -> str:
    return " ".join(name.split()).strip(".?؟!").casefold()


class Names:
    """The names of a questionnaire: in its language, and where that is no help in every other it has."""

    def __init__(self, questionnaire: Questionnaire, file: str | None, run: Run) -> None:
        """Take the questionnaire as it was loaded from a file (None: the program's own)."""
        self._asked = questionnaire
        self._file = file
        self._run = run

    def misconception(self, option: str, typed: str) -> str:
        """The id of a misconception, or of the overall. Raises SmauditError (exit 2) for anything else."""
        from smaudit.core.result import OVERALL

        known = (OVERALL, *self._asked.misconception)
        missing = Usage("error.unknown-gate", option=option, name=typed, allowed=known)
        return self._one(option, typed, lambda among: {OVERALL: (), **_misconceptions(among)}, missing)

    def question(self, option: str, typed: str) -> str:
        """The id of a question. Raises SmauditError (exit 2) for anything else."""
        missing = Usage("error.unknown-question", "hint.unknown-id", option=option, name=typed)
        return self._one(option, typed, _questions, missing)

    def choice(self, option: str, question: str, typed: str) -> str:
        """The id of an option of a question, or of no answer. Raises SmauditError (exit 2) otherwise."""
        from smaudit.core.questionnaire import RESERVED

        known = (*self._asked.question[question].levels, *sorted(RESERVED))
        missing = Usage("error.unknown-option", option=option, question=question, name=typed, allowed=known)
        none = dict[str, Sequence[str]].fromkeys(RESERVED, ())
        return self._one(option, typed, lambda among: {**_choices(among, question), **none}, missing)

    def either(self, typed: str) -> str:
        """The id of a question or a misconception. Raises SmauditError (exit 2) for anything else."""

        def entries(among: Sequence[Questionnaire]) -> Entries:
            both = _misconceptions(among)
            return {**both, **{name: (*both.get(name, ()), *own) for name, own in _questions(among).items()}}

        return self._one("ID", typed, entries, Usage("error.unknown-id", "hint.unknown-id", id=typed))

    def _one(
        self, option: str, typed: str, entries: Callable[[Sequence[Questionnaire]], Entries], missing: Usage
    ) -> str:
        """The one id that was meant. Raises SmauditError (exit 2) for none and for several."""
        found = find(typed, entries([self._asked]))
        if not found.ids:
            # Only now: every language is a file more to read.
            found = find(typed, entries([self._asked, *self._others()]))
        if len(found.ids) == 1:
            return found.ids[0]
        if found.ids:
            raise Usage("error.ambiguous-name", option=option, name=typed, allowed=found.ids)
        if found.near:
            raise Usage("error.unknown-name-meant", option=option, name=typed, meant=found.near)
        raise missing

    def _others(self) -> Iterator[Questionnaire]:
        from smaudit.files.load import load_questionnaire
        from smaudit.files.words import languages

        for code in languages() if self._file != "-" else ():
            with suppress(SmauditError):
                found = load_questionnaire(self._file, code, self._run.digits)
                if found.language != self._asked.language:
                    yield found


def _misconceptions(among: Sequence[Questionnaire]) -> Entries:
    every = [each for one in among for each in one.misconceptions]
    return _gathered((each.id, (each.topic, each.title)) for each in every)


def _questions(among: Sequence[Questionnaire]) -> Entries:
    every = [each for one in among for each in one.questions]
    return _gathered((each.id, (each.title, each.text)) for each in every)


def _choices(among: Sequence[Questionnaire], question: str) -> Entries:
    """The options of a question, also in the words of some companies."""
    every = [one.question[question] for one in among]
    plain = [(each.id, (each.text,)) for one in every for each in one.options]
    worded = [(name, (text,)) for one in every for each in one.wording for name, text in each.options.items()]
    return _gathered([*plain, *worded])


def _gathered(named: Iterable[tuple[str, Iterable[str | None]]]) -> Entries:
    found: dict[str, tuple[str, ...]] = {}
    for name, others in named:
        found[name] = (*found.get(name, ()), *(each for each in others if each))
    return found
