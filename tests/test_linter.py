"""The linter finds what makes a questionnaire poor: each rule has one small questionnaire that breaks it."""

from __future__ import annotations

import copy
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Data, Program, question, questionnaire_data, questionnaire_from

from smaudit.core.questionnaire import Questionnaire
from smaudit.errors import Exit, Message, Problem, Value
from smaudit.language.phrases import Phrases
from smaudit.lint import balance as linter_balance
from smaudit.lint.balance import thins
from smaudit.lint.names import is_read_as_another
from smaudit.lint.rules import Finding, lint

EASY = {0: 1, 1: 2, 2: 3}


def _question(name: str, misconception: str, **more: Any) -> Data:
    return question(name, {misconception: 2}, efforts=EASY, **more)


def _misconception(name: str) -> Data:
    return {
        "id": name,
        "title": name.upper(),
        "poles": {"holds": "yes", "rejects": "no"},
        "reality": "no",
        "belief": {"holds": "yes", "rejects": "no"},
        "sources": [f"about-{name}"],
    }


def _source(name: str) -> Data:
    return {
        "id": name,
        "claim": "so it is",
        "by": "somebody",
        "year": 2020,
        "url": "https://example.org/",
        "caution": "a few people were asked",
    }


# Questions 0 to 5 are a1 to a4, solo and team; 6 to 11 are b1 to b6.
GOOD = questionnaire_data(
    [
        *(_question(f"a{number}", "a") for number in (1, 2, 3)),
        _question("a4", "a", applies_if={"traffic": ["busy"]}),
        _question("solo", "a", depth="full", applies_if={"size": ["one"]}),
        _question("team", "a", depth="full", applies_if={"size": ["more"]}),
        *(_question(f"b{number}", "b") for number in (1, 2, 3, 4, 5)),
        _question("b6", "b", depth="full"),
    ],
    profile=[
        {
            "id": "size",
            "text": "How many?",
            "options": [{"id": "one", "text": "1"}, {"id": "more", "text": "2"}],
        },
        {
            "id": "traffic",
            "text": "Busy?",
            "options": [{"id": "quiet", "text": "-"}, {"id": "busy", "text": "+"}],
        },
    ],
    sources=[_source("about-a"), _source("about-b")],
    contradictions=[{"id": "odd", "if": {"a4": ["l3"], "b1": ["l0"]}, "text": "odd"}],
    scales={"steps": question("scale", {}, efforts=EASY)["options"]},
) | {"misconceptions": [_misconception("a"), _misconception("b")]}


Change = tuple[tuple[str | int, ...], object]


def broken(*changes: Change) -> Data:
    """The data of the good questionnaire with some values set, or taken away where the value is None."""
    data = copy.deepcopy(GOOD)
    for path, value in changes:
        parent: Any = data
        for part in path[:-1]:
            parent = parent[part]
        if value is None:
            del parent[path[-1]]
        elif isinstance(parent, list) and path[-1] == len(parent):
            parent.append(value)
        else:
            parent[path[-1]] = value
    return data


def error(rule: str, *place: str | int, **values: Value) -> Finding:
    """An error at a place."""
    return Finding(Problem(place, Message(f"lint.{rule}", values)), warning=False)


def warning(rule: str, *place: str | int, **values: Value) -> Finding:
    """A warning at a place."""
    return Finding(Problem(place, Message(f"lint.{rule}", values)), warning=True)


def weights(number: int, **weights: int) -> Change:
    """The change that gives a question these weights."""
    return ("questions", number, "weights"), weights


A, B = ("misconceptions", 0), ("misconceptions", 1)
FIRST = ("questions", 6, "options")
ONE = ("size: one",)

