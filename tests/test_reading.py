"""What is read, what is refused, and that refusing is quick, whatever the bytes."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import sys
import threading
import time
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from conftest import Program, present
from hypothesis import given, settings
from hypothesis import strategies as st

from smaudit.errors import Exit, Place, Refused, SmauditError
from smaudit.files.json import DOUBTFUL, build, glance
from smaudit.files.lines import lines_of
from smaudit.files.places import data_path
from smaudit.files.read import parse, read

LIMIT = 1 << 20
SECONDS = 2
SHEET = {
    "schema": "smaudit/sheet/1",
    "company": {"name": "قهوة الميناء", "profile": {"headcount": "10-to-49"}},
    "beliefs": {"it-is-free": 2},
    "answers": {"reply-speed": {"choice": "within-a-day", "note": 'a "b" \\ c'}, "training": None},
}


def refusal(data: bytes, file: str = "a.yaml") -> list[tuple[str, Place, int | None]]:
    """Return phrase, place and line of each problem for which the text is refused."""
    with pytest.raises(Refused) as caught:
        parse(data, file)
    return [(problem.message.phrase, problem.place, problem.line) for problem in caught.value.problems]


def failure(path: Path | str, limit: int = LIMIT) -> tuple[str, Exit]:
    """Return the phrase and the exit code with which a path cannot be read."""
    with pytest.raises(SmauditError) as caught:
        read(str(path), limit)
    return caught.value.message.phrase, caught.value.exit_code


@pytest.fixture(params=["libyaml", "pure"])
def _yaml_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure":
        monkeypatch.delattr(yaml, "CSafeLoader")


@pytest.mark.usefixtures("_yaml_parser")
class TestYaml:
    """Everything here holds with libyaml and without it."""

    def test_text_stays_text(self) -> None:
        """Fault 32: what other YAML readers turn into booleans, dates or numbers is text as typed."""
        expected = {
            "a": ["no", "yes", "on", "NO", "1.10", "0.33", "010", "12:30", "2026-11-23", "+1", "1_0", "1e3"],
            "b": ["12", "null", "true", "", "~"],
        }
        text = (
            "a: [no, yes, on, NO, 1.10, 0.33, 010, 12:30, 2026-11-23, +1, 1_0, 1e3]\n"
            "b: ['12', \"null\", 'true', '', \"~\"]\n"
        )
        assert expected == parse(text.encode(), "a.yaml")

    def test_the_few_other_values(self) -> None:
        """Nothing, true, false and whole numbers up to 19 digits are the only scalars not text."""
        expected = [None, None, None, True, False, 0, -12, 10**18, "10000000000000000000", "-"]
        text = "null ~  true false 0 -12 1000000000000000000 10000000000000000000 '-'"
        data = "".join(f"- {value}\n" for value in text.split(" ")).encode()
        assert expected == parse(data, "a.yaml")

    def test_structure_is_what_yaml_says(self) -> None:
        """Nested blocks, flows, folded and literal text are built as PyYAML builds them."""
        block = "a:\n  - b: {c: [x, {d: y}]}\n    e: >-\n      one\n      two\n  - - f\n"
        text = block + "    -\n      g: |\n        h\n\n  - []\nعربي: نص\n"
        assert yaml.safe_load(text) == parse(text.encode(), "a.yaml")

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("a: 1\nb:\n  - c: &x 1\n", ("problem.yaml-anchor", ("b", 0, "c"), 3)),
            ("a: 1\nb: *x\n", ("problem.yaml-alias", ("b",), 2)),
            ("a:\n  - x\n  - !!python/name:os.system x\n", ("problem.yaml-tag", ("a", 1), 3)),
            ("a:\n  <<: {b: 1}\n", ("problem.key-not-text", ("a",), 2)),
            ("%TAG ! x\n---\na: 1\n", ("problem.yaml-directive", (), 1)),
            ("a: 1\n---\nb: 2\n", ("problem.yaml-documents", (), 2)),
            ("a: 1\n12: x\n", ("problem.key-not-text", (), 2)),
            ("a:\n  ? [b]\n  : x\n", ("problem.key-not-text", ("a",), 2)),
            ("a: 1\nb: c: d\n", ("problem.yaml-colon", (), 2)),
            ("a:\n\tb: 1\n", ("problem.yaml-tab", (), 2)),
            ("a: 1\nb: 'x\n", ("problem.yaml-syntax", (), 3)),
            ("a: 1\nb: \x1b[31m\n", ("problem.control-character", (), 2)),
            ("# only a comment\n", ("problem.empty", (), None)),
        ],
    )
    def test_what_is_refused(self, text: str, expected: tuple[str, Place, int | None]) -> None:
        """Faults 28, 29: what makes YAML a language is refused in words, with its place and line."""
        assert [expected] == refusal(text.encode())

    def test_keys_that_stand_twice(self) -> None:
        """Fault 33: every doubled key is named with its place and both lines."""
        data = b"a: 1\nb:\n  - c: x\n    d: y\n    c: z\na: 2\n"
        with pytest.raises(Refused) as caught:
            parse(data, "a.yaml")
        expected = [
            (("b", 0, "c"), {"key": "c", "first": 3, "second": 5}),
            (("a",), {"key": "a", "first": 1, "second": 6}),
        ]
        assert expected == [(found.place, found.message.values) for found in caught.value.problems]

    def test_half_a_surrogate_pair(self) -> None:
        """Fault 36: text that could never be written again is refused."""
        assert 1 == len(refusal(b'a: "\\ud800"\n'))

    def test_damaged_files(self) -> None:
        """Fault 31: a thousand damaged files are read or refused, and nothing else is ever raised."""
        whole = 'a: "b\\n"\nc: [d, {e: ~}]\nf:\n  - g: >-\n      h\n  - - 1\n? k\n: v\n'
        dice = random.Random(31)  # noqa: S311
        for _ in range(1000):
            at, length = dice.randrange(len(whole)), dice.randrange(4)
            text = whole[:at] + dice.choice(
                ["", "{", "[", "'", '"', "\\", ": ", "\t", "&a ", "*a ", "!!", "\n-", "%", "\x85"]
            )
            data = (text + whole[at + length :]).encode()
            with contextlib.suppress(Refused):
                parse(data, "a.yaml")
            assert lines_of(data)


def test_json_is_exact() -> None:
    """Fractions are exact decimals, whole numbers whole, text any script; a byte-order mark is skipped."""
    data = '\ufeff {"a": 0.1, "b": [-12, true, null], "c": "é\\ud83d\\ude00"}'.encode()
    assert {"a": Decimal("0.1"), "b": [-12, True, None], "c": "é😀"} == parse(data, "a.json")


def test_unfit_values_in_json() -> None:
    """Faults 33, 34, 36: each doubled key and each number or text that cannot be taken is named at once."""
    numbers = b'{"a": NaN,\n "b": [-Infinity, 1e400, 123456789012345678901],\n'
    data = numbers + b' "c": "\\ud800",\n "a": {"d": 1, "d": 2}}'
    expected = [
        ("problem.not-a-number", ("b", 0), 2),
        ("problem.number-too-long", ("b", 1), 2),
        ("problem.number-too-long", ("b", 2), 2),
        ("problem.not-text", ("c",), 3),
        ("problem.duplicate-key", ("a",), 4),
        ("problem.duplicate-key", ("a", "d"), 4),
    ]
    assert expected == refusal(data)


def test_every_cut_of_a_sheet_is_refused() -> None:
    """Fault 3: a sheet that was cut off at any byte is never taken for a shorter one."""
    data = json.dumps(SHEET, ensure_ascii=False, indent=1).encode()
    assert SHEET == parse(data, "a.json")
    cuts = [refusal(data[:length])[0][0] for length in range(len(data))]
    assert {"problem.empty", "problem.json-cut", "problem.not-utf8"} == set(cuts)


@pytest.mark.parametrize(
    ("data", "line"),
    [("a: é".encode("latin-1"), 1), ("a: é".encode("utf-16-le"), 1), (b"a: 1\nb: \xff\n", 2)],
)
def test_other_encodings(data: bytes, line: int) -> None:
    """Fault 36: what is not UTF-8 is refused at the line where it stops being so."""
    assert [("problem.not-utf8", (), line)] == refusal(data)


@pytest.mark.parametrize(
    ("data", "phrase"),
    [
        (
            b"a: &a [x, x]\n" + b"".join(b"b%d: &b%d [*a, *a]\n" % (n, n) for n in range(9)),
            "problem.yaml-anchor",
        ),
        (b"a: &a {b: 1}\nc: {<<: [*a, *a]}\n", "problem.yaml-anchor"),
        (b"a: " + b"[" * 4_000_000, "problem.too-deep"),
        (b"- " * 2_000_000, "problem.too-deep"),
        (b"a: " + b"{" * 900, "problem.key-not-text"),
        (b"a: " + b"{b: " * 100_000, "problem.too-deep"),
        (b"".join(b"k%d: 1\n" % number for number in range(100_000)), "problem.too-many-values"),
        (b"%TAG !a! b\n" * 300_000, "problem.yaml-directive"),
        (b"k: 1\n" * 9_999, "problem.duplicate-key"),
        (b"[" * 9_000, "problem.too-deep"),
        (b"[" * 4_000_000, "problem.too-many-values"),
        (b'{"a":' * 5_000, "problem.too-deep"),
        (
            b"{" + b",".join(b'"k%d": 1' % number for number in range(100_000)) + b"}",
            "problem.too-many-values",
        ),
        (b'["' + b'"' * 4_000_000, "problem.json-syntax"),
        (b"[1e999999999999]", "problem.number-too-long"),
        (b"[" + b"9" * 1_000_000 + b"]", "problem.number-too-long"),
    ],
)
def test_bombs(data: bytes, phrase: str) -> None:
    """Faults 28 to 30, 34, 37: what is built to cost time or memory is refused in well under two seconds."""
    start = time.perf_counter()
    found = refusal(data)
    assert (phrase, True) == (found[0][0], time.perf_counter() - start < SECONDS)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b'{"a": 1,\n\n}', 1),
        (b"[1,\n 2 ,\n]", 2),
        (b"[1,\n,2]", 1),
        (b'{"a": {"b": [1, ]}}', 1),
        (b'{"a": 1,,\n"b": 2}', 1),
    ],
)
def test_a_comma_too_many_is_called_that(data: bytes, line: int) -> None:
    """On the line of the comma: it is not looked for where one is missing."""
    assert [("problem.json-comma", line)] == [(phrase, at) for phrase, _, at in refusal(data)]


@pytest.mark.parametrize("data", [b'{"a": 1 "b": 2}', b'{"a" 1}', b"{'a': 1}", b'{, "a": 1}', b'["a,"}'])
def test_what_is_broken_in_another_way_is_not(data: bytes) -> None:
    """Where something is missing or of another kind, one is told to look there."""
    assert ["problem.json-syntax"] == [phrase for phrase, *_ in refusal(data)]


def test_braces_that_never_close() -> None:
    """Fault 30: they are refused in time, by the parser's limit or, where it has none, for their keys."""
    start = time.perf_counter()
    ((phrase, *_),) = refusal(b"a: " + b"{" * 100_000)
    assert phrase in {"problem.too-deep", "problem.key-not-text"}
    assert time.perf_counter() - start < SECONDS


