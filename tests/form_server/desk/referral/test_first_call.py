from __future__ import annotations

import html
from datetime import timedelta

import pytest

from form_server.ledger import NewOpening
from tests.form_server.desk.referral.test_referral import page_of
from tests.form_server.desk.stage import Stage


def test_the_script_is_filled_in_for_this_patient(desk: Stage) -> None:
    page = html.unescape(page_of(desk, desk.receive()))

    for words in (
        "Hello, this is Nora Ellison. Am I speaking with Maria Delgado?",
        "Alder Family Medicine asked me to call you.",
        "A first call of 15 minutes is free",
        "3 openings, the first on Monday, November 23",
        "You have Regence. We are in network",
        "Card at the visit.",
    ):
        assert words in page, words


def test_the_script_says_the_openings_that_were_counted_last(desk: Stage) -> None:
    referral = desk.receive()
    user_id = desk.founding.user_id
    on = desk.practice.today(desk.clock())
    first = on + timedelta(days=15)
    desk.ledger.openings.put(NewOpening("nora-ellison", "", "", "", 1, first, on), user_id=user_id)

    said = html.unescape(page_of(desk, referral))

    assert "one opening, the first on Tuesday, December 1" in said
    assert "3 openings" not in said


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ("Moda Select", "We are not in network with it."),
        (None, "Which plan do you have?"),
        ("Regence BlueShield", "Regence BlueShield (ask: your list has Regence)"),
    ],
)
def test_their_plan_decides_what_is_said_of_cost(desk: Stage, plan: str | None, words: str) -> None:
    assert words in html.unescape(page_of(desk, desk.receive(plan=plan)))


def test_a_guardian_is_spoken_to_and_a_patients_own_letter_names_no_office(desk: Stage) -> None:
    page = page_of(desk, desk.receive(kind="self", guardian_name="Rosa Delgado"))

    assert "Am I speaking with Rosa Delgado?" in page
    assert "You asked me to call you." in page


def test_the_next_try_follows_the_rhythm_on_both_pages(desk: Stage) -> None:
    referral = desk.receive()
    assert "Next try" not in page_of(desk, referral)
    desk.tap(referral, "no-answer")

    for page in (page_of(desk, referral), desk.get("/desk/").text):
        assert "Next try Wed, Nov\u00a018 or Thu, Nov\u00a019" in page

    desk.come_back_after(days=2)
    assert "Next try by tomorrow" in desk.get("/desk/").text
    desk.tap(referral, "voicemail")
    assert "Next try Mon, Nov\u00a023 to Wed, Nov\u00a025, by another way" in page_of(
        desk, referral
    )
    desk.come_back_after(days=8)
    assert "The next try was due yesterday, by another way" in page_of(desk, referral)
    desk.tap(referral, "text")
    assert "Tried three times" in page_of(desk, referral)


def test_whom_one_talked_to_needs_no_next_try(desk: Stage) -> None:
    referral = desk.receive()
    desk.tap(referral, "no-answer")
    desk.tap(referral, "reached")

    assert "Next try" not in page_of(desk, referral)
