"""When to take the steps of a plan: the first week, the first quarter, later.

A wave takes entries in their order until one no longer fits; that one begins the next, and none goes back.
Alarms are always in the first week, and neither their hours nor their owners count there. Where efforts are
points, they say nothing of time, and there are no waves. All numbers here are conventions.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from smaudit.core.result import Wave
from smaudit.planning.ladders import Scene

if TYPE_CHECKING:
    from smaudit.planning.order import Entry

WEEK_ENTRY, WEEK, WEEK_OWNER = 8, 16, 2
"""Of the first week, beside alarms: most hours of an entry and of all together, most entries of an owner."""
QUARTER = 120
"""Of the first quarter: most hours of all its entries together."""
DAYS = {1: 7, 2: 91}
"""How many days after the date of the sheet a wave ends."""
HOURS = {"hours": 1, "days": 8}
"""Hours in a unit of effort."""


def in_waves(scene: Scene, entries: Sequence[Entry]) -> list[tuple[Wave | None, str | None]]:
    """For each entry, in order, its wave and the day by which it is to be done, YYYY-MM-DD."""
    hours = HOURS.get(scene.questionnaire.effort.unit)
    if hours is None:
        return [(None, None)] * len(entries)
    alone = scene.questionnaire.alone(scene.sheet.company.profile)
    return [(wave, _by(scene, wave)) for wave in _waves(entries, hours, alone=alone)]


def _waves(entries: Sequence[Entry], hours: int, *, alone: bool) -> list[Wave]:
    found: list[Wave] = []
    wave: Wave = 1
    taken: list[Entry] = []
    for entry in entries:
        if not entry.is_alarm:
            while not _fits(entry, wave, taken, hours, alone=alone):
                wave, taken = (2, []) if wave == 1 else (3, [])
            taken.append(entry)
        found.append(wave)
    return found


def _fits(entry: Entry, wave: Wave, taken: Sequence[Entry], hours: int, *, alone: bool) -> bool:
    """Whether there is room in a wave that has taken these beside its alarms."""
    total = hours * (sum(each.effort for each in taken) + entry.effort)
    if wave == 1:
        owned = sum(each.owner == entry.owner for each in taken)
        free = alone or entry.owner is None or owned < WEEK_OWNER
        return hours * entry.effort <= WEEK_ENTRY and total <= WEEK and free
    return wave == 3 or total <= QUARTER  # noqa: PLR2004 - the last wave takes everything


def _by(scene: Scene, wave: Wave) -> str | None:
    if scene.sheet.date is None or wave not in DAYS:
        return None
    try:
        return (date.fromisoformat(scene.sheet.date) + timedelta(days=DAYS[wave])).isoformat()
    except OverflowError:  # the last days there are
        return None
