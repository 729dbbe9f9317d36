"""Facts as sentences, in more than one language."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from outreach_kit.practice import Practice
from outreach_kit.practice.clinician import Openings
from outreach_kit.practice.facts import Hours, Promise
from outreach_kit.web.language import words_in
from outreach_kit.web.phrases import (
    say_ages,
    say_call_within,
    say_consultation,
    say_fee_summary,
    say_hours,
    say_openings,
    say_plans,
    say_where,
)
from tests.outreach_kit.web.things import TODAY, change_clinician, change_facts

EN = words_in("en")


def openings(practice: Practice, **keys: object) -> str:
    counted = Openings.model_validate({"count": 3, "on": dt.date(2026, 11, 16), **keys})
    changed = change_clinician(practice, openings=counted)
    return say_openings(changed.clinicians[0].facts, EN, TODAY).text


def test_openings_are_counted_in_the_right_number(practice: Practice) -> None:
    assert openings(practice, count=1) == "1 opening on November 16"
    assert openings(practice, count=0) == "No openings on November 16"
    assert openings(practice, count=0, first_available_on=dt.date(2027, 2, 1)) == (
        "No openings on November 16, the next on Monday, February 1, 2027"
    )


def test_a_first_day_that_has_passed_is_left_out(practice: Practice) -> None:
    passed, coming = dt.date(2026, 11, 20), dt.date(2026, 11, 24)
    assert openings(practice, first_available_on=passed) == "3 openings on November 16"
    assert openings(practice, first_available_on=coming).endswith("Tuesday, November 24")


def test_a_page_that_stays_up_knows_what_to_say_when_the_first_day_has_passed(
    practice: Practice,
) -> None:
    shown = say_openings(practice.clinicians[0].facts, EN, TODAY)
    assert shown.text == "3 openings on November 16, the first on Monday, November 23"
    assert (shown.first_on, shown.without) == ("2026-11-23", "3 openings on November 16")
    later = say_openings(practice.clinicians[0].facts, EN, dt.date(2026, 11, 24))
    assert (later.text, later.first_on, later.without) == (shown.without, "", "")


def test_the_promise_is_said_in_its_own_unit() -> None:
    assert say_call_within(Promise(working_hours=1), EN) == "within 1 working hour"
    assert say_call_within(Promise(working_days=2), EN) == "within 2 working days"


def test_hours_are_a_sentence_with_one_point_at_its_end() -> None:
    hours = Hours.model_validate({"monday": "9:00-18:00", "tuesday": "9:00-18:00"})
    assert [one.sentence for one in say_hours(hours, EN)] == ["Monday and Tuesday, 9 AM to 6 PM."]
    [line] = say_hours(hours, words_in("es"))
    assert line.sentence == "Lunes y martes, 9 a.m. a 6 p.m."


def test_days_with_the_same_hours_run_together() -> None:
    hours = Hours.model_validate(
        {
            "monday": "9:00-12:00, 13:00-17:30",
            "tuesday": "9:00-18:00", "wednesday": "9:00-18:00",
            "friday": "8:30-12:00", "saturday": "8:30-12:00", "sunday": "8:30-12:00",
        }
    )  # fmt: skip
    said = [(line.days, line.times) for line in say_hours(hours, EN)]
    assert said == [
        ("Monday", "9 AM to 12 PM, 1 PM to 5:30 PM"),
        ("Tuesday and Wednesday", "9 AM to 6 PM"),
        ("Friday to Sunday", "8:30 AM to 12 PM"),
    ]


def test_where_tells_rooms_and_screens_apart(practice: Practice) -> None:
    def where(**keys: object) -> str:
        changed = change_clinician(practice, **keys)
        return say_where(changed, changed.clinicians[0], EN)

    assert where(telehealth=()) == "Alder Falls, WA"
    assert where(telehealth=("OR", "WA")) == "Alder Falls, WA, and online in Oregon and Washington"
    assert where(in_person=False) == "Online in Washington"


def test_ages_without_an_upper_bound(practice: Practice) -> None:
    facts = practice.clinicians[0].facts
    open_ended = facts.model_copy(update={"ages": facts.ages.model_copy(update={"oldest": None})})
    assert say_ages(facts, EN) == "18 to 65"
    assert say_ages(open_ended, EN) == "18 and older"


def test_money_is_told_without_needless_cents(practice: Practice) -> None:
    assert say_fee_summary(practice, EN) == (
        "First session $190, then $160; sliding scale from $90"
    )
    priced = change_facts(practice, booking={"consultation_price": Decimal("12.50")})
    assert say_consultation(priced, EN) == "A 15-minute call first, $12.50"
    assert say_consultation(practice, EN) == "A free 15-minute call first"


def test_no_plan_is_said_and_not_left_out(practice: Practice) -> None:
    none = change_facts(practice, insurance={"plans": ()})
    unsaid = change_facts(practice, insurance={"plans": (), "superbills": False, "note": None})
    assert say_plans(unsaid, EN) == "Ask us about your plan"
    one = change_facts(practice, insurance={"plans": ("Regence",)})
    assert say_plans(none, EN) == "Not in network with any plan"
    assert say_plans(one, EN) == "In network with Regence"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "November 16"), ("es", "16 de noviembre"), ("xx", "November 16")],
)
def test_days_are_said_in_the_language_of_the_page(language: str, said: str) -> None:
    assert words_in(language).day(dt.date(2026, 11, 16), TODAY) == said


def test_a_day_of_another_year_carries_it() -> None:
    assert EN.day(dt.date(2025, 1, 2), TODAY) == "January 2, 2025"


def test_scripts_that_run_the_other_way_are_known() -> None:
    assert [words_in(tag).direction for tag in ("en", "ar", "he-IL")] == ["ltr", "rtl", "rtl"]
