"""What the built-in questionnaire must never do, computed with its real weights for every kind of company.

Eleven facts make millions of companies. A score hangs only on the facts that rule questions out, and of
these only on what they rule out: so there is one case for each set of questions, and whatever else is known
about the company is drawn at random, always the same.

Where a promise holds "however good the rest", the rest is given its best answers, and that is enough:
a score is a mean of values from 0 to 1, weighted with nothing below 0. So no other answer to the rest
gives more, and leaving out an answer worth 1 (don't know, not applicable) cannot raise the mean.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import permutations, product
from typing import Any

import pytest
import yaml
from conftest import ROOT, present, sheet_from
from hypothesis import given, settings
from hypothesis import strategies as st

from smaudit.core.questionnaire import DEPTHS, DONT_KNOW, NOT_APPLICABLE, Depth, Fault, Option, Question
from smaudit.core.result import BANDS, Assessment, MisconceptionScore, Plan
from smaudit.core.scoring import assess
from smaudit.core.subject import Subject
from smaudit.files.load import load_questionnaire
from smaudit.files.words import load_phrases
from smaudit.interview import minutes
from smaudit.language.text import plain
from smaudit.planning import assess as with_roadmap
from smaudit.planning import roadmap
from smaudit.report.blocks import Paragraph
from smaudit.report.results import Report

Profile = dict[str, str]
Case = tuple[Depth, Profile]
Answers = dict[str, str]

ASKED = load_questionnaire()
FIVE = [each.id for each in ASKED.misconceptions]
GATING = [fact for fact in ASKED.profile if any(fact.id in each.applies_if for each in ASKED.questions)]
BEST = {question.id: question.options[-1].id for question in ASKED.questions}
WORST = {question.id: question.options[0].id for question in ASKED.questions}
SOUND = {
    question.id: next(option.id for option in question.options if not option.fault)
    for question in ASKED.questions
}
"""The lowest answers without a fault: where the steps lead."""
UP_TO_STRONG_PULL = {"in-charge", "strong-pull"}
SECRECY = ("health", "legal", "finance", "protected")


def groups(fact: str) -> list[list[str]]:
    """The options of a fact, those together that rule out the same questions."""
    found: dict[tuple[bool, ...], list[str]] = {}
    for name in ASKED.fact[fact].names:
        ruled_out = tuple(not question.applies_to({fact: name}) for question in ASKED.questions)
        found.setdefault(ruled_out, []).append(name)
    return list(found.values())


def kinds() -> list[Profile]:
    """A company for each combination of what facts rule out; the rest of its profile is drawn."""
    draw = random.Random(15)  # noqa: S311 - repeatable, not secret
    found = []
    for combination in product(*(groups(fact.id) for fact in GATING)):
        profile = {fact.id: draw.choice(fact.names) for fact in ASKED.profile}
        profile |= {fact.id: draw.choice(group) for fact, group in zip(GATING, combination, strict=True)}
        found.append(profile)
    return found


KINDS = kinds()
EVERY_CASE: list[Case] = [(depth, profile) for depth in DEPTHS for profile in KINDS]


def anybody(count: int, **known: str) -> list[Profile]:
    """So many companies with whole profiles drawn at random, in which these facts are known."""
    draw = random.Random(16)  # noqa: S311 - repeatable, not secret
    fixed = {name.replace("_", "-"): option for name, option in known.items()}
    return [{fact.id: draw.choice(fact.names) for fact in ASKED.profile} | fixed for _ in range(count)]


def asked(depth: Depth, profile: Mapping[str, str], misconception: str = "") -> list[Question]:
    """The questions that a company is asked at a depth, or those of them that weigh on a misconception."""
    return [
        question
        for question in ASKED.at(depth)
        if question.applies_to(profile) and (not misconception or question.weights.get(misconception))
    ]


def names(questions: Iterable[Question]) -> frozenset[str]:
    """The ids of questions."""
    return frozenset(each.id for each in questions)


@cache
def cases_of(misconception: str) -> tuple[Case, ...]:
    """A case for each set of questions on which the score of a misconception can hang."""
    found: dict[frozenset[str], Case] = {}
    for depth, profile in EVERY_CASE:
        found.setdefault(names(asked(depth, profile, misconception)), (depth, profile))
    return tuple(found.values())


def scored(answers: Mapping[str, str], depth: Depth, profile: Mapping[str, str]) -> Assessment:
    """The assessment of a company with these answers."""
    company = {"profile": profile}
    data = {"schema": "smaudit/sheet/1", "depth": depth, "company": company, "answers": answers}
    return assess(ASKED, sheet_from(data, ASKED))


def advised(answers: Mapping[str, str], depth: Depth, profile: Mapping[str, str]) -> Plan:
    """The roadmap of a company with these answers."""
    company = {"profile": profile}
    data = {"schema": "smaudit/sheet/1", "depth": depth, "company": company, "answers": answers}
    return roadmap(ASKED, sheet_from(data, ASKED))


def at_best(misconception: str, **answers: str) -> Iterator[MisconceptionScore]:
    """The score of a misconception in each case, with the best answers to all the rest."""
    chosen = BEST | {name.replace("_", "-"): choice for name, choice in answers.items()}
    for depth, profile in cases_of(misconception):
        yield scored(chosen, depth, profile).misconception(misconception)


def most(misconception: str, **answers: str) -> Fraction:
    """The highest score that a misconception can have with these answers, at any company."""
    return max(present(found.score) for found in at_best(misconception, **answers))


def worst_of(question: Question, fault: Fault | None) -> str | None:
    """The lowest option of a question with this fault; None where it has none."""
    return next((option.id for option in question.options if option.fault == fault), None)


# The cases.


def test_the_cases_miss_no_set_of_questions() -> None:
    """Whatever is known about a company, the questions that it is asked are those of one of the cases."""
    known = {names(asked("full", profile)) for profile in KINDS}

    assert known >= {names(asked("full", profile)) for profile in anybody(2000)}
    assert len(KINDS) == len(known)


def test_quick_asks_at_most_20_questions_and_full_at_most_36() -> None:
    """No company is asked more, whatever it is, and none is asked so few that little is left."""
    counts: dict[Depth, list[int]] = {
        depth: [len(asked(depth, profile)) for profile in KINDS] for depth in DEPTHS
    }

    assert max(counts["quick"]) <= 20 <= min(counts["quick"]) + 4
    assert max(counts["full"]) <= 36 <= min(counts["full"]) + 12


def test_nothing_that_is_shown_states_minutes_of_its_own() -> None:
    """The minutes of an interview are counted in one place: no sentence about it has a number of its own."""
    numbers = re.compile(r"\d")
    for language in ("en", "ar"):
        told = dict(flat(yaml.safe_load((ROOT / f"data/phrases.{language}.yaml").read_text("utf-8"))))
        for ending in ("interview.opening.time", "interview.depth.option"):
            name = next(each for each in told if each.endswith(ending))
            assert {"{alone}", "{meeting}"} <= set(re.findall(r"\{\w+\}", told[name]))
            assert (name, None) == (name, numbers.search(told[name]))
    assert "minute" not in (ASKED.about or "")
    defined = [
        path.name for path in (ROOT / "src").rglob("*.py") if "\ndef minutes(" in path.read_text("utf-8")
    ]
    assert ["counting.py"] == defined


def flat(words: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Each text of a tree of phrases, under its whole name."""
    if isinstance(words, Mapping):
        for key, part in words.items():
            yield from flat(part, f"{name}.{key}" if name else str(key))
    else:
        yield name, str(words)


