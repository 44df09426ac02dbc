"""What a plan was ordered to be: the options of `smaudit plan` that say what to plan, read and checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from smaudit.commands.options import scores
from smaudit.errors import Usage

if TYPE_CHECKING:
    from smaudit.commands.naming import Names
    from smaudit.core.subject import Subject


@dataclass(frozen=True)
class Orders:
    """What to plan.

    targets  scores 0..100 to reach, by name
    budget   the effort that may be spent, on raising `aim`
    changes  other answers to try, by question
    effort   a file with the company's own efforts
    without  questions that stay as they are
    """

    targets: Mapping[str, Fraction]
    budget: int | None
    aim: str
    changes: Mapping[str, str]
    effort: str | None
    without: tuple[str, ...]

    def named(self, names: Names) -> Orders:
        """The same by ids. Raises SmauditError (exit 2) for a name that the questionnaire does not have."""
        targets = [(names.misconception("--target", each), least) for each, least in self.targets.items()]
        changes = [(names.question("--what-if", each), choice) for each, choice in self.changes.items()]
        _check_once("--target", (name for name, _ in targets))
        _check_once("--what-if", (name for name, _ in changes))
        return replace(
            self,
            targets=dict(targets),
            aim=names.misconception("--for", self.aim),
            changes={name: names.choice("--what-if", name, choice) for name, choice in changes},
            without=tuple(names.question("--without", each) for each in self.without),
        )

    def followed(self, subject: Subject) -> Subject:
        """The subject with the efforts and what is ruled out here, which go before the sheet's own."""
        from smaudit.core.scoring import assess
        from smaudit.files.efforts import load_efforts

        if self.effort is None and not self.without:
            return subject
        asked = subject.questionnaire
        efforts = load_efforts(self.effort, asked) if self.effort is not None else {}
        sheet = subject.sheet.with_orders(efforts, self.without)
        return subject._replace(sheet=sheet, assessment=assess(asked, sheet))


def ordered(
    *,
    target: Sequence[str],
    budget: str | None,
    aim: str | None,
    what_if: Sequence[str],
    effort: str | None,
    without: Sequence[str],
) -> Orders:
    """What was ordered. Raises SmauditError (exit 2) for orders that cannot be read, or contradict."""
    from smaudit.core.result import OVERALL

    given = {"--target": target, "--budget": budget, "--for": aim, "--effort": effort, "--without": without}
    for option, typed in given.items():
        if what_if and typed:
            raise Usage("error.not-together", first="--what-if", second=option)
    if budget is not None and target:
        raise Usage("error.not-together", first="--budget", second="--target")
    if aim is not None and budget is None:
        raise Usage("error.only-with", option="--for", needed="--budget")
    return Orders(
        _targets(target),
        _budget(budget),
        OVERALL if aim is None else aim,
        _changes(what_if),
        effort,
        tuple(without),
    )


def _targets(given: Sequence[str]) -> dict[str, Fraction]:
    found = scores("--target", given)
    _check_once("--target", (each.name for each in found))
    return {each.name: each.least for each in found}


def _budget(given: str | None) -> int | None:
    if given is None:
        return None
    if not re.fullmatch(r"\d{1,6}", given):
        raise Usage("error.bad-budget", given=given)
    return int(given)


def _changes(given: Sequence[str]) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    for each, (name, _, choice) in zip(given, pairs, strict=True):
        if not name or not choice:
            raise Usage("error.bad-what-if", given=each)
    _check_once("--what-if", (name for name, _, _ in pairs))
    return {name: choice for name, _, choice in pairs}


def _check_once(option: str, names: Iterable[str]) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            raise Usage("error.given-twice", option=option, name=name)
