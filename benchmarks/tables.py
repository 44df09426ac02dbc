"""What scoring a table costs on each engine, beside a scan of the same Parquet file.

    python benchmarks/tables.py [ROWS] [ENGINE...]

Rows are made up and seeded (1,000,000 unless said otherwise), in a Parquet file in a temporary folder.
Each thing is done five times, in turn, each time in a process of its own; printed are the medians of wall and
processor time, the peak of memory, and how many times as long as the scan it took.

    scan      every column read by polars and counted, streaming
    polars    `scan_parquet`, scored, and the figures written by `sink_parquet`
    duckdb    `read_parquet`, scored, and the figures written by `write_parquet`
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import polars as pl

from smaudit import load_questionnaire, table
from smaudit.core.questionnaire import Questionnaire
from smaudit.tables.columns import answer_column, figure_columns, profile_column

ROUNDS, AT_ONCE = 5, 250_000
ENGINES = ("scan", "polars", "duckdb")


def main() -> None:
    """Print a line for each engine."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    engines = sys.argv[2:] or ENGINES
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answers.parquet"
        write(file, load_questionnaire(), rows)
        print(f"{rows} rows, {file.stat().st_size / 1e6:.0f} MB of Parquet")
        found: dict[str, list[dict[str, float]]] = {engine: [] for engine in engines}
        for _ in range(ROUNDS):
            for engine in engines:
                done = subprocess.run(
                    [sys.executable, __file__, "--once", engine, str(file)], capture_output=True, check=True
                )
                found[engine].append(json.loads(done.stdout))
    base = middle(found["scan"]) if "scan" in found else {}
    for engine, runs in found.items():
        here = middle(runs)
        times = (
            f"{here['wall'] / base['wall']:5.1f} times, {here['cpu'] / base['cpu']:5.1f} of processor"
            if base
            else ""
        )
        print(f"{engine:7} {here['wall']:7.2f} s {here['cpu']:7.2f} s cpu {here['memory']:7.2f} GB  {times}")


def middle(runs: list[dict[str, float]]) -> dict[str, float]:
    """The median of each figure."""
    return {name: median(run[name] for run in runs) for name in runs[0]}


def once(engine: str, file: str) -> None:
    """Do one thing, and print what it took."""
    questionnaire = load_questionnaire()
    figures, target = list(figure_columns(questionnaire)), f"{file}.{engine}"
    if engine == "duckdb":
        import duckdb
    started, used = time.perf_counter(), time.process_time()
    if engine == "scan":
        pl.scan_parquet(file).select(pl.all().str.len_bytes().sum()).collect(engine="streaming")
    elif engine == "polars":
        table(pl.scan_parquet(file), questionnaire).select(figures).sink_parquet(target)
    else:
        scored = table(duckdb.read_parquet(file), questionnaire)
        scored.select(", ".join(f'"{name}"' for name in figures)).write_parquet(target)
    took = {"wall": time.perf_counter() - started, "cpu": time.process_time() - used}
    print(json.dumps({**took, "memory": peak()}))


def peak() -> float:
    """The most memory that this process ever had, in GB; `ru_maxrss` would have that of its parent too."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / 1e9


def write(file: Path, questionnaire: Questionnaire, rows: int) -> None:
    """The file, the same for the same number of rows: a tenth of the answers unknown."""
    draw = random.Random(1)  # noqa: S311 - repeatable, not secret
    parts = []
    for number, start in enumerate(range(0, rows, AT_ONCE)):
        count = min(AT_ONCE, rows - start)
        cells: dict[str, list[str | None]] = {}
        for question in questionnaire.questions:
            options = [*question.levels] * 4
            cells[answer_column(question.id)] = draw.choices(
                [*options, "dont-know", "not-applicable", None], k=count
            )
        for fact in questionnaire.profile:
            cells[profile_column(fact.id)] = draw.choices([*fact.names, None], k=count)
        part = file.with_name(f"part-{number}.parquet")
        pl.DataFrame(cells).write_parquet(part)
        parts.append(part)
    pl.scan_parquet(parts).sink_parquet(file)
    for part in parts:
        part.unlink()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--once"]:
        once(*sys.argv[2:])
    else:
        main()
