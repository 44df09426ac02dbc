"""What the shipped questionnaire promises, computed with its real weights for every kind of company.

Where a promise holds "however good the rest", the rest is given its best answers, and that is enough:
a score is a mean of values from 0 to 1, weighted with nothing below 0. So no other answer to the rest
gives more, and leaving out an answer worth 1 (don't know, not applicable) cannot raise the mean.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from conftest import present, sheet_from
from hypothesis import given, settings
from hypothesis import strategies as st

from smaudit.core.questionnaire import DEPTHS, DONT_KNOW, Depth
from smaudit.core.result import BANDS, Assessment, Band
from smaudit.core.scoring import assess
from smaudit.files.load import load_questionnaire

ASKED = load_questionnaire()
GATING = [
    fact for fact in ASKED.profile if any(fact.id in question.applies_if for question in ASKED.questions)
]
PROFILES = [
    dict(zip([fact.id for fact in GATING], options, strict=True))
    for options in product(*([option.id for option in fact.options] for fact in GATING))
]
EVERY_CASE = [(depth, profile) for depth in DEPTHS for profile in PROFILES]
ONE_OF_A_KIND = [
    (depth, {"headcount": headcount, "inbound": inbound, "publishes": publishes})
    for depth in DEPTHS
    for headcount in ("just-me", "2-9", "10-49")
    for inbound in ("few", "some")
    for publishes in ("publishes", "rarely")
]
"""At least one case for each set of questions that a company can be asked."""
BEST = {question.id: question.options[-1].id for question in ASKED.questions}
WORST = {question.id: question.options[0].id for question in ASKED.questions}
UP_TO_STRONG_PULL = {"in-charge", "strong-pull"}


def scored(answers: dict[str, str], depth: Depth, profile: dict[str, str]) -> Assessment:
    """The assessment of a company with these answers."""
    company = {"profile": profile}
    data = {"schema": "smaudit/sheet/1", "depth": depth, "company": company, "answers": answers}
    return assess(ASKED, sheet_from(data, ASKED))


def at_best(misconception: str, **answers: str) -> list[tuple[Fraction, Band]]:
    """The score and the band of a misconception in each case, with the best answers to all the rest."""
    given = BEST | {name.replace("_", "-"): choice for name, choice in answers.items()}
    return [
        (present(found.score), present(found.band))
        for depth, profile in EVERY_CASE
        for found in [scored(given, depth, profile).misconception(misconception)]
    ]


def asked(name: str, depth: Depth, profile: dict[str, str]) -> bool:
    """Whether a company is asked this question at this depth."""
    return any(each.id == name and each.applies_to(profile) for each in ASKED.at(depth))


def test_the_cases_differ_in_what_is_asked() -> None:
    """The short list of cases misses no set of questions that a company can be asked."""

    def questions(cases: list[tuple[Depth, dict[str, str]]]) -> set[frozenset[str]]:
        return {
            frozenset(each.id for each in ASKED.at(depth) if each.applies_to(profile))
            for depth, profile in cases
        }

    assert questions(EVERY_CASE) == questions(ONE_OF_A_KIND)


def test_the_best_answers_free_every_company() -> None:
    """Whatever its size and traffic, a company can reach 100 and let go of all five at both depths."""
    for depth, profile in EVERY_CASE:
        found = scored(BEST, depth, profile)

        assert [(Fraction(100), "let-go")] * 5 == [(each.score, each.band) for each in found.misconceptions]
        assert (Fraction(100), 0) == (found.overall.score, found.overall.steering.count)


def test_the_worst_answers_leave_nothing() -> None:
    """Whoever answers the worst everywhere is at 0 with all five in charge."""
    for depth, profile in EVERY_CASE:
        found = scored(WORST, depth, profile)

        assert [(Fraction(0), "in-charge")] * 5 == [(each.score, each.band) for each in found.misconceptions]


def test_every_company_gets_all_five_scores_with_any_one_answer_missing() -> None:
    """At both depths one don't-know, whichever it is, takes no score away."""
    for depth, profile in ONE_OF_A_KIND:
        for name in (each.id for each in ASKED.at(depth) if each.applies_to(profile)):
            found = scored(BEST | {name: DONT_KNOW}, depth, profile)

            assert (5, name) == (found.overall.counted, name)


def test_one_bad_answer_alone_steers_nobody() -> None:
    """With all else at its best, the worst answer to one question leaves every score at 50 or more."""
    for depth, profile in ONE_OF_A_KIND:
        for name in (each.id for each in ASKED.at(depth) if each.applies_to(profile)):
            found = scored(BEST | {name: WORST[name]}, depth, profile)

            assert (0, name) == (found.overall.steering.count, name)


ALARMS = [
    (question.id, option.id, question.main)
    for question in ASKED.questions
    for option in question.options
    if option.alarm
]


