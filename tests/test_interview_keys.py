"""The keys of the prompts, typed into prompt_toolkit without a terminal."""

from __future__ import annotations

import io
import threading
import time
from dataclasses import replace
from typing import Any

import pyte
import pytest
from interview_support import PHRASES
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from smaudit.files.words import load_phrases
from smaudit.interview.prompter import Choose, Key, Option, Paragraph, Reply, Write
from smaudit.interview.terminal.prompts import TerminalPrompter
from smaudit.language.phrases import Phrases

LIST = Choose(
    (Paragraph("Which?"),),
    tuple(Option(value, value.upper(), "Heading" if value == "c" else "") for value in "abcde"),
    "b",
    (Key.BACK, Key.NOTE, Key.EVIDENCE),
    help=(Paragraph("It is asked because"), Paragraph("of the sea.")),
)
NEW = replace(LIST, chosen=None)
"""The same list, where nothing was chosen before."""
PAUSE = 0.1
"""Longer than what makes keys one paste."""
PATIENCE = 1
"""So long is waited for a prompt to draw what was typed."""


def reply_to(
    ask: Choose | Write,
    *keys: str | bytes,
    columns: int = 80,
    rows: int = 24,
    phrases: Phrases = PHRASES,
) -> tuple[Reply, str]:
    """The reply to a prompt when these keys are typed, each lot after a pause, and what was drawn."""
    drawn = io.StringIO()
    output = Vt100_Output(drawn, lambda: Size(rows=rows, columns=columns), enable_cpr=False)
    with create_pipe_input() as keyboard:
        if len(keys) == 1:
            keyboard.send_bytes(keys[0] if isinstance(keys[0], bytes) else keys[0].encode())

        def send() -> None:
            before = 0
            for each in keys if len(keys) > 1 else ():
                until = time.monotonic() + PATIENCE
                while len(drawn.getvalue()) == before and time.monotonic() < until:
                    time.sleep(PAUSE / 2)
                time.sleep(PAUSE)
                before = len(drawn.getvalue())
                keyboard.send_bytes(each if isinstance(each, bytes) else each.encode())

        sending = threading.Thread(target=send, daemon=True)
        sending.start()
        prompter = TerminalPrompter(phrases, output, keyboard)
        reply = prompter.choose(ask) if isinstance(ask, Choose) else prompter.write(ask)
        sending.join(10)
    return reply, drawn.getvalue()


def screens(drawn: str, *, columns: int = 80, rows: int = 24) -> str:
    """All that the screen showed, one drawing after the other, without the ends of its lines."""
    screen = pyte.Screen(columns, rows)
    stream, seen = pyte.Stream(screen), []
    for each in drawn.split("\x1b[?7h"):
        stream.feed(each)
        seen.append(" ".join(" ".join(screen.display).split()))
    return " | ".join(seen)


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
        ("3\r", Key.ENTER, "c"),
        ("٣\r", Key.ENTER, "c"),
        ("9\r", Key.ENTER, "b"),
        ("\x0e", Key.NOTE, "b"),
        ("\x05", Key.EVIDENCE, "b"),
    ],
)
def test_a_list_is_left_by_its_keys_with_the_option_pointed_at(keys: str, key: Key, value: str) -> None:
    """Each key leaves the list in its own way, and the selected option goes along."""
    assert Reply(key, value) == reply_to(LIST, keys)[0]


@pytest.mark.parametrize(
    "keys",
    ["\x1b5", "\x0f", "\x12", "\x13", "\x11", "jk ", "\x1b[200~c\r\n\x1b[201~", "3\r1\r", "\t", "\x1bOP"],
)
def test_other_keys_do_nothing_in_a_list_and_it_is_said(keys: str) -> None:
    """Alt, Ctrl-O, -R, -S and -Q, letters, pasted text and F1 do not choose; what does is said."""
    reply, drawn = reply_to(LIST, keys, "\r")
    assert Reply(Key.ENTER, "b") == reply
    assert "search" not in drawn
    assert any(each in screens(drawn) for each in ("That key does nothing here.", "What was pasted"))


def test_enter_chooses_nothing_that_was_not_chosen() -> None:
    """Twenty times Enter say what to do first; the first arrow down is the first entry, up is the last."""
    reply, drawn = reply_to(NEW, "\r" * 20, "\x1b[A", "\r")
    assert Reply(Key.ENTER, "e") == reply
    assert "Choose one first, by its number or with ↑ ↓." in screens(drawn)
    assert Reply(Key.ENTER, "a") == reply_to(NEW, "\x1b[B\r")[0]


def test_a_number_of_two_digits_is_typed_one_after_the_other() -> None:
    """In a list of twelve 1 and then 2 is the twelfth, and 3 after that the third."""
    ask = Choose((Paragraph("Which?"),), tuple(Option(str(each), f"No. {each}") for each in range(1, 13)))
    assert ["12", "3", "1"] == [
        reply_to(ask, *keys)[0].value for keys in (["12", "\r"], ["123", "\r"], ["1\r"])
    ]


