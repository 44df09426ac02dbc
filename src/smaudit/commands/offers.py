"""What can stand at a place of a command line: its commands, options, values, names and files."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from smaudit.commands.help import COMMANDS, loaded

if TYPE_CHECKING:
    from smaudit.language.phrases import Phrases

Parameter: TypeAlias = Any
"""typer keeps the types of what it hands over to itself."""
Data: TypeAlias = Any
"""Values of a questionnaire's file, read and not checked: the tab key is no moment to say what is wrong."""


class Offer(NamedTuple):
    """One way to go on, and what it is for; `more` says that what is offered is a beginning."""

    value: str
    about: str = ""
    more: bool = False


class Offers(NamedTuple):
    """What is offered; `files` says that the shell may offer its own files where that is nothing."""

    found: tuple[Offer, ...] = ()
    files: bool = False


class Typed(NamedTuple):
    """A command line up to the word that is begun: its command, options with values, and arguments."""

    command: str | None
    begun: str
    option: str | None
    given: Mapping[str, str]
    arguments: tuple[str, ...]


_SHEETS, _QUESTIONNAIRES = frozenset({"sheet"}), frozenset({"questionnaire"})
_FILES: Mapping[str, frozenset[str]] = {
    "SHEET": _SHEETS,
    "--settle": _SHEETS,
    "FILE": frozenset({"sheet", "questionnaire", "translation"}),
    "--questionnaire": _QUESTIONNAIRES,
    "--before": _QUESTIONNAIRES,
}
"""Which kinds of files are offered, by argument or option."""
_GATES = {"--target": "55", "--fail-under": "55", "--fail-if-worse": "5"}
"""Options that take NAME=N, each with a number to begin with."""


def offers(words: Sequence[str], phrases: Phrases | None) -> Offers:
    """What can come next: the last of the words is begun, the first one is the program's.

    Without phrases nothing is said of what is offered. Names come from the questionnaire that is given.
    """
    typed = _read(words[1:])
    if typed.option is not None:
        return _values(typed.option, typed, phrases)
    if typed.begun.startswith("--") and "=" in typed.begun:
        option, _, begun = typed.begun.partition("=")
        found, files = _values(option, typed._replace(begun=begun), phrases)
        return Offers(tuple(each._replace(value=f"{option}={each.value}") for each in found), files)
    if typed.command is None and not typed.begun.startswith("-"):
        about = {name: phrases.text(f"help.command.{name}") if phrases else "" for name in COMMANDS}
        return _beginning(about, typed.begun)
    takes = [each for each in _parameters(typed.command) if each.param_type_name == "argument"]
    if not typed.begun.startswith("-") and takes and (takes[0].nargs == -1 or not typed.arguments):
        return _values(str(takes[0].metavar).strip("[]."), typed, phrases)
    return _options(typed, phrases)


def _read(words: Sequence[str]) -> Typed:
    """Sort the words before the last into command, options and arguments."""
    command: str | None = None
    option: str | None = None
    given: dict[str, str] = {}
    arguments: list[str] = []
    for word in words[:-1]:
        if option is not None:
            given[option], option = word, None
        elif word.startswith("--") and "=" in word:
            name, _, value = word.partition("=")
            given[name] = value
        elif word.startswith("-") and word != "-":
            option = word if _takes_value(command, word) else None
            given.setdefault(word, "")
        elif command is None:
            command = word
        else:
            arguments.append(word)
    return Typed(command, words[-1], option, given, tuple(arguments))


def _parameters(command: str | None) -> list[Parameter]:
    """The arguments and options of a command, or of the program; none of one that there is not."""
    from typer.main import get_command

    if command is not None and command not in COMMANDS:
        return []
    if command is None:
        from smaudit.commands.app import app

        return list(get_command(app).params)
    return list(loaded(command).params)


def _takes_value(command: str | None, option: str) -> bool:
    return any(option in each.opts and not each.is_flag for each in _parameters(command) if _is_option(each))


def _is_option(parameter: Parameter) -> bool:
    return bool(parameter.param_type_name == "option")


def _options(typed: Typed, phrases: Phrases | None) -> Offers:
    """The options of a command that are not given yet, or can be given again."""
    from smaudit.commands.help_page import told
    from smaudit.language.text import plain

    about = {"--help": phrases.text("help.option.help") if phrases else ""}
    for each in filter(_is_option, _parameters(typed.command)):
        if each.multiple or typed.given.keys().isdisjoint(each.opts):
            text = plain(told(each, typed.command or "", phrases)) if phrases else ""
            about[max(each.opts, key=len)] = text
    return _beginning(about, typed.begun)