def test_the_quick_check_takes_about_a_quarter_of_an_hour() -> None:
    """One person needs about fifteen minutes for the quick check, and half an hour at most for the full."""
    assert 10 <= minutes(ASKED, "quick", meeting=False) <= 18
    assert minutes(ASKED, "full", meeting=False) <= 30


# Scores.


@pytest.mark.parametrize("misconception", FIVE)
def test_the_best_answers_free_every_company(misconception: str) -> None:
    """Whatever its size, trade and duties, a company can reach 100 at both depths."""
    for found in at_best(misconception):
        assert (Fraction(100), "let-go", "free", "none") == (found.score, found.band, found.side, found.says)


@pytest.mark.parametrize("misconception", FIVE)
def test_the_worst_answers_leave_nothing(misconception: str) -> None:
    """Whoever answers the worst everywhere is at 0, and the misconception is in charge."""
    for depth, profile in cases_of(misconception):
        found = scored(WORST, depth, profile).misconception(misconception)

        assert (Fraction(), "in-charge", "steers") == (found.score, found.band, found.side)


@pytest.mark.parametrize("misconception", FIVE)
def test_where_the_steps_lead_nothing_steers(misconception: str) -> None:
    """A company without a fault, and with nothing beyond that, is free: ways out suffice for everybody."""
    for depth, profile in cases_of(misconception):
        assert "free" == scored(SOUND, depth, profile).misconception(misconception).side


@pytest.mark.parametrize("misconception", FIVE)
def test_no_profile_and_no_single_gap_takes_a_score_away(misconception: str) -> None:
    """At both depths one don't-know or one not-applicable, whichever it is, leaves every score there is."""
    for depth, profile in cases_of(misconception):
        weighing = asked(depth, profile, misconception)
        # No answer fills a gap that another leaves, so the heaviest of the misconception's own and of the
        # others stand for all.
        heaviest = {
            own: max((q for q in weighing if (q.main == misconception) is own), key=weight_on(misconception))
            for own in {question.main == misconception for question in weighing}
        }
        for question in heaviest.values():
            for gap in (DONT_KNOW, NOT_APPLICABLE):
                found = scored(BEST | {question.id: gap}, depth, profile).misconception(misconception)
                assert ("scored", question.id, gap) == (found.status, question.id, gap)


def weight_on(misconception: str) -> Callable[[Question], int]:
    """How much a misconception hangs on a question."""
    return lambda question: question.weights.get(misconception, 0)


def test_a_company_that_says_nothing_about_itself_gets_all_five_scores() -> None:
    """A profile that is not filled in rules nothing out and takes no score away."""
    for depth in DEPTHS:
        assert 5 == scored(BEST, depth, {}).overall.counted


@pytest.mark.parametrize("misconception", FIVE)
def test_one_bad_answer_alone_pulls_nothing_below_the_middle(misconception: str) -> None:
    """With all else at its best, the worst answer to any one question leaves every score at 50 or more."""
    for depth, profile in cases_of(misconception):
        weighing = asked(depth, profile, misconception)
        heaviest = max(weighing, key=weight_on(misconception))
        found = scored(BEST | {heaviest.id: WORST[heaviest.id]}, depth, profile)

        assert present(found.misconception(misconception).score) >= 50


