"""The command line as scripts and people meet it: results on stdout, messages on stderr, exit codes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from conftest import GOLDEN, GOLDEN_ANSWERS, ROOT, Data, Program
from jsonschema import Draft202012Validator

from smaudit import __version__
from smaudit.core.questionnaire import Questionnaire


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A small questionnaire and a sheet for it, in the folder where the program runs."""
    (tmp_path / "tiny.yaml").write_text(json.dumps(GOLDEN))
    (tmp_path / "sheet.json").write_text(
        json.dumps({"schema": "smaudit/sheet/1", "company": {"name": "Acme"}, "answers": GOLDEN_ANSWERS})
    )
    return tmp_path


def told(done: CompletedProcess[bytes]) -> str:
    """What was said on standard error."""
    return done.stderr.decode()


def every_quick_answer(shipped: Questionnaire, **changes: str) -> dict[str, str]:
    """A bare sheet: the middle answer to every quick question."""
    return {each.id: each.options[2].id for each in shipped.at("quick")} | changes


def test_the_version_is_printed(smaudit: Program) -> None:
    """`--version` answers alone, and also beside another option."""
    assert f"smaudit {__version__}\n".encode() == smaudit("--version").stdout
    assert f"smaudit {__version__}\n".encode() == smaudit("--version", "-h").stdout


def test_without_arguments_the_help_says_where_to_start(smaudit: Program) -> None:
    """A new user who types only the name is told the command to begin with."""
    done = smaudit()

    assert (0, True, b"") == (done.returncode, b"smaudit assess" in done.stdout, done.stderr)


def test_json_stands_alone_on_stdout_and_is_the_golden_assessment(smaudit: Program, files: Path) -> None:
    """The report for scripts is one JSON object with the exact numbers of the golden example."""
    done = smaudit("report", "sheet.json", "--format", "json", "--questionnaire", "tiny.yaml")

    document = json.loads(done.stdout)
    assert (0, b"") == (done.returncode, done.stderr)
    assert (59.166667, 45.833333, 67.261905) == tuple(
        document["overall"][n] for n in ("score", "worst", "best")
    )
    assert [50.0, 68.333333] == [each["score"] for each in document["misconceptions"]]
    assert ["q6", "q4", "q1", "q2"] == [each["question"] for each in document["next_steps"]]


def test_every_json_output_is_valid_against_the_printed_schema(
    smaudit: Program, files: Path, shipped: Questionnaire
) -> None:
    """What `report` and `template` print agrees with what `schema` prints, and the schemas are schemas."""
    schemas = {
        name: json.loads(smaudit("schema", name).stdout) for name in ("sheet", "assessment", "questionnaire")
    }
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    assessment = smaudit("report", "sheet.json", "--format", "json", "--questionnaire", "tiny.yaml").stdout
    open_sheet = smaudit("report", "-", "--format", "json", stdin=b"{}").stdout

    assert [] == list(Draft202012Validator(schemas["assessment"]).iter_errors(json.loads(assessment)))
    assert [] == list(Draft202012Validator(schemas["assessment"]).iter_errors(json.loads(open_sheet)))
    assert [] == list(
        Draft202012Validator(schemas["sheet"]).iter_errors(json.loads(smaudit("template").stdout))
    )
    assert [] == list(Draft202012Validator(schemas["questionnaire"]).iter_errors(GOLDEN))
    assert [] != list(
        Draft202012Validator(schemas["sheet"]).iter_errors({"schema": "smaudit/sheet/1", "answers": []})
    )


