"""The plan, told once for all formats: `compose(planned, phrases) -> Document`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from smaudit.core.result import FREE_FROM, OVERALL
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, strong
from smaudit.report.blocks import Block, Document, Entries, Entry, Heading, Paragraph, Table
from smaudit.report.results import Planned
from smaudit.report.tell.plan_words import PlanWords
from smaudit.report.tell.staircase import staircase
from smaudit.report.tell.steps import waves
from smaudit.report.words import Words, nothing_applies, occasion

COLUMNS = ("now", "after", "gain", "target")
"""The columns of the table of scores."""
MOST_TO_FIND_OUT = 5
"""How many questions stand in the list of what to find out first."""


def compose(planned: Planned, phrases: Phrases) -> Document:
    """The whole plan in the words of one language."""
    told = PlanWords(planned, Words(planned.subject.questionnaire, planned.subject.sheet, phrases))
    title = told.say("plan.title", company=told.words.company("begins"))
    return Document(title, (Heading(1, title), *_whole(told)), told.words.dated())


def roadmap_blocks(planned: Planned, words: Words) -> Iterator[Block]:
    """The roadmap as a section of a report: its goal and its waves; nothing where there is no step."""
    if planned.plan.steps:
        told = PlanWords(planned, words)
        yield Heading(2, told.say("plan.roadmap"), anchor="roadmap")
        yield Paragraph(goal(told))
        yield Paragraph(result(told))
        yield from _falls_short(told)
        yield from waves(told, level=3, in_full=False)


def _whole(told: PlanWords) -> Iterator[Block]:
    """Everything below the title."""
    plan, subject = told.plan, told.planned.subject
    yield Paragraph(occasion(subject.assessment, told.words), "small")
    yield Paragraph(strong(goal(told)), "lead")
    if result(told):
        yield Paragraph(result(told))
    yield from _falls_short(told)
    stairs = staircase(told)
    if stairs:
        yield stairs
    yield from _find_out(told)
    yield from _prove(told)
    if subject.assessment.overall.counted:
        yield _table(told)
    yield from _alarms(told)
    yield from waves(told, level=2, in_full=True)
    yield from _not_known(told)
    yield from _not_in_it(told)
    yield from _in_the_way(told)
    if plan.steps:
        yield from made(told)


def goal(told: PlanWords) -> Line:
    """What the plan is for."""
    plan, subject = told.plan, told.planned.subject
    if not subject.assessment.overall.counted and plan.goal in {"free", "further"}:
        applies = not nothing_applies(subject.assessment)
        return told.say("plan.result.no-score" if applies else "plan.result.nothing-applies")
    if plan.goal == "budget":
        effort = told.words.amount(plan.budget or 0)
        return told.say("plan.goal.budget", name=told.name(told.planned.aim), budget=effort)
    if plan.goal == "targets":
        aims = (
            told.say("plan.goal.aim", name=told.name(name), target=told.target(target))
            for name, target in plan.targets.items()
        )
        return told.say("plan.goal.targets", goals=told.words.phrases.row(aims))
    free = told.words.number(FREE_FROM)
    return told.say(f"plan.goal.{plan.goal}", company=told.words.company(), target=free)


def result(told: PlanWords) -> Line:
    """What the steps get and what they cost; empty if there is no goal."""
    plan = told.plan
    if not told.planned.subject.assessment.overall.counted and plan.goal == "free":
        return ()
    if plan.status == "unreachable":
        return told.say("plan.result.unreachable")
    if plan.goal == "budget":
        return _bought(told)
    if not plan.steps:
        return told.say("plan.result.already" if plan.goal == "targets" else "plan.result.nothing-left")
    effort = told.words.amount(plan.effort)
    key = "further" if plan.goal == "further" else "nearest" if plan.most else "reached"
    return told.say(f"plan.result.{key}", count=len(plan.steps), effort=effort, by=told.by())


def _bought(told: PlanWords) -> Line:
    """What a budget gets."""
    plan, name = told.plan, told.planned.aim
    before, after = plan.before[name], plan.after[name]
    if before is None or after is None or not plan.steps:
        return told.say("plan.result.budget-nothing")
    return told.say(
        "plan.result.budget",
        count=len(plan.steps),
        effort=told.words.amount(plan.effort),
        by=told.by(),
        name=told.name(name),
        before=told.score(name, before),
        after=told.score(name, after),
    )


def _table(told: PlanWords) -> Table:
    """The scores now and with the plan, by misconception."""
    plan = told.plan
    columns = [*COLUMNS] if plan.steps else ["now", "target"]
    if plan.goal == "budget":
        columns.remove("target")
    rows = [
        (
            strong(told.say("page.overall")) if name == OVERALL else told.words.topic(name),
            *(_cell(told, column, name) for column in columns),
        )
        for name in plan.before
    ]
    return Table(
        ((), *(told.say(f"plan.column.{column}") for column in columns)),
        tuple(rows),
        numeric=frozenset(range(1, len(columns) + 1)),
    )


def _cell(told: PlanWords, column: str, name: str) -> Line:
    plan = told.plan
    before, after, target = plan.before[name], plan.after[name], plan.targets.get(name)
    if column == "target":
        if target is None:
            return ()
        return told.target(target) if plan.goal == "targets" else told.words.score(target)
    if before is None or after is None:
        return told.say("plan.no-score") if column == "now" else ()
    if column == "gain":
        return told.words.difference(after - before) if after != before else ()
    return told.score(name, before if column == "now" else after)


def _falls_short(told: PlanWords) -> Iterator[Block]:
    """The misconceptions that the steps do not lead clear of."""
    plan = told.plan
    if plan.goal != "free":
        return
    free = told.words.number(FREE_FROM)
    for name, most in plan.most.items():
        if most is not None and most == plan.targets[name] and plan.before[name] != most:
            yield Paragraph(
                told.say("plan.falls-short", name=told.name(name), most=told.score(name, most), target=free)
            )


def _find_out(told: PlanWords) -> Iterator[Block]:
    """The unknown answers that could change a side."""
    found = told.plan.find_out[:MOST_TO_FIND_OUT]
    if found:
        yield Paragraph(strong(told.say("plan.find-out", count=len(told.plan.find_out))))
        yield Entries(tuple(open_question(told.words, name) for name in found), numbered=True)


def open_question(words: Words, name: str) -> Entry:
    """A question to find out, with whom to ask."""
    who = words.departments(words.questionnaire.question[name].ask)
    return Entry(words.question(name), (words.say("report.find-out.ask", who=who),) if who else ())


def _prove(told: PlanWords) -> Iterator[Block]:
    """The best answers that name no evidence, with what would show them."""
    if told.plan.prove:
        yield Paragraph(strong(told.say("report.prove-first", count=len(told.plan.prove))))
        yield Entries(tuple(to_prove(told.words, name) for name in told.plan.prove[:MOST_TO_FIND_OUT]))


def to_prove(words: Words, name: str) -> Entry:
    """A question whose best answer names no evidence, with what would show it."""
    evidence = words.worded(name).evidence
    lines = (words.say("plan.step.evidence", evidence=words.content(evidence)),) if evidence else ()
    return Entry(words.question(name), lines)


def _alarms(told: PlanWords) -> Iterator[Block]:
    """The alarms that the plan does not lead out of."""
    last = {step.question: step.to for step in told.plan.steps}
    for alarm in told.planned.subject.assessment.alarms:
        question = told.words.questionnaire.question[alarm.question]
        choice = last.get(alarm.question, alarm.choice)
        if not question.options[question.levels[choice]].alarm:
            continue
        name, step = told.words.question(alarm.question), told.words.step(alarm.question, choice)
        key = "plan.alarm-stays" if step else "plan.alarm-stays-alone"
        yield Paragraph(told.say(key, question=name, step=step), "warning")


def _not_known(told: PlanWords) -> Iterator[Block]:
    """What has no part in the plan and could change it."""
    assessment = told.planned.subject.assessment
    unscored = [each.id for each in assessment.misconceptions if each.status == "not-enough-answers"]
    if unscored and assessment.overall.counted:
        names = told.words.phrases.row(told.name(name) for name in unscored)
        yield Paragraph(told.say("plan.unscored", count=len(unscored), names=names))
    found = assessment.find_out_first
    if found and not told.plan.find_out:
        name = strong(told.words.question(found[0].question))
        yield Paragraph(
            told.words.joined(
                told.say("plan.open", count=len(found), question=name), told.ask(found[0].question)
            )
        )


def _not_in_it(told: PlanWords) -> Iterator[Block]:
    """What else could be done, when to look again, and who adopts the plan."""
    plan, assessment = told.plan, told.planned.subject.assessment
    if not plan.steps:
        return
    planned = {step.question for step in plan.steps}
    others = sum(step.question not in planned for step in assessment.next_steps)
    yield Heading(2, told.say("plan.then.heading"))
    if others:
        yield Paragraph(told.say("plan.then.others", count=others))
    yield Paragraph(told.say("plan.then.again"))
    yield Paragraph(told.say("plan.then.adopted"))


def _in_the_way(told: PlanWords) -> Iterator[Block]:
    """What the most is where a target is out of reach, and the questions that could not be raised."""
    plan = told.plan
    if not plan.stands_in_the_way:
        return
    yield Heading(2, told.say("plan.in-the-way.heading"))
    if plan.status == "unreachable":
        for name, most in plan.most.items():
            yield from _most(told, name, most, plan.targets)
    statuses = {each.question: each.status for each in plan.stands_in_the_way}
    yield Entries(
        tuple(
            Entry(
                strong(told.words.question(name)),
                (told.words.joined(told.say(f"plan.in-the-way.{status}"), _whom(told, name, status)),),
            )
            for name, status in statuses.items()
        )
    )


def _whom(told: PlanWords, question: str, status: str) -> Line:
    return told.ask(question) if status in {"dont-know", "unanswered"} else ()


def _most(
    told: PlanWords, name: str, most: Fraction | None, targets: Mapping[str, Fraction]
) -> Iterator[Block]:
    if most is None:
        yield Paragraph(told.say("plan.in-the-way.no-score", name=told.name(name)))
    elif most < targets[name]:
        score, target = told.score(name, most), told.target(targets[name])
        yield Paragraph(told.say("plan.in-the-way.most", name=told.name(name), most=score, target=target))


def made(told: PlanWords) -> Iterator[Block]:
    """How the plan is made."""
    words, unit = told.words, told.words.questionnaire.effort.unit
    yield Heading(2, told.say("plan.made.heading"))
    own = told.say("plan.made.own-effort") if words.sheet.efforts else ()
    yield Paragraph(words.joined(words.say(f"report.method.effort.{unit}"), own))
    yield Paragraph(told.say("plan.made.effort"), "terminal")
    if told.plan.goal == "free":
        yield Paragraph(told.say("plan.made.set"))
    yield Paragraph(words.joined(_proven(told), told.say("plan.made.order")))
    if unit != "points":
        alone = words.questionnaire.alone(words.sheet.company.profile)
        if unit == "days":
            yield Paragraph(told.say("plan.made.waves-days-alone" if alone else "plan.made.waves-days"))
        else:
            yield Paragraph(told.say("plan.made.waves-alone" if alone else "plan.made.waves"))
    yield Paragraph(told.say("plan.made.gains"))


def _proven(told: PlanWords) -> Line:
    """How sure it is that nothing is cheaper, or gets further."""
    plan, name = told.plan, told.planned.aim
    if plan.goal == "further" or plan.most:
        return ()
    if plan.goal == "budget":
        if plan.optimal or plan.ceiling is None:
            return told.say("plan.result.furthest")
        most = told.score(name, plan.ceiling)
        return told.say("plan.result.budget-cut", name=told.name(name), ceiling=most)
    if plan.optimal:
        return told.say("plan.result.cheapest")
    return told.say("plan.result.cut", bound=told.words.amount(plan.bound or 0))
