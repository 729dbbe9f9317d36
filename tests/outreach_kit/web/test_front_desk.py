"""The one screen for a front desk."""

from __future__ import annotations

import dataclasses

from outreach_kit.practice import Practice
from outreach_kit.web import Site
from tests.outreach_kit.web.reading import read, reshaped
from tests.outreach_kit.web.things import change_facts, make_group


def test_the_front_desk_sees_all_that_it_needs(site: Site) -> None:
    desk = read(site)["/front-desk/"]
    for fact in (
        "(360) 555-0142", "(360) 555-0143", "Open, one minute", "Monday to Thursday, 9 AM to 6 PM",
        "I recommend Nora Ellison, by name.", "The name: Nora Ellison", "within 4 working hours",
        "The first appointment is usually within 10 days.",
    ):  # fmt: skip
        assert fact in desk.one("main").text, fact


def test_it_speaks_of_whom_they_send_in_their_own_word(site: Site, practice: Practice) -> None:
    schools = next(one for one in practice.audiences if one.slug == "schools")
    others = tuple(one for one in practice.audiences if one is not schools)
    led_by_schools = dataclasses.replace(practice, audiences=(schools, *others))
    desk = reshaped(site, led_by_schools)["/front-desk/"].one("main")
    assert "We call the student within 4 working hours" in desk.text
    assert "patient" not in desk.text
    usual = read(site)["/front-desk/"]
    assert "We call the patient within 4 working hours" in usual.text


def test_a_door_that_the_practice_does_not_have_is_left_out(site: Site, practice: Practice) -> None:
    only_phone = change_facts(practice, contact={"fax": None}, promise={"seen_within_days": None})
    desk = reshaped(dataclasses.replace(site, form_url=None), only_phone)["/front-desk/"]
    assert [one.text.strip() for one in desk.all("dt")] == ["Phone"]
    assert "first appointment" not in desk.text


def test_a_group_has_a_sentence_under_each_name(site: Site, practice: Practice) -> None:
    desk = reshaped(site, make_group(practice))["/front-desk/"]
    assert len(desk.all("blockquote")) == 2
    assert "Marguerite Okonkwo-Villanueva-Thistlethwaite" in [one.text for one in desk.all("h3")]
    assert "The name from the list above" in desk.text


def test_a_large_group_leaves_the_sentences_to_the_guide(site: Site, practice: Practice) -> None:
    group = make_group(practice)
    many = tuple(dataclasses.replace(group.clinicians[1], slug=f"one-{n}") for n in range(9))
    desk = reshaped(site, dataclasses.replace(group, clinicians=many))["/front-desk/"]
    assert not desk.all("blockquote")
    assert "list above" not in desk.text
    assert desk.all("a", href="/for-offices/")
