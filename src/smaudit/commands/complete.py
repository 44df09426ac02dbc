"""What a shell asks on the tab key, by the protocol of the scripts that `--install-completion` puts in place.

The shell says in `_SMAUDIT_COMPLETE` which one it is and hands over the words typed so far. For bash `=` ends
a word; zsh and fish show what each offer is for.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from smaudit.commands.offers import Offer, Offers, offers
from smaudit.errors import Exit

if TYPE_CHECKING:
    from smaudit.language.phrases import Phrases

_SHELLS = ("bash", "zsh", "fish")
_QUOTES = "\"'"


def asking() -> str | None:
    """The shell that asks what it can complete; None where none does, or one that typer answers itself."""
    shell = os.environ.get("_SMAUDIT_COMPLETE", "").removeprefix("complete_")
    return shell if shell in _SHELLS else None


def answer(shell: str) -> tuple[str, int]:
    """What to print for a shell, and the exit code."""
    if shell == "bash":
        return _for_bash(), Exit.DONE
    words = _split(os.environ.get("_TYPER_COMPLETE_ARGS", ""))
    found = offers(words, _phrases(words))
    if shell == "zsh":
        return _for_zsh(found), Exit.DONE
    if os.environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        # By anything but 0 fish goes on to offer files.
        return "", Exit.USAGE if found.files and not found.found else Exit.DONE
    return "".join(f"{each.value}\t{_line(each.about)}\n" for each in found.found), Exit.DONE


def _phrases(words: Sequence[str]) -> Phrases | None:
    from smaudit.errors import SmauditError
    from smaudit.files.words import load_phrases

    asked = next((words[at + 1] for at, word in enumerate(words[:-2]) if word == "--lang"), None)
    try:
        return load_phrases(asked)
    except SmauditError:
        return None


def _line(text: str) -> str:
    return " ".join(text.split())


def _for_bash() -> str:
    """The offers, a line each, without what stands before the last `=`: there bash begins a word."""
    typed = os.environ.get("COMP_WORDS", "").split("\n")
    last = int(os.environ.get("COMP_CWORD", "0") or 0)
    words = _glued([*typed[: last + 1], ""][: last + 1])
    raw = words[-1]
    found = offers([_unquoted(each) for each in words], None)
    quoted = raw[:1] and raw[0] in _QUOTES
    lines = [
        each.value if quoted else re.sub(r"([^\w@%+=:,./~-])", r"\\\1", each.value) for each in found.found
    ]
    before = raw.rpartition("=")[0]
    return "".join(f"{each[len(before) + 1 :] if before else each}\n" for each in lines)


def _glued(words: Sequence[str]) -> list[str]:
    """The words as they were typed: bash hands over `a=b` as three."""
    glued: list[str] = []
    joins = False
    for word in words:
        if glued and len(glued) > 1 and (word == "=" or joins):
            glued[-1] += word
        else:
            glued.append(word)
        joins = word == "="
    return glued


def _unquoted(word: str) -> str:
    """A word as the shell will understand it, the quotes closed or not."""
    for end in ("", *_QUOTES):
        try:
            return "".join(shlex.split(word + end))
        except ValueError:
            continue
    return word


def _split(line: str) -> list[str]:
    """The words of a line; the last is begun, and empty behind a space."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters = True, ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:
        # A quote that is still open.
        return [*words, lexer.token]
    return [*words, ""] if line.endswith(" ") and not line.endswith("\\ ") else words or [""]


def _for_zsh(found: Offers) -> str:
    """What the script evaluates: whole answers, and beginnings, which are followed by no space."""
    if not found.found:
        return "_files\n" if found.files else ""
    whole = [each for each in found.found if not each.more]
    begun = [each for each in found.found if each.more]
    parts = [_described("whole", whole, ""), _described("begun", begun, " -S ''")]
    return "; ".join(filter(None, parts)) + "\n"


def _described(name: str, found: Sequence[Offer], options: str) -> str:
    if not found:
        return ""
    entries = " ".join(shlex.quote(_entry(each)) for each in found)
    return f"local -a {name}; {name}=({entries}); _describe -V smaudit {name}{options}"


def _entry(offer: Offer) -> str:
    value = offer.value.replace("\\", "\\\\").replace(":", "\\:")
    return f"{value}:{_line(offer.about)}" if offer.about else value
