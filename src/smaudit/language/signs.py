"""What stands for a sign where an encoding lacks it: in reports, messages and prompts alike."""

from __future__ import annotations

_PLAIN = str.maketrans({
    "“": '"', "”": '"', "‘": "'", "’": "'", "«": '"', "»": '"', "–": "-", "—": "-", "…": "...",
    "·": "-", "×": "x", "✓": "+", "›": ">", "←": "<-", "→": "->", "↑": "^", "↓": "v",
    "━": "=", "═": "=", "●": "o", "┃": "!", "│": "|", "▓": "#", "░": ".", "\u00a0": " ",
    "\u200f": "", "\u2067": "", "\u2068": "", "\u2069": "",
})  # fmt: skip


def carried(text: str, encoding: str) -> str:
    """The text in characters that an encoding carries: signs as plain ones where it is none of Unicode's.

    Also those that it could carry: terminals are said to have such an encoding, and have another.
    """
    if not encoding.lower().startswith("utf"):
        text = text.translate(_PLAIN)
    return text.encode(encoding, "replace").decode(encoding)