def test_no_question_is_a_fifth_of_the_overall() -> None:
    """No company finds a fifth of its overall score, or more, hanging on one answer."""
    for depth, profile in EVERY_CASE:
        sums = {name: sum(q.weights.get(name, 0) for q in asked(depth, profile, name)) for name in FIVE}
        shares = [
            sum(Fraction(weight, sums[name]) for name, weight in question.weights.items()) / 5
            for question in asked(depth, profile)
        ]
        assert max(shares) < Fraction(1, 5)

    most_lost = scored(WORST, *EVERY_CASE[-1]).costliest[0].lost
    assert max(shares) == most_lost / 100


def test_only_facts_that_rule_questions_out_change_a_score() -> None:
    """To be regulated, to have an agency or to be open at night is worth nothing in itself."""
    plain = KINDS[-1]
    expected = scored(SOUND, "full", plain).misconceptions
    for fact in ASKED.profile:
        if fact not in GATING:
            for name in fact.names:
                assert expected == scored(SOUND, "full", plain | {fact.id: name}).misconceptions


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_better_answer_never_lowers_a_score_or_a_band(data: st.DataObject) -> None:
    """In any sheet, raising one answer by a level lowers neither a score nor a band."""
    depth, profile = data.draw(st.sampled_from(EVERY_CASE))
    questions = asked(depth, profile)
    levels = {each.id: data.draw(st.integers(0, len(each.options) - 1)) for each in questions}
    raised = data.draw(st.sampled_from(questions))
    better = levels | {raised.id: min(levels[raised.id] + 1, len(raised.options) - 1)}

    before, after = (
        scored({each.id: each.options[chosen[each.id]].id for each in questions}, depth, profile)
        for chosen in (levels, better)
    )

    for old, new in zip(before.misconceptions, after.misconceptions, strict=True):
        assert present(old.score) <= present(new.score)
        assert BANDS.index(present(old.band)) <= BANDS.index(present(new.band))


def test_a_fault_is_never_worth_more_than_its_absence() -> None:
    """In each question every faulty option is worth less than every option without a fault."""
    for question in ASKED.questions:
        faulty = [v for v, o in zip(question.values, question.options, strict=True) if o.fault]
        sound = [v for v, o in zip(question.values, question.options, strict=True) if not o.fault]

        assert max(faulty) < Fraction(1, 2) < min(sound), question.id


# Alarms.

ALARMS = [(each, option) for each in ASKED.questions for option in each.options if option.alarm]
ALARM_IDS = [f"{question.id}-{option.id}" for question, option in ALARMS]
AS_IF = re.compile(r"\b(suppose|imagine|would|could|if (?:there|nobody|none))\b", re.IGNORECASE)
"""How a question or an answer about something that has not happened is worded."""
ALWAYS_SO = {"reply-coverage", "account-ownership", "who-works"}
"""Questions with an alarm about what is so at every company with an account: who looks, owns and works."""


def worded_everywhere(question: Question) -> list[Question]:
    """The question as it stands, and in each of its wordings."""
    return [question, *(question.worded(facts) for facts in wording_facts(question))]


def wording_facts(question: Question) -> Iterator[Profile]:
    """For each wording and each way in which it can come about, the facts that lead to it."""
    for wording in question.wording:
        for options in product(*wording.if_.values()):
            yield dict(zip(wording.if_, options, strict=True))


@pytest.mark.parametrize(("question", "option"), ALARMS, ids=ALARM_IDS)
def test_an_alarm_is_not_outweighed(question: Question, option: Option) -> None:
    """As long as an alarm is chosen, its misconception steers, at strong-pull, however good the rest."""
    for depth, profile in cases_of(question.main):
        if question in asked(depth, profile):
            found = scored(BEST | {question.id: option.id}, depth, profile)

            judged = found.misconception(question.main)
            assert ("strong-pull", "steers") == (judged.band, judged.side)


@pytest.mark.parametrize(("question", "option"), ALARMS, ids=ALARM_IDS)
def test_the_way_out_of_an_alarm_is_the_first_step(question: Question, option: Option) -> None:
    """However good the rest, the roadmap of a company with an alarm begins with the way out of it."""
    for depth in DEPTHS:
        profile = next(each for each in KINDS if question.applies_to(each))
        if question in asked(depth, profile):
            first = advised(BEST | {question.id: option.id}, depth, profile).steps[0]

            assert (question.id, "alarm") == (first.question, first.reason)


@pytest.mark.parametrize(("question", "option"), ALARMS, ids=ALARM_IDS)
def test_no_hypothetical_answer_raises_an_alarm(question: Question, option: Option) -> None:
    """An alarm is about what happened or is so: its question says how to answer where there was nothing."""
    for worded in worded_everywhere(question):
        chosen = worded.options[question.levels[option.id]]
        assert (None, None) == (AS_IF.search(worded.text), AS_IF.search(chosen.text))

    assert question.not_applicable or question.applies_if or question.id in ALWAYS_SO


@pytest.mark.parametrize("answer", [DONT_KNOW, NOT_APPLICABLE])
def test_not_knowing_and_not_having_had_it_raise_no_alarm(answer: str) -> None:
    """Whoever does not know, or had no complaint, criticism or mistake, is not alarmed."""
    for depth in DEPTHS:
        assert () == scored(dict.fromkeys(BEST, answer), depth, KINDS[0]).alarms


def test_what_may_not_have_happened_has_a_ready_way_to_say_so() -> None:
    """Who had no complaint, no criticism, no mistake or no busy season need not make an answer up."""
    may_not_have_happened = re.compile(r"\b(complain|fair but unwelcome|mistake|wrong or clumsy|campaign)")
    about = {
        each.id: bool(each.not_applicable)
        for each in ASKED.questions
        if re.match(r"(Look at|Recall|Take) ", each.text) and may_not_have_happened.search(each.text)
    }
    about.pop("decision-rule")  # Its lowest answers say that nothing was decided.

    assert dict.fromkeys(about, True) == about
    assert about.keys() >= {"complaint-ending", "criticism-answered", "mistake-corrected", "after-a-mistake"}


