"""P10: nothing is overwritten that was not named, and nothing is written outside the folder."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from campaigns.bombs import SHEET
from campaigns.outputs import inputs
from campaigns.plan import Count, Plan, scratch
from smaudit.errors import SmauditError
from smaudit.files.names import safe_stem
from smaudit.files.save import save_new
from smaudit.files.session import SheetLock

NAMES = [
    "../../x", "/etc/passwd", "CON", "con.txt", "nul", "", " ", ".", "..", "…", "x" * 300, "a\0b", "\ud800", "-rf", "--help",
    ".bashrc", "~", "~root", "$HOME", "`id`", "a/b", "a\\b", "C:\\x", "\\\\host\\x", "a:b", "a\nb", "a\x1bb", "\u202egpj.exe",
    "é" * 200, "e\u0301", "株式会社", "قهوة", "*?", '<>|"', "a.", "COM1", "../" * 20 + "x", "/dev/null", "/proc/self/mem",
]  # fmt: skip
DATES = ["2026-11-23", "../../etc", "", "/"]


def names(plan: Plan) -> Count:
    """Hostile names of companies, each saved three times: three new files in the folder, and nothing else."""
    count = Count()
    with scratch() as place:
        root = Path(place)
        for number, (name, date) in enumerate(
            plan.some([(name, date) for name in NAMES for date in DATES], 12)
        ):
            folder = root / f"f{number}"
            folder.mkdir()
            before = _state(root, folder)
            for _ in range(3):
                save_new(folder, safe_stem(name, date), ".json", b"new", private=True)
            made = list(folder.iterdir())
            right = len(made) == 3 and all(
                each.is_file() and not each.name.startswith(("-", ".")) for each in made
            )
            count.case(None if right and before == _state(root, folder) else f"{name!r}, {date!r}: {made}")
            count.control(failed=_plainly_outside(folder, name, date))
    return count


def _plainly_outside(folder: Path, name: str, date: str) -> bool:
    """Whether a name put together plainly leaves the folder, is hidden, or cannot be written; nothing is written."""
    path = os.path.normpath(folder / f"{name}-{date}.json")
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return True
    return (
        str(Path(path).parent) != str(folder)
        or "\0" in path
        or Path(path).name[:1] in "-."
        or len(path) > 250
    )


def outputs(plan: Plan) -> Count:
    """Reports written to links, devices, FIFOs, read-only and hard-linked files; the control opens and writes."""
    count = Count()
    for _ in plan.numbers(10, 1):
        for kind, make in KINDS.items():
            count.case(_wrong(kind, make, _report))
            count.control(failed=_wrong(kind, make, _plainly) is not None)
    return count


def _report(folder: Path, output: Path) -> int:
    command = [sys.executable, "-m", "smaudit", "report", "sheet.json", "-o", str(output)]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=30).returncode


def _plainly(_: Path, output: Path) -> int:
    try:
        if output.is_fifo():
            return 0
        output.with_name("." + output.name).write_bytes(b"new")
        output.with_name("." + output.name).replace(output)
    except OSError:
        return 5
    return 0


def _link(folder: Path) -> None:
    (folder / "report.md").symlink_to("target.md")


def _link_to_nowhere(folder: Path) -> None:
    (folder / "report.md").symlink_to("/nonexistent/x.md")


def _circle(folder: Path) -> None:
    (folder / "report.md").symlink_to("report.md")


def _hard_link(folder: Path) -> None:
    os.link(folder / "target.md", folder / "report.md")


def _read_only(folder: Path) -> None:
    (folder / "report.md").write_text("kept")
    (folder / "report.md").chmod(0o444)


def _link_to_read_only(folder: Path) -> None:
    (folder / "target.md").chmod(0o444)
    (folder / "report.md").symlink_to("target.md")


def _folder(folder: Path) -> None:
    (folder / "report.md").mkdir()


def _device(folder: Path) -> None:
    os.mknod(folder / "report.md", 0o666 | stat.S_IFCHR, os.makedev(1, 3))


def _fifo(folder: Path) -> None:
    os.mkfifo(folder / "report.md")
    # Somebody has to be there to read, or writing waits.
    handle = os.open(folder / "report.md", os.O_RDWR | os.O_NONBLOCK)
    import fcntl

    fcntl.fcntl(handle, fcntl.F_SETPIPE_SZ, 1 << 20)


def _mode(folder: Path) -> None:
    (folder / "report.md").write_text("old")
    (folder / "report.md").chmod(0o640)


KINDS: dict[str, Callable[[Path], None]] = {
    "link": _link, "link to nowhere": _link_to_nowhere, "circle": _circle, "hard link": _hard_link,
    "read-only": _read_only, "link to read-only": _link_to_read_only, "folder": _folder, "device": _device,
    "fifo": _fifo, "mode": _mode,
}  # fmt: skip
MAY_CHANGE = {"link": {"target.md"}, "mode": {"report.md"}, "hard link": {"report.md"}}
"""The files that were named, by themselves or by a link."""


def _wrong(kind: str, make: Callable[[Path], None], write: Callable[[Path, Path], int]) -> str | None:
    with scratch() as place:
        root = Path(place)
        folder = root / "folder"
        folder.mkdir()
        (folder / "sheet.json").write_bytes(SHEET)
        (folder / "target.md").write_text("other")
        (root / "outside").write_text("outside")
        make(folder)
        before = _state(root)
        write(folder, folder / "report.md")
        after = _state(root)
        may = MAY_CHANGE.get(kind, set())
        changed = {
            name
            for name in before | after
            if before.get(name) != after.get(name) and Path(name).name not in may
        }
        # What was named may get other bytes, and nothing but other bytes.
        other = {name for name in before if before[name][:2] != after.get(name, (None,))[:2]}
        return f"{kind}: {changed | other}" if changed | other else None


def _state(root: Path, without: Path | None = None) -> dict[str, tuple[int, str | None, bytes | None]]:
    """Each file below a folder: its kind and mode, where it leads, and its bytes."""
    found = {}
    for path in sorted(root.rglob("*")):
        if without and (path == without or without in path.parents):
            continue
        status = path.lstat()
        leads = str(path.readlink()) if path.is_symlink() else None
        data = hashlib.sha256(path.read_bytes()).digest() if stat.S_ISREG(status.st_mode) else None
        found[str(path)] = (status.st_mode, leads, data)
    return found


def locks(plan: Plan) -> Count:
    """A lock's file that somebody has linked to another of our files; the control empties what it opens."""
    count = Count()
    for _ in plan.numbers(20, 2):
        for link in (os.link, os.symlink):
            for is_plain in (False, True):
                with scratch() as place:
                    victim, sheet = Path(place) / "victim", Path(place) / "sheet.json"
                    victim.write_text("precious")
                    lock = sheet.with_name(".sheet.json.lock")
                    link(victim, lock)
                    if is_plain:
                        lock.write_text("4711")
                        count.control(failed=victim.read_text() != "precious")
                        continue
                    try:
                        with SheetLock(sheet):
                            pass
                    except SmauditError:
                        pass
                    count.case(None if victim.read_text() == "precious" else f"{link.__name__}: emptied")
    return count


