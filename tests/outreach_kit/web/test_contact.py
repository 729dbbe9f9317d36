"""How one reaches the practice: the page, and the cards for an address book."""

from __future__ import annotations

import dataclasses
import json
import uuid

from outreach_kit.practice import Practice
from outreach_kit.web import Site
from outreach_kit.web.vcards import name_uuid
from tests.outreach_kit.web.reading import read, reshaped
from tests.outreach_kit.web.things import change_clinician, change_facts, make_group, render_all


def card(site: Site, name: str = "nora-ellison") -> list[str]:
    """The lines of a card, unfolded."""
    text = render_all(site)[f"/contact/{name}.vcf"]
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_the_page_tells_every_way_to_the_practice(site: Site) -> None:
    page = read(site)["/contact/"]
    for fact in (
        "(360) 555-0142", "(360) 555-0143", "hello@harborstreet.example", "Monday to Thursday",
        "214 Harbor St, Suite 3", "Free parking behind the building", "Step-free entrance",
    ):  # fmt: skip
        assert fact in page.one("main").text, fact
    assert page.all("a", href="https://harborstreet.example/book", class_="button quiet")
    assert page.all("a", href="/contact/practice.vcf", type="text/vcard")
    assert json.loads(page.one("script", type="application/ld+json").text)["@type"] == "ContactPage"


def test_the_map_is_a_link_that_tells_nobody_where_it_was_found(site: Site) -> None:
    [link] = [one for one in read(site)["/contact/"].all("a") if "openstreetmap" in one["href"]]
    assert link["href"].endswith("query=214+Harbor+St%2C+Suite+3%2C+Alder+Falls%2C+WA+98999")
    assert "noreferrer" in link["rel"]


def test_a_practice_without_a_door_has_no_map(site: Site, practice: Practice) -> None:
    box = change_facts(practice, address={"street": None, "unit": None, "po_box": "PO Box 7"})
    for changed in (box, change_clinician(practice, in_person=False)):
        page = reshaped(site, changed)["/contact/"]
        assert not [one for one in page.all("a") if "openstreetmap" in one["href"]]
        assert "parking" not in page.one("main").text
        first = reshaped(site, changed)["/"].one("main").text
        assert "Letters" in first
        assert "Step-free" not in first
    assert "PO Box 7" in reshaped(site, box)["/contact/"].one("main").text
    visit = reshaped(site, box)["/first-visit/"].one("main").text
    assert "PO Box 7" not in visit, "nobody is sent to a box"
    assert "We tell you where" in visit
    assert "Or we meet online" in visit


def test_a_town_alone_is_no_address_to_write_to(site: Site, practice: Practice) -> None:
    town = change_facts(practice, address={"street": None, "unit": None})
    pages = reshaped(site, change_clinician(town, in_person=False))
    for url in ("/", "/contact/"):
        assert "Letters" not in pages[url].text
    assert "Alder Falls, WA 98999 Online in Washington" in pages["/"].text
    assert "We meet online" in pages["/first-visit/"].text


def test_a_card_says_who_it_is_and_how_to_call(site: Site) -> None:
    lines = card(site)
    assert lines[:3] == ["BEGIN:VCARD", "VERSION:4.0", "KIND:individual"]
    assert lines[-1] == "END:VCARD"
    for line in (
        r"FN:Nora Ellison\, LICSW", "N:Ellison;Nora;;;LICSW", "ORG:Harbor Street Counseling PLLC",
        'TEL;VALUE=uri;PREF=1;TYPE="work,voice":tel:+13605550142',
        'TEL;VALUE=uri;TYPE="work,fax":tel:+13605550143',
        r"ADR;TYPE=work:;;214 Harbor St\, Suite 3;Alder Falls;WA;98999;US",
        "URL;TYPE=work:https://harborstreet.example/clinicians/nora-ellison/",
    ):  # fmt: skip
        assert line in lines, line


def test_the_practice_has_a_card_of_its_own(site: Site) -> None:
    lines = card(site, "practice")
    assert "KIND:org" in lines
    assert "FN:Harbor Street Counseling PLLC" in lines


def test_no_line_of_a_card_is_too_long_and_no_letter_is_torn(
    site: Site, practice: Practice
) -> None:
    name = "Þórðarson-Żółkiewska " * 9 + "李明; \\ and, others"
    text = render_all(dataclasses.replace(site, practice=change_clinician(practice, name=name)))[
        "/contact/nora-ellison.vcf"
    ]
    assert max(len(line) for line in text.encode().split(b"\r\n")) == 75
    for line in text.encode().split(b"\r\n"):
        line.decode()
    assert "李明\\; \\\\ and\\, others" in text.replace("\r\n ", "")


def test_a_card_is_known_again_when_its_words_change(site: Site, practice: Practice) -> None:
    moved = change_facts(practice, contact={"email": None})
    before = [line for line in card(site) if line.startswith("UID:")]
    after = [
        line for line in card(dataclasses.replace(site, practice=moved)) if line.startswith("UID:")
    ]
    assert before == after
    assert before != [line for line in card(site, "practice") if line.startswith("UID:")]
    assert before[0].startswith("UID:urn:uuid:")
    for name in ("https://harborstreet.example/", "+13605550142/about/nora/"):
        assert name_uuid(name) == uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def test_a_clinicians_own_number_is_on_the_card(site: Site, practice: Practice) -> None:
    own = change_clinician(practice, email="nora@harborstreet.example", phone=practice.contact.fax)
    lines = card(dataclasses.replace(site, practice=own))
    assert 'TEL;VALUE=uri;PREF=1;TYPE="work,voice":tel:+13605550143' in lines
    assert "EMAIL;TYPE=work:nora@harborstreet.example" in lines


def test_a_large_group_keeps_the_cards_on_the_profiles(site: Site, practice: Practice) -> None:
    group = make_group(practice)
    many = tuple(dataclasses.replace(group.clinicians[1], slug=f"one-{n}") for n in range(13))
    pages = reshaped(site, dataclasses.replace(group, clinicians=many))
    assert len(pages["/contact/"].all("a", type="text/vcard")) == 1
    assert pages["/clinicians/one-7/"].all("a", href="/contact/one-7.vcf")
    assert len(reshaped(site, group)["/contact/"].all("a", type="text/vcard")) == 3
