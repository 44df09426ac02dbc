"""P2: a file is the old one or the whole new one, and one that was cut short is refused."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from campaigns.plan import ROOT, Count, Plan, scratch
from smaudit.errors import SmauditError
from smaudit.files.load import load_questionnaire, questionnaire_from, sheet_from
from smaudit.files.save import save

SHEETS = sorted(file for file in ROOT.glob("examples/*.json") if "." not in file.stem)
ANNOUNCED = b'ends_with: "..."'


def cut_sheets(plan: Plan) -> Count:
    """Every byte-prefix of the sheets of examples/; the control reads the same sheets as YAML."""
    count, asked = Count(), load_questionnaire()
    for file in SHEETS:
        data = file.read_bytes()
        whole = sheet_from(data, file.name, asked)
        cuts = list(range(len(data)))
        for cut in plan.some(cuts, 300):
            count.case(_taken(lambda part: sheet_from(part, "cut", asked), data[:cut], whole))
        as_yaml = yaml.safe_dump(json.loads(data), allow_unicode=True).encode()
        for cut in plan.some(list(range(len(as_yaml))), 100)[:: 10 if plan.full else 1]:
            count.control(failed=_plainly_read(as_yaml[:cut]))
    return count


def cut_questionnaires(plan: Plan) -> Count:
    """Every byte-prefix of the built-in questionnaire; the control has no line that announces its end."""
    count = Count()
    data = (ROOT / "data" / "misconceptions.yaml").read_bytes()
    whole = questionnaire_from(data, "whole")
    bare = b"\n".join(line for line in data.split(b"\n") if not line.startswith((ANNOUNCED, b"...")))
    for cut in plan.some(list(range(len(data))), 60):
        count.case(_taken(lambda part: questionnaire_from(part, "cut"), data[:cut], whole))
    bare_ends = [at + 1 for at, byte in enumerate(bare) if byte == ord("\n")]
    # Further up, something that the rest of the file names is missing, and that is noticed anyway.
    for cut in plan.some(bare_ends[-200:], 20):
        taken = _taken(lambda part: questionnaire_from(part, "cut"), bare[:cut], None)
        count.control(failed=taken is not None)
    return count


def cut_small_questionnaire(plan: Plan) -> Count:
    """Every byte-prefix of the questionnaire of the documentation, with the announcement in it."""
    count = Count()
    text = (ROOT / "docs" / "your-own-questionnaire.md").read_text("utf-8")
    bare = text.partition("```yaml own.yaml\n")[2].partition("```")[0].encode()
    data = bare.replace(b"\n", b"\n" + ANNOUNCED + b"\n", 1) + b"...\n"
    whole = questionnaire_from(data, "whole")
    for cut in plan.some(list(range(len(data))), 100):
        count.case(_taken(lambda part: questionnaire_from(part, "cut"), data[:cut], whole))
    for cut in plan.some(list(range(len(bare))), 100)[:: 10 if plan.full else 1]:
        count.control(failed=_plainly_read(bare[:cut]))
    return count


def _taken(read: Callable[[bytes], object], part: bytes, whole: object) -> str | None:
    """How a cut file was taken for a whole one; the last line end may be missing without a loss."""
    try:
        found = read(part)
    except SmauditError:
        return None
    return None if found == whole else f"cut at {len(part)}: read as something else"


def _plainly_read(part: bytes) -> bool:
    """Whether a plain reader takes a cut file for a whole one."""
    with contextlib.suppress(yaml.YAMLError, UnicodeDecodeError):
        return bool(yaml.safe_load(part))
    return False


def disks(plan: Plan) -> Count:
    """Full disks of many sizes, disks without room for another file, and read-only disks; needs root."""
    count = Count()
    old, new = b'{"old": 1}' * 50, b'{"new": 2}' * 3000
    cases = [f"size={size}k" for size in range(4, 28, 4)]
    cases += [f"nr_inodes={number}" for number in (2, 3)] + ["ro"]
    with scratch() as folder:
        for options in plan.some(cases * 10, 6):
            wrong = _on_disk(Path(folder), options, old, new, save)
            if wrong == "no disk":
                break
            count.case(wrong)
            count.control(failed=_on_disk(Path(folder), options, old, new, Path.write_bytes) is not None)
    return count


def _on_disk(
    folder: Path, options: str, old: bytes, new: bytes, write: Callable[[Path, bytes], object]
) -> str | None:
    """How a save on such a disk left neither the old nor the new file; None where it did leave one."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(_mounted(folder, "size=1m" if options == "ro" else options))
        except (OSError, subprocess.SubprocessError):
            return "no disk"
        path = folder / "sheet.json"
        path.write_bytes(old)
        if options == "ro":
            _run("mount", "-o", "remount,ro", str(folder))
        said = "saved"
        try:
            write(path, new)
        except (SmauditError, OSError):
            said = "refused"
        found = path.read_bytes()
        left = [each.name for each in folder.iterdir() if each.name != path.name]
        right = new if said == "saved" else old
        same = hashlib.sha256(found).digest() == hashlib.sha256(right).digest()
        return None if same and not left else f"{options}, {said}: {len(found)} bytes, beside it {left}"


@contextmanager
def _mounted(folder: Path, options: str) -> Iterator[None]:
    _run("mount", "-t", "tmpfs", "-o", options, "none", str(folder))
    try:
        yield
    finally:
        _run("umount", str(folder))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def no_permission(plan: Plan) -> Count:
    """Folders that may not be written, as an ordinary user; plain code writes what it cannot replace."""
    count = Count()
    for _ in plan.numbers(20, 2):
        count.case(_in_closed_folder(save))
        count.control(failed=_in_closed_folder(Path.write_bytes) is not None)
    return count


def _in_closed_folder(write: Callable[[Path, bytes], object]) -> str | None:
    with scratch() as name:
        folder = Path(name)
        path = folder / "sheet.json"
        path.write_bytes(b"old")
        path.chmod(0o666)
        folder.chmod(0o555)
        user = os.geteuid()
        if not user:
            os.seteuid(65534)
        try:
            write(path, b"new")
        except (SmauditError, OSError):
            pass
        finally:
            if not user:
                os.seteuid(0)
            folder.chmod(0o755)
        return None if path.read_bytes() == b"old" else "written in place, where a kill would have cut it"


PARTS = {
    "sheets": cut_sheets,
    "questionnaire": cut_questionnaires,
    "small-questionnaire": cut_small_questionnaire,
    "disks": disks,
    "no-permission": no_permission,
}