def permissions(plan: Plan) -> Count:
    """Sheets are their owner's alone, an old mode is kept, whatever the umask; the control opens and writes."""
    from smaudit.files.save import save

    count = Count()
    old = os.umask(0)
    try:
        for umask in plan.some([0, 0o002, 0o022, 0o027, 0o077], 5):
            os.umask(umask)
            with scratch() as place:
                folder = Path(place)
                made = save_new(folder, "sheet", ".json", b"new", private=True)
                save(folder / "named.json", b"new", private=True)
                modes = [stat.S_IMODE(each.stat().st_mode) for each in (made, folder / "named.json")]
                count.case(None if modes == [0o600, 0o600] else f"new sheets: {modes}")
                for mode in (0o600, 0o640, 0o644, 0o660, 0o666, 0o755):
                    kept = folder / f"kept-{mode:o}"
                    kept.touch()
                    kept.chmod(mode)
                    save(kept, b"new", private=True)
                    found = stat.S_IMODE(kept.stat().st_mode)
                    count.case(None if found == mode else f"{mode:o} became {found:o}")
                (folder / "plain.json").write_bytes(b"new")
                count.control(failed=stat.S_IMODE((folder / "plain.json").stat().st_mode) != 0o600)
    finally:
        os.umask(old)
    return count


PARTS = {"names": names, "outputs": outputs, "inputs": inputs, "locks": locks, "permissions": permissions}
