"""How long whole commands take, as ratios to a script that does nothing and to `python -c "import typer"`.

The script is the one that the installer wrote for smaudit, with nothing to call: what it imports by itself,
no command can save.

Run it with `python benchmarks/startup.py [RUNS]` in the environment where smaudit is installed. The commands
take turns, so that a machine that slows down slows all of them; medians are printed.
"""

from __future__ import annotations

import os
import pty
import resource
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SHEET = Path(__file__).resolve().parent.parent / "examples" / "tidewell-valves.json"
PYTHON = sys.executable
SMAUDIT = str(Path(PYTHON).with_name("smaudit"))
FIRST_PROMPT = b"questions"


def command(*arguments: str) -> Callable[[], float]:
    """A measurement of one command: wall seconds from start to end."""

    def measure() -> float:
        start = time.perf_counter()
        subprocess.run(arguments, stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - start

    return measure


def first_question() -> float:
    """Wall seconds until the interview shows its first prompt on a terminal."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(folder)
            os.environ.update(TERM="xterm", COLUMNS="80", LINES="40")
            os.execv(SMAUDIT, [SMAUDIT, "assess"])  # noqa: S606 - the program under measurement
        seen = b""
        # The first prompt is the choice of depth: both depths with their numbers of questions.
        while seen.count(FIRST_PROMPT) < 2 and select.select([terminal], [], [], 20)[0]:  # noqa: PLR2004
            seen += os.read(terminal, 65536)
        took = time.perf_counter() - start
        os.close(terminal)
        os.waitpid(pid, 0)
        return took


def nothing(folder: Path) -> Path:
    """The installed script with nothing to call, written to a folder."""
    script = folder / "nothing"
    script.write_text(Path(SMAUDIT).read_text().replace("from smaudit.__main__ import main", "main = int"))
    script.chmod(0o755)
    return script


def tab() -> float:
    """Wall seconds until bash is offered the names of the built-in questionnaire."""
    surroundings = {
        **os.environ,
        "_SMAUDIT_COMPLETE": "complete_bash",
        "COMP_WORDS": "smaudit\nplan\nx.json\n--what-if\n",
        "COMP_CWORD": "4",
    }
    start = time.perf_counter()
    subprocess.run([SMAUDIT], stdout=subprocess.DEVNULL, check=True, env=surroundings)
    return time.perf_counter() - start


ROWS = [
    ("smaudit --version", command(SMAUDIT, "--version"), "an empty script", 1.3),
    ("smaudit --help", command(SMAUDIT, "--help"), "import typer", 2.7),
    (
        "smaudit report SHEET --format json",
        command(SMAUDIT, "report", str(SHEET), "--format", "json"),
        "import typer",
        3.5,
    ),
    ("one tab, names of the questionnaire", tab, "import typer", 3.0),
    ("until the first question shows", first_question, "import typer", 5.0),
    ("smaudit report SHEET (text)", command(SMAUDIT, "report", str(SHEET)), "import typer", None),
    (
        "smaudit report SHEET --format html",
        command(SMAUDIT, "report", str(SHEET), "--format", "html"),
        "import typer",
        None,
    ),
]


def in_turn(measures: dict[str, Callable[[], float]], runs: int) -> dict[str, list[float]]:
    """The seconds of each measurement, taken in turn; the first round warms up and does not count."""
    taken: dict[str, list[float]] = {name: [] for name in measures}
    for run in range(runs + 1):
        for name, measure in measures.items():
            seconds = measure()
            if run:
                taken[name].append(seconds)
    return taken


def main() -> None:
    """Measure every row in turn and print medians and ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        taken = in_turn(
            {
                "pass": command(PYTHON, "-c", "pass"),
                "an empty script": command(str(nothing(Path(folder)))),
                "import typer": command(PYTHON, "-c", "import typer"),
                **{name: measure for name, measure, _, _ in ROWS},
            },
            runs,
        )
    median = {name: statistics.median(seconds) for name, seconds in taken.items()}
    print(f"medians of {runs} runs in turn, on {os.cpu_count()} processors")
    for name in ("pass", "an empty script", "import typer"):
        print(f"{name:40} {median[name] * 1000:7.0f} ms")
    for name, _, base, most in ROWS:
        # The ratio run by run: what slowed one slowed the other.
        ratio = statistics.median(one / other for one, other in zip(taken[name], taken[base], strict=True))
        bound = f"at most {most}" if most else ""
        print(f"{name:40} {median[name] * 1000:7.0f} ms {ratio:5.2f} × {base:16} {bound}")
    subprocess.run([SMAUDIT, "report", str(SHEET), "--format", "json"], stdout=subprocess.DEVNULL, check=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"most memory of any of these {peak:.0f} MB")


if __name__ == "__main__":
    main()
