"""The report commands: load a sheet, write its report somewhere, hold its score against a gate."""

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import EDGES, OVERALL
from smaudit.core.scoring import assess
from smaudit.core.subject import Subject
from smaudit.errors import Exit, SmauditError
from smaudit.files.load import load_questionnaire, load_sheet
from smaudit.files.outputs import is_stdout, write
from smaudit.files.places import shown_path
from smaudit.files.streams import Surface, is_terminal, put, surface_for, tell
from smaudit.files.words import load_phrases, shown_language
from smaudit.language.phrases import Phrases
from smaudit.language.text import Filling
from smaudit.report.draw.formats import FORMATS, render, render_json, render_pdf


class Gate(NamedTuple):
    """A score 0..100 to be reached, written with so many decimals: the overall, or a misconception's."""

    name: str
    least: Fraction
    places: int


def gates(given: Sequence[str], option: str = "--fail-under") -> tuple[Gate, ...]:
    """The scores that an option names. Raises SmauditError (exit 2) for what is no number from 0 to 100."""
    return tuple(_gate(each, option) for each in given)


def _gate(given: str, option: str) -> Gate:
    name, _, number = given.rpartition("=")
    if re.fullmatch(r"\d{1,3}(\.\d{1,6})?", number) and Fraction(number) <= 100:  # noqa: PLR2004 - the top
        return Gate(name or OVERALL, Fraction(number), len(number.partition(".")[2]))
    raise SmauditError("error.bad-gate", Exit.USAGE, option=option, given=given)


def load_subject(
    sheet: str, questionnaire: str | None, wanted: Sequence[Gate] = (), language: str | None = None
) -> Subject:
    """Load and score a sheet, with the questionnaire in the language of this code, if one is given.

    Raises SmauditError for unknown gates (exit 2) and unusable files (2, 3).
    """
    asked = load_questionnaire(questionnaire, language)
    check_names((each.name for each in wanted), asked, "--fail-under")
    return subject_of(sheet, asked)


def check_names(names: Iterable[str], questionnaire: Questionnaire, option: str) -> None:
    """Raise SmauditError (exit 2) for the first name that is no misconception, nor the overall."""
    known = (OVERALL, *questionnaire.misconception)
    for name in names:
        if name not in known:
            raise SmauditError(
                "error.unknown-gate", Exit.USAGE, option=option, name=name, allowed=", ".join(known)
            )


def subject_of(sheet: str, questionnaire: Questionnaire) -> Subject:
    """Load and score a sheet. Raises SmauditError (exit 2) and Refused (exit 3) for an unusable file."""
    answered = load_sheet(sheet, questionnaire)
    return Subject(questionnaire, answered, assess(questionnaire, answered))


def format_for(format_: str | None, output: str | None, formats: Mapping[str, str] = FORMATS) -> str:
    """The format that was asked for, else that of the file's ending, else text.

    Raises SmauditError (exit 2) for one there is not, and for one that needs an extra that is not installed.
    """
    chosen = _chosen(format_, output, formats)
    if chosen == "pdf":
        from smaudit.report.draw.pdf import require

        require()
    return chosen


def words_for(format_: str | None, output: str | None, language: str | None) -> str | None:
    """The code of the language of a report, None for JSON: it holds ids and numbers and pays for no words."""
    return None if format_for(format_, output) == "json" else shown_language(language)


def _chosen(format_: str | None, output: str | None, formats: Mapping[str, str]) -> str:
    known = ", ".join(formats)
    if format_ is not None:
        if format_ not in formats:
            raise SmauditError("error.unknown-format", Exit.USAGE, format=format_, allowed=known)
        return format_
    if output is None or is_stdout(output):
        return "text"
    ending = Path(output).suffix.lower()
    for name, its_ending in formats.items():
        if ending == its_ending:
            return name
    raise SmauditError("error.unknown-ending", Exit.USAGE, file=output, allowed=", ".join(formats.values()))


def write_report(
    subject: Subject,
    format_: str | None,
    output: str | None,
    *,
    language: str | None,
    anonymous: bool,
    colour: str,
    quiet: bool,
) -> None:
    """Write the report to a file, or to standard output."""
    chosen = format_for(format_, output)
    if anonymous:
        subject = subject.anonymous()
    to_file = not is_stdout(output)
    if chosen == "pdf" and not to_file and is_terminal():
        raise SmauditError("error.not-in-format", Exit.USAGE, "hint.no-output", format=chosen)
    text = _written(subject, chosen, language, surface_for(colour, to_file=to_file))
    deliver(text, output, language=language, quiet=quiet)


