"""The plan, told once for all formats: `compose(planned, phrases) -> Document`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from smaudit.core.result import OVERALL, STEERS_BELOW
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, strong, value
from smaudit.report.blocks import Block, Document, Entries, Entry, Heading, Paragraph, Table
from smaudit.report.results import Planned
from smaudit.report.tell.plan_steps import waves
from smaudit.report.tell.plan_words import PlanWords
from smaudit.report.words import Words, nothing_applies, occasion

COLUMNS = ("now", "after", "gain", "target")
"""The columns of the table of scores."""


def compose(planned: Planned, phrases: Phrases) -> Document:
    """The whole plan in the words of one language."""
    told = PlanWords(planned, Words(planned.subject.questionnaire, planned.subject.sheet, phrases))
    title = told.say("plan.title", company=told.words.company("begins"))
    return Document(title, (Heading(1, title), *whole(told)))


def roadmap_blocks(planned: Planned, words: Words) -> Iterator[Block]:
    """The natural plan as a section of a report: its goal and its waves; nothing where there is no step."""
    if planned.plan.steps:
        told = PlanWords(planned, words)
        yield Heading(2, told.say("plan.roadmap"), anchor="roadmap")
        yield Paragraph(goal(told))
        yield Paragraph(result(told))
        yield from waves(told, level=3, in_full=False)
        yield Paragraph(told.say("plan.made.order"), "small")


def whole(told: PlanWords) -> Iterator[Block]:
    """Everything below the title."""
    plan, subject = told.plan, told.planned.subject
    yield Paragraph(occasion(subject.assessment, told.words), "small")
    yield Paragraph(strong(goal(told)), "lead")
    if result(told):
        yield Paragraph(result(told))
    yield from _falls_short(told)
    if subject.assessment.overall.counted:
        yield _table(told)
    yield from _alarms(told)
    yield from waves(told, level=2, in_full=True)
    yield from _then(told)
    yield from _not_known(told)
    yield from _in_the_way(told)
    if plan.steps:
        yield from _made(told)


def goal(told: PlanWords) -> Line:
    """What the plan is for."""
    plan, subject = told.plan, told.planned.subject
    targets = told.planned.natural
    if targets is None:
        if plan.budget is not None:
            return told.say("plan.goal.budget", name=told.name(told.planned.aim), budget=plan.budget)
        aims = (
            told.say("plan.goal.aim", name=told.name(name), target=told.target(target))
            for name, target in plan.targets.items()
        )
        return told.say("plan.goal.targets", goals=told.words.phrases.row(aims))
    company = told.words.company()
    if not subject.assessment.overall.counted:
        applies = not nothing_applies(subject.assessment)
        return told.say("plan.result.no-score" if applies else "plan.result.nothing-applies")
    if not targets:
        return told.say("plan.goal.nothing")
    if any(each.steers for each in subject.assessment.misconceptions):
        target = told.target(Fraction(STEERS_BELOW))
        return told.say("plan.goal.steered", company=company, target=target)
    ((name, score),) = targets.items()
    return told.say("plan.goal.next", company=company, name=told.name(name), target=told.target(score))


def result(told: PlanWords) -> Line:
    """What the steps get, what they cost, and how sure it is that nothing is better; empty if no goal."""
    plan = told.plan
    if plan.status == "unreachable":
        return told.say("plan.result.unreachable")
    if plan.budget is not None:
        return _bought(told)
    if not plan.steps:
        return told.say("plan.result.already") if plan.targets else ()
    count, effort = len(plan.steps), told.words.number(plan.effort)
    reached = told.say("plan.result.reached", count=count, effort=effort, by=told.by())
    if plan.optimal:
        return told.words.joined(reached, told.say("plan.result.cheapest"))
    return told.words.joined(reached, told.say("plan.result.cut", bound=told.words.number(plan.bound or 0)))


def _bought(told: PlanWords) -> Line:
    """What a budget gets."""
    plan, name = told.plan, told.planned.aim
    before, after, ceiling = plan.before[name], plan.after[name], plan.ceiling
    if before is None or after is None or ceiling is None or not plan.steps:
        return told.say("plan.result.budget-nothing")
    bought = told.say(
        "plan.result.budget",
        count=len(plan.steps),
        effort=told.words.number(plan.effort),
        by=told.by(),
        name=told.name(name),
        before=told.score(name, before),
        after=told.score(name, after),
    )
    if plan.optimal:
        return told.words.joined(bought, told.say("plan.result.furthest"))
    most = told.score(name, ceiling)
    return told.words.joined(bought, told.say("plan.result.budget-cut", name=told.name(name), ceiling=most))


def _table(told: PlanWords) -> Table:
    """The scores now and with the plan, by misconception."""
    plan = told.plan
    columns = [*COLUMNS] if plan.steps else ["now", "target"]
    if plan.budget is not None:
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
        return () if target is None else told.target(target)
    if before is None or after is None:
        return told.say("plan.no-score") if column == "now" else ()
    if column == "gain":
        return told.words.gain(after - before) if after != before else ()
    return told.score(name, before if column == "now" else after)


def _falls_short(told: PlanWords) -> Iterator[Block]:
    """The natural targets that had to be lowered."""
    plan = told.plan
    if plan.status == "unreachable":
        return
    wanted = told.planned.natural or {}
    for name, most in plan.most.items():
        if most is not None and most < wanted.get(name, 0):
            score, target = told.words.score(most), told.target(wanted[name])
            yield Paragraph(told.say("plan.falls-short", name=told.name(name), most=score, target=target))


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


def _then(told: PlanWords) -> Iterator[Block]:
    """The goal after this one, where it is one misconception in its next band."""
    plan, then = told.plan, told.planned.then
    if not plan.steps or then is None or not then.steps or len(then.targets) != 1:
        return
    ((name, target),) = then.targets.items()
    yield Paragraph(
        told.say(
            "plan.then",
            count=len(then.steps),
            name=told.name(name),
            target=told.target(target),
            option=value(f"--target {name}={float(target):g}"),
            effort=told.words.number(then.effort),
        )
    )


def _not_known(told: PlanWords) -> Iterator[Block]:
    """What has no part in the plan and could change it."""
    assessment = told.planned.subject.assessment
    unscored = [each.id for each in assessment.misconceptions if each.status == "not-enough-answers"]
    if unscored and assessment.overall.counted:
        names = told.words.phrases.row(told.name(name) for name in unscored)
        yield Paragraph(told.say("plan.unscored", count=len(unscored), names=names))
    found = assessment.find_out_first
    if found:
        name = strong(told.words.question(found[0].question))
        yield Paragraph(
            told.words.joined(
                told.say("plan.open", count=len(found), question=name), told.ask(found[0].question)
            )
        )


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


def _made(told: PlanWords) -> Iterator[Block]:
    """How the plan is made."""
    yield Heading(2, told.say("plan.made.heading"))
    own = told.say("plan.made.own-effort") if told.words.sheet.efforts else ()
    yield Paragraph(
        told.words.joined(told.words.say("report.method.effort"), own, told.say("plan.made.effort"))
    )
    yield Paragraph(told.say("plan.made.order"))
    alone = told.words.questionnaire.alone(told.words.sheet.company.profile)
    yield Paragraph(told.say("plan.made.waves-alone" if alone else "plan.made.waves"))
    yield Paragraph(told.say("plan.made.gains"))