@pytest.mark.parametrize(("name", "choice", "misconception"), ALARMS)
def test_an_alarm_is_not_outweighed(name: str, choice: str, misconception: str) -> None:
    """As long as an alarm is chosen, its misconception is at strong-pull or lower, however good the rest."""
    for depth, profile in EVERY_CASE:
        if asked(name, depth, profile):
            found = scored(BEST | {name: choice}, depth, profile).misconception(misconception)

            assert "strong-pull" == found.band


def test_who_deletes_criticism_is_not_free_of_fear() -> None:
    """Fighting criticism keeps mistakes-are-fatal at strong-pull or lower, however good the rest."""
    bands = {band for _, band in at_best("mistakes-are-fatal", criticism_handling="fought")}

    assert bands <= UP_TO_STRONG_PULL


def test_who_answers_nobody_is_not_free_of_the_marketing_channel() -> None:
    """Replying to nobody keeps marketing-channel at strong-pull or lower, however few messages there are."""
    answers = {"reply_coverage": "nobody-looks", "complaint_outcome": "no-reply"}
    bands = {band for _, band in at_best("marketing-channel", **answers)}

    assert bands <= UP_TO_STRONG_PULL


def test_fear_is_not_made_good_by_plans_and_keys() -> None:
    """Who over-approves, punishes, never dares and removes mistakes quietly stays below 50.

    Of somebody who works alone nobody asks whom they punish; the quick check asks nobody.
    """
    fear = {
        "approval-tiers": "slow-approval",
        "blame": "punished",
        "human-voice": "no-trial",
        "own-mistakes": "removed-silently",
    }
    for depth, profile in EVERY_CASE:
        if depth == "quick" or asked("blame", depth, profile):
            found = scored(BEST | fear, depth, profile).misconception("mistakes-are-fatal")

            assert present(found.score) < 50


def test_who_plans_neither_money_nor_hours_nor_people_believes_that_it_is_free() -> None:
    """No budget, no counted hours and an intern in charge: it-is-free is at strong-pull or lower."""
    answers = {"budget": "none-at-all", "hours_counted": "unknown-hours", "who_works": "nobody-in-particular"}
    bands = {band for _, band in at_best("it-is-free", **answers)}

    assert bands <= UP_TO_STRONG_PULL


def test_no_control_at_all_does_not_beat_tiered_approval() -> None:
    """Letting everything out unchecked is worth less than approval that fits the risk, at any company."""
    for loose, tiered in zip(
        at_best("mistakes-are-fatal", approval_tiers="no-rule"),
        at_best("mistakes-are-fatal", approval_tiers="tiered"),
        strict=True,
    ):
        assert loose < tiered


def test_no_control_at_all_is_no_way_out_of_fear() -> None:
    """Recklessness stands one level above slow approval and below every kind of real control."""
    question = ASKED.question["approval-tiers"]

    assert ["slow-approval", "no-rule", "one-approver", "tiered"] == [
        each.id for each in question.options[:4]
    ]


SOLO = {
    "reply-coverage": "seven-and-more",
    "complaint-outcome": "followed-up",
    "listening-reach": "fixed-days",
    "promotion-balance": "few-and-helpful",
    "reply-speed": "swift-and-announced",
    "written-purposes": "two-with-goals",
    "feedback-changes": "changed-and-told",
    "objectives-horizon": "long-horizon",
    "success-numbers": "outcome-figures",
    "decision-window": "rule-beforehand",
    "staying-power": "steady-and-reviewed",
    "value-first": "half-and-checked",
    "attribution": "links-and-asking",
    "non-sales-value": "one-counted",
    "community-growth": "returning-people",
    "solo-hats": "roles-have-time",
    "routing": "list-and-limit",
    "remedy-authority": "same-as-counter",
    "training": "trained-first",
    "shared-history": "linked-inbox",
    "approval-tiers": "tiered",
    "criticism-handling": "used-and-logged",
    "own-mistakes": "same-day-openly",
    "human-voice": "trials-with-notes",
    "bad-day-plan": "full-plan",
    "severity-triage": "by-example",
    "account-control": "two-step-login",
    "activities-resourced": "all-five-reviewed",
    "hours-counted": "costed-and-compared",
    "paid-reach": "planned",
    "who-works": "part-of-job",
    "budget": "hours-and-bills",
    "answer-capacity": "estimated-and-covered",
    "stopping": "compared-once",
}
"""A good shop of one person, by its own means: no stand-in, no second reader, no exercise."""


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("inbound", ["few", "some", "many"])
@pytest.mark.parametrize("publishes", ["publishes", "rarely"])
def test_a_shop_of_one_person_can_let_go_of_all_five(depth: Depth, inbound: str, publishes: str) -> None:
    """Who answers well alone, by their own means, is let go everywhere without a department."""
    profile = {"headcount": "just-me", "inbound": inbound, "publishes": publishes}

    assert ["let-go"] * 5 == [each.band for each in scored(SOLO, depth, profile).misconceptions]


