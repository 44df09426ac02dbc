"""Make the README's pictures from a shipped example: `python docs/pictures/make.py`.

Needs the test extra (`pip install -e .[test]`) and a Chromium. The letters are those of the fonts that the
computer has; everything else comes from the example, so that the pictures show what the program does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parents[1] / "examples" / "harbour-coffee.json"
COLUMNS = 88
WIDTH, HEIGHT = 1120, 850
MOST = 200_000
"""Bytes; a page with larger pictures would load slowly."""
THEME = TerminalTheme(
    background=(18, 24, 29),
    foreground=(231, 235, 238),
    normal=[
        (86, 98, 109),
        (241, 154, 112),
        (120, 200, 140),
        (230, 200, 120),
        (111, 198, 217),
        (200, 150, 220),
        (111, 198, 217),
        (231, 235, 238),
    ],
)
# rich's own frame loads a font from the web; this one takes what is there.
FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" class="rich-terminal" viewBox="0 0 {width} {height}">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
.{unique_id}-title {{ font: 600 {char_height}px system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def main() -> None:
    """Make both pictures and say how large they are."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        run("-o", str(page), "--quiet")
        take(page, HERE / "page.png")
    draw(run("--color", "always"), HERE / "terminal.svg")
    for picture in (HERE / "page.png", HERE / "terminal.svg"):
        size = picture.stat().st_size
        if size > MOST:
            sys.exit(f"{picture.name} is too large: {size} bytes")
        print(f"{picture.name}: {size} bytes")


def run(*options: str) -> str:
    """What the program prints as the report of the example."""
    surroundings = {**os.environ, "COLUMNS": str(COLUMNS), "TERM": "xterm"}
    command = [sys.executable, "-m", "smaudit", "report", str(EXAMPLE), "--lang", "en", *options]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=surroundings).stdout


def take(page: Path, picture: Path) -> None:
    """The first screen of a page, as a browser shows it."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        opened = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=1.25)
        opened.goto(page.as_uri())
        opened.screenshot(path=picture)
        browser.close()


def draw(report: str, picture: Path) -> None:
    """The first screen of a report in a terminal: all before the second heading."""
    lines = report.splitlines()
    heads = (number - 1 for number, line in enumerate(lines) if "═" in line)
    second = next(heads, len(lines))
    console = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True, legacy_windows=False)
    command = f"$ smaudit report {EXAMPLE.name}"
    console.print(Text.from_ansi("\n".join([command, "", *lines[:second]]).rstrip()))
    svg = console.export_svg(title="smaudit", theme=THEME, code_format=FRAME, unique_id="smaudit")
    picture.write_text(svg, "utf-8")


if __name__ == "__main__":
    main()
