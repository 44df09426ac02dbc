"""Coverage-guided fuzzing of the two loaders: `python -m campaigns.fuzz sheet|questionnaire [--seconds N]`.

Uses atheris where it is installed, else damages the corpus by chance. Whatever is not read or refused
in words ends the run with the bytes that did it.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

try:
    import atheris
except ImportError:
    atheris = None

# Before anything else imports them: what is imported here tells the fuzzer which of its paths were taken.
with atheris.instrument_imports(include=["smaudit"]) if atheris else contextlib.nullcontext():
    from smaudit.core.scoring import assess
    from smaudit.errors import Refused
    from smaudit.files.load import load_questionnaire, questionnaire_from, sheet_from
    from smaudit.files.words import load_phrases
    from smaudit.language.error_text import told

from campaigns.bounded import damaged
from campaigns.plan import ROOT, say

CORPUS = ROOT / "campaigns" / "corpus"
LONGEST = 8192
PHRASES = load_phrases("en")
ASKED = load_questionnaire()


def sheet(data: bytes) -> None:
    """Read bytes as a sheet, and score it."""
    with _refusals():
        assess(ASKED, sheet_from(data, "sheet.json", ASKED))


def questionnaire(data: bytes) -> None:
    """Read bytes as a questionnaire, and score an empty sheet with it."""
    with _refusals():
        asked = questionnaire_from(data, "own.yaml")
        assess(asked, sheet_from(b"{}", "sheet.json", asked))


class _Telling(contextlib.AbstractContextManager[None]):
    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        """A refusal is told in words, which must not fail either."""
        if not isinstance(error, Refused):
            return False
        told(error, PHRASES)
        return True


def _refusals() -> contextlib.AbstractContextManager[None]:
    return _Telling()


TARGETS: dict[str, Callable[[bytes], None]] = {"sheet": sheet, "questionnaire": questionnaire}


def by_chance(target: Callable[[bytes], None], corpus: list[bytes], seconds: float, seed: int) -> int:
    """Damage the corpus for so long; gives the number of runs."""
    dice, runs = random.Random(seed), 0  # noqa: S311
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        target(damaged(dice, dice.choice(corpus)))
        runs += 1
    return runs


def main(arguments: list[str]) -> None:
    """Fuzz one loader."""
    parser = argparse.ArgumentParser(prog="python -m campaigns.fuzz")
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--found", type=Path, help="a folder for what reaches new code; else it is thrown away"
    )
    asked = parser.parse_args(arguments)
    folder = CORPUS / asked.target
    if atheris is None:
        corpus = [path.read_bytes() for path in sorted(folder.iterdir())]
        runs = by_chance(TARGETS[asked.target], corpus, asked.seconds, asked.seed)
        say(f"{asked.target}: {runs} runs by chance, nothing found")
        return
    # The fuzzer adds to the first of its folders, and the corpus is to stay as small as it is.
    found = asked.found or Path(tempfile.mkdtemp(prefix="campaign-"))
    options = [f"-max_total_time={asked.seconds}", f"-max_len={LONGEST}", "-timeout=5", f"-seed={asked.seed}"]
    atheris.Setup([sys.argv[0], *options, str(found), str(folder)], TARGETS[asked.target])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
