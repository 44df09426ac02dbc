"""Several people agree on what their sheets differ on: asks that alone, and shows who said what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from smaudit.core.questionnaire import NOT_APPLICABLE, Questionnaire
from smaudit.core.sheet import Answer, Said, Sheet
from smaudit.core.team import team
from smaudit.core.team_result import DisputedFact, DisputedQuestion, Voice
from smaudit.files.signals import held_back
from smaudit.interview import prompts as views
from smaudit.interview.keeping import Keeper, Save
from smaudit.interview.prompter import Choose, Key, Option, Paragraph, Progress, Prompter, Reply, Write
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, line, value

Topic = DisputedFact | DisputedQuestion


def settle(
    questionnaire: Questionnaire,
    sheets: Sequence[Sheet],
    agreement: Sheet,
    phrases: Phrases,
    prompter: Prompter,
    *,
    save: Save,
    anonymous: bool = False,
) -> Sheet:
    """Ask what is disputed, facts first and then what narrows the range most; give the agreed sheet.

    `agreement` is what is agreed on so far. `save` gets the sheet after every agreement; where it raises,
    that is said, and raised at the end if the last try failed too. What is left open stays blank. Raises
    KeyboardInterrupt at Ctrl-C and EOFError at Ctrl-D.
    """
    words = views.PromptWords(questionnaire, phrases)
    keeper = Keeper(words, prompter, save)
    settling = _Settling(words, list(sheets), agreement, prompter, keeper, anonymous)
    try:
        settling.run()
    except BaseException:
        keeper.try_again()
        raise
    keeper.finish()
    return settling.sheet


@dataclass
class _Settling:
    """One sitting: the agreement so far."""

    words: views.PromptWords
    sheets: list[Sheet]
    sheet: Sheet
    prompter: Prompter
    keeper: Keeper
    anonymous: bool

    def run(self) -> None:
        """Ask each topic until none is left."""
        topics = self._topics()
        if not topics:
            self._say(self.words.text("interview.settle.nothing"))
            return
        self._say(self.words.text("interview.settle.opening", count=len(topics)))
        self.prompter.explain()
        if not self.sheet.company.name:
            self._company()
        number = 0
        while number < len(topics := self._topics()):
            number += self._ask(topics[number], number, len(topics))

    def _topics(self) -> list[Topic]:
        """What is disputed; of the questions, those that are once the facts are settled."""
        asked = self.words.questionnaire
        with held_back():
            facts = team(asked, self.sheets, anonymous=self.anonymous).facts
            names = {each.fact for each in facts}
            settled = {name: said for name, said in self.sheet.settled.items() if name in names}
            sheets = self.sheets
            if settled:
                update = {"answers": {}, "settled": settled}
                sheets = [*sheets, self.sheet.model_copy(update=update)]
            questions = team(asked, sheets, anonymous=self.anonymous).disputed
        return [*facts, *(each for each in questions if not each.facts or each.lowest != each.highest)]

    def _company(self) -> None:
        reply = self.prompter.write(views.company(self.words, self.sheet))
        if reply.key is Key.ENTER:
            self.sheet = self.sheet.with_company(reply.value)

    # ------------------------------------------------------------------ asking

    def _ask(self, topic: Topic, number: int, total: int) -> int:
        """Ask one topic; give how far to go on: 1, or -1 back (0 at the first)."""
        told = self.words.text("interview.settle.progress", number=number + 1, total=total)
        progress = Progress(told, number, total)
        if isinstance(topic, DisputedFact):
            reply = self._choose(self._fact(topic, progress))
        else:
            reply = self._choose(self._question(topic, progress))
        if reply.key is Key.BACK:
            return -1 if number else 0
        given = None if reply.value == views.NONE else reply.value
        with held_back():
            self._agree(topic, given)
        if given is not None and isinstance(topic, DisputedQuestion):
            self._shown_by(topic.question, given, progress)
        return 1

    def _choose(self, ask: Choose) -> Reply:
        """Ask, and keep on the screen what was agreed."""
        reply = self.prompter.choose(ask)
        if reply.key is Key.ENTER:
            answer = next(each.text for each in ask.options if each.value == reply.value)
            self.prompter.done(ask.head[0], answer)
        return reply

    def _fact(self, topic: DisputedFact, progress: Progress) -> Choose:
        found = self.words.questionnaire.fact[topic.fact]
        texts = {each.id: each.text for each in found.options}
        options = [Option(name, text) for name, text in texts.items()]
        settled = self.sheet.company.profile.get(topic.fact) if topic.fact in self.sheet.settled else None
        return Choose(
            (Paragraph(found.text, "strong"), *self._said(topic.voices, texts)),
            (*options, self._left_open()),
            settled,
            progress=progress,
        )

    def _question(self, topic: DisputedQuestion, progress: Progress) -> Choose:
        name = topic.question
        ask = views.question(self.words, self.sheet, name)
        texts = {each.value: each.text for each in ask.options}
        return Choose(
            (ask.head[0], *self._said(topic.voices, texts)),
            (*ask.options, self._left_open()),
            self.sheet.choice(name) if name in self.sheet.settled else None,
            progress=progress,
            help=ask.help,
        )

    def _left_open(self) -> Option:
        return Option(views.NONE, self.words.text("interview.settle.open"))

    def _said(self, voices: Iterable[Voice], texts: dict[str, str]) -> tuple[Paragraph, ...]:
        """Who said what, one below the other."""
        phrases = self.words.phrases
        told = []
        for each in voices:
            note = phrases.line("interview.note.is", text=each.note) if each.note else ()
            aside = phrases.line("team.does-not-count") if each.counts is False else ()
            said = phrases.joined(phrases.joined(line(texts[each.choice]), note), aside, by="fact")
            told.append(Paragraph(self.words.text("list.labelled", label=self._who(each), text=said)))
        return tuple(told)

    def _who(self, voice: Voice) -> Line:
        phrases = self.words.phrases
        found = self.words.questionnaire.department.get(voice.department or "")
        if found is None:
            unnamed = "team.another-department" if self.anonymous else "team.no-department"
            department = value(voice.department) if voice.department else phrases.line(unnamed)
        else:
            department = line(found.name)
        if not voice.name:
            return department
        return phrases.line("team.person", department=department, name=voice.name)

    def _shown_by(self, name: str, choice: str, progress: Progress) -> None:
        """Ask what shows the answer that was agreed on, or why the question does not apply."""
        is_reason = choice == NOT_APPLICABLE
        ask: Write = views.addition(self.words, self.sheet, name, "reason" if is_reason else "evidence")
        reply = self.prompter.write(replace(ask, progress=progress))
        if reply.key is Key.ENTER and reply.value:
            answer = self.sheet.answers[name]
            kept = answer.with_note(reply.value) if is_reason else answer.with_evidence(reply.value)
            self._keep(self.sheet.with_answer(name, kept))

    # ------------------------------------------------------------------ keeping

    def _agree(self, topic: Topic, given: str | None) -> None:
        """Keep what was agreed on, with who had said what; or that it was left open."""
        name = topic.fact if isinstance(topic, DisputedFact) else topic.question
        settled = {each: said for each, said in self.sheet.settled.items() if each != name}
        if given is None and name not in self.sheet.settled:
            return
        if isinstance(topic, DisputedFact):
            sheet = self.sheet.with_fact(name, given)
        else:
            answers = {each: answer for each, answer in self.sheet.answers.items() if each != name}
            if given is not None:
                answers[name] = (self.sheet.answers.get(name) or Answer()).with_choice(given)
            sheet = self.sheet.model_copy(update={"answers": answers})
        if given is not None:
            settled[name] = tuple(
                Said(department=each.department, name=each.name, choice=each.choice, note=each.note)
                for each in topic.voices
            )
        self._keep(sheet.model_copy(update={"settled": settled}))

    def _keep(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.keeper.keep(sheet)

    def _say(self, text: str) -> None:
        self.prompter.say((Paragraph(), Paragraph(text)))
