"""The prompter of an ordinary terminal, with a pointer to move.

questionary gives the list, its keys and the line editor; the layout around them is our own.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.output import Output, create_output
from questionary.prompts.common import InquirerControl

from smaudit.interview import typed
from smaudit.interview.prompter import Choose, Key, Option, Paragraph, Reply, Write
from smaudit.interview.terminal import screen
from smaudit.interview.terminal.frame import Frame, Listing, line_layout
from smaudit.interview.terminal.keys import HELP, list_keys, text_keys
from smaudit.interview.terminal.pasted import Limited
from smaudit.interview.terminal.prompter import STYLE, Terminal
from smaudit.interview.terminal.selection import Notice, Selection
from smaudit.interview.terminal.signals import Held, held
from smaudit.language.direction import readable
from smaudit.language.phrases import Phrases

LEFT = Reply(Key.BACK, "")
"""The reply of a prompt that a signal has closed; the signal's own handler decides what comes of it."""


def open_terminal(phrases: Phrases) -> TerminalPrompter | None:
    """The prompter on this process's terminal, or None where prompt_toolkit cannot use its console.

    It writes to stderr: stdout is for results.
    """
    try:
        output = create_output(stdout=sys.stderr)
    except Exception:  # noqa: BLE001 - on Windows each kind of console fails in its own way
        return None
    # Where the cursor is, is not asked: an answer that comes late looks typed, one that is missing warns.
    output.enable_cpr = False  # type: ignore[attr-defined]
    return TerminalPrompter(phrases, output)


class TerminalPrompter:
    """Asks with a list and a pointer, or a line to type in; a prompt leaves nothing behind."""

    def __init__(self, phrases: Phrases, output: Output, keyboard: Input | None = None) -> None:
        """Write to this output and read this keyboard, by default the process's own."""
        self._terminal = Terminal(output, phrases)
        self._session: dict[str, Any] = {
            "input": keyboard,
            "output": output,
            "style": STYLE,
            "qmark": "",
            "erase_when_done": True,
        }

    def explain(self) -> None:
        """Say which keys do what."""
        self.say([Paragraph(self._terminal.words("interview.keys"))])

    def say(self, paragraphs: Sequence[Paragraph]) -> None:
        """Show paragraphs that stay."""
        with held():
            self._terminal.write(self._terminal.laid_out(paragraphs))

    def done(self, asked: Paragraph, answer: str) -> None:
        """Keep the question and its answer on the screen."""
        indent = " " * screen.cells(asked.mark)
        self.say([Paragraph(), Paragraph(asked.text, mark=asked.mark), Paragraph(answer, mark=f"{indent}✓ ")])

    def choose(self, ask: Choose) -> Reply:
        """Ask with a list and a pointer."""
        with held() as signals:
            return self._choose(ask, signals)

    def write(self, ask: Write) -> Reply:
        """Ask with a line to type in, until what is typed can be kept."""
        with held() as signals:
            return self._write(ask, signals)

    def _choose(self, ask: Choose, signals: Held) -> Reply:
        known = {option.value for option in ask.options}
        chosen = ask.chosen if ask.chosen in known else None
        application = questionary.select(
            "",
            [choice for option in ask.options for choice in _choices(option)],
            default=chosen,
            instruction=" ",
            use_jk_keys=False,
            use_emacs_keys=False,
            show_description=False,
            **self._session,
        ).application
        control = next(
            window.content
            for window in application.layout.find_all_windows()
            if isinstance(window.content, InquirerControl)
        )
        selection = Selection(control, is_chosen=chosen is not None)

        def keys() -> list[str]:
            if selection.is_helping:
                return ["help-ends", *(["scroll"] if selection.furthest else [])]
            return ["choose", *_hints(ask)]

        texts = [text for option in ask.options for text in (option.heading, option.text) if text]
        frame = Frame(self._terminal, ask.progress, ask.head, keys)
        frame.notice = lambda: selection.notice
        listing = Listing(frame, control, selection, texts, ask.help)
        application.layout = listing.layout()
        application.before_render += listing.arrange
        direction = self._terminal.phrases.direction
        # Instead of the library's own: of a key that does nothing it is said.
        application.key_bindings = list_keys(selection, ask.keys, direction, has_help=bool(ask.help))
        reply: Reply | None = signals.run(application, takes_text=False)
        return reply or LEFT

    def _write(self, ask: Write, signals: Held) -> Reply:
        text, said = ask.text, list[Paragraph]()
        while True:
            result, text, lost = self._line(ask, text, said, signals)
            if result is HELP:
                said = [] if said == [*ask.help] else [*ask.help]
                continue
            if not isinstance(result, str):
                return result or LEFT
            text = typed.tidied(result, lines=ask.lines)
            wrong = typed.problem(text, needed=ask.needed, lost=lost, most=ask.most)
            if wrong is None:
                return Reply(Key.ENTER, text)
            text, said = (
                typed.readable(text),
                [Paragraph(readable(self._terminal.phrases.said(wrong), self._terminal.phrases.direction))],
            )

    def _line(
        self, ask: Write, text: str, said: Sequence[Paragraph], signals: Held
    ) -> tuple[Reply | str | None, str, int]:
        """What came of a line: its text or how it was left, what stood in it, how much it did not take."""
        application = questionary.text(
            self._terminal.shown("›"), default=text, instruction="", **self._session
        ).application
        line, notices = application.current_buffer, list[Notice]()

        def keys() -> list[str]:
            enter = "keep" if line.text.strip() else "accept" if ask.needed else "skip"
            helps = ["help-ends" if said and said == [*ask.help] else "help"]
            return [enter, "back-from-text", *(helps if ask.help and not line.text else [])]

        frame = Frame(self._terminal, ask.progress, [*ask.head, *said], keys)
        frame.notice = lambda: notices[-1] if notices else ""
        line.on_text_changed += lambda _: notices.clear()
        application.layout = line_layout(frame, application.layout)
        application.before_render += frame.arrange
        limited = Limited(line, typed.LONGEST)
        direction = self._terminal.phrases.direction
        bindings = text_keys(direction, lambda: notices.append("line"), has_help=bool(ask.help))
        try:
            result: Reply | str | None = signals.run(_with_keys(application, bindings), takes_text=True)
        except (KeyboardInterrupt, EOFError):
            _keep(ask, line.text)
            raise
        if result is None:
            _keep(ask, line.text)
        return result, line.text, limited.lost


def _keep(ask: Write, text: str) -> None:
    """Hand on what was typed where the prompt is left without an Enter, if it is to be kept."""
    kept = typed.tidied(typed.readable(text), lines=ask.lines)
    if ask.kept and kept:
        ask.kept(kept)


def _hints(ask: Choose) -> list[str]:
    """What else the keys of a list do."""
    names = [key.value for key in ask.keys]
    return [*names[:1], "help", *names[1:]] if ask.help else names


def _choices(option: Option) -> list[questionary.Choice]:
    """The choice of an option, below its heading; the list itself is drawn by `Listing`."""
    heading = [questionary.Separator(option.heading)] if option.heading else []
    return [*heading, questionary.Choice(option.text, value=option.value)]


def _with_keys(application: Application[Any], keys: KeyBindings) -> Application[Any]:
    """The application with these keys before its own."""
    own = [application.key_bindings] if application.key_bindings else []
    application.key_bindings = merge_key_bindings([*own, keys])
    return application