def test_a_template_is_a_sheet_with_every_allowed_answer_beside_it(
    smaudit: Program, tmp_path: Path, shipped: Questionnaire
) -> None:
    """The blank sheet checks as it stands, names every question, and shows all its options."""
    blank = smaudit("template").stdout
    (tmp_path / "blank.json").write_bytes(blank)

    assert b"ok\n" == smaudit("check", "blank.json").stdout
    document = json.loads(blank)
    assert [each.id for each in shipped.questions] == list(document["answers"])
    assert {each.id: list(each.levels) for each in shipped.questions} == {
        name: list(entry["options"]) for name, entry in document["allowed"]["answers"].items()
    }
    saved = smaudit("template", "-o", "other.json")
    assert (b"", b"Saved: other.json\n", blank) == (
        saved.stdout,
        saved.stderr,
        (tmp_path / "other.json").read_bytes(),
    )
    quick = json.loads(smaudit("template", "--depth", "quick").stdout)
    assert [each.id for each in shipped.at("quick")] == list(quick["answers"])


@pytest.mark.parametrize(
    ("gate", "code", "said"),
    [
        (["59.166667"], 1, "overall: 59 is below 59.166667."),
        (["59"], 0, ""),
        (["60"], 1, "overall: 59 is below 60."),
        (["a=50"], 0, ""),
        (["a=50.5"], 1, "a: 50 is below 50.5."),
        (["50", "b=68.4"], 1, "b: 68 is below 68.4."),
    ],
)
def test_a_missed_gate_is_exit_1_and_is_named(
    smaudit: Program, files: Path, gate: list[str], code: int, said: str
) -> None:
    """--fail-under holds the exact score against the number; the numbers shown agree with the verdict."""
    options = [part for each in gate for part in ("--fail-under", each)]

    done = smaudit("report", "sheet.json", "--questionnaire", "tiny.yaml", "--format", "json", *options)

    said = f"sheet.json (Acme): {said}" if said else ""
    assert (code, said) == (done.returncode, told(done).strip())


@pytest.mark.parametrize(
    ("given", "answers", "code", "said"),
    [
        ("1", {}, 0, ""),
        ("0", {}, 0, ""),
        ("0", {"q2": "l0", "q5": "l0"}, 1, "below the line: 1 is above 0."),
        ("0", {"q4": None, "q5": None, "q3": None}, 1,
         "below the line: 1 is above 0; what has no score counts as below the line."),
        ("2", dict.fromkeys(GOLDEN_ANSWERS), 1,
         "below the line: there is no score, which counts as above 2."),
    ],
)  # fmt: skip
def test_more_may_not_steer_than_is_allowed(
    smaudit: Program, files: Path, given: str, answers: Data, code: int, said: str
) -> None:
    """--max-steering counts as the headline does; what has no score may steer, and the file is named."""
    (files / "other.json").write_text(
        json.dumps({"schema": "smaudit/sheet/1", "answers": {**GOLDEN_ANSWERS, **answers}})
    )

    done = smaudit(
        "report", "other.json", "--questionnaire", "tiny.yaml", "--max-steering", given, "--format", "json"
    )

    said = f"other.json: {said}" if said else ""
    assert (code, said) == (done.returncode, told(done).strip())


def test_a_gate_does_not_name_the_company_of_an_anonymous_report(smaudit: Program, files: Path) -> None:
    """With --anonymous the file is named as it was on the command line, and the company is not."""
    arguments = ("report", "sheet.json", "--questionnaire", "tiny.yaml", "--fail-under", "99", "--lang", "ar")

    done = smaudit(*arguments, "--anonymous")

    assert (1, True, False) == (done.returncode, "sheet.json" in told(done), "Acme" in told(done))


