"""Files made to cost time or memory, to run something, or to be taken for something else."""

from __future__ import annotations

import json
from pathlib import Path

from campaigns.plan import ROOT

MIB = 1 << 20
SHEET = (ROOT / "examples" / "harbour-coffee.json").read_bytes()
QUESTIONNAIRE = (ROOT / "data" / "misconceptions.yaml").read_bytes()
CORPUS = sorted(path for path in (ROOT / "campaigns" / "corpus").rglob("*") if path.is_file())


def bombs() -> dict[str, bytes]:
    """Sixty files by name; `.yaml` ones are read as questionnaires, `.json` ones as sheets."""
    return {**_yaml(), **_json()}


def _yaml() -> dict[str, bytes]:
    head = b"schema: smaudit/questionnaire/1\n"
    levels = b"".join(b"b%d: &b%d [%s]\n" % (n + 1, n + 1, b",".join([b"*b%d" % n] * 9)) for n in range(9))
    merges = b"".join(
        b"m%d: &m%d {<<: [%s]}\n" % (n + 1, n + 1, b",".join([b"*m%d" % n] * 9)) for n in range(9)
    )
    return {
        "aliases.yaml": head + b"b0: &b0 [x]\n" + levels,
        "merges.yaml": head + b"m0: &m0 {a: 1}\n" + merges,
        "itself.yaml": head + b"a: &a [*a]\n",
        "deep-lists.yaml": b"- " * 100_000,
        "deep-lists-4m.yaml": b"- " * (2 * MIB - 1),
        "deep-flow.yaml": head + b"a: " + b"[" * 200_000,
        "deep-flow-4m.yaml": head + b"a: " + b"[" * (4 * MIB - 99),
        "deep-braces.yaml": head + b"a: " + b"{" * 100_000,
        "deep-mappings.yaml": head + b"a: " + b"{b: " * 100_000,
        "deep-closed.yaml": head + b"a: " + b"[" * 5000 + b"]" * 5000,
        "indented.yaml": b"".join(b" " * n + b"a:\n" for n in range(2000)),
        "questions.yaml": head + b"? " * 100_000,
        "keys.yaml": head + b"".join(b"k%d: 1\n" % n for n in range(300_000)),
        "items.yaml": head + b"a: [" + b"1," * (2 * MIB - 99) + b"1]",
        "items-19k.yaml": head + b"misconceptions: [" + b"1," * 19_000 + b"1]",
        "unknown-19k.yaml": head + b"".join(b"k%d: 1\n" % n for n in range(9_900)),
        "empty-lists-4k.yaml": head + b"profile:\n" + b"- {options: [], x: 1}\n" * 3_300,
        "unknown-ids-9k.yaml": head
        + b"id: a\nversion: a\ntitle: a\nquestions: [{id: a, text: a, weights: {a: 1}, options: [{id: a, text: a}]}]\n"
        + b"misconceptions: [{id: a, title: a, sources: ["
        + b"zz," * 9_000
        + b"zz]}]\n"
        + b"departments:\n"
        + b"- {id: A, y: 1}\n" * 2_000,
        "same-key.yaml": head + b"k: 1\n" * 9_000,
        "directives.yaml": b"%TAG !a! b\n" * 300_000,
        "percent.yaml": b"%" * 4_000_000,
        "documents.yaml": b"---\na: 1\n" * 100_000,
        "anchors.yaml": b"".join(b"- &a%d x\n" % n for n in range(100_000)),
        "tags.yaml": b"- !!str x\n" * 100_000,
        "comments.yaml": b"# x\n" * MIB,
        "blank-lines.yaml": b"\n" * (4 * MIB - 99) + b"a: 1",
        "spaces.yaml": head + b"a: " + b" " * (4 * MIB - 99) + b"x",
        "tabs.yaml": head + b"a:\n" + b"\t" * (4 * MIB - 99),
        "long-key.yaml": b"k" * (4 * MIB - 9) + b": 1",
        "long-text.yaml": head + b"title: " + b"x" * (4 * MIB - 99),
        "long-quoted.yaml": head + b'title: "' + b"\\x41" * (MIB - 99) + b'"',
        "open-quote.yaml": head + b"title: '" + b"x\n" * (2 * MIB - 99),
        "quotes.yaml": b"'" * (4 * MIB - 9),
        "folded.yaml": head + b"title: >\n" + b" x\n\n" * (MIB - 99),
        "dashes.yaml": b"-" * (4 * MIB - 9),
        "colons.yaml": b":" * (4 * MIB - 9),
        "commas.yaml": b"[" + b"," * (4 * MIB - 9),
        "stars.yaml": b"*" * (4 * MIB - 9),
        "nul.yaml": b"\0" * (4 * MIB),
        "too-big.yaml": b"a: 1\n" * MIB,
        "run.yaml": head + b"a: !!python/object/apply:os.system ['touch owned']\n",
        "new.yaml": head + b"a: !!python/object/new:subprocess.Popen [[touch, owned]]\n",
        "name.yaml": head + b"title: !!python/name:os.system\n",
        "include.yaml": head + b"a: !include /etc/passwd\n",
        "path.yaml": head + b"title: /etc/passwd\nid: ../../etc/passwd\n",
        "url.yaml": head + b"title: http://127.0.0.1:9/x\nsource: {title: x, url: 'http://127.0.0.1:9/x'}\n",
    }


def _json() -> dict[str, bytes]:
    many = {f"k{number}": "x" for number in range(9_000)}
    sheet = b'{"schema": "smaudit/sheet/1", "answers": '
    return {
        "deep-lists.json": b"[" * 500_000,
        "deep-objects.json": b'{"a":' * 150_000,
        "deep-closed.json": b"[" * 5_000 + b"]" * 5_000,
        "keys.json": sheet + b"{" + b",".join(b'"k%d":1' % n for n in range(80_000)) + b"}}",
        "keys-9k.json": json.dumps({"schema": "smaudit/sheet/1", "answers": many}).encode(),
        "profile-9k.json": json.dumps({"schema": "x", "answers": {}, "company": {"profile": many}}).encode(),
        "same-key.json": sheet + b"{" + b",".join([b'"training":"x"'] * 9_000) + b"}}",
        "numbers.json": sheet + b'{}, "x": [' + b"1e9," * 9_000 + b"1]}",
        "digits.json": sheet + b'{}, "x": ' + b"9" * (MIB - 99) + b"}",
        "exponent.json": sheet + b'{}, "x": 1e999999999}',
        "nan.json": sheet + b'{}, "x": NaN}',
        "quotes.json": b'["' + b'"' * (MIB - 9),
        "escapes.json": b'["' + b"\\" * (MIB - 9),
        "unicode.json": b'["' + b"\\u0041" * (MIB // 6 - 9) + b'"]',
        "long-note.json": sheet + b'{"training": {"note": "' + b"x" * (MIB - 99) + b'"}}}',
        "notes.json": sheet + b'{}, "remark": "' + b"<" * 19_999 + b'"}',
        "too-big.json": b" " * (2 * MIB),
        "spaces.json": b"{" + b" " * (MIB - 9) + b"}",
    }


def write_all(folder: Path, files: dict[str, bytes]) -> list[Path]:
    """The files in a folder."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def command_for(file: Path, check: bool) -> list[str]:  # noqa: FBT001 - one of two commands
    """The arguments that have the program read a file."""
    if check:
        return ["check", str(file)]
    if file.suffix == ".yaml":
        return ["report", str(ROOT / "examples" / "harbour-coffee.json"), "--questionnaire", str(file)]
    return ["report", str(file)]