def deliver(text: str | bytes, output: str | None, *, language: str | None, quiet: bool) -> None:
    """Write a result to standard output, or to a file and say so. Raises SmauditError as `write` does."""
    write(text, output)
    if not (quiet or is_stdout(output)):
        phrases = load_phrases(language)
        tell(phrases.shown("saved", file=str(output)) + "\n", phrases.direction)


def _written(subject: Subject, format_: str, language: str | None, surface: Surface) -> str | bytes:
    """The report as text for whatever encoding the output has, or as the bytes of a file that fixes them."""
    if format_ == "pdf":
        return render_pdf(subject, load_phrases(language))
    text = rendered(subject, format_, language, surface)
    return text.encode() if format_ == "html" else text


def rendered(subject: Subject, format_: str, language: str | None, surface: Surface) -> str:
    """The report in one format; JSON needs no language and pays for none."""
    if format_ == "json":
        return render_json(subject)
    return render(subject, format_, load_phrases(language), surface)


def most_steering(given: str | None) -> int | None:
    """The number after --max-steering. Raises SmauditError (exit 2) for what is no whole number."""
    if given is None or re.fullmatch(r"\d{1,3}", given):
        return None if given is None else int(given)
    raise SmauditError("error.bad-most", Exit.USAGE, option="--max-steering", given=given)


def gate(
    subject: Subject,
    wanted: Sequence[Gate],
    file: str,
    *,
    most: int | None = None,
    language: str | None,
    quiet: bool,
) -> bool:
    """Whether the sheet of a file misses any gate, and say which; what cannot be computed misses it.

    `most` misconceptions may steer, by their scores and not their ranges; one that has too few answers for a
    score counts as steering, and a sheet without any score misses every gate.
    """
    scores = subject.assessment.scores()
    reached = ((each, scores[each.name]) for each in wanted)
    missed = [(each, score) for each, score in reached if score is None or score < each.least]
    is_steered = most is not None and (not subject.assessment.overall.counted or _steering(subject) > most)
    if (missed or is_steered) and not quiet:
        phrases = load_phrases(language)
        company = subject.sheet.company.name
        file = phrases.text("standard-input") if file == "-" else shown_path(file)
        sheet = phrases.line("gate.sheet", file=file, company=company) if company else file
        lines = [_shortfall(each, score, sheet, phrases) for each, score in missed]
        if is_steered and most is not None:
            lines.append(_excess(subject, most, sheet, phrases))
        tell("".join(line + "\n" for line in lines), phrases.direction)
    return bool(missed) or is_steered


def _steering(subject: Subject) -> int:
    """How many misconceptions steer, or have too few answers for it to be told."""
    return sum(
        each.steers or each.status == "not-enough-answers" for each in subject.assessment.misconceptions
    )


def _shortfall(missed: Gate, score: Fraction | None, sheet: Filling, phrases: Phrases) -> str:
    from smaudit.report.numbers import shown

    least = phrases.number(missed.least, missed.places)
    if score is None:
        return phrases.shown("gate.no-score", sheet=sheet, name=missed.name, least=least)
    printed, places = shown(score, (*EDGES, missed.least))
    number = phrases.number(printed, places)
    return phrases.shown("gate.below", sheet=sheet, name=missed.name, score=number, least=least)


def _excess(subject: Subject, most: int, sheet: Filling, phrases: Phrases) -> str:
    overall = subject.assessment.overall
    if not overall.counted:
        return phrases.shown("gate.none-scored", sheet=sheet, most=most)
    count = _steering(subject)
    phrase = "gate.above" if count == overall.steering.count else "gate.above-unscored"
    return phrases.shown(phrase, sheet=sheet, number=count, most=most)


def write_explanation(
    name: str | None, questionnaire: str | None, *, language: str | None, colour: str
) -> None:
    """Print what a question or a misconception is about, or the names of all."""
    from smaudit.report.draw.text import render as drawn
    from smaudit.report.tell.explanation import explain

    phrases = load_phrases(language)
    asked = load_questionnaire(questionnaire, phrases.language)
    put(drawn(explain(asked, name, phrases), phrases, surface_for(colour)))