def test_a_score_that_cannot_be_computed_is_below_any_gate(smaudit: Program) -> None:
    """An empty sheet passes no gate, not even zero."""
    done = smaudit("report", "-", "--fail-under", "0", "--format", "json", stdin=b"{}")

    assert (1, "standard input: overall: there is no score, which counts as below 0.\n") == (
        done.returncode,
        told(done),
    )


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["report"], "SHEET is missing."),
        (["report", "a.json", "b.json"], "This is more than the command takes: b.json"),
        (["report", "a.json", "--formatt", "json"], "no option --formatt. Was it meant to be: --format"),
        (["report", "a.json", "--nonsense"], "There is no option --nonsense."),
        (["report", "a.json", "--format"], "--format needs a value after it."),
        (["report", "a.json", "--quiet=3"], "--quiet takes no value."),
        (["repor", "a.json"], "There is no command repor. Was it meant to be: report?"),
        (["--lang", "tlh"], "There is no language tlh."),
        (["--help", "--lang", "tlh"], "There is no language tlh."),
        (["report", "nowhere.json"], "There is no file nowhere.json."),
        (["report", "."], "is a folder"),
        (["report", "sheet.json", "--format", "xml"], "There is no format xml. There are: text, markdown"),
        (["report", "sheet.json", "-o", "report.doc"], "names no format"),
        (["report", "sheet.json", "--fail-under", "high"], "--fail-under takes a number from 0 to 100"),
        (["report", ""], "The name of the file is empty."),
        (["report", "-", "--questionnaire", "-"], "SHEET - and --questionnaire - do not go together."),
        (["check", "-", "--questionnaire", "/dev/stdin"], "FILE - and --questionnaire /dev/stdin do not go"),
        (["plan", "-", "--effort", "-"], "SHEET - and --effort - do not go together."),
        (["report", "sheet.json", "--max-steering", "-1"], "--max-steering takes a whole number from 0 on"),
        (["report", "sheet.json", "--fail-under", "101"], "--fail-under takes a number from 0 to 100"),
        (["report", "sheet.json", "--fail-under", "nan"], "--fail-under takes a number from 0 to 100"),
        (["report", "sheet.json", "--fail-under", "x=50"], "there is no score of x"),
        (["report", "sheet.json", "--lang", "tlh"], "There is no language tlh."),
        (["report", "sheet.json", "--color", "blue"], "--color takes one of: auto, always, never."),
        (["assess", "--depth", "deep"], "--depth takes one of: quick, full."),
        (
            ["explain", "nothing"],
            "There is no nothing, neither among the questions nor among what is scored.",
        ),
        (["schema", "nothing"], "There is no schema nothing."),
        (["frobnicate"], "There is no command frobnicate."),
        (["assess"], "An interview needs a terminal"),
        (["assess", "nowhere.json"], "There is no file nowhere.json."),
    ],
)
def test_a_usage_error_is_exit_2_with_one_plain_sentence(
    smaudit: Program, files: Path, arguments: list[str], part: str
) -> None:
    """What is wrong is said on standard error, with a way out, and nothing is printed."""
    done = smaudit(*arguments, *(["--questionnaire", "tiny.yaml"] if "sheet.json" in arguments else []))

    assert (2, b"") == (done.returncode, done.stdout)
    assert told(done).startswith("smaudit: ")
    assert part in told(done)
    assert "Traceback" not in told(done)
    assert len(told(done).splitlines()) <= 2


def test_every_problem_of_a_sheet_is_a_line_with_its_place_and_what_is_allowed(
    smaudit: Program, tmp_path: Path
) -> None:
    """A refused sheet is exit 3; each problem names line, place and what is allowed, never the answer."""
    (tmp_path / "bad.json").write_text(
        '{"schema": "smaudit/sheet/1",\n "date": "today",\n "answers": {\n'
        '  "training": "breach-in-2023",\n  "tranining": "x"\n }\n}\n'
    )

    done = smaudit("report", "bad.json")

    lines = told(done).splitlines()
    assert (3, b"", "smaudit: bad.json was refused: 3 problems.") == (done.returncode, done.stdout, lines[0])
    places = ["  line 2: date: ", "  line 4: answers → training: ", "  line 5: answers → tranining: "]
    assert places == [line[: len(place)] for line, place in zip(sorted(lines[1:4]), places, strict=True)]
    assert "dont-know, not-applicable" in told(done)
    assert "breach" not in told(done)


