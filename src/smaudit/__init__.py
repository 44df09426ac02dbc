"""smaudit: a company assesses its own social media practices against five misconceptions.

The names below are the library's public ones; each is imported when it is first used,
so that a program that needs only one pays for no other. `docs/python.md` shows them at work.

    load_questionnaire   what is asked, from a YAML file or the program's own
    load_sheet           what was answered, from a JSON file or plain data
    assess               both to an Assessment: scores with their bounds, alarms, the roadmap
    plan                 the cheapest steps to a target, as a Plan
    compare              sheets of one company over time, as a Comparison: practice, and counting
    team                 several people's sheets of one company, as a Team: ranges, and what to settle
    columns              many sheets as the columns of a table, one row each
    table                such a table scored by the engine that holds it: polars, DuckDB, Dask, Spark
"""

__version__ = "0.1.0"

# Known to type checkers by its name; the module `typing` would double the time of `smaudit --version`.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from smaudit.core.compare_result import Comparison
    from smaudit.core.questionnaire import Questionnaire
    from smaudit.core.result import Assessment, Plan
    from smaudit.core.sheet import Sheet
    from smaudit.core.team import team
    from smaudit.core.team_result import Team
    from smaudit.errors import Refused, SmauditError
    from smaudit.files.load import load_questionnaire, load_sheet
    from smaudit.planning.assess import assess
    from smaudit.planning.plan import plan
    from smaudit.planning.then import compare
    from smaudit.tables.columns import columns
    from smaudit.tables.table import table

__all__ = [
    "Assessment",
    "Comparison",
    "Plan",
    "Questionnaire",
    "Refused",
    "Sheet",
    "SmauditError",
    "Team",
    "__version__",
    "assess",
    "columns",
    "compare",
    "load_questionnaire",
    "load_sheet",
    "plan",
    "table",
    "team",
]

_HOMES = {
    "Assessment": "core.result",
    "Comparison": "core.compare_result",
    "Plan": "core.result",
    "Questionnaire": "core.questionnaire",
    "Refused": "errors",
    "Sheet": "core.sheet",
    "SmauditError": "errors",
    "Team": "core.team_result",
    "assess": "planning.assess",
    "columns": "tables.columns",
    "compare": "planning.then",
    "load_questionnaire": "files.load",
    "load_sheet": "files.load",
    "plan": "planning.plan",
    "table": "tables.table",
    "team": "core.team",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        from importlib import import_module

        home: object = import_module(f"smaudit.{_HOMES[name]}")
        found = globals()[name] = getattr(home, name)
        return found
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted(__all__)