RULES = {
    "nothing": ([], []),
    "too few own questions in quick": (
        [(("questions", number, "depth"), "full") for number in (9, 10)],
        [error("too-few", *B, depth="quick", count=3, needed=4, misconception="b")],
    ),
    "none in quick": (
        [(("questions", number, "depth"), "full") for number in range(6, 11)],
        [
            error("no-score", *B, depth="quick", count=0, needed=2, misconception="b"),
            error("too-few", *B, depth="quick", count=0, needed=4, misconception="b"),
        ],
    ),
    "too few own questions in full": (
        [(("questions", 0, "applies_if"), {"size": ["more"]})],
        [
            error("too-few-for", *A, depth="quick", count=3, needed=4, misconception="a", profile=ONE),
            error("too-few-for", *A, depth="full", count=4, needed=5, misconception="a", profile=ONE),
            *(
                error(
                    "heavy-for",
                    "questions",
                    number,
                    "weights",
                    "a",
                    question=name,
                    percent=25,
                    misconception="a",
                    profile=ONE,
                )
                for number, name in ((1, "a2"), (2, "a3"), (3, "a4"), (4, "solo"))
            ),
        ],
    ),
    "too few left to a quiet company": (
        [(("questions", number, "applies_if"), {"traffic": ["busy"]}) for number in (1, 2)],
        [
            error(
                "no-score-for",
                *A,
                depth="quick",
                count=1,
                needed=2,
                misconception="a",
                profile=("traffic: quiet",),
            )
        ],
    ),
    "fewer left than a score needs": (
        [(("rules",), {"min_rated": 4})],
        [
            error(
                "no-score-for",
                *A,
                depth="quick",
                count=3,
                needed=4,
                misconception="a",
                profile=("traffic: quiet",),
            )
        ],
    ),
    "fewer left than are asked for, though a score needs no more": (
        [
            (("rules",), {"min_rated": 1}),
            *((("questions", number, "applies_if"), {"traffic": ["busy"]}) for number in (1, 2)),
        ],
        [
            error(
                "too-few-for",
                *A,
                depth="quick",
                count=1,
                needed=2,
                misconception="a",
                profile=("traffic: quiet",),
            )
        ],
    ),
    "two options in the same words": (
        [((*FIRST, 2, "text"), "B1  level 0")],
        [error("same-option", *FIRST, 2, "text", other="l0")],
    ),
    "two questions of one name": (
        [(("questions", 7, "title"), "b1?"), (("questions", 8, "text"), "B1?")],
        [
            warning("same-question", "questions", 7, "title", other="b1"),
            warning("same-question", "questions", 8, "text", other="b1"),
        ],
    ),
    "one question too heavy": (
        [weights(6, b=3)],
        [error("heavy", "questions", 6, "weights", "b", question="b1", percent=24, misconception="b")],
    ),
    "one question too heavy for some": (
        [weights(0, a=3)],
        [
            error(
                "heavy-for",
                "questions",
                0,
                "weights",
                "a",
                question="a1",
                percent=28,
                misconception="a",
                profile=ONE,
            )
        ],
    ),
    "most weight borrowed": (
        [weights(number, a=2, b=2) for number in range(4)],
        [
            error("borrowed", *B, depth="quick", percent=55, misconception="b"),
            error("borrowed", *B, depth="full", percent=60, misconception="b"),
        ],
    ),
    "most weight borrowed for some": (
        [weights(number, b=2, a=2) for number in (6, 7, 8)],
        [
            error("borrowed", *A, depth="quick", percent=57, misconception="a"),
            error("borrowed-for", *A, depth="full", percent=62, misconception="a", profile=ONE),
        ],
    ),
    "a source that nobody names": (
        [(("sources", 2), _source("more"))],
        [error("source-unused", "sources", 2, id="more")],
    ),
    **{
        f"a source without {field}": (
            [(("sources", 1, field), None)],
            [error(f"source-no-{field}", "sources", 1, field, id="about-b")],
        )
        for field in ("by", "year", "url", "caution")
    },
    "0 out of reach": (
        [((*FIRST, 0, "value"), "1/6")],
        [error("lowest-above-0", *FIRST, 0, "value", option="l0", question="b1")],
    ),
    "100 out of reach": (
        [((*FIRST, 3, "value"), "5/6")],
        [error("highest-below-1", *FIRST, 3, "value", option="l3", question="b1")],
    ),
    "an option that changes no score": (
        [((*FIRST, 1, "value"), "2/3")],
        [error("no-effect", *FIRST, 2, option="l2", before="l1")],
    ),
    "an option without a step": (
        [((*FIRST, 1, "step"), None)],
        [error("no-step", *FIRST, 1, "step", option="l1", after="l2")],
    ),
    "a scale without a step, used twice": (
        [
            (("scales", "steps", 0, "step"), None),
            *((("questions", number, "options"), None) for number in (6, 7)),
            *((("questions", number, "scale"), "steps") for number in (6, 7)),
        ],
        [error("no-step", "scales", "steps", 0, "step", option="l0", after="l1")],
    ),
    "a question that is never asked": (
        [(("questions", 6, "applies_if"), {"size": []})],
        [
            error("never-asked", "questions", 6, "applies_if", "size", question="b1", fact="size"),
            error("cannot-occur", "contradictions", 0, "if", id="odd", name="size"),
        ],
    ),
    "a contradiction between questions of different companies": (
        [(("contradictions", 0, "if"), {"solo": ["l0"], "team": ["l0"]})],
        [error("cannot-occur", "contradictions", 0, "if", id="odd", name="size")],
    ),
    "a contradiction with a fact that rules its question out": (
        [(("contradictions", 0, "if"), {"traffic": ["quiet"], "a4": ["l0"]})],
        [error("cannot-occur", "contradictions", 0, "if", id="odd", name="traffic")],
    ),
    "a contradiction with no answer": (
        [(("contradictions", 0, "if", "b1"), [])],
        [error("cannot-occur", "contradictions", 0, "if", id="odd", name="b1")],
    ),
    "a fact that nothing depends on": (
        [(("profile", 2), {**GOOD["profile"][0], "id": "age"})],
        [warning("idle-fact", "profile", 2, fact="age")],
    ),
    **{
        f"a misconception without {field}": (
            [((*B, field), None)],
            [warning(f"no-{field}", *B, field, misconception="b")],
        )
        for field in ("belief", "poles", "reality")
    },
    "a misconception without sources": (
        [((*B, "sources"), None), (("sources", 1), None)],
        [warning("no-sources", *B, "sources", misconception="b")],
    ),
    "two misconceptions that are nearly one": (
        [
            *(weights(number, a=2, b=1) for number in range(6)),
            *(weights(number, b=2, a=1) for number in range(6, 12)),
        ],
        [
            error("borrowed", *A, depth="quick", percent=61, misconception="a"),
            error("borrowed-for", *A, depth="full", percent=62, misconception="a", profile=ONE),
            warning("much-shared", *B, one="a", other="b", percent=66),
        ],
    ),
    "an effort off the scale": (
        [((*FIRST, 1, "step", "effort"), 4)],
        [warning("odd-effort", *FIRST, 1, "step", "effort", effort=4, usual=("1", "2", "3", "5", "8"))],
    ),
    "an earlier answer that leads to two options of a question": (
        [((*FIRST, 0, "was"), ["low"]), ((*FIRST, 2, "was"), ["mid", "low"])],
        [error("earlier-astray", *FIRST, 2, "was", 1, asked="b1", chosen="low", other="b1", option="l0")],
    ),
    "an earlier answer that leads to two questions": (
        [
            *((("questions", number, "was"), ["b0"]) for number in (6, 7)),
            ((*FIRST, 0, "was"), ["low"]),
            (("questions", 7, "options", 1, "was"), ["low"]),
        ],
        [
            error(
                "earlier-astray",
                *("questions", 7, "options", 1, "was", 0),
                asked="b0",
                chosen="low",
                other="b1",
                option="l0",
            )
        ],
    ),
    "an earlier answer that still stands": (
        [((*FIRST, 1, "was"), ["l0"])],
        [error("earlier-astray", *FIRST, 1, "was", 0, asked="b1", chosen="l0", other="b1", option="l0")],
    ),
    "an earlier fact that leads to two": (
        [
            (("profile", 1, "was"), ["size"]),
            (("profile", 1, "options", 0, "was"), ["one"]),
        ],
        [
            error(
                "earlier-astray",
                *("profile", 1, "options", 0, "was", 0),
                asked="size",
                chosen="one",
                other="size",
                option="one",
            )
        ],
    ),
    "ids that a spreadsheet changes": (
        [((*FIRST, 3, "id"), "3e5"), (("sources", 0, "id"), "may-5"), ((*A, "sources"), ["may-5"])],
        [
            warning("id-read-as-another", "sources", 0, "id", id="may-5"),
            warning("id-read-as-another", *FIRST, 3, "id", id="3e5"),
        ],
    ),
    "a question whose options are all faults": (
        [((*FIRST, level, "fault"), "absence") for level in range(4)],
        [error("all-faults", "questions", 6, question="b1")],
    ),
    "a fault above an acceptable option": (
        [((*FIRST, 1, "fault"), "grip")],
        [error("fault-above", *FIRST, 1, "fault", option="l1", below="l0")],
    ),
}


