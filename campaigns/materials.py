"""What the campaigns feed the program with: hostile text, and a questionnaire and a sheet that carry it."""

from __future__ import annotations

import json
import random
import re
import string
import unicodedata
from collections.abc import Callable
from pathlib import Path

from smaudit.core.scoring import assess
from smaudit.core.subject import Subject
from smaudit.files.load import questionnaire_from, sheet_from
from smaudit.files.words import load_phrases

KNOWN = [
    "<script>window.PWNED=1</script>", "<img src=x onerror=window.PWNED=1>", "<svg onload=window.PWNED=1>",
    '"><script>window.PWNED=1</script>', "' onmouseover='window.PWNED=1", "</style><script>window.PWNED=1</script>",
    "<iframe src=http://evil.invalid>", "<link rel=stylesheet href=http://evil.invalid/a.css>", "&#60;b&#62;", "&lt;b",
    "javascript:window.PWNED=1", "<a href=javascript:window.PWNED=1>x</a>", "<!-- x", "]]>", "<![CDATA[x", "{{7*7}}",
    "{% raw %}", "{0.__class__}", "{name}", "100% sure", "%(x)s", "costs $5", "${HOME}", "`id`", "$(id)",
    "# heading", "\n# Overall score: 100 %\n", "| a | b |", "\n|---|\n", "![x](http://evil.invalid/b.png)",
    "[x](http://evil.invalid)", "<http://evil.invalid>", "http://evil.invalid", "www.evil.invalid", "a@evil.invalid",
    "@name", "#123", "- item", "1. item", "1) item", "> quote", "```\ncode\n```", "    code", "***bold***", "_x_",
    "~~x~~", "x\\", "\\", "\\\\", "[^1]", "- [ ] x", "===", "---", "+++", "a  \nb", "a\\\nb", "&nbsp;", "\t=1", "=1+1",
    '=HYPERLINK("http://evil.invalid")', "+1", "-1", "@SUM(1)", "=cmd|' /C calc'!A0", "\r=1", "\uff1d1+1", '"', '","',
    "[red]x[/red]", "a [/b] c", "[link=http://evil.invalid]x[/link]", ":smile:", "[bold", "\\[x]", "x\\[",
    "\x1b]0;owned\x07", "\x1b[2J\x1b[H", "\x1b[31mred", "\x9b31m", "\x90q\x9c", "\x07", "\x08\x08\x08", "a\rb", "a\x00b",
    "\u202egpj.exe", "\u2066x\u2069", "\u2067\u2068\u2069\u2069\u2069", "a\u200bb", "\ufeffx", "a\u2028b\u2029c",
    "\U000e0041\U000e0042", "a\u00adb", "\u061cx", "\x7f", "\x85", "قهوة الميناء", "קפה", "株式会社", "👩‍👩‍👧", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "\u202a+49 1\u202c", "نمی\u200cشود", "é́́́́", "🇦🇶",
    "#show: x", '#eval("1")', "$ x $", '#link("http://evil.invalid")', "*x*", "@ref", "<label>", '#image("/etc/passwd")',
]  # fmt: skip
ALPHABETS = [
    string.ascii_letters,
    string.punctuation,
    string.digits,
    " \n\t\r",
    "".join(map(chr, [*range(32), *range(127, 160)])),
    "\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad",
    "قهوةקפהあア株式",
    "\U0001f600\U0001f1e6\ufe0f\u20e3\u0301\U000e0061\ue000\uffff\u3000\u00a0",
]


def hostile(dice: random.Random) -> str:
    """A text that somebody might type to do harm, or by accident."""
    parts = []
    for _ in range(dice.randint(1, 4)):
        if dice.random() < 0.5:
            parts.append(dice.choice(KNOWN))
        else:
            alphabet = dice.choice(ALPHABETS)
            parts.append("".join(dice.choice(alphabet) for _ in range(dice.randint(1, 8))))
    return "".join(parts)


def text_of(dice: random.Random, number: int) -> str:
    """The text of a case: first each known one, mixed, then ones made by chance."""
    return KNOWN[number * 41 % len(KNOWN)] if number < len(KNOWN) else hostile(dice)


def shown(text: str) -> str:
    r"""The text as it is to be shown: written sign by sign, where the program uses tables and patterns.

    Control characters as `\u{1b}`, line ends and tabs as spaces, no marks that do nothing, joiners and the tags
    of flags where they belong.
    """
    text = _without_pairs("".join(sign for sign in text if sign not in _IDLE))
    signs: list[str] = []
    for at, sign in enumerate(text):
        if sign in "\n\r\t\v\f\x85\u2028\u2029":
            signs.append(" ")
        elif sign in _JOINERS:
            before = text[at - 1] if at else " "
            signs.append(sign if before not in _JOINERS and not before.isspace() else "")
        elif sign in _NUMBER_SIGNS or _is_in_a_flag(text, at):
            signs.append(sign)
        elif unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co"}:
            signs.append(f"\\u{{{ord(sign):x}}}")
        else:
            signs.append(sign)
    return "".join(signs)


_IDLE = "\u00ad\u061c\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
_JOINERS = "\u200c\u200d\u180e"
_NUMBER_SIGNS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")


def _is_in_a_flag(text: str, at: int) -> bool:
    return any(found.start() <= at < found.end() for found in _FLAG.finditer(text))


def _without_pairs(text: str) -> str:
    """The text without the isolates and embeddings that are closed again; of overrides both ends stay."""
    signs, open_ = list(text), list[int]()
    for at, sign in enumerate(text):
        if sign in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068":
            open_.append(at)
        elif sign in "\u202c\u2069" and open_ and (text[open_[-1]] < "\u2066") == (sign == "\u202c"):
            first = open_.pop()
            if text[first] not in "\u202d\u202e":
                signs[first] = signs[at] = ""
    return "".join(signs)


