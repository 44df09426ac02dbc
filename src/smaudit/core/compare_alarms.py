"""Alarms on two dates: which came, which went, and which cannot be called gone."""

from collections.abc import Iterator

from smaudit.core.compare_dates import Date, pairing
from smaudit.core.compare_result import AlarmChange, AlarmMove
from smaudit.core.questionnaire import Option, Question


def alarms(then: Date, now: Date) -> Iterator[AlarmMove]:
    """The alarms of both sheets as they were asked, whatever the depth of the comparison."""
    for question in then.questionnaire.questions:
        one, other = _alarm_in(then, question), _alarm_in(now, question)
        if one or other:
            change = _alarm_change(question, then, now, one, other)
            yield AlarmMove(question.id, question.main, (other or one or question.options[0]).id, change)
    yield from _alarms_gone(then)


def _alarm_in(date: Date, question: Question) -> Option | None:
    """The option that is an alarm and was chosen, of a question that the sheet was asked."""
    if not _is_asked(date, question) or date.state(question) != "rated":
        return None
    option = question.options[question.levels[date.sheet.choice(question.id) or ""]]
    return option if option.alarm else None


def _is_asked(date: Date, question: Question) -> bool:
    """Whether a sheet of its own depth was asked this question."""
    return question.depth == "quick" or date.sheet.depth_for(date.questionnaire) == "full"


def _alarm_change(
    question: Question, then: Date, now: Date, one: Option | None, other: Option | None
) -> AlarmChange:
    if one and other:
        return "stays"
    date = now if one else then
    state = date.state(question) if _is_asked(date, question) else "not-asked"
    is_matched = state == "rated" and pairing(question, then, now).is_matched
    if not one:
        return "new" if is_matched else "seen-now"
    if state == "rated":
        return "gone" if is_matched else "asked-otherwise"
    if state == "not-applicable":
        return "not-applicable"
    return "not-asked" if state in {"not-asked", "ruled-out"} else "not-known"


def _alarms_gone(then: Date) -> Iterator[AlarmMove]:
    """The alarms of an earlier version whose question or option is no more; where its text is known."""
    for name in then.sheet.gone:
        known, choice = (then.asked.known or {}).get(name), then.sheet.choice(name)
        if not isinstance(known, Question) or choice is None or choice not in known.levels:
            continue
        if known.options[known.levels[choice]].alarm:
            main = known.main if known.main in then.questionnaire.misconception else None
            is_asked = name in then.questionnaire.question
            yield AlarmMove(name, main, choice, "asked-otherwise" if is_asked else "not-asked")
