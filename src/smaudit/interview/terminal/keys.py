"""What the keys do at a prompt. All work on an Arabic keyboard too: none is a letter alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from questionary.prompts.common import InquirerControl

from smaudit.interview.prompter import Key, Reply

_LEAVING: dict[Key, tuple[str, ...]] = {
    Key.ENTER: ("c-m", "c-j"),
    Key.BACK: ("left", "c-b"),
    Key.HELP: ("?", "؟"),
    Key.NOTE: ("c-n",),
    Key.EVIDENCE: ("c-e",),
}
_PAGE = 5
_NOT_FOR_TEXT = (
    # They search in a history that we do not keep, insert control characters, or count in English.
    *(("c-r",), ("c-s",), ("c-q",), ("c-o",)),
    *(("escape", digit) for digit in "-0123456789"),
)


def list_keys(control: InquirerControl, leaving: Sequence[Key]) -> KeyBindings:
    """The keys of a list: those that leave it, with the option pointed at, and those that move."""
    keys = KeyBindings()

    def leave(key: Key) -> Callable[[KeyPressEvent], None]:
        return lambda event: event.app.exit(result=Reply(key, str(control.get_pointed_at().value)))

    def move(place: Callable[[int, int], int]) -> Callable[[KeyPressEvent], None]:
        def handler(_: KeyPressEvent) -> None:
            last = control.choice_count - 1
            control.pointed_at = max(0, min(last, place(control.pointed_at, last)))
            if not control.is_selection_valid():
                control.select_next()

        return handler

    for key in (Key.ENTER, *leaving):
        for name in _LEAVING[key]:
            keys.add(name, eager=True)(leave(key))
    keys.add("home", eager=True)(move(lambda _at, _last: 0))
    keys.add("end", eager=True)(move(lambda _at, last: last))
    keys.add("pageup", eager=True)(move(lambda at, _last: at - _PAGE))
    keys.add("pagedown", eager=True)(move(lambda at, _last: at + _PAGE))
    keys.add("c-d", eager=True)(_end)
    keys.add("c-z", eager=True)(_suspend)
    keys.add("c-q", eager=True)(_nothing)
    return keys


def text_keys() -> KeyBindings:
    """The keys of a line of text: ← goes back from its start, and moves in it elsewhere."""
    keys = KeyBindings()

    def back(event: KeyPressEvent) -> None:
        event.app.exit(result=Reply(Key.BACK, event.current_buffer.text))

    at_start = Condition(lambda: _cursor_position() == 0)
    keys.add("c-b", eager=True)(back)
    keys.add("left", eager=True, filter=at_start)(back)
    keys.add("c-d", eager=True)(_end)
    keys.add("c-z", eager=True)(_suspend)
    for names in _NOT_FOR_TEXT:
        keys.add(*names, eager=True)(_nothing)
    return keys


def _cursor_position() -> int:
    from prompt_toolkit.application import get_app

    return get_app().current_buffer.cursor_position


def _end(event: KeyPressEvent) -> None:
    event.app.exit(exception=EOFError)


def _suspend(event: KeyPressEvent) -> None:
    """Stop, with the terminal given back, until the shell brings the program to the front again."""
    event.app.suspend_to_background()


def _nothing(_: KeyPressEvent) -> None:
    """Keep a key from doing what the library would have it do."""