# What a company is told.


def one_sided(misconception: str, own: Fault, others: Fault, profile: Profile) -> Answers:
    """The worst answers with one fault on a misconception, and those with the other one everywhere else.

    Where a question has no option with the fault, it gets its best answer.
    """
    return {
        question.id: worst_of(question, own if question.main == misconception else others)
        or BEST[question.id]
        for question in ASKED.questions
        if question.applies_to(profile)
    }


@pytest.mark.parametrize("misconception", FIVE)
def test_a_reckless_company_is_never_called_afraid(misconception: str) -> None:
    """Who does nothing at all is told so, even if in everything else the misconceptions have a grip on it."""
    for depth, profile in cases_of(misconception):
        answers = one_sided(misconception, "absence", "grip", profile)
        assert "absence" == scored(answers, depth, profile).misconception(misconception).says


@pytest.mark.parametrize("misconception", FIVE)
def test_an_afraid_company_is_never_called_reckless(misconception: str) -> None:
    """Who is in the grip of a misconception is told so, even if everything else is merely left undone."""
    for depth, profile in cases_of(misconception):
        answers = one_sided(misconception, "grip", "absence", profile)
        assert "grip" == scored(answers, depth, profile).misconception(misconception).says


@pytest.mark.parametrize("depth", DEPTHS)
def test_one_fault_throughout_is_all_that_is_told(depth: Depth) -> None:
    """Where every fault is of one kind, no misconception says the other, nor that it is mixed."""
    faults: tuple[Fault, Fault] = ("grip", "absence")
    for fault in faults:
        for profile in KINDS[::8]:
            answers = one_sided("none", fault, fault, profile)
            found = scored(answers, depth, profile).misconceptions

            assert {each.says for each in found} <= {fault, "none"}


@pytest.mark.parametrize("depth", DEPTHS)
def test_the_most_careless_company_is_nowhere_in_a_grip(depth: Depth) -> None:
    """Of the lowest answers, who always takes the careless one is told of no grip on it, at any company."""
    careless = {
        question.id: min(
            zip(
                question.values,
                (each.fault != "absence" for each in question.options),
                question.levels,
                strict=True,
            )
        )[2]
        for question in ASKED.questions
    }
    for profile in KINDS[::4]:
        found = scored(careless, depth, profile).misconceptions

        assert {each.says for each in found} <= {"absence", "mixed"}
        assert "absence" == found[FIVE.index("mistakes-are-fatal")].says


def test_recklessness_is_not_described_as_fear() -> None:
    """What is said of an absence speaks of no fear, and what is said of a grip does not call it neglect."""
    told = present(next(each for each in ASKED.misconceptions if each.id == "mistakes-are-fatal").diagnosis)

    assert "does not fear" in told.absence
    assert None is re.search(r"afraid|could ruin|deletes|keeps quiet", told.absence)
    assert None is re.search(r"does not fear|not made its accounts safe", told.grip)


def test_no_control_at_all_is_an_absence_and_no_better_than_fear() -> None:
    """Who publishes without a rule scores no more than who makes all wait, and is called careless."""
    question = ASKED.question["approval-levels"]
    value = {option.id: value for option, value in zip(question.options, question.values, strict=True)}
    fault = {option.id: option.fault for option in question.options}

    assert 0 == value["no-rule"] <= value["replies-wait"]
    assert ("absence", "grip") == (fault["no-rule"], fault["replies-wait"])
    assert value["posts-only"] < value["replies-same-day"] < value["replies-free"]


# Each misconception.


def test_who_deletes_criticism_is_not_free_of_fear() -> None:
    """Fighting criticism keeps mistakes-are-fatal at strong-pull or lower, however good the rest."""
    bands = {found.band for found in at_best("mistakes-are-fatal", criticism_answered="fought")}

    assert bands <= UP_TO_STRONG_PULL


def test_who_answers_nobody_is_not_free_of_the_marketing_channel() -> None:
    """Replying to nobody keeps marketing-channel at strong-pull or lower, however few messages there are."""
    answers = {"reply_coverage": "nobody-looks", "complaint_ending": "no-reply"}
    bands = {found.band for found in at_best("marketing-channel", **answers)}

    assert bands <= UP_TO_STRONG_PULL


def test_failing_those_who_write_costs_more_than_offers_do() -> None:
    """On marketing-channel, to leave problems without a reply weighs more than posts that only promote."""
    for failed, promoted in zip(
        at_best("marketing-channel", reply_coverage="praise-only"),
        at_best("marketing-channel", posts_useful="under-five"),
        strict=True,
    ):
        assert present(failed.score) < present(promoted.score)


def test_offers_that_people_follow_for_are_not_held_against_a_shop() -> None:
    """Shops are told that offers and menus count as useful."""
    for market in ("consumers", "both"):
        assert "Offers and menus count too" in ASKED.question["posts-useful"].worded({"market": market}).text


def test_fear_is_not_made_good_by_safe_accounts() -> None:
    """Who makes all wait, fights criticism and denies mistakes steers below 50, however safe the accounts."""
    fear = {
        "approval_levels": "replies-wait",
        "criticism_answered": "fought",
        "mistake_corrected": "denied",
        "after_a_mistake": "punished",
        "bad_day": "all-alarm",
    }

    assert most("mistakes-are-fatal", **fear) < 50


