"""P12: what is not understood is kept: unknown fields come through a load and a save unchanged."""

from __future__ import annotations

import json
import random
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from campaigns.materials import hostile
from campaigns.plan import Count, Plan
from smaudit.files.load import load_questionnaire, sheet_bytes, sheet_from


def fields(plan: Plan) -> Count:
    """Unknown fields of every shape, loaded, answered one more and saved; the control drops what it does not know."""
    count = Count()
    asked = load_questionnaire()
    for number in plan.numbers(1000, 100):
        dice = plan.dice(number)
        extra = ", ".join(
            f"{json.dumps(f'x-{each}' + _word(dice))}: {_written(dice, 4)}"
            for each in range(dice.randint(1, 4))
        )
        text = f'{{"schema": "smaudit/sheet/1", "answers": {{"training": "dont-know"}}, {extra}}}'
        loaded = sheet_from(text.encode(), "sheet.json", asked)
        saved = sheet_bytes(loaded.with_answer("reply-coverage", loaded.answers["training"]))
        count.case(
            None if _unknown(text) == _unknown(saved.decode()) else f"{text[:300]!r} became {saved[:300]!r}"
        )
        plainly = Plain.model_validate_json(text).model_dump_json()
        count.control(failed=_unknown(text) != _unknown(plainly))
    return count


class Plain(BaseModel):
    """A sheet as one models it first."""

    model_config = ConfigDict(extra="ignore")
    answers: dict[str, str]


def _unknown(text: str) -> object:
    """The fields of a sheet that the program does not know, in their order, each number exactly."""
    read = json.loads(text, parse_float=Decimal, object_pairs_hook=lambda pairs: tuple(map(tuple, pairs)))
    return [pair for pair in read if pair[0] not in {"schema", "answers"}]


def _word(dice: random.Random) -> str:
    return hostile(dice).encode(errors="ignore").decode()[:30]


def _written(dice: random.Random, depth: int) -> str:
    """A JSON value of any kind, as it is written."""
    kind = dice.randrange(9 if depth else 6)
    if kind == 0:
        return dice.choice(
            ["null", "true", "false", "[]", "{}", '""', "0", "-0", "0.0", "-0.0", "1.50", "1E+2", "1e-7"]
        )
    if kind == 1:
        return str(dice.randint(-(10**19), 10**19))
    if kind == 2:
        return (
            f"{dice.choice(('', '-'))}{dice.randrange(1000)}.{dice.randrange(10**15):0{dice.randint(1, 15)}}"
        )
    if kind == 3:
        return repr(dice.uniform(-1e6, 1e6))
    if kind in {4, 5}:
        return json.dumps(_word(dice), ensure_ascii=dice.random() < 0.5)
    inner = [_written(dice, depth - 1) for _ in range(dice.randrange(4))]
    if kind == 6:
        return f"[{', '.join(inner)}]"
    return (
        "{"
        + ", ".join(f"{json.dumps(f'{number}{_word(dice)}')}: {each}" for number, each in enumerate(inner))
        + "}"
    )


PARTS = {"fields": fields}