def test_notes_and_help_of_a_list_that_has_none_are_said_to_be_missing() -> None:
    """Ctrl-N and ? do nothing there, and not without a word."""
    ask = replace(NEW, keys=(Key.BACK,), help=())
    _, drawn = reply_to(ask, "\x0e", "?", "1\r")
    seen = screens(drawn)
    assert "Notes and evidence go with the scored questions, not here." in seen
    assert ("That key does nothing here." in seen, "? help" in seen) == (True, False)


@pytest.mark.parametrize("closed_by", ["?", "؟", "\r"])
def test_help_stands_in_place_of_the_options_and_is_closed_by_its_key(closed_by: str) -> None:
    """What was pointed at stays; while it is open no other key does anything, and that is said."""
    reply, drawn = reply_to(NEW, "2", "?", "\x0e", "3", closed_by, "\r")
    assert Reply(Key.ENTER, "b") == reply
    seen = screens(drawn)
    assert "Which? It is asked because of the sea. ? closes this" in seen
    assert "? closes this and shows the options again." in seen


def test_long_help_is_scrolled_in_a_small_window() -> None:
    """From its beginning to its end, with what is out of sight counted."""
    ask = replace(NEW, help=tuple(Paragraph(f"Line {number}.") for number in range(30)))
    _, drawn = reply_to(ask, "?", *["\x1b[B"] * 3, "\x1b[F", "?", "1\r", rows=14, columns=40)
    seen = screens(drawn, columns=40, rows=14)
    assert [True] * 4 == [each in seen for each in ("Line 0.", "Line 29.", "↑ 3 more Line 3.", "↑↓ scroll")]


@pytest.mark.parametrize(
    ("language", "keys", "key"),
    [("en", "\x1b[D", Key.BACK), ("ar", "\x1b[C", Key.BACK), ("ar", "\x02", Key.BACK)],
)
@pytest.mark.parametrize("ask", [LIST, Write((Paragraph("Name?"),))])
def test_the_arrow_that_points_back_goes_back(
    language: str, keys: str, key: Key, ask: Choose | Write
) -> None:
    """To the left where one reads to the right, to the right in Arabic; Ctrl-B everywhere."""
    assert key == reply_to(ask, keys, phrases=load_phrases(language))[0].key


@pytest.mark.parametrize(("language", "keys"), [("en", "\x1b[C"), ("ar", "\x1b[D")])
def test_the_other_arrow_does_not(language: str, keys: str) -> None:
    """It does nothing in a list."""
    assert Reply(Key.ENTER, "b") == reply_to(LIST, keys, "\r", phrases=load_phrases(language))[0]


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
        ("", [b"M\xe9r\r", b"e\r"], Reply(Key.ENTER, "Mre")),
        ("", "\rAnn\r", Reply(Key.ENTER, "Ann")),
        ("", ["x" * 2001 + "\r", "\x7f\r"], Reply(Key.ENTER, "x" * 1999)),
        ("x" * 2001, "\r\x7f\r", Reply(Key.ENTER, "x" * 2000)),
        ("", "Anna\x1b[D\x1b[Dnn\r", Reply(Key.ENTER, "Annnna")),
        ("", "Anna\x1f\r", Reply(Key.ENTER, "Anna")),
        ("", "\x12\x13\x1b5\x13Ann\r", Reply(Key.ENTER, "Ann")),
    ],
)
def test_a_line_of_text(earlier: str, keys: list[bytes] | str, reply: Reply) -> None:
    """A line begins with the earlier text, is kept in one line without control characters, or asked again."""
    lots = [keys] if isinstance(keys, str) else keys
    assert reply == reply_to(Write((Paragraph("Name?"),), earlier, needed=True), *lots)[0]


@pytest.mark.parametrize("text", ["two\nlines", "3\r1\r2", "one\ntwo\nthree\n", "x" * 900 + "\r" + "y" * 900])
def test_a_paste_without_its_marks_stays_in_one_line(text: str) -> None:
    """What stands behind the end of a line in it does not go to the next prompt; Enter is typed."""
    reply, _ = reply_to(Write((Paragraph("Note?"),)), text.replace("\n", "\r"), "\r")
    assert (
        Reply(Key.ENTER, " ".join(text.replace("\n", "\r").split("\r")).replace("  ", " ").strip()) == reply
    )


@pytest.mark.parametrize("paste", ["\x1b[200~Ann\r\nBob \n\n Cem\x1b[201~", "Ann\rBob\r\rCem\r"])
def test_a_pasted_note_keeps_its_lines(paste: str) -> None:
    """With the marks of a paste or without; a company's name and a number never have more than one."""
    note, name = (
        reply_to(Write((Paragraph("Note?"),), lines=lines), paste, "\r")[0].value for lines in (True, False)
    )
    assert ("Ann\nBob\n\nCem", ["Ann", "Bob", "Cem"]) == (note, name.split())