def test_a_sheet_for_another_questionnaire_is_refused(smaudit: Program, files: Path) -> None:
    """A sheet that names another questionnaire is exit 3, and both names are said."""
    (files / "other.json").write_text(
        '{"schema": "smaudit/sheet/1", "questionnaire": {"id": "x"}, "answers": {}}'
    )

    done = smaudit("report", "other.json", "--questionnaire", "tiny.yaml")

    assert (3, True) == (done.returncode, "made for the questionnaire x, and this one is tiny" in told(done))


def test_complete_answers_give_the_report_at_once(
    smaudit: Program, tmp_path: Path, shipped: Questionnaire
) -> None:
    """The obvious script works: assess with a sheet and without a terminal prints the report."""
    (tmp_path / "answers.json").write_text(json.dumps(every_quick_answer(shipped)))

    done = smaudit("assess", "answers.json")
    piped = smaudit("assess", "-", stdin=json.dumps(every_quick_answer(shipped)).encode())

    assert (0, b"") == (done.returncode, done.stderr)
    assert done.stdout == smaudit("report", "answers.json").stdout
    assert done.stdout == piped.stdout


@pytest.mark.parametrize(
    ("name", "start"), [("r.md", "# "), ("r.json", "{"), ("r.txt", "We cannot tell yet")]
)
def test_the_extension_of_the_output_decides_the_format(
    smaudit: Program, files: Path, name: str, start: str
) -> None:
    """-o writes the file, says so on standard error, and prints nothing."""
    done = smaudit("report", "sheet.json", "--questionnaire", "tiny.yaml", "-o", name)

    assert (0, b"", f"Saved: {name}\n") == (done.returncode, done.stdout, told(done))
    assert (files / name).read_text().startswith(start)


def test_anonymous_leaves_out_names_notes_and_evidence(smaudit: Program, files: Path) -> None:
    """In every format nothing that was typed is left, and the numbers are the same."""
    secrets = ["Acme", "Ann", "a-note", "an-evidence", "a-remark", "a-reviewer"]
    (files / "full.json").write_text(
        json.dumps(
            {
                "schema": "smaudit/sheet/1",
                "company": {"name": "Acme"},
                "respondent": {"name": "Ann"},
                "answers": {
                    **GOLDEN_ANSWERS,
                    "q1": {"choice": "l2", "note": "a-note", "evidence": "an-evidence"},
                },
                "remark": "a-remark",
                "reviewer": "a-reviewer",
            }
        )
    )
    for form in ("text", "markdown", "json"):
        arguments = ("report", "full.json", "--questionnaire", "tiny.yaml", "--format", form)
        assert [] == [each for each in secrets if each in smaudit(*arguments, "--anonymous").stdout.decode()]
    with_names, without = (json.loads(smaudit(*arguments, *more).stdout) for more in ((), ("--anonymous",)))
    assert with_names["overall"] == without["overall"]


def test_anonymous_leaves_no_hash_by_which_the_file_is_found(smaudit: Program, files: Path) -> None:
    """Whoever has the sheets could find the one by its hash; the questionnaire's stays, it names nobody."""
    hashes = [sha256((files / name).read_bytes()).hexdigest() for name in ("sheet.json", "tiny.yaml")]
    asked = ("sheet.json", "--questionnaire", "tiny.yaml", "--anonymous")
    wide = {"COLUMNS": "300"}
    for arguments in (
        *(("report", *asked, "--format", form) for form in ("markdown", "html", "json")),
        ("report", *asked, "--full"),
        ("plan", *asked, "--format", "json"),
        ("plan", *asked, "--what-if", "q1=l3", "--format", "json"),
    ):
        shown = smaudit(*arguments, env=wide).stdout.decode()
        assert [False, True] == [each in shown for each in hashes]
    document = json.loads(smaudit("report", *asked, "--format", "json").stdout)
    schema = json.loads(smaudit("schema", "assessment").stdout)
    assert document["sheet"]["sha256"] is None
    assert [] == list(Draft202012Validator(schema).iter_errors(document))