def test_carelessness_is_not_made_good_by_kindness() -> None:
    """Lost accounts, no check, open logins, no plan: below 50, however well criticism is dealt with."""
    careless = {
        "account_ownership": "somebody-else",
        "login_security": "shared-password",
        "approval_levels": "no-rule",
        "bad_day": "nothing",
        "mistake_corrected": "nobody-minded",
    }

    assert most("mistakes-are-fatal", **careless) < 50


def test_who_plans_neither_money_nor_hours_nor_people_believes_that_it_is_free() -> None:
    """No sum, no hours, nobody with time and nobody who looks at what it does: below 50 at both depths."""
    answers = {
        "cost_known": "counts-as-free",
        "tasks_resourced": "on-the-side",
        "who_works": "on-top",
        "seen_by": "finds-its-way",
        "stopping": "costs-nothing",
    }

    assert most("it-is-free", **answers) < 50


def test_the_quick_check_sees_from_three_answers_who_believes_that_it_is_free() -> None:
    """In the quick check no sum, no hours and nobody with time are enough."""
    answers = {"cost-known": "counts-as-free", "tasks-resourced": "on-the-side", "who-works": "on-top"}
    for depth, profile in cases_of("it-is-free"):
        if depth == "quick":
            assert "steers" == scored(BEST | answers, depth, profile).misconception("it-is-free").side


def test_spending_alone_does_not_help() -> None:
    """A reasoned decision not to pay is worth as much as one to pay, and no answer asks for a payment."""
    question = ASKED.question["seen-by"].worded({"pays-for": "nothing"})
    texts = {option.id: option.text for option in question.options}

    assert "to pay for nothing" in texts["decided"]
    assert "to pay for nothing" in texts["tested"]
    assert {100} == {found.score for found in at_best("it-is-free", seen_by="tested")}


def test_not_measuring_is_no_patience() -> None:
    """Who has no goal, counts nothing and lets all run on is below 50, however steady."""
    answers = {
        "unpaid_goals": "no-goal",
        "figures_used": "no-figures",
        "decision_rule": "ran-on",
        "where_from": "not-found-out",
    }

    assert most("instant-roi", **answers) < 50


def test_judging_each_post_by_its_sales_is_steered_by_instant_roi() -> None:
    """Sales within the month, per post, one bad week decides: below 50, however steady and useful."""
    answers = {
        "unpaid_goals": "sales-at-once",
        "figures_used": "sales-per-post",
        "decision_rule": "one-post",
        "where_from": "networks-say",
    }

    assert most("instant-roi", **answers) < 50


LIKES = {
    "figures-used": {"network-figures", "no-figures"},
    "where-from": {"networks-say", "not-found-out"},
    "decision-rule": {"one-post", "ran-on", "from-memory", "start-figure", "rule-beforehand"},
    "unpaid-goals": {option.id for option in ASKED.question["unpaid-goals"].options},
}
"""A company that looks at likes, however patient, and whatever it wrote down before but a margin."""
TESTS = {
    "figures-used": {"outcome-figures", "balanced-set"},
    "where-from": {"three-compared", "range-reported"},
    "decision-rule": {"enough-cases"},
    "unpaid-goals": LIKES["unpaid-goals"],
}
"""A company with its own figures, sources that it compares, and margins, however hurried."""


def extreme(chosen: Mapping[str, set[str]], pick: Callable[..., str]) -> Answers:
    """Of each set of options the one of the lowest or the highest value."""

    def value(name: str) -> Callable[[str], Fraction]:
        question = ASKED.question[name]
        return lambda option: question.values[question.levels[option]]

    return {name: pick(sorted(options), key=value(name)) for name, options in chosen.items()}


@pytest.mark.parametrize("rest", [BEST, WORST, SOUND], ids=["best", "worst", "sound"])
def test_tests_and_margins_never_score_below_likes(rest: Answers) -> None:
    """On Payoff the worst company that tests is above the best that counts likes, with all else alike."""
    for depth, profile in cases_of("instant-roi"):
        tests, likes = (
            present(scored(rest | chosen, depth, profile).misconception("instant-roi").score)
            for chosen in (extreme(TESTS, min), extreme(LIKES, max))
        )
        assert likes < tests


def test_a_figure_of_ones_own_is_worth_more_than_any_number_of_likes() -> None:
    """In the figures, sales stand above likes, and what the books show above what the networks say."""
    question = ASKED.question["figures-used"]
    value = {option.id: value for option, value in zip(question.options, question.values, strict=True)}

    assert value["network-figures"] < value["sales-per-post"] < value["one-outcome"]


def test_marketing_alone_without_power_or_help_is_steered_by_marketing_owns_it() -> None:
    """Who replies alone, asks nobody and may settle nothing, or has no expert's voice, is below 50."""
    answers = {
        "who_answers": "accounts-only",
        "solo_hats": "promoting-only",
        "routing": "answered-anyway",
        "distress": "answered-anyway",
        "remedy_authority": "words-only",
        "expert_profiles": "company-only",
        "shared_history": "marketing-tool",
    }

    assert most("marketing-owns-it", **answers) < 50


# Steps.


def steps() -> Iterator[tuple[Question, Option, Option]]:
    """Each step: its question, the option it leads from and the option it leads to."""
    for question in ASKED.questions:
        for level, option in enumerate(question.options):
            if option.step:
                yield question, option, question.options[present(question.aim(level))]


