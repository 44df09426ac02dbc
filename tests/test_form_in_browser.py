"""The form in a real browser: it asks what the interview asks, keeps and saves it, and asks nobody else."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from browser_support import AXE, Opened, browser, needs_axe, needs_browser
from conftest import ROOT, questionnaire_from
from form_support import (
    TYPED,
    awkward,
    fitting,
    form_file,
    hostile_questionnaire,
    interviewed,
    key,
    random_sheet,
    shown_at,
    texts_at,
)
from page_support import HOSTILE, languages

from smaudit.core.form import asked_in, started
from smaudit.core.questionnaire import Depth, Questionnaire
from smaudit.core.route import Stop, answered, applicable, open_stops, route
from smaudit.core.scoring import contradictions
from smaudit.core.sheet import Made, Sheet, written
from smaudit.core.sheet_rules import read_sheet
from smaudit.files.load import load_questionnaire
from smaudit.files.names import safe_stem
from smaudit.files.words import load_phrases
from smaudit.interview.prompts import PromptWords, belief_text, section_topic
from smaudit.interview.review import answer_text
from smaudit.language.phrases import Phrases

__all__ = ["browser"]
pytestmark = [pytest.mark.slow, needs_browser]
CASES = 500
ISOLATES = re.compile("[\u2068\u2069]")


Open = Callable[..., Opened]


def question_progress(words: PromptWords, sheet: Sheet, name: str) -> str:
    """Which question of how many a form is at, and the topic of its section."""
    asked = [each.id for each in applicable(words.questionnaire, sheet)]
    topic = section_topic(words, sheet, words.questionnaire.question[name].main)
    number, total = asked.index(name) + 1, len(asked)
    return words.text("interview.progress.question", number=number, total=total, topic=topic)


@pytest.fixture
def open_form(browser: Any, tmp_path: Path, shipped: Questionnaire, english: Phrases) -> Open:
    """A form in the browser: by default the built-in questionnaire in English, for nobody in particular."""

    def opened(
        depth: Depth = "full",
        company: str | None = None,
        department: str | None = None,
        of: Questionnaire = shipped,
        phrases: Phrases = english,
        **options: Any,
    ) -> Opened:
        made = form_file(tmp_path / "form.html", of, phrases, depth, company, department)
        return Opened(browser, made, **options)

    return opened


@pytest.fixture(scope="module", params=languages())
def spoken(request: pytest.FixtureRequest) -> tuple[Questionnaire, Phrases]:
    """The built-in questionnaire and the phrases, in every language."""
    return load_questionnaire(None, request.param), load_phrases(request.param)


def in_page(opened: Opened, cases: list[Any], script: str) -> Any:
    """What functions of the page make of many cases."""
    return opened.page.evaluate(f"cases => cases.map({script})", cases)


def cases_of(
    asked: Questionnaire, depth: Depth, many: int
) -> Iterator[tuple[Any, frozenset[str], frozenset[Stop]]]:
    """Sheets with what had an answer before, and what was passed."""
    dice = random.Random(f"{asked.id} {depth}")  # noqa: S311 - no secret
    for _ in range(many):
        sheet, earlier = (random_sheet(asked, dice, depth) for _ in range(2))
        before = frozenset(each.id for each in asked.questions if answered(each, earlier))
        stops = route(asked, sheet, before)
        yield sheet, before, frozenset(each for each in stops if dice.random() < 1 / 5)


@pytest.mark.parametrize("which", ["full", "quick", "department", "awkward"])
def test_the_form_asks_what_the_interview_asks(which: str, open_form: Open, shipped: Questionnaire) -> None:
    """On random profiles, answers and pasts: the same route, the same open stops, the same contradictions."""
    whole = awkward() if which == "awkward" else shipped
    depth: Depth = "quick" if which == "quick" else "full"
    department = "customer-service" if which == "department" else None
    asked, start = asked_in(whole, depth, department), started(depth, None, department)
    expected, given = [], []
    for any_sheet, before, passed in cases_of(asked, depth, CASES):
        sheet = any_sheet.with_department(department) if department else any_sheet
        names = [each.id for each in applicable(asked, sheet)]
        expected.append(
            [
                fitting(iter(route(asked, sheet, before)), start),
                fitting(open_stops(asked, sheet, before, passed), start),
                [each.id for each in contradictions(asked, sheet, names)],
            ]
        )
        given.append([json.dumps(written(sheet)), sorted(before), [key(each) for each in passed]])
    with open_form(depth, None, department, whole) as opened:
        found = in_page(
            opened,
            given,
            """([text, before, passed]) => {
                const sheet = opened(text);
                [before, passed] = [new Set(before), new Set(passed)];
                const found = contradictions(sheet).map(each => each[0]);
                return [route(sheet, before), openStops(sheet, before, passed), found];
            }""",
        )

    assert expected == found
    assert CASES // 2 < len({json.dumps(each) for each in expected})


@pytest.mark.parametrize("which", ["shipped", "awkward"])
def test_the_form_asks_in_the_words_of_the_interview(
    which: str, open_form: Open, spoken: tuple[Questionnaire, Phrases]
) -> None:
    """What is asked and what can be chosen, for every profile; where one is; how an answer is told."""
    asked, phrases = spoken
    if which == "awkward":
        asked = awkward()
    words = PromptWords(asked, phrases)
    cases, given = [], []
    for sheet, _, _ in cases_of(asked, "full", CASES):
        stops = [
            each for each in route(asked, sheet, frozenset()) if each.kind in {"belief", "fact", "question"}
        ]
        told = [question_progress(words, sheet, each.id) if each.kind == "question" else "" for each in stops]
        answers = [
            answer_text(words, sheet, asked.question[each.id].worded(sheet.company.profile))
            if each.kind == "question"
            else belief_text(words, sheet, each.id)
            if each.kind == "belief" and each.id in sheet.beliefs
            else ""
            for each in stops
        ]
        cases.append([[texts_at(words, sheet, each) for each in stops], told, answers])
        given.append([json.dumps(written(sheet)), [key(each) for each in stops]])
    with open_form(of=asked, phrases=phrases) as opened:
        found = in_page(
            opened,
            given,
            """([text, stops]) => {
                const sheet = opened(text);
                const words = stop => {
                    const {text, ends, options} = asked(stop, sheet);
                    return [text, ...ends.map(each => each[1]), ...options.map(each => each[1])];
                };
                const isQuestion = stop => kind(stop) === "question";
                const told = stop => isQuestion(stop) || (kind(stop) === "belief" && given(stop, sheet));
                return [
                    stops.map(words),
                    stops.map(stop => isQuestion(stop) ? progress(stop, sheet) : ""),
                    stops.map(stop => told(stop) ? answerText(stop, sheet) : ""),
                ];
            }""",
        )

    plain = json.loads(ISOLATES.sub("", json.dumps(cases, ensure_ascii=False)))
    assert plain == json.loads(ISOLATES.sub("", json.dumps(found, ensure_ascii=False)))


class Colleague:
    """Somebody who answers in the page, with the mouse or with the keyboard alone."""

    def __init__(self, opened: Opened, *, keyboard: bool = False) -> None:
        self.page = opened.page
        self.keyboard = keyboard

    def press(self, selector: str) -> None:
        """Press a button."""
        if self.keyboard:
            self.reach(selector)
            self.page.keyboard.press("Enter")
        else:
            self.page.click(selector)

    def reach(self, selector: str) -> None:
        """Get there with Tab."""
        for _ in range(60):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"{selector} cannot be reached with Tab")

    def choose_first(self) -> None:
        """Choose the first option."""
        self.page.locator("#options input").first.check()

    def choose(self, value: str) -> None:
        """Choose an option."""
        if not self.keyboard:
            self.page.check(f"#options input[value='{value}']")
            return
        self.reach("#options input")
        for _ in range(40):
            self.page.keyboard.press("Space")
            if self.page.input_value("#options input:checked") == value:
                return
            self.page.keyboard.press("ArrowDown")
        pytest.fail(f"{value} cannot be chosen with the arrows")

    def write(self, text: str) -> None:
        """Type a line."""
        if self.keyboard:
            self.reach("#text")
            self.page.keyboard.type(text)
        else:
            self.page.fill("#text", text)

    def reply(self, stop: Stop, reply: str) -> None:
        """Answer what is asked, and go on."""
        if stop.kind in {"company", "remark"}:
            self.write(reply)
        elif stop.kind != "review":
            self.choose(reply)
        self.press("#on")

    def at(self) -> str | None:
        """What is asked now."""
        found: str | None = self.page.evaluate("stop")
        return found

    def saved(self, button: str = "#save") -> tuple[str, dict[str, Any]]:
        """The name and what is in the file that the page saves."""
        with self.page.expect_download() as download:
            self.press(button)
        data = json.loads(Path(download.value.path()).read_text("utf-8"))
        assert isinstance(data, dict)
        return download.value.suggested_filename, data


@pytest.mark.parametrize(("seed", "with_keys"), [(1, ""), (2, ""), (3, "keyboard")])
def test_whoever_answers_is_asked_step_by_step_as_in_the_interview(
    seed: int, with_keys: str, open_form: Open, shipped: Questionnaire, english: Phrases
) -> None:
    """A whole form, with the mouse or with keys alone: stop for stop, and the interview's own sheet."""
    start = started("quick", None, None)
    words = PromptWords(asked_in(shipped, "quick"), english)
    with open_form("quick", width=360) as opened:
        colleague = Colleague(opened, keyboard=bool(with_keys))
        colleague.press("#begin")
        for stop, reply, sheet in interviewed(words, start, seed):
            assert key(stop) == colleague.at()
            assert key(stop) == "review" or shown_at(words, sheet, stop)[0] == opened.page.inner_text(
                "#asked"
            )
            colleague.reply(stop, reply)
        assert "end" == colleague.at()
        _, found = colleague.saved()
        assert ([], 1) == (opened.said, len([each for each in opened.asked if not each.startswith("blob:")]))

    read = read_sheet(found, shipped)
    made = Made(id=shipped.id, version=shipped.version)
    expected = sheet.model_copy(update={"date": found["date"], "language": "en", "questionnaire": made})
    assert ((), expected) == (read.problems, read.sheet)