def test_help_stands_above_an_empty_line_and_is_closed_by_its_key() -> None:
    """Within text the sign is one like others; where there is no help it always is."""
    ask = Write((Paragraph("Note?"),), help=(Paragraph("It is not scored."),))
    reply, drawn = reply_to(ask, "?", "؟", "why?", "\r")
    seen = screens(drawn)
    assert (Reply(Key.ENTER, "why?"), 1) == (reply, seen.count("It is not scored."))
    assert ("Ctrl-B back · ? help" in seen, "? closes this" in seen) == (True, True)
    assert "?" == reply_to(replace(ask, help=()), "?", "\r")[0].value


def test_the_hint_says_what_enter_does() -> None:
    """It skips while nothing is there, and keeps what has been typed."""
    _, drawn = reply_to(Write((Paragraph("Note?"),)), "ask Ann", "\r")
    seen = screens(drawn)
    assert ["Enter skips" in seen, "› ask Ann Enter keeps it" in seen] == [True, True]


@pytest.mark.parametrize(("typed", "kept"), [("7", ""), ("x", ""), ("3", "3"), ("٣", "٣"), ("", "")])
def test_a_number_is_asked_for_again_until_it_is_one(typed: str, kept: str) -> None:
    """From 0 to what there is, in any digits, or nothing."""
    reply, drawn = reply_to(Write((Paragraph("How many?"),), most=5), typed + "\r", "\x7f\r")
    assert (kept, kept == "" and typed != "") == (reply.value, "Please type a number from 0 to 5" in drawn)


@pytest.mark.parametrize("keys", ["\x03", "\x04"])
def test_what_was_typed_is_handed_on_where_the_prompt_is_left(keys: str) -> None:
    """By Ctrl-C and Ctrl-D; Ctrl-B gives it with its reply."""
    kept: list[str] = []
    ask = Write((Paragraph("Note?"),), kept=kept.append)
    with pytest.raises((KeyboardInterrupt, EOFError)):
        reply_to(ask, "ask Ann", keys)
    assert ["ask Ann"] == kept
    assert Reply(Key.BACK, "ask Ann") == reply_to(ask, "ask Ann", "\x02")[0]


def typed_at_once(ask: Choose | Write, text: str) -> tuple[Reply, int, int]:
    """The reply to a prompt when more comes than a pipe holds, in how many calls, and what was held."""
    taken, held, is_left = [], [], threading.Event()
    insert = Buffer.insert_text

    def counting(line: Buffer, data: str, *arguments: Any, **options: Any) -> None:
        insert(line, data, *arguments, **options)
        taken.append(len(data))
        held.append(len(line.text) + sum(len(before) for before, _ in line._undo_stack))  # noqa: SLF001

    output = Vt100_Output(io.StringIO(), lambda: Size(rows=24, columns=80), enable_cpr=False)
    with pytest.MonkeyPatch.context() as patch, create_pipe_input() as keyboard:
        patch.setattr(Buffer, "insert_text", counting)

        def send() -> None:
            keyboard.send_text(text)
            # What comes while a slow machine still reads belongs to the paste: pressed until it is heard.
            while not is_left.wait(5 * PAUSE):
                keyboard.send_text("\r")

        sending = threading.Thread(target=send, daemon=True)
        sending.start()
        prompter = TerminalPrompter(PHRASES, output, keyboard)
        reply = prompter.choose(ask) if isinstance(ask, Choose) else prompter.write(ask)
        is_left.set()
        sending.join(60)
    return reply, len(taken), max(held, default=0)


def test_a_long_paste_without_its_marks_costs_no_more_than_what_is_kept() -> None:
    """Of 200,000 characters the first 2,000 are held, once; they are taken in hundreds, and it is said."""
    reply, calls, held = typed_at_once(Write((Paragraph("Name?"),)), "x" * 200_000 + "\r")

    assert (Reply(Key.ENTER, "x" * 2000), True, True) == (reply, calls < 2_000, held <= 2_000)


def test_a_long_paste_into_a_list_is_not_looked_at_key_by_key() -> None:
    """It chooses nothing, and no key of it opens help or a note."""
    reply, calls, _ = typed_at_once(LIST, "Why? " * 40_000)

    assert (Reply(Key.ENTER, "b"), 0) == (reply, calls)


def test_what_was_cut_is_said_before_it_is_taken() -> None:
    """Nobody's text ends unnoticed in the middle of a sentence."""
    reply, drawn = reply_to(Write((Paragraph("Note?"),)), "\x1b[200~" + "x" * 2010 + "\x1b[201~\r", "\r")

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
    reply, drawn = reply_to(ask, "\x1b[B" * 6, "\r", columns=columns, rows=rows)
    assert Reply(Key.ENTER, "5") == reply
    assert "›" in drawn or columns < 4
