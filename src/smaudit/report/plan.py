"""The plan, told once for all formats: `compose(planned, phrases) -> Document`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from smaudit.assessment import EDGES, STEERS_BELOW
from smaudit.language import Line, Phrases, strong, value
from smaudit.planning import OVERALL, Plan, natural_plan, natural_targets
from smaudit.report.blocks import Block, Document, Entries, Entry, Heading, Paragraph, Table
from smaudit.report.numbers import exactly, shown
from smaudit.report.subject import Subject
from smaudit.report.wording import Words, joined, occasion

FORMATS = {"text": ".txt", "markdown": ".md", "json": ".json", "csv": ".csv"}
"""The formats of a plan, each with the ending of its files."""


class Planned(NamedTuple):
    """A sheet with its plan; `natural` where nothing was said, `aim` what a budget is spent on.

    `then` is the natural plan once the steps of this one have been taken.
    """

    subject: Subject
    plan: Plan
    natural: bool = False
    aim: str = OVERALL
    then: Plan | None = None


def compose(planned: Planned, phrases: Phrases) -> Document:
    """The whole plan in the words of one language."""
    teller = Teller(planned, Words(planned.subject.questionnaire, planned.subject.sheet, phrases))
    title = teller.say("title", company=teller.words.company())
    return Document(title, (Heading(1, title), *teller.whole()))


def roadmap_blocks(subject: Subject, words: Words) -> Iterator[Block]:
    """The natural plan as a section of a report: its goal and its waves; nothing where there is no step."""
    plan = natural_plan(subject.questionnaire, subject.sheet)
    if plan.steps:
        teller = Teller(Planned(subject, plan, natural=True), words)
        yield Heading(2, teller.say("roadmap"), anchor="roadmap")
        yield Paragraph(teller.goal())
        yield Paragraph(teller.result())
        yield from teller.waves(level=3, in_full=False)
        yield Paragraph(teller.say("made.order"), "small")


class Teller(NamedTuple):
    """A plan in the words of one language."""

    planned: Planned
    words: Words

    def say(self, key: str, **values: Line | int) -> Line:
        """A phrase of the plan."""
        return self.words.phrases.line(f"plan.{key}", **values)

    def whole(self) -> Iterator[Block]:
        """Everything below the title."""
        plan, subject = self.planned.plan, self.planned.subject
        yield Paragraph(occasion(subject, self.words), "small")
        yield Paragraph(strong(self.goal()), "lead")
        if self.result():
            yield Paragraph(self.result())
        yield from self._falls_short()
        if subject.assessment.overall.counted:
            yield self._table()
        yield from self._alarms()
        yield from self.waves(level=2, in_full=True)
        yield from self._then()
        yield from self._not_known()
        yield from self._in_the_way()
        if plan.steps:
            yield from self._made()

    def goal(self) -> Line:
        """What the plan is for."""
        plan, subject = self.planned.plan, self.planned.subject
        if not self.planned.natural:
            if plan.budget is not None:
                return self.say("goal.budget", name=self.name(self.planned.aim), budget=plan.budget)
            aims = (
                self.say("goal.aim", name=self.name(name), target=self.target(target))
                for name, target in plan.targets.items()
            )
            return self.say("goal.targets", goals=self.words.phrases.row(aims))
        company = self.words.company()
        if not subject.assessment.overall.counted:
            return self.say("result.no-score")
        targets = natural_targets(subject.assessment)
        if not targets:
            return self.say("goal.nothing")
        if any(each.steers for each in subject.assessment.misconceptions):
            target = self.target(Fraction(STEERS_BELOW))
            return self.say("goal.steered", company=company, target=target)
        ((name, score),) = targets.items()
        return self.say("goal.next", company=company, name=self.name(name), target=self.target(score))

    def result(self) -> Line:
        """What the steps get, what they cost, and how sure it is that nothing is better; empty if no goal."""
        plan = self.planned.plan
        if plan.status == "unreachable":
            return self.say("result.unreachable")
        if plan.budget is not None:
            return self._bought()
        if not plan.steps:
            return self.say("result.already") if plan.targets else ()
        count, effort = len(plan.steps), self.words.number(plan.effort)
        reached = self.say("result.reached", count=count, effort=effort, by=self._by())
        if plan.optimal:
            return joined(reached, self.say("result.cheapest"))
        return joined(reached, self.say("result.cut", bound=self.words.number(plan.bound or 0)))

    def _bought(self) -> Line:
        """What a budget gets."""
        plan, name = self.planned.plan, self.planned.aim
        before, after, ceiling = plan.before[name], plan.after[name], plan.ceiling
        if before is None or after is None or ceiling is None or not plan.steps:
            return self.say("result.budget-nothing")
        bought = self.say(
            "result.budget",
            count=len(plan.steps),
            effort=self.words.number(plan.effort),
            by=self._by(),
            name=self.name(name),
            before=self.score(name, before),
            after=self.score(name, after),
        )
        if plan.optimal:
            return joined(bought, self.say("result.furthest"))
        most = self.score(name, ceiling)
        return joined(bought, self.say("result.budget-cut", name=self.name(name), ceiling=most))

    def _by(self) -> Line:
        return self.say("by.own" if self.planned.subject.sheet.efforts else "by.estimates")

    def name(self, name: str) -> Line:
        """The overall, or a misconception by its neutral name, in a sentence."""
        return self.say("overall") if name == OVERALL else self.words.quoted(self.words.topic(name))

    def target(self, target: Fraction) -> Line:
        """A target as it was given; one with many decimals as a score."""
        places = exactly(target)
        return self.words.score(target) if places is None else self.words.number(target, places)

    def score(self, name: str, score: Fraction) -> Line:
        """A score as it is printed, never over the edge of a band or past its target by rounding."""
        plan = self.planned.plan
        edges = EDGES if name not in plan.targets or plan.budget is not None else (*EDGES, plan.targets[name])
        printed, places = shown(score, edges)
        return value(self.words.phrases.number(printed, places))

    def _table(self) -> Table:
        """The scores now and with the plan, by misconception."""
        plan = self.planned.plan
        columns = ["now", "after", "gain", "target"] if plan.steps else ["now", "target"]
        if plan.budget is not None:
            columns.remove("target")
        rows = [
            (
                strong(self.words.phrases.line("page.overall"))
                if name == OVERALL
                else self.words.topic(name),
                *(self._cell(column, name) for column in columns),
            )
            for name in plan.before
        ]
        return Table(
            ((), *(self.say(f"column.{column}") for column in columns)),
            tuple(rows),
            numeric=frozenset(range(1, len(columns) + 1)),
        )

    def _cell(self, column: str, name: str) -> Line:
        plan = self.planned.plan
        before, after, target = plan.before[name], plan.after[name], plan.targets.get(name)
        if column == "target":
            return () if target is None else self.target(target)
        if before is None or after is None:
            return self.say("no-score") if column == "now" else ()
        if column == "gain":
            return self.words.gain(after - before) if after != before else ()
        return self.score(name, before if column == "now" else after)

    def waves(self, *, level: int, in_full: bool) -> Iterator[Block]:
        """The steps in their waves, numbered through; `in_full` with the way up and what to show for it."""
        plan = self.planned.plan
        number, before = 1, plan.before[OVERALL] or Fraction()
        for wave, group in groupby(plan.steps, key=lambda step: step.wave):
            steps = list(group)
            after = steps[-1].running[OVERALL]
            yield Heading(level, self.say(f"wave.{wave}"))
            brings = self.say(
                "wave-brings",
                count=len(steps),
                effort=self.words.number(sum(step.effort for step in steps)),
                before=self.score(OVERALL, before),
                after=self.score(OVERALL, after),
            )
            begins = wave == 1 and len(steps) < len(plan.steps)
            yield Paragraph(joined(brings, self.say("wave-begins") if begins else ()))
            entries = tuple(self._step(number + place, in_full=in_full) for place in range(len(steps)))
            yield Entries(entries, numbered=True, first=number)
            number, before = number + len(steps), after

    def _step(self, number: int, *, in_full: bool) -> Entry:
        """The step with this number, counted from 1."""
        words, step = self.words, self.planned.plan.steps[number - 1]
        score = self.score(OVERALL, step.running[OVERALL])
        gain = self.say("step.gain", gain=words.gain(step.gain), score=score)
        lines = [joined(words.question(step.question), words.effort(step.effort, step.owner), gain, by=" · ")]
        if in_full:
            now, then = (words.quoted(words.option(step.question, each)) for each in (step.from_, step.to))
            lines.append(words.say("next-steps.from-to", now=now, then=then))
        lines.append(self.say("step.why", reason=self._reason(number)))
        if in_full:
            lines += self._to_show(number)
        return Entry(strong(words.step(step.question, step.from_)), tuple(lines))

    def _to_show(self, number: int) -> Iterator[Line]:
        """The evidence and the metric of a step, told once for each question."""
        steps, words = self.planned.plan.steps, self.words
        question = words.worded(steps[number - 1].question)
        first = next(place for place, each in enumerate(steps, start=1) if each.question == question.id)
        if first != number and (question.evidence or question.metric):
            yield self.say("step.goes-on", number=first)
            return
        if question.evidence:
            yield self.say("step.evidence", evidence=words.content(question.evidence))
        if question.metric:
            yield words.say("next-steps.metric", metric=words.metric(question))

    def _reason(self, number: int) -> Line:
        """Why a step comes here; told once where several in a row have the same reason."""
        plan, step = self.planned.plan, self.planned.plan.steps[number - 1]
        before = plan.steps[number - 2] if number > 1 else None
        if before and (before.wave, before.reason, before.serves) == (step.wave, step.reason, step.serves):
            return self.say("reason.same")
        reason = str(step.reason)
        if reason == "needed-for-target" and plan.budget is not None:
            reason = "needed-for-budget"
        elif reason == "needed-for-target" and OVERALL in plan.targets:
            reason = "needed-for-overall"
        misconception = self.words.quoted(self.words.misconception(step.serves))
        return self.say(f"reason.{reason}", misconception=misconception)

    def _falls_short(self) -> Iterator[Block]:
        """The natural targets that had to be lowered."""
        plan = self.planned.plan
        if plan.status == "unreachable":
            return
        wanted = natural_targets(self.planned.subject.assessment) if self.planned.natural else {}
        for name, most in plan.most.items():
            if most is not None and most < wanted.get(name, 0):
                score, target = self.words.score(most), self.target(wanted[name])
                yield Paragraph(self.say("falls-short", name=self.name(name), most=score, target=target))

    def _alarms(self) -> Iterator[Block]:
        """The alarms that the plan does not lead out of."""
        last = {step.question: step.to for step in self.planned.plan.steps}
        for alarm in self.planned.subject.assessment.alarms:
            question = self.words.questionnaire.question[alarm.question]
            choice = last.get(alarm.question, alarm.choice)
            if not question.options[question.levels[choice]].alarm:
                continue
            name, step = self.words.question(alarm.question), self.words.step(alarm.question, choice)
            key = "alarm-stays" if step else "alarm-stays-alone"
            yield Paragraph(self.say(key, question=name, step=step), "warning")

    def _then(self) -> Iterator[Block]:
        """The goal after this one, where it is one misconception in its next band."""
        plan, then = self.planned.plan, self.planned.then
        if not plan.steps or then is None or not then.steps or len(then.targets) != 1:
            return
        ((name, target),) = then.targets.items()
        yield Paragraph(
            self.say(
                "then",
                count=len(then.steps),
                name=self.name(name),
                id=value(name),
                target=self.target(target),
                effort=self.words.number(then.effort),
            )
        )

    def _not_known(self) -> Iterator[Block]:
        """What has no part in the plan and could change it."""
        assessment = self.planned.subject.assessment
        unscored = [each.id for each in assessment.misconceptions if each.status == "not-enough-answers"]
        if unscored and assessment.overall.counted:
            names = self.words.phrases.row(self.name(name) for name in unscored)
            yield Paragraph(self.say("unscored", count=len(unscored), names=names))
        found = assessment.find_out_first
        if found:
            name = strong(self.words.question(found[0].question))
            yield Paragraph(
                joined(self.say("open", count=len(found), question=name), self._ask(found[0].question))
            )

    def _ask(self, question: str) -> Line:
        who = self.words.departments(self.words.questionnaire.question[question].ask)
        return self.words.say("find-out.ask", who=who) if who else ()

    def _in_the_way(self) -> Iterator[Block]:
        """What the most is where a target is out of reach, and the questions that could not be raised."""
        plan = self.planned.plan
        if not plan.stands_in_the_way:
            return
        yield Heading(2, self.say("in-the-way.heading"))
        if plan.status == "unreachable":
            for name, most in plan.most.items():
                yield from self._most(name, most, plan.targets)
        statuses = {each.question: each.status for each in plan.stands_in_the_way}
        yield Entries(
            tuple(
                Entry(
                    strong(self.words.question(name)),
                    (joined(self.say(f"in-the-way.{status}"), self._whom(name, status)),),
                )
                for name, status in statuses.items()
            )
        )

    def _whom(self, question: str, status: str) -> Line:
        return self._ask(question) if status in {"dont-know", "unanswered"} else ()

    def _most(self, name: str, most: Fraction | None, targets: Mapping[str, Fraction]) -> Iterator[Block]:
        if most is None:
            yield Paragraph(self.say("in-the-way.no-score", name=self.name(name)))
        elif most < targets[name]:
            score, target = self.score(name, most), self.target(targets[name])
            yield Paragraph(self.say("in-the-way.most", name=self.name(name), most=score, target=target))

    def _made(self) -> Iterator[Block]:
        """How the plan is made."""
        yield Heading(2, self.say("made.heading"))
        own = self.say("made.own-effort") if self.words.sheet.efforts else ()
        yield Paragraph(joined(self.words.say("method.effort"), own, self.say("made.effort")))
        yield Paragraph(self.say("made.order"))
        alone = self.words.questionnaire.alone(self.words.sheet.company.profile)
        yield Paragraph(self.say("made.waves-alone" if alone else "made.waves"))
        yield Paragraph(self.say("made.gains"))
