"""The keys of the prompts, typed into prompt_toolkit without a terminal."""

from __future__ import annotations

import io
import threading
from typing import Any

import pytest
from interview_support import PHRASES
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from smaudit.interview.prompter import Choose, Key, Option, Paragraph, Reply, Write
from smaudit.interview.terminal.prompts import TerminalPrompter

LIST = Choose(
    (Paragraph("Which?"),),
    tuple(Option(value, value.upper(), "Heading" if value == "c" else "") for value in "abcde"),
    "b",
    (Key.BACK, Key.HELP, Key.NOTE, Key.EVIDENCE),
)


def reply_to(
    ask: Choose | Write, keys: str | bytes, *, columns: int = 80, rows: int = 24
) -> tuple[Reply, str]:
    """The reply to a prompt when these keys are typed, and what was drawn."""
    drawn = io.StringIO()
    output = Vt100_Output(drawn, lambda: Size(rows=rows, columns=columns), enable_cpr=False)
    with create_pipe_input() as keyboard:
        keyboard.send_bytes(keys if isinstance(keys, bytes) else keys.encode())
        prompter = TerminalPrompter(PHRASES, output, keyboard)
        reply = prompter.choose(ask) if isinstance(ask, Choose) else prompter.write(ask)
    return reply, drawn.getvalue()


@pytest.mark.parametrize(
    ("keys", "key", "value"),
    [
        ("\r", Key.ENTER, "b"),
        ("\n", Key.ENTER, "b"),
        ("\x1b[B\r", Key.ENTER, "c"),
        ("\x1b[A\x1b[A\r", Key.ENTER, "e"),
        ("\x1b[H\r", Key.ENTER, "a"),
        ("\x1b[F\r", Key.ENTER, "e"),
        ("\x1b[D", Key.BACK, "b"),
        ("\x02", Key.BACK, "b"),
        ("\x1b[B?", Key.HELP, "c"),
        ("؟", Key.HELP, "b"),
        ("\x0e", Key.NOTE, "b"),
        ("\x05", Key.EVIDENCE, "b"),
    ],
)
def test_a_list_is_left_by_its_keys_with_the_option_pointed_at(keys: str, key: Key, value: str) -> None:
    """Each key leaves the list in its own way, and the selected option goes along."""
    assert Reply(key, value) == reply_to(LIST, keys)[0]


@pytest.mark.parametrize(
    "keys", ["\x1b\r", "\x0f\r", "\x12\r", "\x13\r", "\x11\r", "jk a\r", "\x1b[200~c\r\n\x1b[201~\r"]
)
def test_other_keys_do_nothing_in_a_list(keys: str) -> None:
    """Alt-Enter, Ctrl-O, -R, -S and -Q, letters and a paste neither choose by themselves nor show."""
    reply, drawn = reply_to(LIST, keys)
    assert Reply(Key.ENTER, "b") == reply
    assert "search" not in drawn


@pytest.mark.parametrize("ask", [LIST, Write((Paragraph("Name?"),), "Ann")])
@pytest.mark.parametrize(("keys", "raised"), [("\x03", KeyboardInterrupt), ("\x04", EOFError)])
def test_ctrl_c_and_ctrl_d_leave_every_prompt(
    ask: Choose | Write, keys: str, raised: type[EOFError | KeyboardInterrupt]
) -> None:
    """Ctrl-C is an interrupt and Ctrl-D the end of input, in a list and in a line with text."""
    with pytest.raises(raised):
        reply_to(ask, keys)


@pytest.mark.parametrize(
    ("earlier", "keys", "reply"),
    [
        ("", "Ann\r", Reply(Key.ENTER, "Ann")),
        ("Ann", "\r", Reply(Key.ENTER, "Ann")),
        ("Ann", " Lee  \r", Reply(Key.ENTER, "Ann Lee")),
        ("", "\x1b[D", Reply(Key.BACK, "")),
        ("Ann", "\x1b[De\r", Reply(Key.ENTER, "Anen")),
        ("Ann", "\x02", Reply(Key.BACK, "Ann")),
        ("", "\x1b[200~A\nB\tC\x1b[31mD\x1b[201~\r", Reply(Key.ENTER, "A B C[31mD")),
        ("", b"M\xe9r\re\r", Reply(Key.ENTER, "Mre")),
        ("", "\rAnn\r", Reply(Key.ENTER, "Ann")),
        ("", "x" * 2001 + "\r" + "\x7f\r", Reply(Key.ENTER, "x" * 1999)),
        ("x" * 2001, "\r\x7f\r", Reply(Key.ENTER, "x" * 2000)),
        ("", "Anna\x1b[D\x1b[Dnn\r", Reply(Key.ENTER, "Annnna")),
        ("", "Anna\x1f\r", Reply(Key.ENTER, "Anna")),
        ("", "\x12\x13\x1b5\x13Ann\r", Reply(Key.ENTER, "Ann")),
    ],
)
def test_a_line_of_text(earlier: str, keys: bytes | str, reply: Reply) -> None:
    """A line begins with the earlier text, is kept in one line without control characters, or asked again."""
    assert reply == reply_to(Write((Paragraph("Name?"),), earlier, needed=True), keys)[0]