@pytest.mark.parametrize(("changes", "expected"), RULES.values(), ids=RULES)
def test_a_broken_rule_is_found_and_nothing_else(changes: list[Change], expected: list[Finding]) -> None:
    """Each way to break a rule gives its findings, each with its place, and no others."""
    actual = lint(questionnaire_from(broken(*changes)))

    assert tuple(expected) == actual


def test_every_rule_has_a_sentence_and_every_sentence_a_rule(english: Phrases) -> None:
    """What can be found can be said, with its values filled in, and no phrase is left over."""
    found = [each for _, expected in RULES.values() for each in expected]
    said = {each.problem.message.phrase for each in found if english.said(each.problem.message)}

    known = {key for key in english.by_key if key.startswith("lint.")}
    assert known - {"lint.too-many-cases"} == said


def test_too_many_cases_are_not_taken_for_proved(monkeypatch: pytest.MonkeyPatch, english: Phrases) -> None:
    """Where facts leave more sets of questions than are tried, the linter says that it cannot tell."""
    monkeypatch.setattr(linter_balance, "MOST_CASES", 3)

    actual = lint(questionnaire_from(GOOD))

    assert (error("too-many-cases", *A, misconception="a", most=3),) == actual
    assert english.said(actual[0].problem.message)


@pytest.mark.parametrize(("fact", "expected"), [("headcount", False), ("inbound", True), ("publishes", True)])
def test_facts_of_amount_are_told_from_facts_of_kind(
    shipped: Questionnaire, fact: str, expected: bool
) -> None:
    """Few messages only take questions away; working alone brings a question instead of another."""
    assert expected == thins(shipped.fact[fact], shipped.questions)


