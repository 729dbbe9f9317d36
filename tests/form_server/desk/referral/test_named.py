from __future__ import annotations

import html

from form_server.desk.referral.named import name_of_slug, say_clinician, say_reasons, say_source
from form_server.ledger import SourceKind
from tests.form_server.desk.referral.test_referral import page_of
from tests.form_server.desk.stage import Stage


def test_codes_are_shown_in_the_practices_own_words(desk: Stage) -> None:
    first = desk.practice.reasons[0]
    assert say_reasons((first.slug, "Something typed"), desk.practice) == (
        first.label, "Something typed",
    )  # fmt: skip
    assert say_clinician("nora-ellison", desk.practice) == "Nora Ellison"
    assert say_clinician("", desk.practice) == ""
    desk.ledger.sources.add("alder-family", "Alder Family", SourceKind.OFFICE, actor="test")
    assert say_source("alder-family", desk.ledger) == "Alder Family"
    assert say_source("", desk.ledger) == ""


def test_what_no_list_knows_any_more_says_so(desk: Stage) -> None:
    assert say_clinician("sam-rivera", desk.practice) == "Sam Rivera (not listed now)"
    assert say_source("abc12", desk.ledger) == "A code that you gave to nobody: abc12"
    assert name_of_slug("sam-rivera") == "Sam Rivera"


def test_a_referral_that_came_as_codes_is_read_as_words(desk: Stage) -> None:
    first = desk.practice.reasons[0]
    one = desk.receive(reasons=[first.slug], reason_labels=None, clinician="sam-rivera")
    page = page_of(desk, one)
    assert first.label in html.unescape(page)
    assert "Sam Rivera (not listed now)" in page
    assert "sam-rivera" not in page
