"""A form as one HTML page: the questionnaire on paper, and a script of our own that asks it on a screen."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from smaudit.language.digits import WESTERN
from smaudit.language.phrases import Phrases
from smaudit.language.text import visible
from smaudit.report.draw.html import counted_in, environment

if TYPE_CHECKING:
    from smaudit.interview.form import Form

_HERE = Path(__file__).parent
_UNSAFE = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}
"""What could end the data of a page, or a line of a script, written so that only JSON reads it."""


def render(form: Form, phrases: Phrases) -> str:
    """The form as a page that asks for nothing from anywhere. Same input, same bytes."""
    style, script = _style(phrases), _script()
    made = environment()
    made.filters |= {"visible": visible}
    drawn = made.get_template("form.html.j2").render(
        form=form,
        language=phrases.language,
        direction=phrases.direction,
        own_digits=phrases.digits != WESTERN,
        number=phrases.number,
        say=phrases.line,
        longest=form.data["longest"],
        data=as_data(form.data),
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
    )
    # No line of the script begins so: it stays as its hash has it.
    return drawn.replace("\n<", "<")


def as_data(data: object) -> str:
    """Data as JSON that can stand in a page: nothing in it ends the element that it is in."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(_UNSAFE)


def _style(phrases: Phrases) -> str:
    """The style, with what can be said of every question on paper: once, and not at each."""
    every = (phrases.text("interview.dont-know"), phrases.text("interview.not-applicable"))
    boxes = "".join(f"--other-{number}: {_quoted(each)}; " for number, each in enumerate(every, start=1))
    spread = (_HERE / "form.css").read_text("utf-8")
    packed = _packed(spread, _CSS).replace("\n", "").replace(";}", "}")
    return f"{packed}:root{{{boxes}}}{counted_in(phrases.digits)}".strip()


def _quoted(text: str) -> str:
    """Text as a string of CSS: letters and digits as they are, all else by its code."""
    return '"' + "".join(each if each.isalnum() else f"\\{ord(each):x} " for each in text) + '"'


def _script() -> str:
    return _packed((_HERE / "form.js").read_text("utf-8"), _SCRIPT)


_CSS = re.compile(r"""("[^"\n]*")|[ ]*([{};,>])[ ]*|(?<=:)[ ]+""")
_SCRIPT = re.compile(
    r"""(
        "(?:\\.|[^"\\\n])*" | `(?:\\.|[^`\\\n])*`
        | (?<=[(])/(?:\\.|\[(?:\\.|[^]\\\n])*]|[^/\\\n])+/\w*
    ) | [ ]*([][{}();,=<>?:&|*])[ ]*""",
    re.VERBOSE,
)
"""Text that is kept, or a sign without the spaces around it: only within lines, and never + and -."""


def _packed(source: str, pattern: re.Pattern[str]) -> str:
    """A file of ours without what only helps whoever reads it here: indentation, comment lines, spaces."""
    lines = (line.strip() for line in source.splitlines())
    kept = (line for line in lines if line and not line.startswith(("//", "/*")))
    packed = (pattern.sub(lambda found: (found[1] or "") + (found[2] or ""), line) for line in kept)
    # Behind these signs neither language sees where a line ends.
    return "".join(line if line.endswith((";", "{", ",")) else f"{line}\n" for line in packed).strip()


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