def test_the_file_has_a_name_to_know_it_by_and_passes_the_check(
    open_form: Open, smaudit: Any, tmp_path: Path
) -> None:
    """Company, department and date, as other files are named; the words to send along name it too."""
    with open_form("quick", TYPED, "legal") as opened:
        colleague = Colleague(opened)
        colleague.press("#begin")
        colleague.choose_first()
        colleague.press("#on")
        opened.page.evaluate("go(END)")
        name, found = colleague.saved()
        message = opened.page.input_value("#message")
    (tmp_path / name).write_text(json.dumps(found))

    assert f"{safe_stem(f'{TYPED} legal', found['date'])}.json" == name
    assert [True, True] == [each in message for each in (name, TYPED)]
    assert b"ok\n" == smaudit("check", name).stdout


def test_a_saved_sheet_is_opened_again_and_goes_on(
    open_form: Open, shipped: Questionnaire, tmp_path: Path
) -> None:
    """What was answered is not asked again, what the form does not know is kept, what is added is saved."""
    mine = asked_in(shipped, "full", "customer-service").questions
    other = next(each for each in shipped.questions if each not in mine)
    answers = {
        other.id: {"choice": other.options[0].id, "note": "Kept"},
        mine[1].id: mine[1].options[2].id,
    }
    earlier = {
        "schema": "smaudit/sheet/1",
        "questionnaire": {"id": shipped.id, "version": shipped.version},
        "depth": "full",
        "company": {"name": "ACME "},
        "date": "2026-06-01",
        "beliefs": {each.id: 3 for each in shipped.misconceptions},
        "answers": answers,
        "invented": [1, 2],
    }
    (tmp_path / "earlier.json").write_text("\ufeff" + json.dumps(earlier), "utf-8")
    with open_form("full", "Acme", "customer-service") as opened:
        colleague = Colleague(opened)
        opened.page.set_input_files("#file", tmp_path / "earlier.json")
        opened.page.wait_for_selector("#ask:not([hidden])")
        met = [str(colleague.at())]
        while met[-1] != f"question:{mine[0].id}":
            opened.page.click("#options label:last-child")
            colleague.press("#on")
            met.append(str(colleague.at()))
        colleague.choose("dont-know")
        _, found = colleague.saved("#save-so-far")

    assert {"fact"} == {each.partition(":")[0] for each in met[:-1]}
    assert {**answers, mine[0].id: "dont-know"} == found["answers"]
    assert ("Acme", "customer-service", "2026-06-01", [1, 2]) == (
        found["company"]["name"],
        found["respondent"]["department"],
        found["date"],
        found["invented"],
    )
    assert () == read_sheet(found, shipped).problems


