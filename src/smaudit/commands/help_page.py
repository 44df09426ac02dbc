"""The page of `--help`: examples of a command, what it is for, its arguments and options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from smaudit.commands.help import COMMANDS, bare
from smaudit.files.streams import surface_for
from smaudit.files.words import languages
from smaudit.language.text import strong, value
from smaudit.report.blocks import Block, Document, Entries, Entry, Heading, Paragraph, Table

if TYPE_CHECKING:
    from smaudit.language.phrases import Phrases
    from smaudit.language.text import Line

# typer keeps the types of what it hands over to itself.
Context: TypeAlias = Any
Parameter: TypeAlias = Any

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "assess": ("assess", "assess harbour-coffee.json", "assess acme.json --depth full --report acme.html"),
    "report": (
        "report --example",
        "report harbour-coffee.json -o report.html",
        "report harbour-coffee.json --format json --fail-under 60",
    ),
    "plan": (
        "plan harbour-coffee.json",
        "plan harbour-coffee.json --target 50",
        "plan harbour-coffee.json --budget 10 --for Cost",
    ),
    "form": ("form -o form.html", "form --department sales --company Acme -o sales.html"),
    "import": ("import answers.csv -o sheets/", "import answers.csv -o sheets/ --yes"),
    "team": (
        "team tidewell-valves.json tidewell-valves.service.json",
        "team tidewell-valves.json tidewell-valves.service.json --settle agreed.json",
    ),
    "compare": (
        "compare harbour-coffee.json harbour-coffee.february.json",
        "compare harbour-coffee.json harbour-coffee.february.json --fail-if-worse 5",
    ),
    "portfolio": ("portfolio clients/ -o scores.csv", "portfolio clients/ -o portfolio.html --by headcount"),
    "questionnaire": ("questionnaire -o own.yaml", "questionnaire -o questions.html --depth quick"),
    "template": ("template -o blank.json", "template --depth quick"),
    "check": ("check harbour-coffee.json", "check harbour-coffee.json tidewell-valves.json --format json"),
    "explain": ("explain", "explain reply-coverage", "explain Cost"),
    "schema": ("schema sheet", "schema assessment"),
}
"""Of each command the first uses to try; they work in a folder with the example sheets."""
_FORMATS = {"form": "html", "questionnaire": "yaml"}
"""The format where nothing is said, if it is not text."""


def page(context: Context, groups: Mapping[str, Sequence[str]], phrases: Phrases) -> str:
    """The page of the program, with its commands in groups, or of a command."""
    title = value(" ".join([context.command_path, *_pieces(context)]))
    # The tab key asks what options are for, and pays for no drawing.
    from smaudit.report.draw.text import render

    document = Document(title, tuple(_blocks(context, title, groups, phrases)))
    return render(document, phrases, surface_for("auto")).rstrip()


def told(option: Parameter, command: str, phrases: Phrases) -> Line:
    """What an option of a command is for, and what is so without it."""
    name = str(max(option.opts, key=len)).lstrip("-")
    match name:
        case "lang":
            return phrases.line("help.option.lang", languages=languages())
        case "format":
            return phrases.line("help.option.format", default=_FORMATS.get(command, "text"))
        case "output" if command == "import":
            return phrases.line("help.option.output-folder")
        case "depth" if command == "assess":
            return phrases.line("help.option.depth-asked")
        case "plain" if command == "report":
            return phrases.line("help.option.plain-report")
        case _:
            return phrases.line(f"help.option.{name}")


def _pieces(context: Context) -> Iterator[str]:
    yield "[OPTIONS]"
    if context.command.name not in COMMANDS:
        yield "COMMAND"
    for each in context.command.params:
        if each.param_type_name == "argument":
            yield each.metavar


def _blocks(
    context: Context, title: Line, groups: Mapping[str, Sequence[str]], phrases: Phrases
) -> Iterator[Block]:
    command = context.command
    yield Heading(1, title)
    yield from _examples(command.name, phrases)
    yield Paragraph(phrases.line(f"help.command.{command.name}"))
    if command.name not in COMMANDS:
        yield Paragraph(phrases.line("help.start"))
        for group, names in groups.items():
            told_of = [(name, phrases.line(f"help.command.{name}")) for name in names]
            yield _table(phrases.line(f"help.group.{group}"), told_of)
    parameters = command.get_params(context)
    arguments = [each for each in parameters if each.param_type_name == "argument"]
    if arguments:
        rows = [(bare(each), phrases.line(f"help.argument.{command.name}")) for each in arguments]
        yield _table(phrases.line("help.arguments"), rows)
    options = [each for each in parameters if each.param_type_name == "option"]
    rows = [(_usage(each), told(each, command.name, phrases)) for each in options]
    yield _table(phrases.line("help.options"), rows)


def _examples(command: str, phrases: Phrases) -> Iterator[Block]:
    """The first uses of a command, each with what it does."""
    if command not in EXAMPLES:
        return
    yield Paragraph(strong(phrases.line("help.examples")))
    uses = ((f"{command}-{number}", typed) for number, typed in enumerate(EXAMPLES[command], start=1))
    yield Entries(
        tuple(Entry(value(f"smaudit {typed}"), (phrases.line(f"help.example.{use}"),)) for use, typed in uses)
    )


def _table(heading: Line, rows: Sequence[tuple[str, Line]]) -> Table:
    return Table((heading, ()), tuple((strong(value(name)), text) for name, text in rows))


def _usage(option: Parameter) -> str:
    """How an option is written: its names, and what follows them."""
    names = ", ".join(sorted(option.opts, key=len))
    return names if option.is_flag else f"{names} {option.metavar}"
