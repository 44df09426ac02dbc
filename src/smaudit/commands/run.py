"""What one run of a command was asked for beside its task: language, digits, colour, where the result goes.

Made once per command from its own options. Nothing of it is kept anywhere else, so that two runs in one
process never influence each other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from smaudit.commands.options import COLOURS, one_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smaudit.core.questionnaire import Questionnaire
    from smaudit.core.subject import Subject
    from smaudit.errors import Message
    from smaudit.files.streams import Surface
    from smaudit.language.digits import Digits
    from smaudit.language.phrases import Phrases
    from smaudit.language.text import Filling
    from smaudit.report.draw.formats import Drawn, Format


@dataclass
class Asked:
    """What the arguments say about the words that this run speaks in, from the moment they say it."""

    lang: str | None = None


@dataclass(frozen=True)
class Run:
    """One run: `lang` and `digits` as they were asked for, None where the surroundings decide.

    `about` is the questionnaire in whose vocabulary it speaks, None as long as none is known.
    """

    lang: str | None = None
    digits: Digits | None = None
    colour: str = "auto"
    quiet: bool = False
    output: str | None = None
    plain: bool = False
    about: Questionnaire | None = None

    @classmethod
    def of(
        cls,
        asked: Asked,
        *,
        digits: str | None = None,
        color: str = "auto",
        quiet: bool = False,
        output: str | None = None,
    ) -> Run:
        """The run of a command with these options. Raises SmauditError (exit 2) for an unknown word."""
        from smaudit.files.words import shown_digits

        one_of("--digits", digits, ("western", "arabic"))
        wanted = shown_digits(digits)
        return cls(asked.lang, wanted, one_of("--color", color, COLOURS) or "auto", quiet, output)

    def in_plain(self, plain: bool) -> Run:
        """The same run, with words alone where they are wanted."""
        return replace(self, plain=plain)

    @cached_property
    def phrases(self) -> Phrases:
        """The program's own words. Raises SmauditError (exit 2) for a language that it does not have."""
        from smaudit.files.words import load_phrases

        found = load_phrases(self.lang, self.digits)
        if self.about is None:
            return found
        from smaudit.language.vocabulary import speaking

        return speaking(found, self.about)

    def speaking_of(self, questionnaire: Questionnaire) -> Run:
        """The same run in the vocabulary of a questionnaire."""
        return replace(self, about=questionnaire)

    @property
    def to_file(self) -> bool:
        """Whether the result goes to a file and not to standard output."""
        from smaudit.files.outputs import is_stdout

        return not is_stdout(self.output)

    @property
    def surface(self) -> Surface:
        """What the result is drawn on."""
        from smaudit.files.streams import surface_for

        return surface_for(self.colour, to_file=self.to_file)._replace(plain=self.plain)

    def check_files(self, inputs: Mapping[str, str | None]) -> None:
        """Raise SmauditError (exit 2) where two inputs, by option, are one stream, or one is the output."""
        from smaudit.files.outputs import check_output
        from smaudit.files.read import check_stdin

        check_stdin(inputs)
        check_output(self.output, inputs.values())

    def questionnaire(self, file: str | None, *, in_words: bool = True) -> Questionnaire:
        """The questionnaire, in the language of the run unless no word of it is shown."""
        from smaudit.files.load import load_questionnaire
        from smaudit.files.words import tongue

        return load_questionnaire(file, tongue(self.lang).asked if in_words else None, self.digits)

    def subject(self, sheet: str, questionnaire: Questionnaire) -> Subject:
        """A sheet, read and scored. Raises SmauditError (exit 2) and Refused (exit 3) for an unfit file."""
        from smaudit.core.scoring import assess
        from smaudit.core.subject import Subject
        from smaudit.files.load import load_sheet

        answered = load_sheet(sheet, questionnaire)
        return Subject(questionnaire, answered, assess(questionnaire, answered))

    def drawn(self, told: Drawn, format_: Format) -> str | bytes:
        """A result in a format; one that has no words of its own pays for none."""
        return format_.draw(told, self.phrases if format_.in_words else None, self.surface)

    def deliver(self, result: str | bytes) -> None:
        """Write the result where it goes, and say so of a file. Raises SmauditError (exit 2 and 5)."""
        from smaudit.files.outputs import write

        write(result, self.output)
        if self.to_file:
            self.tell("note.saved", file=str(self.output))

    def deliver_long(self, result: str | bytes) -> None:
        """Write a result as `deliver` does, but text on a terminal through a pager."""
        if self.to_file or not isinstance(result, str):
            self.deliver(result)
            return
        from smaudit.files.pager import page

        page(result)

    def tell(self, phrase: str, **values: Filling) -> None:
        """Say a phrase on standard error, unless this run is quiet."""
        if not self.quiet:
            self.tell_lines([self.phrases.shown(phrase, **values)])

    def tell_message(self, message: Message) -> None:
        """Say an error or a note in the middle of an interview, even where the run is quiet."""
        from smaudit.language.direction import readable

        self.tell_lines([readable(self.phrases.said(message), self.phrases.direction)])

    def tell_lines(self, lines: Iterable[str]) -> None:
        """Write lines to standard error in the direction of the language."""
        from smaudit.files.streams import tell

        tell("".join(line + "\n" for line in lines), self.phrases.direction)
