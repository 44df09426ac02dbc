"""`python -m campaigns [P1 P2.cuts …] [--quick | --full] [--seed N] [--cases N] [--minutes N]`."""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections.abc import Callable

from campaigns.plan import Count, Plan, counts, say

MODULES = {
    "P1": "answers_kept",
    "P2": "whole_files",
    "P3": "shown_text",
    "P4": "reading_alone",
    "P5": "bounded",
    "P6": "many_sheets",
    "P7": "verdicts",
    "P8": "terminals",
    "P9": "errors_told",
    "P10": "named_only",
    "P11": "two_sessions",
    "P12": "kept_fields",
    "P13": "anywhere",
}
"""The campaigns by promise."""

Part = Callable[[Plan], Count]


def parts(promise: str) -> dict[str, Part]:
    """The parts of one campaign by name (`P1.kills`)."""
    module = importlib.import_module(f"campaigns.{MODULES[promise]}")
    return {f"{promise}.{name}": part for name, part in module.PARTS.items()}


def main(arguments: list[str]) -> int:
    """Run what is asked for and print a line for each part; 1 where a promise or a control did not hold."""
    asked = _parser().parse_args(arguments)
    until = time.monotonic() + asked.minutes * 60 if asked.minutes else float("inf")
    plan = Plan(asked.full, asked.seed, asked.cases, until)
    wanted = asked.parts or list(MODULES)
    unknown = [name for name in wanted if name.partition(".")[0] not in MODULES]
    if unknown:
        say(f"no such promise: {', '.join(unknown)}; there are {', '.join(MODULES)}")
        return 2
    say(f"{'promise':<22}{'cases':>9}{'failed':>8}   control failed")
    broken = 0
    for name in wanted:
        promise, _, only = name.partition(".")
        for part, run in parts(promise).items():
            if not only or part == name:
                broken += not _shown(part, run(plan))
    return int(broken > 0)


def _shown(part: str, count: Count) -> bool:
    say(counts(part, count))
    for note in count.notes:
        say(f"    {note}")
    if not count.control_failed:
        say("    the control did not fail: this proves nothing")
    return count.holds


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m campaigns")
    parser.add_argument("parts", nargs="*", metavar="P1|P1.part", help="default: all")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", dest="full", action="store_false", help="seconds; what the tests run")
    size.add_argument("--full", action="store_true", help="hours; what the figures in the docs are")
    parser.add_argument("--seed", type=int, default=1, help="another seed tries other cases")
    parser.add_argument("--cases", type=int, help="so many cases of each part")
    parser.add_argument("--minutes", type=float, help="begin no case after so many minutes")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
