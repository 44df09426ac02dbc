"""Where the files of the program itself are, and how a file is named in a message."""

from __future__ import annotations

from pathlib import Path

from smaudit.errors import Broken

_PACKAGE = Path(__file__).resolve().parent.parent
PLACES = (_PACKAGE / "data", _PACKAGE.parents[1] / "data", _PACKAGE.parents[1] / "examples")
"""Where data is looked for: in an installed package, and in a checkout."""
EXAMPLE = "harbour-coffee"
"""The name of the company that is shown where there is no sheet yet."""
_LONGEST_PATH = 100
_LONGEST_NAME = 60


def data_path(name: str) -> Path:
    """Return the path of a file of `data/`, e.g. `misconceptions.yaml`: in a wheel, else in a checkout.

    Raises SmauditError (exit 70) when the installation lacks it.
    """
    for place in PLACES:
        if (place / name).is_file():
            return place / name
    raise Broken("error.data-missing", "hint.install-again", name=name)


def example_path(language: str) -> Path:
    """Return the path of the example's sheet: in a language, if there is one, else in English.

    Raises SmauditError (exit 70) when the installation lacks it.
    """
    spoken = f"{EXAMPLE}.{language}.json"
    return data_path(spoken if data_names(spoken) else f"{EXAMPLE}.json")


def data_names(pattern: str) -> list[str]:
    """Return the names of the files of `data/` that a pattern fits, in any order; one for each."""
    return [each.name for place in PLACES for each in place.glob(pattern)]


def shown_path(path: str | Path) -> str:
    """Return a path as a message shows it: its last 100 characters, because the end tells most."""
    text = str(path)
    return text if len(text) <= _LONGEST_PATH else "…" + text[-_LONGEST_PATH:]


def shown_name(name: str) -> str:
    """Return a key of a file as a message shows it: its first 60 characters."""
    return name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + "…"