def test_deep_enough() -> None:
    """Thirty-two levels are read, in both formats; a thirty-third is refused on its line."""
    for data in (b"- " * 32 + b"x", b"[" * 32 + b"]" * 32):
        assert parse(data, "a")
    assert [("problem.too-deep", (0,) * 32, 1)] == refusal(b"- " * 33 + b"x")
    assert [("problem.too-deep", (), 33)] == refusal(b"[\n" * 33 + b"]" * 33)


def test_no_ordinary_file(tmp_path: Path) -> None:
    """Fault 38: a FIFO, a device, a folder, a missing or huge file: refused soon, each in its words."""
    os.mkfifo(tmp_path / "fifo")
    with (tmp_path / "sparse").open("wb") as sparse:
        sparse.truncate(50 << 30)
    expected = {
        "fifo": ("error.nobody-writes", Exit.USAGE),
        "/dev/zero": ("error.not-a-file", Exit.USAGE),
        ".": ("error.folder", Exit.USAGE),
        "none.yaml": ("error.not-found", Exit.USAGE),
        "a\0b": ("error.not-found", Exit.USAGE),
        "x" * 300: ("error.unreadable", Exit.USAGE),
        "sparse": ("error.refused", Exit.REFUSED),
    }
    start = time.perf_counter()
    assert expected == {name: failure(tmp_path / name) for name in expected}
    assert time.perf_counter() - start < SECONDS