def test_no_step_leads_to_a_practice_with_a_fault() -> None:
    """Whatever was answered, no step leads to what the report itself would call a fault or an alarm."""
    for question, option, aim in steps():
        assert (None, False) == (aim.fault, aim.alarm), (question.id, option.id)


def test_every_answer_but_the_best_has_a_step() -> None:
    """Nobody is told of a fault without a way out of it."""
    for question in ASKED.questions:
        assert [False] == [bool(each.step) for each in question.options[-1:]]
        assert all(each.step for each in question.options[:-1]), question.id


def test_departments_and_owners_exist() -> None:
    """Whoever does a step or is asked exists at that company; for one person alone nobody is printed."""
    departments = {each.id: each for each in ASKED.departments}
    facts = ASKED.fact["headcount"].names, ASKED.fact["who-posts"].names
    for question, option, _ in steps():
        step = present(option.step)
        assert {step.owner, step.owner_small} <= departments.keys()
        assert set(question.ask) <= departments.keys()
        for size, posts in product(*facts):
            profile = {"headcount": size, "who-posts": posts}
            owner = ASKED.owner_for(step, profile)
            if size == "just-me":
                assert None is owner
            elif question.applies_to(profile):
                assert size in departments[present(owner)].applies_if.get("headcount", [size])


# Options and sources.


def test_no_answer_holds_an_equal_one() -> None:
    """Of two answers of one value neither repeats the other and adds to it: then both would be true."""
    for question in ASKED.questions:
        for worded in worded_everywhere(question):
            told = [
                (value, each.text.rstrip("."))
                for value, each in zip(worded.values, worded.options, strict=True)
            ]
            held = [
                (shorter, longer)
                for (one, shorter), (other, longer) in permutations(told, 2)
                if one == other and longer.startswith(shorter)
            ]
            assert (question.id, []) == (question.id, held)


def test_what_speaks_for_and_against_is_short_new_first_and_not_one_sided() -> None:
    """Each misconception names four sources at most, the newest first, one of them against it."""
    sources = {each.id: each for each in ASKED.sources}
    for misconception in ASKED.misconceptions:
        named = [sources[name] for name in misconception.sources]
        years = [present(each.year) for each in named]

        assert len(named) <= 4
        assert sorted(years, reverse=True) == years
        assert "against" in {each.direction for each in named}


COPIES = re.compile(
    r"toyjobs|lnyan|comunic\.ro|digitalanalyticsassociation|stage\.adweek|\.aspx|warc\.com|engineeringnews|ppai"
)
"""Where a finding was once read that was published elsewhere."""


def test_sources_are_named_by_their_publishers_addresses() -> None:
    """No source leads to a copy, a staging server or a page that only subscribers can open."""
    assert [] == [each.id for each in ASKED.sources if COPIES.search(present(each.url))]
    assert [] == [each.id for each in ASKED.sources if not (each.caution and each.by and each.year)]


def test_what_only_providers_say_about_prices_is_told_as_that() -> None:
    """The prices of WhatsApp were read at providers of such services, and no question builds on them."""
    told = next(each for each in ASKED.sources if each.id == "whatsapp-prices-2025")

    assert "we did not read it at Meta" in present(told.caution)
    assert [] == [each.id for each in ASKED.questions if re.search(r"WhatsApp.*(free|cost)", each.why or "")]


# A duty of secrecy and a legal approval.

NAMES = re.compile(r"\b(?:nam(?:e|es|ed|ing)|clients?|patients?|story|stories|quotes?|confirms?)\b")
HARMLESS = re.compile(
    r"without (?:anybody's name|naming anybody)|no names|your name|your own names|second name|name a word|"
    r"by name, address or number|names a person or a number|name who keeps|a name for each|"
    r"name of whoever looks after|name one person for each|name somebody in your organisation"
)
"""Where a step speaks of names, it is of staff, of the company or of nobody."""
IN_PUBLIC = {"complaint-ending", "criticism-answered"}
"""Questions about complaints and criticism that others read."""
SAYS_NOTHING = re.compile(
    r"a private way to reach you|nothing about the writer|without a word about the person|in private|"
    r"privately|house rules|"
    r"ready-made sentence|list of all complaints|critical point|how many complaints"
)
SOLE_OR_SEVERAL = ASKED.fact["headcount"].names


def bound_to_secrecy(count: int = 40) -> Iterator[Profile]:
    """Companies of all sizes and markets under each duty of secrecy."""
    for duty in SECRECY:
        yield from anybody(count, secrecy=duty)


def test_no_step_asks_to_name_a_client_or_patient() -> None:
    """Whatever the duty, no step asks to name, quote or confirm somebody who wrote."""
    for question, option, _ in steps():
        left = HARMLESS.sub("", present(option.step).text)
        assert (question.id, option.id, None) == (question.id, option.id, NAMES.search(left))


def test_what_is_said_to_a_critic_says_nothing_about_the_critic() -> None:
    """Each step about complaints and criticism tells to reply in private, or to say nothing of the writer."""
    unguarded = [
        (question.id, option.id)
        for question, option, _ in steps()
        if question.id in IN_PUBLIC and not SAYS_NOTHING.search(present(option.step).text)
    ]
    assert [] == unguarded


def test_under_secrecy_the_aim_with_criticism_leaves_open_who_wrote() -> None:
    """Under a duty of secrecy every good way with criticism is neutral and leads to a private place."""
    for profile in bound_to_secrecy():
        worded = ASKED.question["criticism-answered"].worded(profile)

        assert "Nobody may learn from you whether somebody is your client or patient" in worded.text
        for option in worded.options:
            if not option.fault:
                assert "leaves open whether we know the person, and a private way" in option.text