def test_a_report_for_scripts_imports_nothing_for_people() -> None:
    """JSON pays for no terminal, no interview, no words and no template engine."""
    code = (
        "import json, sys\nfrom smaudit.commands.app import main as run\n"
        "run(['report', '-', '--format', 'json'])\n"
        "json.dump(sorted(sys.modules), sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=b"{}", capture_output=True, check=True, cwd=ROOT
    )

    unwanted = {
        "questionary",
        "prompt_toolkit",
        "rich",
        "jinja2",
        "typst",
        "smaudit.interview",
        "smaudit.report.blocks",
        "smaudit.report.data.schema",
    }
    assert set() == unwanted & set(json.loads(done.stderr))


def test_the_version_imports_next_to_nothing() -> None:
    """`--version` is answered before typer, pydantic or anything else of weight is imported."""
    code = (
        "import sys\nsys.argv = ['smaudit', '--version']\nfrom smaudit.__main__ import main\nmain()\n"
        "print(sorted({'typer', 'pydantic', 'yaml', 'rich', 'json'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path.insert(0, 'src')\n{code}"],
        capture_output=True,
        check=True,
        cwd=ROOT,
    )

    assert f"smaudit {__version__}\n[]\n".encode() == done.stdout


def test_a_full_output_is_exit_5_and_a_closed_pipe_141(smaudit: Program, files: Path) -> None:
    """What could not be written is never exit 0 or the exit of a verdict."""
    command = f"{sys.executable} -m smaudit report sheet.json --questionnaire tiny.yaml --format text"
    codes = [
        subprocess.run(
            ["bash", "-c", f"{command} {rest}"], capture_output=True, cwd=files, check=False
        ).returncode
        for rest in (">/dev/full", ">&-", "| true; exit ${PIPESTATUS[0]}")
    ]

    assert [5, 5] == codes[:2]
    assert 141 == codes[2]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8", "latin-1"])
def test_any_encoding_of_the_terminal_gets_a_report(smaudit: Program, files: Path, encoding: str) -> None:
    """Characters that the output cannot carry are replaced, in the report and in errors."""
    done = smaudit("report", "sheet.json", "--questionnaire", "tiny.yaml", env={"PYTHONIOENCODING": encoding})
    refused = smaudit("report", "-", stdin=b'{"qu\xc3\xa9": 1}', env={"PYTHONIOENCODING": encoding})

    assert (0, 3) == (done.returncode, refused.returncode)
    assert done.stdout.decode(encoding)


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_nothing_is_cut_at_any_width(smaudit: Program, files: Path, width: int) -> None:
    """Every word of the widest report stands in the narrowest, and no line is wider than the terminal."""
    words = [
        "".join(
            smaudit("report", "sheet.json", "--questionnaire", "tiny.yaml", env={"COLUMNS": str(each)})
            .stdout.decode()
            .split()
        )
        for each in (width, 200)
    ]
    lines = (
        smaudit("report", "sheet.json", "--questionnaire", "tiny.yaml", env={"COLUMNS": str(width)})
        .stdout.decode()
        .splitlines()
    )

    drawn = str.maketrans("", "", "·━●═-:!")
    assert max(map(len, lines)) <= width
    assert sorted(words[1].translate(drawn)) == sorted(words[0].translate(drawn)) or width < 64
    assert set(words[1].translate(drawn)) == set(words[0].translate(drawn))


def test_a_file_beside_the_sheet_is_never_run(files: Path) -> None:
    """A yaml.py in the current folder is not what the program imports."""
    (files / "yaml.py").write_text("raise SystemExit('ran')")
    script = os.path.join(os.path.dirname(sys.executable), "smaudit")  # noqa: PTH118, PTH120
    done = subprocess.run(
        [script, "report", "sheet.json", "--questionnaire", "tiny.yaml"],
        capture_output=True,
        cwd=files,
        check=False,
    )

    assert (0, b"") == (done.returncode, done.stderr)


