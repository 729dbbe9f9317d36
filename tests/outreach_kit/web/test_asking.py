"""“May I ask you something?”, with and without a form server, and what an asker sees afterwards."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from outreach_kit.practice import Practice
from outreach_kit.web import Site
from outreach_kit.web.asked import QuestionStanding, asked_view, render_asked
from outreach_kit.web.asking import QUESTION_MAX_CHARS, ask_view, render_ask
from tests.outreach_kit.web.reading import read, reshaped
from tests.outreach_kit.web.things import TODAY, change_facts

NOON = dt.datetime(2026, 11, 23, 20, 0, tzinfo=dt.UTC)


def test_the_phone_stands_first_and_the_form_is_an_equal_door(site: Site) -> None:
    page = read(site)["/ask/"].one("main")
    assert page.text.index("(360) 555-0142") < page.text.index("Ask in a few lines")
    for fact in (
        "We answer within 4 working hours.", "Monday to Thursday",
        "No patient names or details, please.", "Or call 988 or text 988",
    ):  # fmt: skip
        assert fact in page.text, fact
    form = read(site)["/ask/"].one("form")
    assert form.attributes["action"] == "https://refer.harborstreet.example/questions"
    assert form.attributes["method"] == "post"


def test_it_asks_who_how_to_reach_them_and_what_and_nothing_of_a_patient(site: Site) -> None:
    page = read(site)["/ask/"]
    asked = {one.attributes["name"] for kind in ("input", "textarea", "select")
             for one in page.all(kind)}  # fmt: skip
    assert asked == {
        "source", "submission_id", "website", "referrer_name", "referrer_office", "referrer_role",
        "referrer_phone", "referrer_email", "question", "talk", "talk_when", "talk_people",
        "talk_place",
    }  # fmt: skip
    assert page.one("textarea").attributes["maxlength"] == str(QUESTION_MAX_CHARS) == "1000"
    required = {one.attributes["name"] for one in page.all("input") if "required" in one.attributes}
    assert required == {
        "referrer_name",
        "referrer_office",
    }  # the rest is one of two: the server says


def test_without_a_form_server_phone_and_mail_are_all_there_is(site: Site) -> None:
    plain = reshaped(dataclasses.replace(site, form_url=None), site.practice)
    page = plain["/ask/"]
    assert not page.all("form")
    assert page.all("a", href="tel:+13605550142")
    assert page.all("a", href="mailto:hello@harborstreet.example")
    assert not page.all("a", href="#ask-form")
    assert plain["/trainings/"].all("a", href="#ask")


def test_each_talk_leads_to_the_form_with_itself_picked(site: Site, practice: Practice) -> None:
    menu = read(site)["/trainings/"]
    for talk in practice.trainings:
        assert menu.all("a", href=f"/ask/?talk={talk.slug}"), talk.slug
    picked = render_ask(ask_view(site, values={"talk": practice.trainings[1].slug}))
    assert f'<option value="{practice.trainings[1].slug}" selected>' in picked
    assert '<details class="more" id="talk-plan" open>' in picked
    assert '<details class="more" id="talk-plan">' in render_ask(ask_view(site))


def test_every_guide_for_offices_leads_to_it(site: Site) -> None:
    pages = read(site)
    guides = [url for url in pages if url.startswith("/for-offices/")]
    assert len(guides) > 2
    for url in guides:
        assert pages[url].text.count("May I ask you something?") == 2, url  # and at its foot
        assert len(pages[url].all("a", href="/ask/")) == 2, url


def test_a_practice_without_talks_asks_for_none(site: Site, practice: Practice) -> None:
    page = reshaped(site, dataclasses.replace(practice, trainings=()))["/ask/"]
    assert not page.all("select")
    assert not page.all("details")
    assert "talk" not in page.one("main").text


def test_a_known_office_need_not_say_who_it_is(site: Site) -> None:
    page = render_ask(ask_view(site, source_code="k7m2", source_name="Lakeside Pediatrics"))
    assert '<input type="hidden" name="source" value="k7m2">' in page
    assert 'From <strong data-slot="office">Lakeside Pediatrics</strong>.' in page
    assert "required" not in page


def test_what_was_wrong_stands_at_its_field_with_what_was_typed_kept(site: Site) -> None:
    view = ask_view(
        site,
        values={"question": "Whom <b>may</b> I send?", "referrer_name": "Ana"},
        errors={"referrer_phone": "Give a phone number."},
    )
    page = render_ask(view)
    assert [one.href for one in view.complaints] == ["#referrer_phone"]
    assert "Whom &lt;b&gt;may&lt;/b&gt; I send?" in page
    assert 'id="referrer_phone-error">Give a phone number.' in page
    assert not view.frame.indexed


@pytest.mark.parametrize(
    ("heads_up", "says"),
    [("patient", "This looks as if it names a patient."), ("risk", "sounds as if somebody may be")],
)
def test_a_sending_that_was_stopped_says_why_and_that_nothing_was_sent(
    site: Site, heads_up: str, says: str
) -> None:
    stopped = render_ask(ask_view(site, heads_up=heads_up))
    before = stopped[: stopped.index('class="questions"')]
    assert says in before
    assert "What you wrote is not sent yet." in before


@pytest.mark.parametrize(
    ("standing", "says"),
    [
        (QuestionStanding.RECEIVED, "We answer by Monday, November 23, 12 PM."),
        (QuestionStanding.ANSWERED, "We have answered you."),
        (QuestionStanding.AGREED, "We come on December 3."),
        (QuestionStanding.HELD, "Thank you for having us."),
    ],
)
def test_the_askers_page_says_how_it_stands(
    site: Site, standing: QuestionStanding, says: str
) -> None:
    agreed = standing in {QuestionStanding.AGREED, QuestionStanding.HELD}
    page = render_asked(
        asked_view(
            site,
            receipt="amber brook 7",
            received_at=NOON - dt.timedelta(hours=1),
            promised_by=NOON,
            standing=standing,
            is_talk=agreed,
            talk_on=dt.date(2026, 12, 3) if agreed else None,
        )
    )
    assert says in page.replace("\u00a0", " ")
    assert "amber brook 7" in page
    assert ("We answer by</dt>" in page) is (standing is QuestionStanding.RECEIVED)
    assert site.today == TODAY


def test_mail_is_left_out_where_the_practice_has_none(site: Site, practice: Practice) -> None:
    silent = reshaped(site, change_facts(practice, contact={"email": None}))["/ask/"]
    assert "mailto:" not in " ".join(one.attributes.get("href", "") for one in silent.elements)
