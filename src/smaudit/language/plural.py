"""Which plural form a whole number takes, by rules in the notation of Unicode's CLDR (UTS 35, part 3).

few: n % 100 = 3..10
many: i != 0 and i % 1000000 = 0 and v = 0
"""

from __future__ import annotations

import re
from collections.abc import Mapping

FORMS = ("zero", "one", "two", "few", "many", "other")
"""The plural forms of CLDR; `other` is that of every number which no rule takes, and has no rule."""

_RELATION = re.compile(r"([nivwftce])(?: ?% ?([1-9][0-9]{0,8}))? ?(!?=) ?([0-9., ]+)")
_RANGE = re.compile(r"([0-9]{1,9})(?:\.\.([0-9]{1,9}))?")


def plural_form(rules: Mapping[str, str], count: int) -> str:
    """The name of the form for a count: the first whose rule it meets. Raises ValueError for no rule."""
    return next((form for form, rule in rules.items() if is_met(rule, count)), "other")


def is_met(rule: str, count: int) -> bool:
    """Whether a count meets a rule. Raises ValueError for one that is not in the notation."""
    # All are read before any is taken, so that what is wrong with a rule never hides.
    held = [[_holds(each, abs(count)) for each in either.split(" and ")] for either in rule.split(" or ")]
    return any(map(all, held))


def _holds(relation: str, count: int) -> bool:
    """Whether `n % 100 = 3..10` holds; of a whole number all that stands behind the point (v, f …) is 0."""
    found = _RELATION.fullmatch(relation.strip())
    if found is None:
        raise ValueError(relation)
    operand, modulus, sign, ranges = found.groups()
    number = count if operand in "ni" else 0
    if modulus:
        number %= int(modulus)
    return _is_in(number, ranges) == (sign == "=")


def _is_in(number: int, ranges: str) -> bool:
    ends = [_RANGE.fullmatch(each.strip()) for each in ranges.split(",")]
    if None in ends:
        raise ValueError(ranges)
    return any(int(each[1]) <= number <= int(each[2] or each[1]) for each in ends if each)