def test_explain_shows_a_question_a_misconception_and_all_names(
    smaudit: Program, shipped: Questionnaire
) -> None:
    """Without a name every id is listed; with one its reasons, options and sources."""
    names = smaudit("explain").stdout.decode()
    question = smaudit("explain", "reply-coverage").stdout.decode()
    misconception = smaudit("explain", "it-is-free").stdout.decode()

    assert [] == [each for each in (*shipped.question, *shipped.misconception) if each not in names]
    assert [] == [
        option.id for option in shipped.question["reply-coverage"].options if option.id not in question
    ]
    assert shipped.misconception["it-is-free"].title in misconception
    assert "http" in misconception


def test_the_same_input_gives_the_same_bytes(smaudit: Program, files: Path) -> None:
    """Two runs print the same report, whatever the hash seed."""
    outputs = {
        smaudit(
            "report",
            "sheet.json",
            "--questionnaire",
            "tiny.yaml",
            "--format",
            form,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for form in ("json",)
        for seed in ("1", "2")
    }

    assert 1 == len(outputs)


def test_the_likeliest_slips_are_answered_with_what_was_meant(smaudit: Program, files: Path) -> None:
    """A sheet in the place of the command, and a misspelt question, get the way out at once."""
    no_command = smaudit("sheet.json")
    misspelt = smaudit("report", "-", stdin=b'{"reply-covrage": "nobody-looks"}')

    assert [(2, True), (3, True)] == [
        (no_command.returncode, "smaudit report sheet.json" in told(no_command)),
        (misspelt.returncode, "Was it meant to be: reply-coverage?" in told(misspelt)),
    ]


def test_a_key_that_stands_twice_is_told(smaudit: Program) -> None:
    """A doubled key is refused in words; its own name must not get in the way of the phrase's."""
    result = smaudit(
        "check", "-", stdin=b'{"schema": "smaudit/sheet/1", "answers": {"training": "x", "training": "y"}}'
    )

    assert (3, True) == (result.returncode, b"stands twice" in result.stderr)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["report", "--help"], ["--version"], ["--show-completion", "bash"], []]
)
def test_help_and_version_that_cannot_be_written_are_told(arguments: list[str]) -> None:
    """Help, version and completion go the way of every result: exit 5 where the output is full or closed."""
    command = [sys.executable, "-m", "smaudit", *arguments]
    ends = [
        # Completion is shown for the shell that asks; it stays to be asked while there is more to do.
        subprocess.run(
            ["bash", "-c", f'"$0" "$@" {to}; exit $?', *command], stderr=subprocess.PIPE, check=False
        )
        for to in (">/dev/full", ">&-")
    ]

    assert [(5, False)] * 2 == [(each.returncode, b"Traceback" in each.stderr) for each in ends]


def test_a_shell_without_completion_is_no_missed_gate() -> None:
    """Exit 1 says that a sheet was scored; a shell that cannot complete is a matter of usage."""
    command = [sys.executable, "-m", "smaudit", "--show-completion"]
    done = subprocess.run(["sh", "-c", '"$0" "$@"; exit $?', *command], capture_output=True, check=False)

    assert (2, b"") == (done.returncode, done.stdout)


def test_help_in_a_narrow_encoding(smaudit: Program) -> None:
    """Help is shown where the output cannot carry its frames."""
    surroundings = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    result = smaudit("--help", env=surroundings)

    assert (0, True) == (result.returncode, b"smaudit assess" in result.stdout)


