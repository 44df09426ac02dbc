"""Many sheets as a table: every column is what `assess` says of the sheet, whichever engine computes it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from random import Random
from textwrap import indent
from typing import Any

import dask.dataframe
import duckdb
import pandas as pd
import polars as pl
import pytest
from conftest import ROOT, Data, question, questionnaire_data, questionnaire_from, sheet_from
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_cases import case

from smaudit import columns, load_sheet, table
from smaudit.core.questionnaire import DEPTHS, Depth, Questionnaire
from smaudit.core.result import rounded
from smaudit.core.scoring import assess
from smaudit.core.sheet import Sheet
from smaudit.errors import Refused, Usage
from smaudit.tables.columns import FIRST, KEYS, answer_column, figure_column, figure_columns
from smaudit.tables.packing import packing_of

Row = dict[str, Any]
Engine = Callable[[dict[str, list[Any]], Questionnaire, Depth | None], list[Row]]


def expected(questionnaire: Questionnaire, sheet: Sheet, depth: Depth | None = None) -> Row:
    """The figures of a row, from the assessment of the sheet."""
    found = assess(questionnaire, sheet.with_depth(depth) if depth else sheet)
    overall, basis, sides = found.overall, found.basis, found.overall.sides
    row: Row = {
        "status": "scored" if overall.counted else "not-scored",
        "why": None,
        "problems": 0,
        "depth": found.sheet.depth,
        "questionnaire": questionnaire.id,
        "scored_with": questionnaire.version,
        "answered": basis.answered,
        "dont_know": basis.dont_know,
        "unanswered": basis.unanswered,
        "not_applicable": basis.not_applicable,
        "counted": overall.counted,
        "of": overall.of,
        "overall_score": decimal(overall.score),
        "overall_worst": decimal(overall.worst),
        "overall_best": decimal(overall.best),
        "steers": sides.steers,
        "open": sides.open,
        "free": sides.free,
        "least": sides.least,
        "most": sides.most,
        "alarms": " ".join(alarm.question for alarm in found.alarms),
    }
    for each in found.misconceptions:
        row |= {
            figure_column(each.id, "status"): each.status,
            figure_column(each.id, "score"): decimal(each.score),
            figure_column(each.id, "worst"): decimal(each.worst),
            figure_column(each.id, "best"): decimal(each.best),
            figure_column(each.id, "side"): each.side,
        }
    return row


def decimal(score: Fraction | None) -> float | None:
    """A score as JSON has it."""
    return None if score is None else rounded(score)


def with_polars(rows: dict[str, list[Any]], questionnaire: Questionnaire, depth: Depth | None) -> list[Row]:
    """The figures that polars computes, lazily."""
    frame = pl.LazyFrame(rows)
    found = table(frame, questionnaire, depth).select(*figure_columns(questionnaire))
    return list(found.collect().to_dicts())


def with_duckdb(rows: dict[str, list[Any]], questionnaire: Questionnaire, depth: Depth | None) -> list[Row]:
    """The figures that DuckDB computes."""
    frame = pl.DataFrame(rows).with_columns(pl.col(pl.Null).cast(pl.String)).to_arrow()
    with duckdb.connect() as connection:
        found = table(connection.from_arrow(frame), questionnaire, depth)
        names = ", ".join(f'"{name}"' for name in figure_columns(questionnaire))
        return list(found.select(names).pl().to_dicts())


def with_pandas(rows: dict[str, list[Any]], questionnaire: Questionnaire, depth: Depth | None) -> list[Row]:
    """The figures that pandas computes, with its NaN as null."""
    found = table(pd.DataFrame(rows), questionnaire, depth)
    return from_pandas(found[list(figure_columns(questionnaire))])


def with_pyarrow(rows: dict[str, list[Any]], questionnaire: Questionnaire, depth: Depth | None) -> list[Row]:
    """The figures that pyarrow computes."""
    frame = pl.DataFrame(rows).with_columns(pl.col(pl.Null).cast(pl.String)).to_arrow()
    return list(table(frame, questionnaire, depth).select(list(figure_columns(questionnaire))).to_pylist())


def with_dask(rows: dict[str, list[Any]], questionnaire: Questionnaire, depth: Depth | None) -> list[Row]:
    """The figures that Dask computes, in two parts."""
    frame = dask.dataframe.from_pandas(pd.DataFrame(rows), npartitions=2)  # type: ignore[no-untyped-call]
    meta = table(frame._meta, questionnaire, depth)  # noqa: SLF001 - as the page shows it
    found = frame.map_partitions(table, questionnaire, depth, meta=meta).compute()
    return from_pandas(found[list(figure_columns(questionnaire))])


def from_pandas(found: pd.DataFrame) -> list[Row]:
    """The rows of a frame of pandas, with None for NaN."""
    return [
        {str(name): None if value != value else value for name, value in row.items()}  # noqa: PLR0124 - NaN
        for row in found.to_dict("records")
    ]


ENGINES: dict[str, Engine] = {"polars": with_polars, "duckdb": with_duckdb}
OTHERS: dict[str, Engine] = {"pandas": with_pandas, "pyarrow": with_pyarrow, "dask": with_dask}


def drawn(questionnaire: Questionnaire, seed: int) -> Sheet:
    """A sheet of any kind: known and unknown answers, any facts, either depth, said or not."""
    draw = Random(seed)  # noqa: S311 - repeatable, not secret
    known = draw.choice([0.97, 0.8, 0.5, 0.1])
    answers: Data = {}
    for each in questionnaire.questions:
        choice = draw.choice([*each.levels]) if draw.random() < known else draw.choice(_UNKNOWN)
        if choice is not None:
            answers[each.id] = choice
    if draw.random() < 0.3:
        quick = {each.id for each in questionnaire.at("quick")}
        answers = {name: choice for name, choice in answers.items() if name in quick}
    profile = {each.id: draw.choice(each.names) for each in questionnaire.profile if draw.random() < 0.8}
    depth = draw.choice([None, None, *DEPTHS])
    return Sheet.model_validate(
        {"schema": "smaudit/sheet/1", "depth": depth, "company": {"profile": profile}, "answers": answers}
    )


_UNKNOWN = ("dont-know", "dont-know", "not-applicable", None)


ASKED: dict[str, Sequence[Depth | None]] = {"polars": (None, *DEPTHS), "duckdb": (None,)}
"""The depths to ask for: DuckDB takes a second to plan its query."""


def agree(
    engine: str,
    questionnaire: Questionnaire,
    sheets: Sequence[Sheet],
    depths: Sequence[Depth | None] = (None,),
) -> None:
    """Hold every column of every row against the assessment."""
    for depth in depths:
        wanted = [expected(questionnaire, sheet, depth) for sheet in sheets]
        assert wanted == {**ENGINES, **OTHERS}[engine](columns(questionnaire, sheets), questionnaire, depth)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_column_is_as_assess_has_it(engine: str, shipped: Questionnaire) -> None:
    """Sheets of the built-in questionnaire, of either depth and with any facts."""
    agree(engine, shipped, [drawn(shipped, seed) for seed in range(100)], ASKED[engine])


@pytest.mark.parametrize("engine", OTHERS)
def test_other_engines_say_the_same(engine: str) -> None:
    """Pandas, pyarrow and Dask compute the same columns; a small questionnaire is enough to see it."""
    asked = [question("q", {"a": 2}), question("r", {"a": 1}, depth="full", applies_if={"size": ["one"]})]
    asked[0]["options"][0]["alarm"] = True
    small = questionnaire_from(questionnaire_data(asked, ["a"], profile=[SIZE], rules={"min_rated": 1}))
    agree(engine, small, [drawn(small, seed) for seed in range(30)])


SIZE = {"id": "size", "text": "?", "options": [{"id": "one", "text": "1"}, {"id": "two", "text": "2"}]}


@pytest.mark.parametrize("engine", ENGINES)
def test_foreign_questionnaires_are_as_assess_has_them(engine: str) -> None:
    """Questionnaires of every shape: other values, weights, rules, gates and numbers of misconceptions."""
    for seed in range(4):
        asked, answered = case(seed)
        questionnaire = questionnaire_from(asked)
        sheets = [drawn(questionnaire, number) for number in range(10)]
        agree(engine, questionnaire, [sheet_from(answered, questionnaire), *sheets], ASKED[engine])


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_many_sheets_are_as_assess_has_them(engine: str, shipped: Questionnaire) -> None:
    """Sheets of the built-in questionnaire and of three others by the thousand, in every column."""
    many = int(os.environ.get("SMAUDIT_TABLE_SHEETS", "150"))
    for questionnaire in (shipped, *(questionnaire_from(case(seed)[0]) for seed in (41, 42, 43))):
        agree(engine, questionnaire, [drawn(questionnaire, 1000 + seed) for seed in range(many)])


awkward = st.builds(
    lambda weights, values, rules: questionnaire_data(
        [
            question(
                f"q{number}", {f"m{number % 2}": weight, "m0": 1, "m1": 1}, levels=len(values), values=values
            )
            for number, weight in enumerate(weights)
        ],
        ["m0", "m1"],
        rules=rules,
    ),
    st.lists(st.integers(0, 1000), min_size=1, max_size=6),
    st.lists(st.fractions(0, 1, max_denominator=997), min_size=2, max_size=3).map(
        lambda values: [str(value) for value in sorted(values)]
    ),
    st.fixed_dictionaries(
        {"min_rated": st.integers(0, 3), "min_coverage": st.fractions(0, 1, max_denominator=999).map(str)}
    ),
)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(awkward, st.integers(0, 10**6))
def test_an_awkward_questionnaire_is_scored_exactly(data: Data, seed: int) -> None:
    """Heavy weights, values with large denominators, any rules: what is not refused as too large is exact."""
    questionnaire = questionnaire_from(data)
    sheets = [drawn(questionnaire, seed + number) for number in range(5)]

    agree("polars", questionnaire, sheets)


def test_numbers_that_lie_on_the_edge_of_rounding_are_rounded_up() -> None:
    """A mean of exactly half a millionth goes up, and a hair less does not: no float decides."""
    asked = [
        question("q0", {"a": 1}, values=["0", "1/32", "1/2", "1"]),
        question("q1", {"b": 1}, values=["0", "1/3", "2/3", "1"]),
    ]
    questionnaire = questionnaire_from(questionnaire_data(asked, rules={"min_rated": 1}))
    sheets = [
        sheet_from({"q0": one, "q1": other}, questionnaire)
        for one in ("l0", "l1", "l2", "l3")
        for other in ("l0", "l1", "l2", "l3")
    ]

    agree("polars", questionnaire, sheets)
    agree("duckdb", questionnaire, sheets)


def test_a_large_questionnaire_takes_several_numbers_a_cell() -> None:
    """Where the sums need more bits than one machine integer has, they are held in two."""
    asked = [
        question(
            f"q{number}", {"a": 900 + number, "b": number % 3}, 5, values=["0", "1/7", "1/3", "4/5", "1"]
        )
        for number in range(60)
    ]
    questionnaire = questionnaire_from(questionnaire_data(asked))
    assert 1 < packing_of(questionnaire, 63).words

    agree("polars", questionnaire, [drawn(questionnaire, seed) for seed in range(20)])


def test_a_row_with_what_is_not_known_is_refused_and_has_no_figures(shipped: Questionnaire) -> None:
    """An unknown answer, fact or depth: the row says so, with the first column and how many; others stand."""
    rows = columns(shipped, [drawn(shipped, seed) for seed in range(5)])
    rows["answer_training"][1] = "Trained yearly"
    rows["answer_training"][2], rows["profile_market"][2] = "", "everybody"
    rows["depth"][3] = "deep"
    good = ENGINES["polars"](columns(shipped, [drawn(shipped, seed) for seed in range(5)]), shipped, None)

    for engine in ENGINES.values():
        found = engine(rows, shipped, None)

        assert [False, True, True, True, False] == [row["status"] == "refused" for row in found]
        assert [None, "answer_training", "profile_market", "depth", None] == [row["why"] for row in found]
        assert [0, 1, 2, 1, 0] == [row["problems"] for row in found]
        assert good[0] == found[0]
        kept = {"status", "why", "problems", "questionnaire", "scored_with"}
        assert {None} == {value for name, value in found[1].items() if name not in kept}


def test_what_is_refused_is_refused_where_it_does_not_count_too(shipped: Questionnaire) -> None:
    """An unknown answer to a question that is ruled out, or not of the depth, is a mistake all the same."""
    rows = columns(shipped, [sheet_from({}, shipped)] * 2)
    deep = next(each for each in shipped.questions if each.depth == "full")
    rows["profile_publishes"][0], rows["answer_posts_useful"][0] = "none", "nonsense"
    option = next(each for each in shipped.fact["publishes"].names if each != "publishes")
    rows["profile_publishes"][0] = option
    rows[answer_column(deep.id)][1] = "nonsense"

    found = with_polars(rows, shipped, "quick")

    assert ["answer_posts_useful", answer_column(deep.id)] == [row["why"] for row in found]


def test_a_table_with_columns_missing_or_in_the_way_is_refused(shipped: Questionnaire) -> None:
    """A misspelt heading never makes a question unanswered: all such columns are named at once."""
    frame = pl.DataFrame(columns(shipped, [sheet_from({}, shipped)]))
    wrong = frame.rename({"answer_training": "answer_trainings"}).with_columns(
        pl.lit(3).alias("answer_reply_coverage"), pl.lit("x").alias("Overall_Score")
    )

    with pytest.raises(Refused) as caught:
        table(wrong, shipped)

    told = {each.place: each.message.phrase for each in caught.value.problems}
    assert {
        ("answer_training",): "problem.missing",
        ("answer_reply_coverage",): "problem.column-not-text",
        ("Overall_Score",): "problem.column-taken",
    } == told
    assert "Int32" in str(caught.value)


def test_the_quick_check_needs_its_own_columns_alone(shipped: Questionnaire) -> None:
    """With depth quick, the columns of other questions may be left out; without, they are missed."""
    rows = columns(shipped, [drawn(shipped, seed) for seed in range(20)])
    quick = {answer_column(each.id) for each in shipped.at("quick")}
    few = {name: cells for name, cells in rows.items() if not name.startswith("answer_") or name in quick}

    assert with_polars(rows, shipped, "quick") == with_polars(few, shipped, "quick")
    with pytest.raises(Refused):
        with_polars(few, shipped, None)


def test_a_table_keeps_its_own_columns_and_its_kind(shipped: Questionnaire) -> None:
    """Whatever stands beside the answers stays, in its order; a lazy frame stays lazy, an eager one eager."""
    frame = pl.DataFrame({"region": ["North"], **columns(shipped, [sheet_from({}, shipped)])})

    found = table(frame, shipped)

    given = [name for name in frame.columns if name != "depth"]
    assert [*given, *figure_columns(shipped)] == found.columns
    assert isinstance(table(frame.lazy(), shipped), pl.LazyFrame)
    assert found.equals(table(frame.lazy(), shipped).collect())


def test_categories_are_text_too(shipped: Questionnaire) -> None:
    """Columns of categories, as files often have them, are read as what they stand for."""
    frame = pl.DataFrame(columns(shipped, [drawn(shipped, seed) for seed in range(20)]))
    answers = [name for name in frame.columns if name.startswith(("answer_", "profile_"))]
    found = table(frame.with_columns(pl.col(answers).cast(pl.Categorical)), shipped)

    assert table(frame, shipped).drop(answers).equals(found.drop(answers))


def test_columns_that_would_have_one_name_are_refused() -> None:
    """A misconception called profile with a fact called score: nothing is overwritten in silence."""
    fact = {"id": "score", "text": "?", "options": [{"id": "x", "text": "x"}, {"id": "y", "text": "y"}]}
    data = questionnaire_data([question("q", {"profile": 1})], ["profile"], profile=[fact])

    with pytest.raises(Usage, match="profile_score"):
        columns(questionnaire_from(data), [])


@pytest.mark.parametrize("frame", [None, [1], "table.parquet", {"answer_training": ["x"]}])
def test_what_is_no_frame_is_a_type_error(frame: object, shipped: Questionnaire) -> None:
    """One sentence that names the type, and nothing of what is in it."""
    with pytest.raises(TypeError, match=type(frame).__name__):
        table(frame, shipped)
    with pytest.raises(TypeError, match="Questionnaire is needed"):
        table(pl.DataFrame(), "own.yaml")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="quick, full or None"):
        table(pl.DataFrame(), shipped, "deep")  # type: ignore[arg-type]


def test_no_two_columns_differ_by_case_or_have_a_dot(shipped: Questionnaire) -> None:
    """SQL engines ignore case, and Spark reads a dot as a path."""
    names = [*columns(shipped, []), *figure_columns(shipped)]
    assert all(re.fullmatch("[a-z][a-z0-9_]*", name) for name in names)
    assert len(names) == len(set(names)) + 1  # depth is read, and told


def test_columns_that_are_made_on_the_way_never_meet_those_that_are_there(shipped: Questionnaire) -> None:
    """A table with names like ours, in any case, is scored all the same and keeps its columns."""
    rows = columns(shipped, [drawn(shipped, 1)])
    frame = pl.DataFrame({**rows, "SMAUDIT_full": ["mine"], "_smaudit_cell_0_0": ["mine"]})

    found = table(frame, shipped)

    assert ("mine", "mine") == (found["SMAUDIT_full"][0], found["_smaudit_cell_0_0"][0])
    assert table(pl.DataFrame(rows), shipped)["overall_score"].equals(found["overall_score"])


def test_a_sheet_of_an_earlier_version_has_its_row(shipped: Questionnaire) -> None:
    """An answer that no longer counts is unanswered, and counted as gone."""
    made = {"id": shipped.id, "version": "1.0.0"}
    sheet = load_sheet(
        {
            "schema": "smaudit/sheet/1",
            "questionnaire": made,
            "answers": {"training": "long-gone", "nothing": "x"},
        }
    )
    rows = columns(shipped, [sheet])

    assert (2, None, "1.0.0") == (rows["gone"][0], rows["answer_training"][0], rows["made_for"][0])
    assert [expected(shipped, sheet)] == with_polars(rows, shipped, None)


def test_the_names_are_found_without_an_engine(shipped: Questionnaire) -> None:
    """Importing the package, and making columns of sheets, loads no engine."""
    code = (
        "import sys, smaudit; smaudit.columns(smaudit.load_questionnaire(), []); smaudit.table;"
        "print({'narwhals', 'polars', 'duckdb', 'pandas'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)

    assert "set()" == done.stdout.strip()


PAGE = (ROOT / "docs" / "tables.md").read_text()
EXAMPLES = re.findall(r"<!-- needs (\w+) -->\n```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.slow
def test_the_examples_of_the_page_print_what_they_say(tmp_path: Path) -> None:
    """One after the other, those whose tool is installed; what they print is what their comments promise."""
    ran = [code for needs, code in EXAMPLES if find_spec(needs)]
    (tmp_path / "sheets").mkdir()
    for name in ("harbour-coffee", "rowan-dental"):
        shutil.copy(ROOT / "examples" / f"{name}.json", tmp_path / "sheets")

    code = "if __name__ == '__main__':\n" + indent("\n".join(ran), "    ")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False, text=True
    )

    promised = [line.rpartition("  # ")[2] for each in ran for line in each.split("\n") if "print(" in line]
    assert (0, "") == (done.returncode, done.stderr)
    assert promised == done.stdout.splitlines()


def test_the_page_names_every_column() -> None:
    """Whoever reads a table finds each of its columns explained."""
    named = set(re.findall(r"`([a-z_]+)`", PAGE))

    assert set() == {*FIRST, *KEYS} - named