def test_under_secrecy_remedies_are_given_in_private() -> None:
    """Where a duty of secrecy holds, nothing is confirmed in public and nobody is asked what to give away."""
    for profile in bound_to_secrecy():
        if ASKED.question["remedy-authority"].applies_to(profile):
            worded = ASKED.question["remedy-authority"].worded(profile)

            assert "in private and with nothing confirmed in public" in worded.text
            assert "refund" not in " ".join([worded.text, *(option.text for option in worded.options)])


def test_under_secrecy_the_first_page_says_that_the_steps_keep_to_it() -> None:
    """Below the first steps stands one sentence: no reply shows who is a client; elsewhere there is none."""
    english = load_phrases("en")
    for duty in ASKED.fact["secrecy"].names:
        profile = anybody(1, secrecy=duty)[0]
        data = {"schema": "smaudit/sheet/1", "company": {"profile": profile}, "answers": WORST}
        sheet = sheet_from(data, ASKED)
        page = Report(Subject(ASKED, sheet, with_roadmap(ASKED, sheet)), short=True).compose(english)
        told = [plain(each.content) for each in page.blocks if isinstance(each, Paragraph)]

        kept = [
            each for each in told if each.startswith("You are bound to secrecy, and the steps keep to it")
        ]
        assert (duty, int(duty in SECRECY)) == (duty, len(kept))
        assert all("no reply ever shows who is" in each for each in kept)


def test_distress_is_asked_where_people_in_distress_write() -> None:
    """Health and protection are asked about distress, everybody else about questions that are hard."""
    for duty in ASKED.fact["secrecy"].names:
        for depth in DEPTHS:
            found = names(asked(depth, {"secrecy": duty})) & {"distress", "routing"}

            assert {"distress" if duty in ("health", "protected") else "routing"} == found


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("duty", SECRECY)
def test_lawful_silence_is_not_punished(depth: Depth, duty: str) -> None:
    """A neutral sentence, a quiet removal of private content and no promise in writing leave all five free.

    No step of such a company touches what its duty made it do.
    """
    lawful = {
        "criticism-answered": "short-with-a-way",
        "mistake-corrected": "once-told",
        "remedy-authority": NOT_APPLICABLE,
    }
    for size in SOLE_OR_SEVERAL:
        profile = anybody(1, secrecy=duty, headcount=size)[0]
        found = scored(SOUND | lawful, depth, profile)

        assert ["free"] * 5 == [each.side for each in found.misconceptions]
        assert () == found.alarms


def test_a_removed_picture_is_no_hidden_mistake() -> None:
    """To take out unlawful or private content counts as correcting it, and only other silence as a fault."""
    told = {option.id: option for option in ASKED.question["mistake-corrected"].options}

    assert "took out unlawful or private content" in told["once-told"].text
    assert None is told["once-told"].fault
    assert "nothing unlawful and nothing private" in told["removed-silently"].text


APPROVED_FIRST = re.compile(
    r"approval by law gets it beforehand|where the law requires approval, I get it first"
)


def test_no_step_leads_to_less_approval_than_the_law_wants() -> None:
    """At a regulated company every aim of a step about checks has the legal approval first."""
    for profile in anybody(200, regulated="yes-regulated"):
        worded = ASKED.question["approval-levels"].worded(profile)
        for level in range(len(worded.options) - 1):
            aim = worded.options[present(worded.aim(level))]
            assert APPROVED_FIRST.search(aim.text), (profile["headcount"], aim.id)


def test_to_let_replies_go_never_lets_go_of_the_legal_approval() -> None:
    """A step away from checking everything says itself what is still approved first."""
    for name in ("replies-wait", "replies-same-day"):
        question = ASKED.question["approval-levels"]
        step = present(question.options[question.levels[name]].step)

        assert "whatever must be approved by law or because of secrecy is still approved first" in step.text


def test_nothing_speaks_of_publishing_without_a_check() -> None:
    """No step of any question asks to publish unchecked, without asking or without approval."""
    unchecked = re.compile(r"unchecked|without (?:asking|approval|a check|checking)|skip|do away with")
    for question, option, _ in steps():
        assert None is unchecked.search(present(option.step).text), (question.id, option.id)


@pytest.mark.parametrize("depth", DEPTHS)
def test_a_regulated_company_that_obeys_the_law_is_free(depth: Depth) -> None:
    """Approval that the law demands, beside plain replies under supervision, is no fear."""
    for profile in anybody(6, regulated="yes-regulated"):
        found = scored(SOUND, depth, profile).misconception("mistakes-are-fatal")

        assert ("free", "none") == (found.side, found.says)


def test_no_rule_at_all_is_a_fault_where_the_law_wants_approval() -> None:
    """At a regulated company, to publish without any agreement names the law and contradicts the profile."""
    bank = {"headcount": "250-plus", "regulated": "yes-regulated"}
    worded = ASKED.question["approval-levels"].worded(bank)

    found = scored(SOUND | {"approval-levels": "no-rule"}, "quick", bank)

    assert "even where the law requires approval" in worded.options[worded.levels["no-rule"]].text
    assert "regulated-without-rule" in {each.id for each in found.contradictions}