def typed_at_once(ask: Choose | Write, text: str) -> tuple[Reply, int, int]:
    """The reply to a prompt when more comes than a pipe holds, in how many calls, and what was held."""
    taken, held = [], []
    insert = Buffer.insert_text

    def counting(line: Buffer, data: str, *arguments: Any, **options: Any) -> None:
        insert(line, data, *arguments, **options)
        taken.append(len(data))
        held.append(len(line.text) + sum(len(before) for before, _ in line._undo_stack))  # noqa: SLF001

    output = Vt100_Output(io.StringIO(), lambda: Size(rows=24, columns=80), enable_cpr=False)
    with pytest.MonkeyPatch.context() as patch, create_pipe_input() as keyboard:
        patch.setattr(Buffer, "insert_text", counting)
        sending = threading.Thread(target=keyboard.send_text, args=[text], daemon=True)
        sending.start()
        prompter = TerminalPrompter(PHRASES, output, keyboard)
        reply = prompter.choose(ask) if isinstance(ask, Choose) else prompter.write(ask)
        sending.join(60)
    return reply, len(taken), max(held, default=0)


def test_a_long_paste_without_its_marks_costs_no_more_than_what_is_kept() -> None:
    """Of 200,000 characters the first 2,000 are held, once; they are taken in hundreds, and it is said."""
    reply, calls, held = typed_at_once(Write((Paragraph("Name?"),)), "x" * 200_000 + "\r\r")

    assert (Reply(Key.ENTER, "x" * 2000), True, True) == (reply, calls < 2_000, held <= 2_000)


def test_a_long_paste_into_a_list_is_not_looked_at_key_by_key() -> None:
    """It chooses nothing, and no key of it opens help or a note."""
    reply, calls, _ = typed_at_once(LIST, "Why? " * 40_000 + "\r")

    assert (Reply(Key.ENTER, "b"), 0) == (reply, calls)


def test_what_was_cut_is_said_before_it_is_taken() -> None:
    """Nobody's text ends unnoticed in the middle of a sentence."""
    reply, drawn = reply_to(Write((Paragraph("Note?"),)), "\x1b[200~" + "x" * 2010 + "\x1b[201~\r\r")

    assert ("x" * 2000, True) == (reply.value, "That is 2010 characters" in drawn)


@pytest.mark.parametrize("ask", [LIST, Write((Paragraph("Name?"),), "Ann")])
def test_ctrl_c_is_heard_in_a_paste_that_does_not_end(ask: Choose | Write) -> None:
    """A connection that breaks in the middle of a paste leaves a prompt that can be left."""
    with pytest.raises(KeyboardInterrupt):
        reply_to(ask, "\x1b[200~half a para\x03")


def test_a_paste_goes_on_after_a_piece_of_it() -> None:
    """Only Ctrl-C ends one that has not ended yet."""
    keys = "\x1b[200~one " + "two " * 300 + "\x1b[201~\r"

    assert "one " + "two " * 299 + "two" == reply_to(Write((Paragraph("Note?"),)), keys)[0].value


@pytest.mark.parametrize("columns", [1, 5, 20, 40])
@pytest.mark.parametrize("rows", [1, 3, 8, 24])
def test_a_small_terminal_shows_the_pointer(columns: int, rows: int) -> None:
    """However small the terminal, a prompt works, and its pointer is drawn."""
    long = "An option that is much longer than the terminal is wide, and has many words in it"
    options = tuple(Option(str(number), f"{number} {long}") for number in range(9))
    ask = Choose((Paragraph(long), Paragraph(long)), options)
    reply, drawn = reply_to(ask, "\x1b[B" * 5 + "\r", columns=columns, rows=rows)
    assert Reply(Key.ENTER, "5") == reply
    assert "›" in drawn or columns < 4