def steering(written: str) -> set[str]:
    """The characters in what was written that could steer a terminal or turn its text around."""
    found = {sign for sign in _FLAG.sub("", written) if unicodedata.category(sign) in {"Cc", "Cf", "Cs"}}
    return found - {"\n", *_JOINERS, "\u2067", "\u2068", "\u2069", *_NUMBER_SIGNS}


def names() -> list[tuple[str, str]]:
    """Names as people write them in many scripts, each with the script."""
    read: dict[str, list[str]] = json.loads(_NAMES.read_text("utf-8"))
    return [(script, name) for script, group in read.items() for name in group]


_NAMES = Path(__file__).parent / "corpus" / "names.json"


_ISOLATES = re.compile("[\u2067-\u2069]")


def bare(text: str) -> str:
    """The text without spaces, at which lines are wrapped, and the isolates around lines and values."""
    return "".join(_ISOLATES.sub("", text).split())


class Places:
    """Fills every place of a questionnaire and a sheet that holds free text, between tags of its own or bare."""

    def __init__(self, text: str, *, tagged: bool) -> None:
        """Take the text to be put everywhere."""
        self.text = text
        self.tagged = tagged
        self.names: list[str] = []

    def fill(self, place: str) -> str:
        """The text for one place."""
        self.names.append(place)
        return f"q{place}q{self.text}z{place}z" if self.tagged else self.text


def _questionnaire(fill: Callable[[str], str]) -> dict[str, object]:
    address = "https://example.invalid/x"

    def question(name: str, weights: dict[str, int]) -> dict[str, object]:
        options = [
            {"id": f"l{level}", "text": fill(f"{name}option{level}")}
            | (
                {"step": {"text": fill(f"{name}step{level}"), "effort": 1, "owner": "office"}}
                if level < 2
                else {}
            )
            for level in range(3)
        ]
        return {
            "id": name, "title": fill(f"{name}title"), "text": fill(f"{name}text"), "weights": weights,
            "why": fill(f"{name}why"), "ask": ["office"], "evidence": fill(f"{name}evidence"),
            "metric": {"text": fill(f"{name}metric"), "target": fill(f"{name}target")}, "options": options,
        }  # fmt: skip

    def misconception(name: str) -> dict[str, object]:
        words = ("title", "topic", "says", "reality", "matters")
        return {
            "id": name, **{word: fill(name + word) for word in words}, "evidence_note": fill(f"{name}enote"),
            "poles": {"holds": fill(f"{name}poleholds"), "rejects": fill(f"{name}polerejects")},
            "belief": {"holds": fill(f"{name}holds"), "rejects": fill(f"{name}rejects")}, "sources": ["src"],
        }  # fmt: skip

    return {
        "schema": "smaudit/questionnaire/1", "id": "places", "version": fill("version"), "title": fill("title"),
        "about": fill("about"),
        "source": {"title": fill("otitle"), "author": fill("oauthor"), "publisher": fill("opub"), "url": address},
        "departments": [{"id": "office", "name": fill("office")}],
        "profile": [
            {"id": "size", "text": fill("fact"),
             "options": [{"id": name, "text": fill(f"fact{name}")} for name in ("small", "large")]},
        ],
        "misconceptions": [misconception("ma"), misconception("mb")],
        "sources": [
            {"id": "src", "claim": fill("claim"), "by": fill("by"), "year": 2017, "url": address,
             "caution": fill("caution")},
        ],
        "questions": [question("na", {"ma": 2}), question("nb", {"ma": 1, "mb": 1}), question("nc", {"mb": 2}),
                      question("nd", {"mb": 1}), question("ne", {"ma": 1})],
        "contradictions": [{"id": "con", "if": {"na": ["l0"], "nb": ["l2"]}, "text": fill("contradiction")}],
    }  # fmt: skip


def _sheet(fill: Callable[[str], str], version: str) -> dict[str, object]:
    return {
        "schema": "smaudit/sheet/1", "questionnaire": {"id": "places", "version": version},
        "company": {"name": fill("company"), "profile": {"size": "small"}},
        "respondent": {"name": fill("respondent"), "department": "office"},
        "date": "2026-11-23", "beliefs": {"ma": 2, "mb": 4}, "guess": {"steering": 1, "most": "ma"},
        "answers": {
            "na": {"choice": "l0", "note": fill("notea"), "evidence": fill("shownbya")},
            "nb": {"choice": "l2", "note": fill("noteb"), "evidence": fill("shownbyb")},
            "nc": {"choice": "not-applicable", "note": fill("notec")}, "nd": {"choice": "dont-know"}, "ne": "l1",
        },
        "remark": fill("remark"),
    }  # fmt: skip


def subject_with(text: str, *, tagged: bool = True) -> tuple[Subject, list[str]]:
    """A scored sheet with this text at every place, read from the bytes of its files; and the places' names."""
    places = Places(text, tagged=tagged)
    data = _questionnaire(places.fill)
    loaded = questionnaire_from(json.dumps(data).encode(), "places.json")
    version = loaded.version
    if len(version) > 100:
        version = "1"
    sheet = sheet_from(json.dumps(_sheet(places.fill, version)).encode(), "sheet.json", loaded)
    scores = assess(loaded, sheet)
    subject = Subject(loaded, sheet, scores)
    return subject, places.names


PHRASES, ARABIC = load_phrases("en"), load_phrases("ar")