def test_the_shipped_questionnaire_has_no_finding(shipped: Questionnaire) -> None:
    """The content that is built in breaks no rule and gives no reason for a warning."""
    assert [] == list(lint(shipped))


def test_linting_is_quick(shipped: Questionnaire) -> None:
    """The shipped content is linted in less than a third of a second."""
    began = time.perf_counter()
    lint(shipped)

    assert time.perf_counter() - began < 0.3


def test_poor_content_still_loads_and_scores(smaudit: Program, tmp_path: Path) -> None:
    """Only the check refuses poor content: a questionnaire of one question gives a score all the same."""
    data = questionnaire_data([question("q", {"a": 1})], ["a"], rules={"min_rated": 1})
    (tmp_path / "poor.yaml").write_text(yaml.safe_dump(data))
    (tmp_path / "sheet.json").write_text('{"q": "l3"}')

    checked = smaudit("check", "poor.yaml")
    reported = smaudit(
        "report", "sheet.json", "--questionnaire", "poor.yaml", "--fail-under", "100", "--format", "json"
    )

    assert (Exit.REFUSED, Exit.DONE) == (checked.returncode, reported.returncode)


def written(path: Path, data: Data) -> list[str]:
    """Write the data as a YAML file and give its lines."""
    path.write_text(yaml.safe_dump(data, sort_keys=False))
    return path.read_text().splitlines()


