"""The table of many sheets, from the outside: `table(frame, questionnaire)`."""

from importlib.util import find_spec
from typing import TypeVar

from smaudit.core.questionnaire import Depth, Questionnaire
from smaudit.errors import Usage

Frame = TypeVar("Frame")
"""A frame of polars (eager or lazy), DuckDB, Dask, PySpark, pandas or pyarrow."""


def table(frame: Frame, questionnaire: Questionnaire, depth: Depth | None = None) -> Frame:
    """Score a table with one row a sheet: the same frame with the figures of each row, as `assess` has them.

    Where the frame is lazy, so is the result. `columns.py` and `docs/tables.md` say how columns are named,
    those that are read and those that are added. `depth` is that of each row, or the one that is asked for.
    A row with an answer or a fact that the questionnaire does not know is `refused`: `why` names the first
    such column, `problems` counts them, and no figure is given.

    Raises Refused where columns are missing, hold no text or are in the way; Usage where the questionnaire is
    too large for machine integers or the extra `smaudit[tables]` is not installed; TypeError for what is no
    frame or no questionnaire; ValueError for another depth.
    """
    if not isinstance(questionnaire, Questionnaire):
        message = f"A Questionnaire is needed, as it is loaded, not {type(questionnaire).__name__}."
        raise TypeError(message)
    if depth not in {"quick", "full", None}:
        message = "A depth is quick, full or None."
        raise ValueError(message)
    if find_spec("narwhals") is None:
        raise Usage("error.no-tables", "hint.no-tables")
    from smaudit.tables.engine import scored

    found: Frame = scored(frame, questionnaire, depth)
    return found
