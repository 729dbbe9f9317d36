"""A browser that fills in the hidden field costs nobody a referral."""

from __future__ import annotations

import pytest

from form_server.office.bait import judge_bait
from form_server.office.suspicion import Hint
from tests.form_server.office.submissions import a_submission

OWN = a_submission(referrer_office="Alder Falls Family Medicine", referrer_email="ana@affm.example")


@pytest.mark.parametrize("nothing", [None, "", "  ", [], False, ["", ""]])
def test_an_empty_field_says_nothing(nothing: object) -> None:
    assert judge_bait(nothing, OWN) is None


@pytest.mark.parametrize(
    "filled_in",
    [
        "https://www.affm.example/",  # the domain of the e-mail address
        "affm.example",
        "http://portal.affm.example/login",
        "ana@affm.example",
        "Alder Falls Family Medicine",
        "alder falls family medicine ",
        "(360) 555-0177",
        "+1 360 555 0177",
        "Ana Ruiz",
        "https://www.alderfalls-clinic.example",  # a word of the office's name
        "Jordan Quill",
        "aruiz",  # how she signs in there
        "Ana M. Ruiz",
        ["https://www.affm.example/", "Ana Ruiz"],
    ],
)
def test_what_a_browser_knows_of_its_user_is_filled_in(filled_in: object) -> None:
    assert judge_bait(filled_in, OWN) is Hint.BAIT_FILLED_IN


@pytest.mark.parametrize(
    "taken",
    [
        "https://cheap-pills.example/buy",
        "http://family-medicine-online.example",  # words that stand in every name
        "1",
        "ok",
        "SEO services for your website",
        "Ruiz, would you like to be on the first page of every search engine there is?",
        True,
        7,
        {"a": 1},
        "https://[broken",
        "\ud800",
        "x" * 10_000,
    ],
)
def test_anything_else_is_the_bait_taken(taken: object) -> None:
    assert judge_bait(taken, OWN) is Hint.BAIT_TAKEN


def test_the_office_behind_the_code_and_the_practices_own_site_are_filled_in_too() -> None:
    coded = a_submission(source="k7m2", referrer_office="", referrer_name="", referrer_phone="")

    assert judge_bait("https://lakesidepeds.example", coded) is Hint.BAIT_TAKEN
    assert (
        judge_bait("https://lakesidepeds.example", coded, office="Lakeside Pediatrics")
        is Hint.BAIT_FILLED_IN
    )
    own_sites = ["https://refer.harborstreet.example"]
    assert judge_bait("www.harborstreet.example", coded, sites=own_sites) is Hint.BAIT_FILLED_IN
