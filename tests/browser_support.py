"""A real browser for tests of pages: what a page says, what it asks for, what axe finds in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest
from conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = Path(os.environ.get("SMAUDIT_AXE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
needs_axe = pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: npm install axe-core")
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium with a profile of its own."""
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        started.close()


class Opened:
    """A page in the browser, with all that it said and asked for."""

    def __init__(self, browser: Browser, file: Path, width: int = 1600, **options: Any) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("dialog", self._dismiss)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def _dismiss(self, dialog: Dialog) -> None:
        self.said.append(dialog.message)
        dialog.dismiss()

    def measured(self, script: str) -> Any:
        """What a script of the test finds."""
        return self.page.evaluate(script)

    def boxes(self, selector: str, side: str) -> list[float]:
        """One measure of every element that a selector finds."""
        found: list[float] = self.measured(
            f"[...document.querySelectorAll('{selector}')].map(each => each.getBoundingClientRect().{side})"
        )
        return found
