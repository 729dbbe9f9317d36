from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from outreach_kit.first_call import Call, Network, Part, look_up_plan, say_price, write_script
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Practice, load_practice
from outreach_kit.practice.facts import Booking, Insurance, Payment

NOW = dt.datetime(2026, 11, 16, 20, 30, tzinfo=dt.UTC)
PRACTICE = load_practice(SAMPLE_PRACTICE)
CALL = Call(caller="Nora Ellison", patient="Maria", sent_by="Alder Family Medicine", plan="Regence")


def script(
    practice: Practice = PRACTICE, call: Call = CALL, now: dt.datetime = NOW
) -> dict[str, Part]:
    parts = write_script(practice, practice.clinicians[0], call, now)
    return {part.heading: part for part in parts}


def said(part: Part) -> str:
    return " ".join(part.says)


def test_it_covers_the_four_things_in_order() -> None:
    assert list(script()) == [
        "Hello", "Consultation", "Scheduling", "Cost and insurance", "Payment",
    ]  # fmt: skip
    assert all(part.says for part in script().values())


def test_who_asked_is_said_only_after_the_name_is_known() -> None:
    first, second = script()["Hello"].says
    assert "Maria" in first
    assert "Alder" not in first
    assert "Alder Family Medicine asked me" in second
    assert "You asked me" in said(script(call=replace(CALL, sent_by=""))["Hello"])


def test_it_says_the_practices_own_facts() -> None:
    parts = script()
    assert "15 minutes is free" in said(parts["Consultation"])
    assert "takes 50 minutes" in said(parts["Consultation"])
    assert "3 openings, the first on Monday, November 23" in said(parts["Scheduling"])
    assert "within 10 days" in said(parts["Scheduling"])
    assert "credit or debit card or HSA or FSA card" in said(parts["Payment"])


def test_only_who_says_so_calls_for_free() -> None:
    def consultation(booking: Booking) -> str:
        facts = PRACTICE.facts.model_copy(update={"booking": booking})
        return said(script(replace(PRACTICE, facts=facts))["Consultation"])

    assert "A first call is free" in consultation(Booking(consultation_price=Decimal(0)))
    silent = consultation(Booking())
    assert "free" not in silent
    assert "The first session takes 50 minutes" in silent


def test_a_stale_count_of_openings_is_not_said() -> None:
    part = script(now=NOW + dt.timedelta(days=20))["Scheduling"]
    assert "3 openings" not in said(part)
    assert "look into the calendar" in part.notes[0]


@pytest.mark.parametrize(
    ("plan", "words", "absent"),
    [
        ("regence", "We are in network", "$190"),
        ("Moda Select", "not in network", "copay"),
        ("", "Which plan do you have?", "copay"),
        ("Kaiser", "insurance card say", "in network,"),
    ],
)
def test_cost_depends_on_their_plan(plan: str, words: str, absent: str) -> None:
    part = script(call=replace(CALL, plan=plan))["Cost and insurance"]
    assert words in said(part)
    assert absent not in said(part)


def test_out_of_network_gets_superbill_price_and_the_estimates_deadline() -> None:
    part = script(call=replace(CALL, plan="Moda"))["Cost and insurance"]
    for words in ("superbill", "$190", "$160", "$90"):
        assert words in said(part)
    assert "good-faith estimate" in part.notes[-1]


def test_facts_that_are_missing_become_notes_and_not_sentences() -> None:
    facts = PRACTICE.facts.model_copy(
        update={"payment": Payment(), "insurance": Insurance(), "fees": ()}
    )
    parts = script(replace(PRACTICE, facts=facts), replace(CALL, plan=""))
    assert parts["Payment"].says == ()
    assert "superbill" not in said(parts["Cost and insurance"])
    assert "$" not in said(parts["Cost and insurance"])


@pytest.mark.parametrize(
    ("typed", "network"),
    [
        ("Regence", Network.IN), (" KAISER ppo ", Network.IN), ("Kaiser-PPO", Network.IN),
        ("Regence BlueShield", Network.NEAR), ("Kaiser", Network.NEAR),
        ("Moda", Network.OUT), ("  ", Network.NOT_SAID), ("?", Network.NOT_SAID),
    ],
)  # fmt: skip
def test_a_plan_is_in_network_only_by_its_whole_name(typed: str, network: Network) -> None:
    assert look_up_plan(typed, ("Regence", "Premera", "Kaiser PPO"))[0] is network


def test_prices_have_cents_only_when_they_need_them() -> None:
    assert [say_price(Decimal(one)) for one in ("190", "92.5", "1200")] == [
        "$190", "$92.50", "$1,200",
    ]  # fmt: skip
