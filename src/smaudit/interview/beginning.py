"""Before the interview: which sheet it is to be, one that lies here or a new one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.route import complete
from smaudit.files.nearby import Nearby
from smaudit.interview.counting import standing
from smaudit.interview.prompter import Choose, Key, Option, Paragraph, Prompter
from smaudit.language.direction import readable
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, value

NEW = "new"
_MOST_OFFERED = 8
_DAYS_TOLD = 30
"""Up to so many days ago are told as that; before it stands the date."""


def offer_sheets(
    prompter: Prompter,
    phrases: Phrases,
    questionnaire: Questionnaire,
    found: Sequence[Nearby],
    today: dt.date,
) -> Path | None:
    """Offer the sheets that were found, unfinished ones first; None for a new one, or without any."""
    if not found:
        return None
    shown = sorted(found, key=lambda each: complete(questionnaire, each.sheet))[:_MOST_OFFERED]
    names = Counter(each.sheet.company.name for each in shown)
    options = []
    for number, each in enumerate(shown):
        told = _told(phrases, questionnaire, each, today)
        if not each.sheet.company.name or names[each.sheet.company.name] > 1:
            told = phrases.joined(told, value(each.path.name), by="fact")
        options.append(Option(str(number), readable(told, phrases.direction)))
    options.append(Option(NEW, phrases.shown("interview.here.new")))
    head = (Paragraph(phrases.shown("interview.here.question"), "strong"),)
    reply = prompter.choose(Choose(head, tuple(options), keys=()))
    return None if reply.value == NEW else shown[int(reply.value)].path


def offer_meant(prompter: Prompter, phrases: Phrases, file: str, meant: Path) -> Path | None:
    """Ask whether a name that is not there was meant to be this one, which is; None to begin there anew."""
    options = (
        Option("meant", phrases.shown("interview.here.open", file=str(meant))),
        Option(NEW, phrases.shown("interview.here.begin", file=file)),
    )
    head = (Paragraph(phrases.shown("interview.here.missing-meant", file=file, meant=meant.name), "strong"),)
    reply = prompter.choose(Choose(head, options, keys=()))
    return meant if reply.key is Key.ENTER and reply.value == "meant" else None


def say_new(prompter: Prompter, phrases: Phrases, file: str) -> None:
    """Say that a name is not there yet, so that nobody takes a typing error for a loss."""
    prompter.say((Paragraph(), Paragraph(phrases.shown("interview.here.missing", file=file))))


def _told(phrases: Phrases, questionnaire: Questionnaire, each: Nearby, today: dt.date) -> Line:
    """A sheet in a line: whose it is, how far, and when it was written last."""
    count = standing(questionnaire, each.sheet)
    is_whole = complete(questionnaire, each.sheet)
    far = "interview.stands.finished" if is_whole else "interview.stands.answered"
    parts = [value(each.sheet.company.name)] if each.sheet.company.name else []
    parts += [phrases.line(far, done=count.done, total=count.total), _when(phrases, each.day, today)]
    return phrases.row(parts, "between")


def _when(phrases: Phrases, day: dt.date, today: dt.date) -> Line:
    ago = (today - day).days
    if ago <= 0:
        return phrases.line("interview.here.today")
    if ago <= _DAYS_TOLD:
        return phrases.line("interview.here.days-ago", count=ago)
    number, month = phrases.number, phrases.line(f"month.{day.month}")
    return phrases.line("number.date", day=number(day.day), month=month, year=number(day.year))
