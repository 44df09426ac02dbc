"""smaudit: a company assesses its own social media practices against five misconceptions.

The names below are the library's public ones; each is imported when it is first used,
so that a program that needs only one pays for no other.
"""

__version__ = "0.1.0"

# Known to type checkers by its name; the module `typing` would double the time of `smaudit --version`.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from smaudit.core.questionnaire import Questionnaire
    from smaudit.core.result import Assessment
    from smaudit.core.scoring import assess
    from smaudit.core.sheet import Sheet
    from smaudit.errors import Refused, SmauditError
    from smaudit.files.load import load_questionnaire, load_sheet
    from smaudit.planning import plan

__all__ = [
    "Assessment",
    "Questionnaire",
    "Refused",
    "Sheet",
    "SmauditError",
    "__version__",
    "assess",
    "load_questionnaire",
    "load_sheet",
    "plan",
]

_HOMES = {
    "Assessment": "core.result",
    "Questionnaire": "core.questionnaire",
    "Refused": "errors",
    "Sheet": "core.sheet",
    "SmauditError": "errors",
    "assess": "core.scoring",
    "load_questionnaire": "files.load",
    "load_sheet": "files.load",
    "plan": "planning",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        from importlib import import_module

        home: object = import_module(f"smaudit.{_HOMES[name]}")
        return getattr(home, name)
    raise AttributeError(name)