def _values(place: str, typed: Typed, phrases: Phrases | None) -> Offers:
    """What can stand as an argument or after an option."""
    if place in _FILES:
        from smaudit.files.offered import names_of

        names = names_of(_FILES[place], typed.begun)
        return Offers(tuple(Offer(each, more=each.endswith("/")) for each in names))
    if place in _NAMED:
        content = _content(typed)
        found, files = _NAMED[place](content, typed.begun)
        speaks = phrases is not None and phrases.language == content.get("language", "en")
        return Offers(found if speaks else tuple(each._replace(about="") for each in found), files)
    if place == "--lang":
        from smaudit.files.words import languages

        return _beginning(dict.fromkeys(languages(), ""), typed.begun)
    if place == "NAME":
        from smaudit.report.data.json import SCHEMAS

        return _beginning(dict.fromkeys(SCHEMAS, ""), typed.begun)
    option = next((each for each in _parameters(typed.command) if place in each.opts), None)
    choice = str(option.metavar or "").split("|") if option is not None else []
    if len(choice) > 1:
        return _beginning(dict.fromkeys(choice, ""), typed.begun)
    return Offers(files="FILE" in choice)


def _content(typed: Typed) -> Data:
    """The questionnaire that is given, or the built-in one: read, but neither checked nor made a model."""
    from smaudit.errors import SmauditError
    from smaudit.files.limits import MOST_OF_A_QUESTIONNAIRE
    from smaudit.files.places import data_path
    from smaudit.files.read import is_stdin, parse, read

    file = typed.given.get("--questionnaire") or str(data_path("misconceptions.yaml"))
    with contextlib.suppress(SmauditError):
        content = {} if is_stdin(file) else parse(read(file, MOST_OF_A_QUESTIONNAIRE), file)
        return content if isinstance(content, dict) else {}
    return {}


def _entries(content: Data, part: str) -> Iterator[Mapping[str, Data]]:
    found = content.get(part)
    for each in found if isinstance(found, list) else []:
        if isinstance(each, dict) and isinstance(each.get("id"), str):
            yield each


def _named(content: Data, part: str, text: str) -> dict[str, str]:
    return {each["id"]: str(each.get(text) or each.get("text") or "") for each in _entries(content, part)}


def _misconceptions(content: Data, begun: str) -> Offers:
    return _beginning({"overall": "", **_named(content, "misconceptions", "title")}, begun)


def _questions(content: Data, begun: str) -> Offers:
    return _beginning(_named(content, "questions", "title"), begun)


def _either(content: Data, begun: str) -> Offers:
    both = {**_named(content, "misconceptions", "title"), **_named(content, "questions", "title")}
    return _beginning(both, begun)


def _departments(content: Data, begun: str) -> Offers:
    return _beginning(_named(content, "departments", "name"), begun)


def _changes(content: Data, begun: str) -> Offers:
    """QUESTION=OPTION: the questions first, and of a single one that is left its options."""
    questions = {each["id"]: each for each in _entries(content, "questions")}
    fitting = [name for name in questions if f"{name}=".startswith(begun.partition("=")[0])]
    exact = begun.partition("=")[0] if "=" in begun else None
    if exact is None and len(fitting) != 1:
        return Offers(
            tuple(
                Offer(f"{name}=", _named(content, "questions", "title")[name], more=True) for name in fitting
            )
        )
    name = exact or fitting[0]
    if name not in questions:
        return Offers()
    scales = content.get("scales")
    scale = scales.get(questions[name].get("scale")) if isinstance(scales, dict) else None
    options = _named({"options": questions[name].get("options") or scale}, "options", "text")
    return _beginning({f"{name}={option}": text for option, text in options.items()}, begun)


def _gate(number: str) -> Callable[[Data, str], Offers]:
    """A number, of the overall or of a misconception."""

    def offered(content: Data, begun: str) -> Offers:
        names = {
            f"{name}={number}": text for name, text in _named(content, "misconceptions", "title").items()
        }
        return _beginning({number: "", **names}, begun)

    return offered


_NAMED: Mapping[str, Callable[[Data, str], Offers]] = {
    "ID": _either,
    "--for": _misconceptions,
    "--without": _questions,
    "--what-if": _changes,
    "--department": _departments,
    **{option: _gate(number) for option, number in _GATES.items()},
}
"""What is named in a questionnaire, by argument or option."""


def _beginning(about: Mapping[str, str] | Iterable[str], begun: str) -> Offers:
    texts = about if isinstance(about, Mapping) else dict.fromkeys(about, "")
    return Offers(tuple(Offer(value, text) for value, text in texts.items() if value.startswith(begun)))