def test_pipes(tmp_path: Path, smaudit: Program) -> None:
    """A FIFO with a writer, one that a shell hands over, and standard input are read to their end."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)

    def slowly(handle: int) -> None:
        for piece in (b"123", b"45"):
            time.sleep(0.05)
            os.write(handle, piece)
        os.close(handle)

    def late() -> None:
        time.sleep(0.2)
        slowly(os.open(fifo, os.O_WRONLY))

    writer = threading.Thread(target=late)
    writer.start()
    assert b"12345" == read(str(fifo), 5)
    writer.join()
    ours, theirs = os.pipe()
    writer = threading.Thread(target=slowly, args=(theirs,))
    writer.start()
    assert b"12345" == read(f"/dev/fd/{ours}", 5)
    writer.join()
    os.close(ours)
    for name in ("-", "/dev/stdin", "/dev/fd/0"):
        done = smaudit("report", name, "--format", "json", stdin=b"{}")
        assert (0, b"") == (done.returncode, done.stderr)
    ours, theirs = os.pipe()
    os.write(theirs, b"123456")
    assert ("error.refused", Exit.REFUSED) == failure(f"/dev/fd/{ours}", 5)
    os.close(ours)
    os.close(theirs)


def test_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file, a link to it and standard input are read up to the limit, and one byte more is refused."""
    (tmp_path / "a.json").write_bytes(b"12345")
    (tmp_path / "link").symlink_to("a.json")
    assert b"12345" == read(str(tmp_path / "a.json"), 5) == read(str(tmp_path / "link"), 5)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"12345")))
    assert b"12345" == read("-", 5)
    assert ("error.refused", Exit.REFUSED) == failure(tmp_path / "a.json", 4)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"12345")))
    assert ("error.refused", Exit.REFUSED) == failure("-", 4)
    monkeypatch.setattr(sys, "stdin", None)
    assert ("error.no-stdin", Exit.USAGE) == failure("-")