SHEET = '{"schema": "smaudit/sheet/1", "answers": {}'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "These are no saved answers."),
        ("[1, 2]", "These are no saved answers."),
        ('{"schema": "smaudit/assessment/1"}', "These are no saved answers."),
        ('{"schema": "smaudit/sheet/1", "answers": []}', "These are no saved answers."),
        (SHEET + ', "company": "Acme"}', "These are no saved answers."),
        (SHEET + ', "company": {"name": 7}}', "These are no saved answers."),
        (SHEET + ', "beliefs": 1}', "These are no saved answers."),
        (SHEET + ', "questionnaire": {"id": "x"}}', "another questionnaire"),
        (SHEET + ', "company": {"name": "Other"}}', "This form is for Acme."),
        (SHEET + ', "respondent": {"department": "it"}}', "another department than this form is for"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_said_to_be_none(
    text: str, said: str, open_form: Open, tmp_path: Path
) -> None:
    """Nothing changes, and a sentence says why."""
    (tmp_path / "file.json").write_text(text)
    with open_form("full", "Acme", "legal") as opened:
        opened.page.set_input_files("#file", tmp_path / "file.json")
        opened.page.wait_for_function("document.getElementById('file-fault').textContent !== ''")
        assert said in opened.page.inner_text("#file-fault")
        assert (True, None, []) == (opened.page.is_visible("#opening"), opened.measured("stop"), opened.said)


STORED = "Object.keys(localStorage).length"


def test_answers_are_kept_until_they_are_saved(open_form: Open) -> None:
    """Whoever closes the page finds the answers again and goes on; saving takes them from the device."""
    with open_form("quick", "Acme", "sales") as opened:
        colleague = Colleague(opened)
        colleague.press("#begin")
        colleague.choose_first()
        colleague.press("#on")
        asked = colleague.at()
        opened.page.reload()
        assert (1, True) == (opened.measured(STORED), "Going on" in opened.page.inner_text("#goes-on"))
        colleague.press("#begin")
        assert asked == colleague.at()
        colleague.saved("#save-so-far")
        assert 0 == opened.measured(STORED)


def test_answers_are_forgotten_on_demand(open_form: Open) -> None:
    """A button takes them from the page and from the device, and says so; the form begins anew."""
    with open_form("quick", "Acme", "sales") as opened:
        colleague, page = Colleague(opened), opened.page
        colleague.press("#begin")
        first = colleague.at()
        colleague.choose_first()
        page.click("#forget summary")
        page.click("#forget button")
        assert (0, True) == (opened.measured(STORED), page.is_visible("#opening"))
        assert "forgotten" in page.inner_text("#done")
        page.reload()
        assert "" == page.inner_text("#goes-on")
        colleague.press("#begin")
        assert (first, 0) == (colleague.at(), page.locator("#options input:checked").count())


def test_a_browser_that_keeps_nothing_is_said_to_keep_nothing(open_form: Open) -> None:
    """Where storage is refused the form works all the same, and says that answers must be saved."""
    refuses = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
    with open_form("quick", "Acme") as opened:
        colleague, page = Colleague(opened), opened.page
        page.add_init_script(refuses)
        page.reload()
        assert "This browser keeps nothing." in page.inner_text("#keeping")
        colleague.press("#begin")
        # What decides which departments there can be, then who answers.
        for kind in ("fact", "fact", "department"):
            assert kind == str(colleague.at()).partition(":")[0]
            colleague.choose("-")
            colleague.press("#on")
        assert "belief" == str(colleague.at()).partition(":")[0]


def test_additions_are_asked_for_and_kept(open_form: Open) -> None:
    """A note, evidence for the best answer, a reason for what does not apply, ready or one's own."""
    with open_form(company="Acme", of=awkward()) as opened:
        colleague, page = Colleague(opened), opened.page
        added, kept = ("#reason", "#note", "#evidence-text"), "sheet.answers.prototype"

        def seen() -> list[str]:
            return [each for each in added if page.is_visible(each)]

        page.evaluate("go('question:prototype')")
        assert ["#note"] == seen()
        colleague.choose("l3")
        assert ["#note", "#evidence-text"] == seen()
        page.fill("#evidence-text", " A list\tof\u2028all\x07 ")
        page.click("#note summary")
        page.fill("#note-text", "Mind\nthis")
        evidence = {"evidence": "A list of all"}
        assert {"choice": "l3", "note": "Mind this", **evidence} == page.evaluate(kept)

        page.fill("#note-text", "")
        colleague.choose("not-applicable")
        assert ["#reason", "#evidence-text"] == seen()
        page.click("#reasons button")
        assert "There is none" == page.input_value("#reason-text") == page.evaluate(f"{kept}.note")
        colleague.choose("l0")
        written_ = json.loads(page.evaluate("written(sheet)"))
        assert {"choice": "l0", **evidence} == written_["answers"]["prototype"]
        assert [] == opened.said


def test_back_leads_back_and_on_again(open_form: Open) -> None:
    """Back goes to what was asked before and its answer, from the first to the opening; on leads there."""
    with open_form("quick", "Acme") as opened:
        colleague, page = Colleague(opened), opened.page
        colleague.press("#begin")
        first = colleague.at()
        colleague.choose("-")
        colleague.press("#on")
        second = colleague.at()
        colleague.press("#back")
        assert (first, "-") == (colleague.at(), page.input_value("#options input:checked"))
        colleague.press("#back")
        assert page.is_visible("#opening")
        colleague.press("#begin")
        assert first == colleague.at()
        colleague.press("#on")
        assert second == colleague.at()


def test_a_change_at_the_review_asks_what_it_opens(
    open_form: Open, shipped: Questionnaire, english: Phrases
) -> None:
    """From the list of answers one is changed; what that opens is asked, and then the list comes again."""
    words, start = PromptWords(asked_in(shipped, "quick"), english), started("quick", "Acme", None)
    with open_form("quick", "Acme") as opened:
        colleague = Colleague(opened)
        colleague.press("#begin")
        seen, opens = list[str](), list[str]()
        while (at := str(colleague.at())) != "review":
            kind, _, name = at.partition(":")
            values = ["dont-know"] if kind == "question" else shown_at(words, start, Stop(kind, name))[1]  # type: ignore[arg-type]
            colleague.choose("rarely" if name == "publishes" else values[0])
            colleague.press("#on")
            seen.append(at)
        colleague.press("#list li:has-text('posts do you publish in a month') button")
        assert "fact:publishes" == colleague.at()
        colleague.choose("publishes")
        colleague.press("#on")
        while (at := str(colleague.at())) != "review":
            colleague.choose("dont-know" if at.startswith("question") else "-")
            colleague.press("#on")
            opens.append(at)

    assert "question:posts-useful" in opens
    assert [] == [each for each in opens if each in seen]


def test_nothing_is_taken_for_an_answer_that_is_none(open_form: Open) -> None:
    """Nothing is chosen beforehand, and going on without an answer is told to whoever cannot see it too."""
    with open_form("quick") as opened:
        colleague, page = Colleague(opened), opened.page
        colleague.press("#begin")
        colleague.write(" \u200b ")
        colleague.press("#on")
        said = page.inner_text("#fault")
        assert ("company", "Please type something; initials will do.") == (colleague.at(), said)
        colleague.write("Acme")
        colleague.press("#on")
        first = colleague.at()
        assert 0 == page.locator("#options input:checked").count()
        colleague.press("#on")
        assert first == colleague.at()
        assert "Not to know is an answer too" in page.inner_text("#fault")
        assert "alert" == page.get_attribute("#fault", "role")


def views(opened: Opened) -> Iterator[str]:
    """Every kind of screen that the form has, one after the other, with all that unfolds unfolded."""
    page = opened.page
    unfold = "document.querySelectorAll('details').forEach(each => each.open = true)"
    stops = page.evaluate("route(sheet, before)")
    kinds = {each.partition(":")[0]: each for each in stops}
    yield "opening"
    for kind, stop in kinds.items():
        page.evaluate("stop => go(stop)", stop)
        page.evaluate(unfold)
        yield kind
        if kind == "question":
            page.check("#options input[value='not-applicable']")
            page.evaluate(unfold)
            yield "reason"
            page.evaluate("$('fault').textContent = say('choose')")
            yield "fault"
    page.evaluate("go(END)")
    page.evaluate(unfold)
    yield "end"


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_any_view(
    scheme: str, open_form: Open, spoken: tuple[Questionnaire, Phrases]
) -> None:
    """In every language, light and dark, on a phone and a desk: accessible, and no wider than the window."""
    found, wide = [], []
    with open_form(of=spoken[0], phrases=spoken[1], width=320, color_scheme=scheme) as opened:
        opened.measured(AXE.read_text("utf-8"))
        for name in views(opened):
            for width in (320, 1280):
                opened.page.set_viewport_size({"width": width, "height": 900})
                violations = opened.measured("axe.run({resultTypes: ['violations']})")["violations"]
                found += [
                    (name, width, each["id"], [node["html"][:200] for node in each["nodes"]])
                    for each in violations
                ]
                if opened.measured("document.documentElement.scrollWidth") > width:
                    wide.append((name, width))
    assert ([], []) == (found, wide)


def test_every_choice_is_large_enough_for_a_thumb(open_form: Open) -> None:
    """Options and the buttons that lead on are at least 52 pixels high."""
    with open_form(width=320) as opened:
        opened.page.evaluate("go(route(sheet, before).find(each => kind(each) === 'question'))")
        heights = [*opened.boxes(".option", "height"), *opened.boxes("#ask .go button", "height")]
        assert (True, 52.0) == (len(heights) > 6, min(52.0, *heights))


@pytest.mark.parametrize("scripts", ["with scripts", "without"])
def test_printed_it_is_the_whole_questionnaire_on_few_pages(
    scripts: str, open_form: Open, shipped: Questionnaire, tmp_path: Path
) -> None:
    """With scripts or without, wherever one is: every question and option, at most 14 pages in English."""
    from pypdf import PdfReader

    runs = scripts == "with scripts"
    with open_form(java_script_enabled=runs) as opened:
        if runs:
            opened.page.click("#begin")
        opened.page.pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True)
        opened.page.emulate_media(media="print")
        paper = " ".join(opened.page.inner_text("#paper").split())
        assert not opened.page.is_visible("#app")
    pages = PdfReader(tmp_path / "paper.pdf").pages
    options = [option.text for each in shipped.questions for option in each.options]
    texts = [*(each.text for each in shipped.questions), *options, *(each.text for each in shipped.profile)]

    assert [] == [each for each in texts if " ".join(each.split()) not in paper]
    assert 5 < len(pages) <= 14


