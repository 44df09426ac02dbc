"""The interview: asks what is open, keeps every answer at once, and lets every answer be gone back to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum
from typing import cast

from smaudit.core.questionnaire import DONT_KNOW, NOT_APPLICABLE, Depth, Question, Questionnaire
from smaudit.core.route import REVIEW, Stop, answered, complete, house_facts, open_stops, route
from smaudit.core.sheet import Answer, Guess, Sheet
from smaudit.files.signals import held_back
from smaudit.interview import prompts as views
from smaudit.interview.counting import Count, count_at, standing
from smaudit.interview.earlier import NOTHING, Earlier, earlier, offered, taken_over, told
from smaudit.interview.keeping import Keeper, Save, begun
from smaudit.interview.prompter import Choose, Key, Paragraph, Progress, Prompter, Reply, Write
from smaudit.interview.review import DEEPER, FINISH, answer_text, not_known, review, to_ask_again
from smaudit.language.phrases import Phrases
from smaudit.language.text import line

ADDED_INDENT = 3
"""Notes and evidence stand as far in as the answer above them."""


class Move(Enum):
    """Where to go from a stop: on to what is open, or to the stop before."""

    ON = "on"
    BACK = "back"


def interview(
    questionnaire: Questionnaire,
    sheet: Sheet,
    phrases: Phrases,
    prompter: Prompter,
    *,
    save: Save,
    today: str,
) -> Sheet:
    """Ask everything that the sheet leaves open and give back the sheet with the answers.

    A sheet that leaves nothing open is gone over: the list of its answers, of which each can be changed.

    `save` gets the sheet after every answer, before the next prompt shows, from the company's name on.
    Where it raises a SmauditError, that is said, the interview goes on, and each later answer tries again;
    the error is raised at the end if the last try failed too. Raises KeyboardInterrupt at Ctrl-C and
    EOFError at Ctrl-D.
    """
    words = views.PromptWords(questionnaire, phrases)
    keeper = Keeper(words, prompter, save)
    with held_back():
        start = begun(questionnaire, sheet, phrases, today)
    session = _Session(start, words, prompter, keeper)
    session.open(fresh=not (sheet.company.name or sheet.beliefs or sheet.answers))
    try:
        session.offer(earlier(questionnaire, sheet))
        session.run()
    except BaseException:
        keeper.try_again()
        raise
    keeper.finish()
    return session.sheet


class _Session:
    """One sitting: the sheet so far, and what has been passed and said in it."""

    def __init__(self, sheet: Sheet, words: views.PromptWords, prompter: Prompter, keeper: Keeper) -> None:
        self.questionnaire = words.questionnaire
        self.sheet = sheet
        self.words = words
        self.prompter = prompter
        self.keeper = keeper
        self._before = {each.id for each in self.questionnaire.questions if answered(each, sheet)}
        self._earlier = NOTHING
        self._was_finished = sheet.guess is not None or complete(self.questionnaire, sheet)
        self._look_again = self._was_finished
        self._is_correcting = False
        self._passed: set[Stop] = set()
        if self._was_finished:
            # What had been skipped then was skipped on purpose.
            self._passed |= {
                each for each in self._route() if each.kind not in {"company", "fact", "question"}
            }
        self._announced: set[str] = set()
        self._visits = {
            "depth": self._depth,
            "company": self._company,
            "department": self._department,
            "belief": self._belief,
            "fact": self._fact,
            "question": self._question,
            "review": self._review,
            "remark": self._remark,
            "guess": self._guess,
            "most": self._most,
        }

    def open(self, *, fresh: bool) -> None:
        """Say what this is, or where it goes on."""
        if fresh:
            self.prompter.say(views.opening(self.words, self.sheet))
        else:
            self.prompter.say(self._stands())
        self.prompter.explain()

    def offer(self, found: Earlier) -> None:
        """Offer to take over what was answered to an earlier version of the questions."""
        if not found:
            return
        said = self.prompter.choose(offered(self.words, found)).value
        if said == "take":
            self._keep(taken_over(self.questionnaire, self.sheet, found))
            self._before |= set(found.answers)
        elif said == "look":
            self._earlier = found

    def run(self) -> None:
        """Ask until nothing is open."""
        stop = self._first_open()
        while stop is not None:
            self._announce(stop)
            if self._visits[stop.kind](stop.id) is Move.BACK:
                stop = self._stop_before(stop)
            else:
                self._passed.add(stop)
                stop = self._first_open()

    # ------------------------------------------------------------------ where to go

    def _first_open(self) -> Stop | None:
        found = next(open_stops(self.questionnaire, self.sheet, self._before, self._passed), None)
        return REVIEW if found is None and self._look_again else found

    def _stop_before(self, stop: Stop) -> Stop:
        stops = self._route()
        return stops[max(0, stops.index(stop) - 1)]

    def _route(self) -> tuple[Stop, ...]:
        return route(self.questionnaire, self.sheet, self._before)

    def _stands(self) -> tuple[Paragraph, ...]:
        """Whose sheet it is, how far it is, and how much of it is not known."""
        found, say = standing(self.questionnaire, self.sheet), self.words.phrases.line
        is_whole = self._first_open() in {None, REVIEW}
        far = "interview.stands.finished" if is_whole else "interview.stands.answered"
        parts = [line(self.sheet.company.name or ""), say(far, done=found.done, total=found.total)]
        if unknown := len(not_known(self.words, self.sheet)):
            parts.append(say("interview.stands.not-known", count=unknown))
        text = self.words.said_line(self.words.phrases.joined(*parts, by="fact"))
        return Paragraph(), Paragraph(text, "strong")

    def _announce(self, stop: Stop) -> None:
        """Before the first question say how to answer, and before each section its heading; each once."""
        question = self._coming(stop)
        if question is None:
            return
        if not self._announced:
            _, definitions = views.about(self.words)
            how = self.words.text("interview.choose-what-happened")
            said = [Paragraph(), *([Paragraph(definitions)] if definitions else []), Paragraph(how)]
            self.prompter.say(said)
        if question.main not in self._announced:
            self._announced.add(question.main)
            heading = views.section_heading(self.words, self.sheet, question.main)
            self.prompter.say((Paragraph(), Paragraph(heading, "strong")))

    def _coming(self, stop: Stop) -> Question | None:
        """The question at a stop, or the one that a fact is asked for."""
        if stop.kind not in {"fact", "question"} or stop.id in house_facts(self.questionnaire):
            return None
        stops = self._route()
        later = (each.id for each in stops[stops.index(stop) :] if each.kind == "question")
        name = next(later, None)
        return self.questionnaire.question[name] if name else None

    # ------------------------------------------------------------------ keeping answers

    def _keep(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.keeper.keep(sheet)

    def _answer(self, question: str) -> Answer:
        return self.sheet.answers.get(question, Answer())

    # ------------------------------------------------------------------ one method for each kind of stop

    def _depth(self, _: str) -> Move:
        ask = views.depth(self.words, self.sheet)
        return self._chosen(Stop("depth"), ask, lambda value: self.sheet.with_depth(cast(Depth, value)))

    def _company(self, _: str) -> Move:
        return self._typed(Stop("company"), views.company(self.words, self.sheet), self.sheet.with_company)

    def _department(self, _: str) -> Move:
        ask = views.department(self.words, self.sheet)
        return self._chosen(Stop("department"), ask, lambda value: self.sheet.with_department(_given(value)))

    def _belief(self, name: str) -> Move:
        reply = self._choose(Stop("belief", name), views.belief(self.words, self.sheet, name))
        if reply.key is Key.BACK:
            return Move.BACK
        level = reply.value if reply.value == DONT_KNOW else int(reply.value)
        self._keep(self.sheet.with_belief(name, level))
        self.prompter.done(
            Paragraph(self.words.text("interview.review.beliefs")),
            views.belief_text(self.words, self.sheet, name),
        )
        return Move.ON

    def _fact(self, name: str) -> Move:
        ask = told(self.words, views.fact(self.words, self.sheet, name), self._earlier.facts.get(name))
        return self._chosen(Stop("fact", name), ask, lambda value: self.sheet.with_fact(name, _given(value)))

    def _question(self, name: str) -> Move:
        pointed: str | None = None
        stop = Stop("question", name)
        while True:
            ask = views.question(self.words, self.sheet, name)
            ask = told(self.words, ask, self._earlier.answers.get(name))
            reply = self._choose(stop, replace(ask, chosen=pointed or ask.chosen))
            if reply.key is Key.BACK:
                return Move.BACK
            pointed = reply.value
            if reply.key is Key.ENTER:
                asked = self.questionnaire.question[name].worded(self.sheet.company.profile)
                self._keep(self.sheet.with_answer(name, self._answer(name).with_choice(reply.value)))
                answer = answer_text(self.words, self.sheet, asked)
                number = self.words.phrases.number(self._count(stop).done + 1)
                self.prompter.done(Paragraph(asked.text, mark=f"{number}  "), answer)
                if self._follow_up(name) is Move.ON:
                    self._say_added(views.added(self.words, self.sheet, name))
                    return Move.ON
            else:
                self._add(name, "note" if reply.key is Key.NOTE else "evidence")

    def _follow_up(self, name: str) -> Move:
        """After an answer: the reason of a not-applicable, or what shows the best answer."""
        choice = self.sheet.choice(name)
        if choice == NOT_APPLICABLE:
            return self._reason(name)
        best = self.questionnaire.question[name].options[-1].id
        if choice == best and not self.sheet.answers[name].evidence:
            return self._add(name, "best")
        return Move.ON

    def _reason(self, name: str) -> Move:
        """Why a question does not apply: one of its ready reasons, where it has any, or typed."""
        ask = views.reasons(self.words, self.sheet, name)
        if ask.options:
            reply = self._choose(Stop("question", name), ask)
            if reply.key is Key.BACK:
                return Move.BACK
            if reply.value != views.NONE:
                reason = next(each.text for each in ask.options if each.value == reply.value)
                self._keep(self.sheet.with_answer(name, self._answer(name).with_note(reason)))
                return Move.ON
        return self._add(name, "reason")

    def _add(self, name: str, kind: views.Addition) -> Move:
        """Ask for a note, a reason or evidence. The answer on the sheet stays as it is."""
        part = "evidence" if kind in {"evidence", "best"} else "note"

        def keep(text: str) -> None:
            given = self._answer(name)
            added = given.with_evidence if part == "evidence" else given.with_note
            self._keep(self.sheet.with_answer(name, added(text or None)))

        ask = views.addition(self.words, self.sheet, name, kind)
        reply = self._write(Stop("question", name), replace(ask, kept=keep))
        # What was typed is kept, whichever key ends it; only Enter takes an earlier text away.
        if reply.value or (reply.key is Key.ENTER and ask.text):
            keep(reply.value)
        return Move.BACK if reply.key is Key.BACK else Move.ON

    def _say_added(self, added: Sequence[Paragraph]) -> None:
        """Keep on the screen, below an answer, what was added to it."""
        if added:
            self.prompter.say([replace(each, mark=" " * ADDED_INDENT) for each in added])

    def _review(self, _: str) -> Move:
        chosen: str | None = None
        self._is_correcting = self._look_again
        while True:
            ask = review(self.words, self.sheet, chosen, is_finished=self._was_finished)
            reply = self._choose(REVIEW, ask)
            if reply.key is Key.BACK:
                self._is_correcting = False
                return Move.BACK
            chosen = reply.value
            if chosen in {FINISH, DEEPER}:
                self._look_again, self._is_correcting = chosen == DEEPER, False
                if chosen == DEEPER:
                    self._keep(self.sheet.with_depth("full"))
                return Move.ON
            self._is_correcting = True
            for stop in to_ask_again(self.words, self.sheet, chosen):
                if self._visits[stop.kind](stop.id) is Move.BACK:
                    break
                self._passed.add(stop)
            self._ask_opened()
            self._is_correcting = self._look_again

    def _ask_opened(self) -> None:
        """Ask what a change at the review has opened, before the review is shown again."""
        while (stop := self._first_open()) and stop.kind in {"fact", "question"}:
            self._announce(stop)
            if self._visits[stop.kind](stop.id) is Move.BACK:
                return
            self._passed.add(stop)

    def _remark(self, _: str) -> Move:
        return self._typed(Stop("remark"), views.remark(self.words, self.sheet), self.sheet.with_remark)

    def _guess(self, _: str) -> Move:
        def update(value: str) -> Sheet:
            guess = self.sheet.guess or Guess()
            return self.sheet.with_guess(Guess(steering=int(value) if value else None, most=guess.most))

        return self._typed(Stop("guess"), views.guess_number(self.words, self.sheet), update)

    def _most(self, _: str) -> Move:
        def update(value: str) -> Sheet:
            guess = self.sheet.guess or Guess()
            return self.sheet.with_guess(Guess(steering=guess.steering, most=_given(value)))

        return self._chosen(Stop("most"), views.most(self.words, self.sheet), update)

    # ------------------------------------------------------------------ asking

    def _count(self, stop: Stop) -> Count:
        return count_at(self.questionnaire, self.sheet, stop, self._before)

    def _choose(self, stop: Stop, ask: Choose) -> Reply:
        """Ask with the counter above; nothing lies before the first stop."""
        keys = ask.keys if self._route()[0] != stop else tuple(key for key in ask.keys if key is not Key.BACK)
        return self.prompter.choose(replace(ask, keys=keys, progress=self._progress(stop)))

    def _write(self, stop: Stop, ask: Write) -> Reply:
        """Ask with the counter above."""
        return self.prompter.write(replace(ask, progress=self._progress(stop)))

    def _progress(self, stop: Stop) -> Progress | None:
        """Where the interview is; None where an answer is only looked at again."""
        return None if self._is_correcting else views.progress(self.words, self._count(stop))

    def _chosen(self, stop: Stop, ask: Choose, update: Callable[[str], Sheet]) -> Move:
        if ask.chosen is None and stop in self._passed:
            ask = replace(ask, chosen=views.NONE)
        reply = self._choose(stop, ask)
        if reply.key is Key.BACK:
            return Move.BACK
        self._keep(update(reply.value))
        answer = next(option.text for option in ask.options if option.value == reply.value)
        self.prompter.done(ask.head[0], answer)
        return Move.ON

    def _typed(self, stop: Stop, ask: Write, update: Callable[[str], Sheet]) -> Move:
        reply = self._write(stop, ask)
        if reply.key is Key.BACK:
            return Move.BACK
        self._keep(update(reply.value))
        self.prompter.done(ask.head[0], reply.value or self.words.text("interview.skipped"))
        return Move.ON


def _given(value: str) -> str | None:
    """The option that was chosen; None for the entry that gives none."""
    return None if value == views.NONE else value
