"""The page behind the receipt, and the page for when something went wrong."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from outreach_kit.practice import load_practice
from outreach_kit.web import (
    ReferralStanding,
    Site,
    render_problem,
    render_status,
    status_view,
)
from tests.outreach_kit.web.things import Document, make_group
from tests.samples import GROUP_PRACTICE

RECEIVED_AT = dt.datetime(2026, 11, 20, 22, 30, tzinfo=dt.UTC)
PROMISED_BY = dt.datetime(2026, 11, 23, 21, 0, tzinfo=dt.UTC)


def show(site: Site, **more: object) -> Document:
    view = status_view(
        site,
        receipt="blue heron 42",
        received_at=RECEIVED_AT,
        promised_by=PROMISED_BY,
        **more,  # type: ignore[arg-type]
    )
    return Document(render_status(view))


def test_moments_are_told_on_the_practices_own_clock(site: Site) -> None:
    page = show(site)
    assert "Friday, November 20, 2:30 PM" in page.text
    assert "Monday, November 23, 1 PM" in page.text


def test_a_moment_of_another_year_says_so(site: Site) -> None:
    later = dataclasses.replace(site, today=dt.date(2027, 1, 4))
    assert "Friday, November 20, 2026, 2:30 PM" in show(later).text


def test_the_chart_line_can_be_copied_whole(site: Site) -> None:
    line = show(site).one("p", id="chart-line").text
    assert line == (
        "Referred to Nora Ellison, LICSW (Harbor Street Counseling PLLC, (360) 555-0142) on "
        "Friday, November 20, 2:30 PM. Receipt blue heron 42. "
        "They will call the patient by Monday, November 23, 1 PM."
    )


def test_the_house_is_named_once_where_it_finds_the_clinician(site: Site) -> None:
    group = dataclasses.replace(site, practice=load_practice(GROUP_PRACTICE), prints=())
    line = show(group).one("p", id="chart-line").text
    assert line.startswith(
        "Referred to Two Rivers Family Therapy Collective PLLC ((360) 555-0160) on Friday"
    )


def test_the_slip_of_one_clinician_names_their_plans_and_their_booking_page(site: Site) -> None:
    group = load_practice(GROUP_PRACTICE)
    tomas = group.clinician("tomas-delgado")
    assert tomas is not None
    facts = tomas.facts.model_copy(update={"booking_url": "https://tomas.example/book"})
    people = tuple(
        dataclasses.replace(one, facts=facts) if one == tomas else one for one in group.clinicians
    )
    told = dataclasses.replace(group, clinicians=people)
    page = show(dataclasses.replace(site, practice=told, prints=()), clinician=tomas.slug)
    [slip] = page.all("section", class_="slip")
    assert "In network with Regence, Premera and Apple Health" in slip.text
    assert "Kaiser" not in slip.text
    assert "https://tomas.example/book" in slip.text


@pytest.mark.parametrize("standing", ["reached", "scheduled", "redirected", "closed"])
def test_nobody_is_told_to_expect_a_call_that_has_been(site: Site, standing: str) -> None:
    page = show(site, standing=ReferralStanding(standing))
    assert not page.all("section", class_="slip")
    assert "We call by" not in page.text
    assert page.one("p", id="chart-line").text.endswith("Receipt blue heron 42.")


def test_the_slip_tells_the_patient_who_calls_from_where_and_what_it_costs(site: Site) -> None:
    [slip] = show(site).all("section", class_="slip")
    for said in (
        "Nora Ellison, LICSW will call you.", "(360) 555-0142", "Monday, November 23",
        "A free 15-minute call first", "First session $190, then $160", "Regence", "988",
        "https://harborstreet.example/book",
    ):  # fmt: skip
        assert said in slip.text


def test_the_page_warns_again_and_is_not_to_be_found(site: Site) -> None:
    page = show(site)
    assert "If the patient is not safe now, do not wait for us" in page.text
    assert page.one("meta", name="robots")["content"] == "noindex"


def test_another_patient_can_follow_with_the_offices_part_kept(site: Site) -> None:
    assert show(site, again_url="/refer/?source=K7Q2").all("a", href="/refer/?source=K7Q2")
    assert show(site).all("a", href="/refer/")


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (ReferralStanding.RECEIVED, "We call your patient by Monday, November 23"),
        (ReferralStanding.CALLING, "We have begun to call"),
        (ReferralStanding.REACHED, "We have spoken with your patient."),
        (ReferralStanding.UNREACHABLE, "Unable to reach"),
        (ReferralStanding.SCHEDULED, "Your patient has an appointment with us."),
        (ReferralStanding.ATTENDED, "Your patient came to an appointment."),
        (ReferralStanding.REDIRECTED, "Somebody else fits better"),
        (ReferralStanding.CLOSED, "We have answered this referral."),
    ],
)
def test_the_standing_is_said_in_words(site: Site, standing: ReferralStanding, said: str) -> None:
    assert said in show(site, standing=standing).text


def test_the_offices_own_part_goes_along_to_the_next_referral(site: Site) -> None:
    kept = [("referrer_name", "Ana Ruiz"), ("source", "K7Q2")]
    page = show(site, again_url="/refer/again", kept=kept)
    assert page.one("form")["action"] == "/refer/again"
    assert page.one("form")["method"] == "post"
    assert [(one["name"], one["value"]) for one in page.all("input")] == kept


def test_the_slip_has_the_booking_page_as_a_code(site: Site) -> None:
    page = show(site)
    [drawing] = page.all("svg", class_="qr")
    assert drawing["viewBox".lower()]
    assert page.one("span", class_="slip-qr")["aria-label"] == "QR code of the booking page"


def test_a_time_that_was_taken_stands_in_the_slip(site: Site) -> None:
    at = dt.datetime(2026, 11, 24, 22, 30, tzinfo=dt.UTC)
    page = show(site, first_call_at=at)
    [slip] = page.all("section", class_="slip")
    assert "Tuesday, November 24, 2:30 PM" in slip.text
    assert "The first call is on Tuesday" in page.one("p", id="chart-line").text
    assert "Monday, November 23" not in page.one("main").text, "one time is enough"


def test_a_patient_reads_about_their_own_message_and_no_outcome(site: Site) -> None:
    page = show(site, kind="self", standing=ReferralStanding.ATTENDED)
    assert "We are calling you" in page.text
    assert "If you are not safe now" in page.text
    for said in ("Attended", "For the chart", "Refer another patient", "your patient"):
        assert said not in page.one("main").text


def test_thanks_are_said_once(site: Site) -> None:
    assert show(site, just_sent=True).one("h1").text == "Thank you. The referral is in."
    assert show(site).one("h1").text == "Your referral"


def test_a_group_is_named_until_somebody_is_chosen(site: Site) -> None:
    group = dataclasses.replace(site, practice=make_group(site.practice))
    assert "Harbor Street Counseling PLLC will call you." in show(group).text
    assert "Thistlethwaite, PsyD will call you." in show(group, clinician="marguerite").text


def test_a_problem_names_the_other_doors(site: Site) -> None:
    page = Document(render_problem(site, "Not <stored>", "Please call us & try again."))
    assert page.one("h1").text == "Not <stored>"
    assert "Please call us & try again." in page.text
    assert page.all("a", href="tel:+13605550142", class_="button")
    assert "(360) 555-0143" in page.text