@pytest.mark.parametrize(
    "data",
    [
        b"a: 1\nb:\n  c:\n    - x\n    - d: >-\n        y\n      e: z\n",
        b'{"a": 1,\n "b":\n  {"c":\n    ["x",\n    {"d": "y",\n\n "e": "z"}]}}',
    ],
)
def test_lines(data: bytes) -> None:
    """A value is found on the line of its key, an item on its own, a missing one on that of its parent."""
    places = [
        ("a",),
        ("b",),
        ("b", "c", 0),
        ("b", "c", 1, "d"),
        ("b", "c", 1, "e"),
        ("b", "none", 3),
        ("none",),
    ]
    assert [1, 2, 4, 5, 7, 2, 1] == [lines_of(data).line(place) for place in places]


def test_lines_of_nothing() -> None:
    """A text that cannot be read has no lines, and asking does no harm."""
    assert [None, None] == [lines_of(b"\xff\x00'").line(("a",)), lines_of(b"").line(())]


def test_messages_never_show_what_a_file_holds() -> None:
    """Fault 26: a refusal carries keys, shortened, and no values."""
    answer = "breach in 2023"
    for data in (
        f'{{"a": "{answer}", "a": "{answer}"',
        f"a: '{answer}'\n{'k' * 99}: 1\n{'k' * 99}: {answer}",
    ):
        with pytest.raises(Refused) as caught:
            parse(data.encode(), "a")
        said = [str(value) for problem in caught.value.problems for value in problem.message.values.values()]
        assert all(answer not in value and len(value) < 99 for value in said)