def test_check_refuses_with_every_error_its_line_and_its_remedy(smaudit: Program, tmp_path: Path) -> None:
    """All errors are listed at once, each with file, line, field and what to do; nothing is printed."""
    faults = broken(((*FIRST, 1, "step"), None), (("sources", 1, "year"), None))
    lines = written(tmp_path / "own.yaml", faults)

    result = smaudit("check", "own.yaml")

    option = lines.index("  - id: l1", lines.index("- id: b1")) + 1
    source = lines.index("- id: about-b") + 1
    assert (Exit.REFUSED, b"") == (result.returncode, result.stdout)
    year = "The source about-b has no year. Add year: with the year it was published."
    step = "l1 has no step. Add step: with what to do to get from there to l2, and its effort."
    assert [
        "smaudit: own.yaml was refused: 2 problems.",
        f"  line {source}: sources → 2 → year: {year}",
        f"  line {option}: questions → 7 → options → 2 → step: {step}",
        "Mend these and try again.",
    ] == result.stderr.decode().splitlines()


def test_check_tells_warnings_and_says_ok(smaudit: Program, tmp_path: Path) -> None:
    """A questionnaire with warnings alone is ok: they are told with their lines, and the exit code is 0."""
    lines = written(tmp_path / "own.yaml", broken(((*FIRST, 1, "step", "effort"), 4)))

    result = smaudit("check", "own.yaml")

    effort = lines.index("      effort: 4") + 1
    assert (Exit.DONE, b"ok\n") == (result.returncode, result.stdout)
    said = "Efforts are 1, 2, 3, 5, 8, so that they can be added up; 4 is none of them. Choose the nearest."
    assert [
        "own.yaml: 1 warning.",
        f"  line {effort}: questions → 7 → options → 2 → step → effort: {said}",
    ] == result.stderr.decode().splitlines()


def test_quiet_leaves_warnings_out(smaudit: Program, tmp_path: Path) -> None:
    """With --quiet a questionnaire that has only warnings is passed in silence."""
    written(tmp_path / "own.yaml", broken(((*FIRST, 1, "step", "effort"), 4)))

    result = smaudit("check", "--quiet", "own.yaml")

    assert (Exit.DONE, b"", b"") == (result.returncode, result.stdout, result.stderr)


def test_warnings_are_told_beside_errors(smaudit: Program, tmp_path: Path) -> None:
    """Where there are errors too, the warnings are not kept back for the next time."""
    written(tmp_path / "own.yaml", broken(((*FIRST, 1, "step", "effort"), 4), ((*FIRST, 0, "step"), None)))

    result = smaudit("check", "own.yaml")

    assert Exit.REFUSED == result.returncode
    assert ["own.yaml: 1 warning.", "smaudit: own.yaml was refused: 1 problem."] == [
        line for line in result.stderr.decode().splitlines() if "own.yaml" in line
    ]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "2-9",
            "24-7",
            "10-49",
            "1-10",
            "12-1999",
            "1999-12",
            "31-12-24",
            "2024-2-29",
            "3e5",
            "1e-10",
            "007",
        ),
        *("may-5", "5-may", "mar1", "sept-2", "december-2024", "4-jul-1976", "oct4", "true", "2024"),
    ],
)
def test_ids_that_a_spreadsheet_changes(name: str) -> None:
    """Dates in the order of any country, months with a number, numbers and truth values."""
    assert is_read_as_another(name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "2-to-9",
            "50-249",
            "250-plus",
            "13-49",
            "one-or-two",
            "may",
            "mayor-5",
            "march-on",
            "e5",
            "3e",
            "3e5x",
        ),
        *("marketing-channel", "jdpower-2013", "decided", "oct-a", "32-1-24-7", "0-45", "true-3"),
    ],
)
def test_ids_that_a_spreadsheet_leaves_alone(name: str) -> None:
    """Words with numbers, ranges that are no date, months by themselves."""
    assert not is_read_as_another(name)


@pytest.mark.parametrize(("side", "shared"), [(1, []), (2, ["lint.much-shared"])])
def test_two_misconceptions_may_share_exactly_half_of_their_weight(side: int, shared: list[str]) -> None:
    """Half of the weight on the same questions is well; more is told."""
    data = questionnaire_data(
        [question("q0", {"a": side, "b": side}), question("q1", {"a": 1}), question("q2", {"b": 1})]
    )

    found = [each.problem.message.phrase for each in lint(questionnaire_from(data))]

    assert shared == [phrase for phrase in found if phrase == "lint.much-shared"]