def test_hostile_words_stay_words(open_form: Open) -> None:
    """Of questionnaire, company and answers full of markup nothing runs or loads; all is shown as typed."""
    data = yaml.safe_load((ROOT / "data" / "misconceptions.yaml").read_text("utf-8"))
    data.pop("ends_with")
    asked = questionnaire_from(hostile_questionnaire(data))
    company = f"{HOSTILE}\u2028</script><script>alert(2)</script>"
    with open_form("quick", company, of=asked) as opened:
        colleague, page = Colleague(opened), opened.page
        for name in views(opened):
            if name == "remark":
                colleague.write(HOSTILE)
            if name == "question":
                page.fill("#note-text", HOSTILE)
                assert HOSTILE[:40] in page.inner_text("#asked")
            assert HOSTILE[:40] in page.inner_text("#who")
        _, found = colleague.saved()
        foreign = page.locator("img, #app script, iframe, a").count()
        asked_for = [each for each in opened.asked if not each.startswith("blob:")]
        assert ([], 0, 1) == (opened.said, foreign, len(asked_for))
    assert (company, HOSTILE.strip()) == (found["company"]["name"], found["remark"])


def test_the_policy_stops_what_slips_through(open_form: Open, tmp_path: Path) -> None:
    """A script that came into the form all the same would not run."""
    with open_form() as opened:
        form = tmp_path / "form.html"
        text = form.read_text("utf-8")
        form.write_text(text.replace("</main>", "<script>document.title = 'run'</script></main>", 1), "utf-8")
        opened.page.reload()
        assert "run" != opened.page.title()
        assert ["Content Security Policy" in said for said in opened.said] == [True]