def test_data_files() -> None:
    """The files of the program are found in a checkout, and a missing one is a bug with a way out."""
    with pytest.raises(SmauditError) as caught:
        data_path("none.yaml")
    assert (Exit.BUG, "hint.install-again") == (caught.value.exit_code, present(caught.value.hint).phrase)


def test_a_file_that_announces_its_end_is_refused_without_it() -> None:
    """A YAML file with `ends_with: "..."` is refused wherever it was cut; others are read as before."""
    data = b'ends_with: "..."\na: 1\nb:\n  - c: d\n...\n'
    assert (
        {"ends_with": "...", "a": 1, "b": [{"c": "d"}]} == parse(data, "a.yaml") == parse(data[:-1], "a.yaml")
    )
    cuts = {len(refusal(data[:length])) for length in range(data.index(b"a: 1"), len(data) - 1)}
    assert {1} == cuts
    assert [("problem.yaml-cut", (), 5)] == refusal(data[: data.index(b"...\n", 20)])
    assert {"a": 1} == parse(b"a: 1\n", "a.yaml") == parse(b"a: 1\n...\n", "a.yaml")


TEXTS = st.sampled_from(["", "a", "a:b", "a, b", "{[", "é", "قهوة", "😀", 'a "b"', "a\\b", "\n", "\u200f"])
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | TEXTS
    | st.sampled_from([0, -1, 7, 10**20, 10**20 - 1, -(10**20), 0.5, 1e300]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)
ODD = st.sampled_from(
    [
        b'"a":1,',
        b'"a":',
        b":",
        b",",
        b"{",
        b"}",
        b"[",
        b"]",
        b'"',
        b"\\",
        b"\\u003a",
        b"\\ud83d",
        b"\\u00e9",
        b"NaN",
        b"-",
        b"1.50",
        b"1e2",
        b"00",
        b"\x00",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
        b"\xc2\xa0",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(TEXTS, VALUES, max_size=4) | st.lists(VALUES, max_size=4),
    st.booleans(),
    st.sampled_from([None, 1]),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 4), ODD), max_size=2),
)
def test_what_a_glance_reads_is_what_a_close_look_reads(
    values: object, ascii_only: bool, indent: int | None, changes: list[tuple[int, int, bytes]]
) -> None:
    """A JSON text with anything odd put anywhere is read at a glance only where the strict reader agrees."""
    data = json.dumps(values, ensure_ascii=ascii_only, indent=indent).encode()
    for at, length, odd in changes:
        data = data[:at] + odd + data[at + length :]

    found = glance(data)

    if found is not DOUBTFUL:
        assert repr(build(data.decode(), "a.json")) == repr(found)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a": 1, "a": 2}',
        b'{"a": 1, "a": "\\u003a"}',
        b'{"a": 1, "a": "\\\\u003a"}',
        b'{"a": {"b": 1}, "a": "x"}',
        b'[{"a": 1, "b": 2, "a": ":"}]',
        b"[0.5]",
        b"[NaN]",
        b"[100000000000000000000]",
        b"[" * 33 + b"]" * 33,
        b"[" + b"0," * 20_000 + b"0]",
        b'["\\ud800"]',
        b'["\xff"]',
        b"[1] 2",
        b"\xef\xbb\xbf[1]",
        b"5",
        b"a: 1",
        b"",
    ],
)
def test_what_is_odd_is_looked_at_closely(data: bytes) -> None:
    """Keys that stand twice, fractions, too much, too deep, and what is no JSON go to the strict reader."""
    assert DOUBTFUL is glance(data)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a": "at 10:30: \xc3\xa9", "b:c": [1, true, null]}',
        b'{"a": "say \\"so\\""}',
        b"[99999999999999999999, -99999999999999999999]",
        b"[" * 32 + b"]" * 32,
        b"[" + b"0," * 19_998 + b"0]",
        b"[" + b'"' + b",:" * 9_900 + b'"]',
        b" []"[1:],
    ],
)
def test_what_is_plain_is_read_at_a_glance(data: bytes) -> None:
    """Colons in texts, and as much and as deep as fits, need no second look."""
    assert build(data.decode(), "a.json") == glance(data)