@pytest.mark.slow
@pytest.mark.parametrize("depth", DEPTHS)
def test_no_roadmap_breaks_a_duty(depth: Depth) -> None:
    """What a company with duties is advised, whatever it answered, leads to no fault and names nobody."""
    draw = random.Random(17)  # noqa: S311 - repeatable, not secret
    for profile in [*bound_to_secrecy(5), *anybody(10, regulated="yes-regulated")]:
        answers = {question.id: draw.choice(question.options[:-1]).id for question in asked(depth, profile)}
        for step in advised(answers, depth, profile).steps:
            question = ASKED.question[step.question].worded(profile)
            aim = question.options[question.levels[step.to]]
            told = " ".join(present(question.options[question.levels[name]].step).text for name in step.way)
            assert (None, None) == (aim.fault, NAMES.search(HARMLESS.sub("", told)))
            if step.question == "approval-levels" and profile["regulated"] == "yes-regulated":
                assert APPROVED_FIRST.search(aim.text)
            if step.question == "criticism-answered" and profile["secrecy"] in SECRECY:
                assert "leaves open whether we know the person" in aim.text


def test_under_secrecy_to_remove_unlawful_content_raises_no_alarm() -> None:
    """Under a duty of secrecy too, only fair criticism may be called fought: the question says fair."""
    for profile in bound_to_secrecy(1):
        assert "fair but unwelcome" in ASKED.question["criticism-answered"].worded(profile).text


def test_under_secrecy_no_step_puts_cases_into_the_inbox_of_a_network() -> None:
    """Where a duty of secrecy holds, nobody is told to note agreements in a network's tool."""
    for profile in bound_to_secrecy(10):
        for question in asked("full", profile):
            for option in question.options:
                told = option.step.text if option.step else ""
                if re.search(r"note what was agreed|note there|case or order number", told):
                    assert (question.id, True) == (question.id, "duty of secrecy" in told)


def test_under_secrecy_replying_gives_nobody_a_view_of_the_case() -> None:
    """Where a duty of secrecy holds, whoever replies on a network is given no view of a case."""
    step = ASKED.question["remedy-authority"].options[-2].step

    assert "secrecy" in present(step).text


def test_the_way_out_of_no_rule_names_the_legal_approval() -> None:
    """Who publishes without any check is told in the step itself to have the law's approval first."""
    question = ASKED.question["approval-levels"]
    for name in ("no-rule", "posts-only"):
        assert "law" in present(question.options[question.levels[name]].step).text


def test_a_complaint_of_today_and_an_owner_in_person_raise_no_alarm() -> None:
    """A complaint that waits for an hour is no alarm, nor is an account in the name of the firm's owner."""
    for name, option, needed in [
        ("complaint-ending", "no-reply", r"days?"),
        ("account-ownership", "somebody-else", r"private individual (?:who|outside|from outside)"),
    ]:
        question = ASKED.question[name]
        assert re.search(needed, question.options[question.levels[option]].text)


# One person.


@pytest.mark.parametrize("misconception", FIVE)
def test_one_person_can_let_go_of_all_five(misconception: str) -> None:
    """Who works alone is asked nothing that only several people can do, and can reach 100."""
    for depth, profile in cases_of(misconception):
        if profile["headcount"] == "just-me":
            assert {"who-answers", "after-a-mistake", "employee-rule"}.isdisjoint(
                names(asked(depth, profile))
            )
            assert 100 == scored(BEST, depth, profile).misconception(misconception).score


def test_one_person_is_led_to_nothing_that_needs_colleagues() -> None:
    """For one person no aim that leads out of a fault speaks of colleagues, a team or several who reply."""
    several = re.compile(r"\b(?:colleagues?|team|all who reply|two people|second person|everybody has)\b")
    for profile in anybody(60, headcount="just-me", secrecy="no-duty"):
        for question in asked("full", profile):
            worded = question.worded(profile)
            aim = worded.options[worded.levels[SOUND[question.id]]]
            assert (question.id, None) == (question.id, several.search(aim.text))


OTHERS = re.compile(r"\b(?:stand-ins?|colleagues?|second (?:person|name)|two people|tak(?:es?|ing) over)\b")
"""What a step says that takes a second person."""
ALONE = re.compile(
    r"if you work alone|if anybody can|or a notice says so|a notice goes up|wherever you have one|"
    r"a second person whom you trust|have the second person practise|"
    r"a second name beside each subject|a stand-in beside everybody on the page"
)
"""How such a step says what one person can do, or that it means people outside whom one may ask."""


def test_one_person_is_advised_what_one_person_can_do() -> None:
    """For one person no step, sign or evidence needs a colleague: it says what to do without."""
    for profile in anybody(200, headcount="just-me"):
        for question in asked("full", profile):
            seen_by = f"{present(question.metric).text} {question.evidence}"
            assert (question.id, None) == (question.id, re.search(r"stand-in|colleague", seen_by))
            for option in question.options:
                told = option.step.text if option.step else ""
                if OTHERS.search(told):
                    assert (question.id, option.id, True) == (
                        question.id,
                        option.id,
                        bool(ALONE.search(told)),
                    )


def test_one_person_is_asked_in_words_for_one() -> None:
    """What one person may promise, where they look things up and how a season went is asked of one person."""
    several = re.compile(r"\b(?:whoever replies|people who reply|all who reply|marketing's|we|us|our)\b")
    for profile in anybody(200, headcount="just-me"):
        for name in ("remedy-authority", "shared-history", "answer-capacity", "routing"):
            if ASKED.question[name].applies_to(profile):
                worded = ASKED.question[name].worded(profile)
                for text in (worded.text, *(each.text for each in worded.options)):
                    assert (name, None) == (name, several.search(text))