@pytest.mark.parametrize("depth", DEPTHS)
def test_a_regulated_bank_can_let_go_of_its_fear(depth: Depth) -> None:
    """Approval that the law demands, beside free plain replies, is no fear: let-go is in reach with it."""
    bank = {
        "headcount": "250-plus",
        "inbound": "many",
        "publishes": "publishes",
        "regulated": "yes-regulated",
    }
    third = {question.id: question.options[3].id for question in ASKED.questions}

    found = scored(third | {"approval-tiers": "tiered"}, depth, bank).misconception("mistakes-are-fatal")

    option = ASKED.question["approval-tiers"].worded(bank).options[3]
    assert (
        "What the law wants approved is approved; plain replies follow written rules and are supervised."
        == (option.text)
    )
    assert "let-go" == found.band


def test_no_promotion_at_all_is_not_the_best() -> None:
    """The best answer about posts keeps some offers in; a firm without any is a level below."""
    best, below = ASKED.question["promotion-balance"].options[-1:-3:-1]

    assert ("Between 1 and 8", "14 or fewer.") == (best.text[:15], below.text)


def test_only_facts_that_rule_questions_out_change_a_score() -> None:
    """Paying for reach, serving businesses or being regulated is worth nothing in itself."""
    middle = {question.id: question.options[2].id for question in ASKED.questions}
    plain = PROFILES[-1]
    expected = scored(middle, "full", plain).misconceptions
    for fact in ASKED.profile:
        if fact not in GATING:
            for option in fact.options:
                assert expected == scored(middle, "full", plain | {fact.id: option.id}).misconceptions


def test_spending_alone_does_not_help() -> None:
    """Paying by feel is worth less than a reasoned decision not to pay, which can be the best answer."""
    question = ASKED.question["paid-reach"].worded({"pays-for-reach": "does-not-pay"})
    texts = {option.id: option.text for option in question.options}

    assert question.levels["now-and-then"] < question.levels["planned"]
    assert "not to pay" in texts["planned"]
    assert "not to pay" in texts["planned-and-tested"]


def test_not_measuring_is_no_patience() -> None:
    """Who counts nothing and lets everything run on is steered by instant-roi, however steady and useful."""
    answers = {
        "success_numbers": "no-figures",
        "objectives_horizon": "no-date",
        "decision_window": "ran-on",
        "attribution": "not-found-out",
        "community_growth": "never-looked",
    }

    assert max(score for score, _ in at_best("instant-roi", **answers)) < 50


def test_judging_each_post_by_its_sales_is_steered_by_instant_roi() -> None:
    """Posts that must pay, one figure, quick decisions: below 50, however steady and useful the account."""
    answers = {
        "objectives_horizon": "must-pay-now",
        "success_numbers": "single-figure",
        "decision_window": "one-post",
        "attribution": "one-source",
        "non_sales_value": "only-sales-count",
    }

    assert max(score for score, _ in at_best("instant-roi", **answers)) < 50


def test_marketing_alone_without_power_or_help_is_steered_by_marketing_owns_it() -> None:
    """Who replies alone, asks and tells nobody and may settle nothing is below 50, however trained."""
    answers = {
        "who_answers": "accounts-only",
        "solo_hats": "promoting-only",
        "routing": "nobody-asked",
        "remedy_authority": "words-only",
        "insight_sharing": "nobody-outside",
    }

    assert max(score for score, _ in at_best("marketing-owns-it", **answers)) < 50


def test_sending_complaints_away_costs_more_than_offers_do() -> None:
    """On marketing-channel, failing those who write weighs more than promoting in nearly every post."""
    failing = at_best("marketing-channel", complaint_outcome="sent-elsewhere")
    promoting = at_best("marketing-channel", promotion_balance="nearly-all")

    assert all(failed < promoted for failed, promoted in zip(failing, promoting, strict=True))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_better_answer_never_lowers_a_score_or_a_band(data: st.DataObject) -> None:
    """In any sheet, raising one answer by a level lowers neither a score nor a band."""
    depth, profile = data.draw(st.sampled_from(EVERY_CASE))
    levels = data.draw(st.lists(st.integers(0, 4), min_size=len(BEST), max_size=len(BEST)))
    answers = {
        question.id: question.options[level].id
        for question, level in zip(ASKED.questions, levels, strict=True)
    }
    name, level = data.draw(
        st.sampled_from(
            [(name, level) for name, level in zip(BEST, levels, strict=True) if level < 4] or [("", 0)]
        )
    )
    better = answers | ({name: ASKED.question[name].options[level + 1].id} if name else {})

    before, after = scored(answers, depth, profile), scored(better, depth, profile)

    for old, new in zip(before.misconceptions, after.misconceptions, strict=True):
        assert present(old.score) <= present(new.score)
        assert BANDS.index(present(old.band)) <= BANDS.index(present(new.band))