def test_help_names_every_command_and_option(smaudit: Program) -> None:
    """The page of the program and of each command has a text for all that typer parses."""
    from typer.core import TyperGroup
    from typer.main import get_command

    from smaudit.commands.app import app

    program = get_command(app)
    assert isinstance(program, TyperGroup)
    for name, command in (("", program), *program.commands.items()):
        page = smaudit(*([name] if name else []), "-h").stdout.decode()
        assert [] == [
            opt for each in command.params for opt in each.opts if opt[0] == "-" and opt not in page
        ]
    assert [] == [name for name in program.commands if name not in smaudit().stdout.decode()]


def test_help_pays_for_no_questionnaire() -> None:
    """Help needs words and a terminal, and nothing that reads sheets."""
    code = (
        "import json, sys\nfrom smaudit.commands.app import main as run\nrun(['--help'])\n"
        "json.dump(sorted(sys.modules), sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT)

    unwanted = {"pydantic", "jinja2", "questionary", "smaudit.core.questionnaire", "smaudit.files.load"}
    assert set() == unwanted & set(json.loads(done.stderr))


@pytest.mark.parametrize(
    ("shell", "typed", "offered"),
    [
        ("zsh", "smaudit rep", "'report:Print the report of a saved sheet"),
        ("zsh", "smaudit report --fo", "'--format:The format of what is written."),
        ("bash", "smaudit\npl", "plan\n"),
    ],
)
def test_shells_are_offered_commands_and_options_with_what_they_do(
    smaudit: Program, shell: str, typed: str, offered: str
) -> None:
    """What a shell shows on the tab key, with words where it can show any."""
    surroundings = {"_SMAUDIT_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_ARGS": typed}
    surroundings |= {"COMP_WORDS": typed, "COMP_CWORD": "1"}

    assert offered in smaudit(env=surroundings).stdout.decode()


@pytest.mark.parametrize("missing", ["phrases.en.yaml", "misconceptions.yaml"])
@pytest.mark.parametrize("left", [None, "name: [", "name: x\n", "- x\n"])
def test_an_installation_that_lacks_its_data_is_told_in_a_line(
    smaudit: Program, tmp_path: Path, missing: str, left: str | None
) -> None:
    """Without its words or its questionnaire it says so: no traceback, and not the exit of a verdict."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "data" / missing).unlink()
    if left:
        (tmp_path / "data" / missing).write_text(left)

    done = smaudit("report", "-", stdin=b"{}", env={"PYTHONPATH": str(tmp_path / "src")})

    assert done.returncode in {3, 70}
    assert "Traceback" not in told(done)
    assert told(done).startswith("smaudit: ")


def test_memory_that_does_not_suffice_is_called_that(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is too large for this machine is no damaged installation."""
    from smaudit.commands import app

    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(app, "_command", full)

    assert 70 == app.main(["report", "x.json", "--lang", "en"])
    assert capsys.readouterr().err.startswith("smaudit: There is not enough memory for this.\n")


def test_the_folder_one_is_in_is_named_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dot for a folder, at the end of a sentence, reads as the folder above."""
    from smaudit.files.save import not_written

    monkeypatch.chdir(tmp_path)
    for name in ("x.md", "./x.md"):
        assert str(tmp_path) == not_written(Path(name), PermissionError(13, "")).message.values["folder"]
    assert "sub" == not_written(Path("sub/x.md"), PermissionError(13, "")).message.values["folder"]


def test_check_names_what_does_not_count(smaudit: Program, tmp_path: Path) -> None:
    """A typing error in a sheet of an earlier version costs an answer, and is not passed over."""
    made = {"id": "social-media-misconceptions", "version": "0.9"}
    sheet = {"schema": "smaudit/sheet/1", "questionnaire": made, "answers": {"reply-coverrage": "all"}}
    (tmp_path / "s.json").write_text(json.dumps(sheet))

    done = smaudit("check", "s.json")

    assert (0, b"ok\n", True) == (done.returncode, done.stdout, b"reply-coverrage" in done.stderr)
