"""What the keys do at a prompt. All work on an Arabic keyboard too: none is a letter alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from smaudit.interview.prompter import Key, Reply
from smaudit.interview.terminal.selection import Notice, Selection
from smaudit.language.direction import Direction

_LEAVING: dict[Key, tuple[str, ...]] = {
    Key.BACK: ("c-b",),
    Key.NOTE: ("c-n",),
    Key.EVIDENCE: ("c-e",),
}
_HELP = ("?", "؟")
_PAGE = 5
_NOT_FOR_TEXT = (
    # They search in a history that we do not keep, insert control characters, or count in English.
    *(("c-r",), ("c-s",), ("c-q",), ("c-o",)),
    *(("escape", digit) for digit in "-0123456789"),
)
_NO_KEYS = frozenset(
    {Keys.Ignore, Keys.CPRResponse, Keys.WindowsMouseEvent, Keys.Vt100MouseEvent, Keys.SIGINT}
)
"""What comes as a key and was not pressed."""
Handler = Callable[[KeyPressEvent], None]


def back_arrow(direction: Direction) -> str:
    """The arrow that goes back: to where reading comes from."""
    return "right" if direction == "rtl" else "left"


def list_keys(
    selection: Selection, leaving: Sequence[Key], direction: Direction, *, has_help: bool
) -> KeyBindings:
    """The keys of a list: those that leave it, with the option pointed at, and those that move."""
    keys = KeyBindings()

    def on(handler: Handler, *names: Keys | str) -> None:
        for name in names:
            keys.add(name, eager=True)(handler)

    on(_other(selection), Keys.Any)
    on(_say(selection, "pasted"), Keys.BracketedPaste)
    on(_say(selection, "no-note"), "c-n", "c-e")
    for key in leaving:
        arrow = (back_arrow(direction),) if key is Key.BACK else ()
        on(_leave(selection, key), *_LEAVING[key], *arrow)
    if has_help:
        on(lambda _: selection.toggle_help(), *_HELP)
    on(_entered(selection), "c-m", "c-j")
    on(lambda _: selection.move(lambda at, last: 0 if at == last else at + 1), "down")
    on(lambda _: selection.move(lambda at, last: at - 1 if at else last, first="bottom"), "up")
    on(lambda _: selection.move(lambda _at, _last: 0), "home")
    on(lambda _: selection.move(lambda _at, last: last, first="bottom"), "end")
    on(lambda _: selection.move(lambda at, _last: at - _PAGE, first="bottom"), "pageup")
    on(lambda _: selection.move(lambda at, _last: at + _PAGE), "pagedown")
    on(_interrupt, "c-c")
    on(_end, "c-d")
    on(_suspend, "c-z")
    return keys


def _leave(selection: Selection, key: Key) -> Handler:
    def handler(event: KeyPressEvent) -> None:
        if selection.is_helping:
            selection.hint("help")
        else:
            event.app.exit(result=Reply(key, selection.value))

    return handler


def _say(selection: Selection, notice: Notice) -> Handler:
    return lambda _: selection.hint("help" if selection.is_helping else notice)


def _other(selection: Selection) -> Handler:
    """All other keys: a digit points at an entry, of any other it is said that it does nothing."""

    def handler(event: KeyPressEvent) -> None:
        pressed = event.key_sequence[-1].key
        if pressed in _NO_KEYS:
            return
        if not isinstance(pressed, Keys) and pressed.isdecimal() and not selection.is_helping:
            selection.type_digit(pressed)
        else:
            _say(selection, "list")(event)

    return handler


def _entered(selection: Selection) -> Handler:
    """Enter: takes what is pointed at, and nothing where nothing is; closes the help."""

    def handler(event: KeyPressEvent) -> None:
        if selection.is_helping:
            selection.toggle_help()
        elif selection.at is None:
            selection.hint("choose-first")
        else:
            event.app.exit(result=Reply(Key.ENTER, selection.value))

    return handler


HELP = Reply(Key.BACK, "?")
"""The reply of a line of text where help is asked for."""


def text_keys(direction: Direction, notice: Callable[[], None], *, has_help: bool) -> KeyBindings:
    """The keys of a line of text: the arrow back goes back from its start, and moves in it elsewhere.

    `notice` has it said what the keys do, where one did nothing. On an empty line the key for help asks for
    it; within text it is a sign like others.
    """
    keys = KeyBindings()

    def back(event: KeyPressEvent) -> None:
        event.app.exit(result=Reply(Key.BACK, event.current_buffer.text))

    def nothing(_: KeyPressEvent) -> None:
        notice()

    # In a right-to-left language the arrow back is the one that moves on in text: it leaves an empty line.
    at_start = Condition(lambda: _at_start(direction))
    keys.add("c-b", eager=True)(back)
    keys.add(back_arrow(direction), eager=True, filter=at_start)(back)
    for name in _HELP if has_help else ():
        keys.add(name, eager=True, filter=Condition(_is_empty))(lambda event: event.app.exit(result=HELP))
    keys.add("c-d", eager=True)(_end)
    keys.add("c-z", eager=True)(_suspend)
    for names in (*_NOT_FOR_TEXT, ("c-n",)):
        keys.add(*names, eager=True)(nothing)
    return keys


def _at_start(direction: Direction) -> bool:
    from prompt_toolkit.application import get_app

    line = get_app().current_buffer
    return line.cursor_position == 0 and (direction == "ltr" or not line.text)


def _is_empty() -> bool:
    from prompt_toolkit.application import get_app

    return not get_app().current_buffer.text


def _interrupt(event: KeyPressEvent) -> None:
    event.app.exit(exception=KeyboardInterrupt)


def _end(event: KeyPressEvent) -> None:
    event.app.exit(exception=EOFError)


def _suspend(event: KeyPressEvent) -> None:
    """Stop, with the terminal given back, until the shell brings the program to the front again."""
    event.app.suspend_to_background()
