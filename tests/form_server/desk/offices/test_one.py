"""The page of one office, and what is changed on it."""

from __future__ import annotations

import re
from dataclasses import replace

from form_server.contacts import WORDS_OF_ADDRESSES
from form_server.desk.offices.typed import spell_office, spell_person
from form_server.desk.offices.ways import WAYS
from form_server.ledger import ColleagueFacts, PersonFacts, PersonRole, SourceKind
from tests.form_server.desk.offices.book import ALDER, DANA, alder, seen, send
from tests.form_server.desk.stage import Stage, hidden


def test_a_page_says_all_that_is_known(desk: Stage) -> None:
    code = alder(desk, latitude=48.75, longitude=-122.48, every_days=75)
    seen(desk, code, 100)
    page = desk.get(f"/desk/offices/{code}").text
    for said in (
        "Alder Family Medicine", "Medical office · Alder Falls", "Due since Thu, Oct\xa022",
        "tel:+13605550177", "14 Cedar Street", "Alder Falls, WA 98261", "Mon to Fri 8–5",
        "Dana Whitfield", "Front desk lead (receptionist)", "By phone, before ten",
        "C, by what they send", "Every 75 days", "Did not agree to it yet", "mlat=48.75",
        f"https://refer.harborstreet.example/refer?source={code}",
        f"https://refer.harborstreet.example/hello?source={code}",
    ):  # fmt: skip
        assert said in page, said
    assert "source.opened" in desk.actions()


def test_a_code_in_other_letters_leads_to_its_office(desk: Stage) -> None:
    alder(desk)
    answer = desk.get("/desk/offices/K7M2XQ")
    assert (answer.status_code, answer.location) == (303, "/desk/offices/k7m2xq")


def test_a_code_that_nobody_has_is_not_there(desk: Stage) -> None:
    alder(desk)
    for path in ("", "/edit", "/people", "/people/nobody"):
        assert desk.get(f"/desk/offices/nobody{path}").status_code == 404
    assert desk.get("/desk/offices/k7m2xq/people/nobody").status_code == 404


def test_no_office_is_called_like_a_page_beside_it() -> None:
    words = {way.rule.split("/")[2] for way in WAYS if way.rule.startswith("/offices/")}
    assert words - {"<code>"} == WORDS_OF_ADDRESSES


def test_its_code_is_a_picture_too(desk: Stage) -> None:
    page = desk.get(f"/desk/offices/{alder(desk)}").text
    picture = page[page.index('class="qr"') :]
    assert picture.index("<svg") < picture.index("</svg>") < picture.index("</div>")


def test_a_colleague_with_its_code_is_a_tap_away_and_back(desk: Stage) -> None:
    code = alder(desk)
    assert "Also among your colleagues" not in desk.get(f"/desk/offices/{code}").text
    facts = ColleagueFacts("Iris Okafor", source_code=code.upper())
    one = desk.ledger.colleagues.add(facts, actor="test")
    assert f"/desk/colleagues/{one.id}" in desk.get(f"/desk/offices/{code}").text
    assert f"/desk/offices/{code}" in desk.get(f"/desk/colleagues/{one.id}").text


def test_a_colleague_who_is_not_in_the_directory_is_added_with_what_is_known(desk: Stage) -> None:
    code = alder(desk, kind=SourceKind.COLLEAGUE)
    assert f"/desk/colleagues/new?office={code}" in desk.get(f"/desk/offices/{code}").text
    form = desk.get(f"/desk/colleagues/new?office={code}").text
    for known in ("Dana Whitfield", "Alder Family Medicine", "(360) 555-0177", code):
        assert f'value="{known}"' in form
    assert desk.get("/desk/colleagues/new?office=nobody").status_code == 200


def test_a_new_office_gets_a_code_of_its_own(desk: Stage) -> None:
    answer = send(
        desk, "/desk/offices/new", "/desk/offices",
        {"office": "Birch Clinic", "kind": "office", "phone": "360 555 0140", "takes_gifts": "yes"},
    )  # fmt: skip
    (card,) = desk.ledger.address_book.all()
    assert re.fullmatch("[a-z2-9]{6}", card.code)
    assert answer.location == f"/desk/offices/{card.code}?done=added"
    assert (card.name, card.facts.phone, card.facts.takes_gifts) == (
        "Birch Clinic", "(360) 555-0140", True,
    )  # fmt: skip


def test_what_was_typed_stays_when_something_is_wrong(desk: Stage) -> None:
    typed = {"office": "Birch & Sons", "phone": "12", "every_days": "10", "kind": "school"}
    answer = send(desk, "/desk/offices/new", "/desk/offices", typed)
    assert answer.status_code == 422
    assert "2 things need a second look" in answer.text
    assert "Write it with area code" in answer.text
    assert 'value="Birch &amp; Sons"' in answer.text
    assert '<option value="school" selected>' in answer.text
    assert desk.ledger.address_book.all() == []


def test_one_that_looks_like_another_is_asked_about(desk: Stage) -> None:
    alder(desk)
    typed = {"office": "The Alder Fam. Medicine", "town": "Alder Falls"}
    first = send(desk, "/desk/offices/new", "/desk/offices", typed)
    assert first.status_code == 422
    assert "This looks like" in first.text
    assert len(desk.ledger.address_book.all()) == 1
    second = send(desk, "/desk/offices/new", "/desk/offices", {**typed, "sure": "yes"})
    assert second.status_code == 303
    assert len(desk.ledger.address_book.all()) == 2


def test_an_office_is_changed_and_nothing_else_of_it(desk: Stage) -> None:
    code = alder(desk, takes_gifts=False, tier="a")
    page = desk.get(f"/desk/offices/{code}/edit").text
    assert 'value="Alder Family Medicine"' in page
    assert '<option value="a" selected>' in page
    typed = {
        "office": ALDER.name, "kind": "agency", "town": "Lynden", "rests": "yes", "tier": "b",
        "address": "1 Elm\nFloor 3", "agreed_on": "2026-11-02",
    }  # fmt: skip
    answer = send(desk, f"/desk/offices/{code}/edit", f"/desk/offices/{code}", typed)
    assert answer.status_code == 303
    facts = desk.ledger.address_book.get(code).facts
    assert (facts.kind, facts.town, facts.rests, facts.tier) == (
        SourceKind.AGENCY, "Lynden", True, "b",
    )  # fmt: skip
    assert facts.address == ("1 Elm", "Floor 3")
    assert (facts.phone, facts.takes_gifts) == ("", False)
    assert "Since Mon, Nov\xa02, 2026" in desk.get(f"/desk/offices/{code}").text


def test_what_somebody_else_wrote_at_the_same_instant_is_not_written_over_unseen(
    desk: Stage,
) -> None:
    code = alder(desk)
    seen_at = hidden(desk.get(f"/desk/offices/{code}/edit").text, "seen")
    facts = replace(ALDER, phone="(360) 555-0111")
    desk.ledger.address_book.change(code, facts, actor="test")
    typed = {**spell_office(ALDER), "kind": "office", "hours": "Mon", "seen": seen_at}
    first = send(desk, f"/desk/offices/{code}", f"/desk/offices/{code}", typed)
    assert first.status_code == 422
    assert "Phone: (360) 555-0111" in first.text
    assert 'value="Mon"' in first.text
    assert desk.ledger.address_book.get(code).facts == facts
    again = {**typed, "seen": hidden(first.text, "seen")}
    assert send(desk, f"/desk/offices/{code}", f"/desk/offices/{code}", again).status_code == 303
    assert desk.ledger.address_book.get(code).facts.hours == "Mon"


def test_what_somebody_else_wrote_of_a_person_is_not_written_over_unseen(desk: Stage) -> None:
    code, book = alder(desk), desk.ledger.address_book
    (dana,) = book.people([code])[code]
    page = f"/desk/offices/{code}/people/{dana.id}"
    typed = {
        **spell_person(DANA),
        "reached": "at noon",
        "seen": hidden(desk.get(page).text, "seen"),
    }
    kept = replace(DANA, phone="(360) 555-0111", role=PersonRole.MANAGER)
    book.change_person(dana.id, kept, actor="test")

    first = send(desk, page, page, typed)

    assert first.status_code == 422
    for told in ("Phone: (360) 555-0111", "Role: Office manager", "How in a few words: before ten"):
        assert f"<bdi>{told}</bdi>" in first.text
    assert "Likes to be reached:" not in first.text
    assert 'value="at noon"' in first.text
    assert book.people([code])[code][0].facts == kept
    again = {**typed, "seen": hidden(first.text, "seen")}
    assert send(desk, page, page, again).status_code == 303
    assert book.people([code])[code][0].facts == replace(DANA, reached="at noon")


def test_what_was_typed_of_a_person_who_was_taken_off_meanwhile_is_kept(desk: Stage) -> None:
    code, book = alder(desk), desk.ledger.address_book
    (dana,) = book.people([code])[code]
    page, others = f"/desk/offices/{code}/people/{dana.id}", f"/desk/offices/{code}"
    typed = {
        **spell_person(DANA),
        "reached": "at noon",
        "seen": hidden(desk.get(page).text, "seen"),
    }
    book.remove_person(dana.id, actor="test")

    first = send(desk, others, page, typed)

    assert first.status_code == 422
    assert "Somebody took this person off the list" in first.text
    assert 'value="at noon"' in first.text
    assert f'action="/desk/offices/{code}/people"' in first.text
    assert send(desk, others, f"/desk/offices/{code}/people", typed).status_code == 303
    assert [one.facts.reached for one in book.people([code])[code]] == ["at noon"]
    assert send(desk, others, f"/desk/offices/{code}/people/nobody", typed).status_code == 404


def test_an_audience_that_is_none_of_ours_is_kept_and_named(desk: Stage) -> None:
    code = alder(desk, audience="dentists")
    assert "dentists (not in your audiences)" in desk.get(f"/desk/offices/{code}").text
    assert '<option value="dentists" selected>' in desk.get(f"/desk/offices/{code}/edit").text


def test_an_office_goes_off_the_list_and_comes_back(desk: Stage) -> None:
    code = alder(desk)
    gone = send(desk, f"/desk/offices/{code}", f"/desk/offices/{code}/remove", {})
    assert gone.location == f"/desk/offices?done=removed&removed={code}"
    assert "Put back" in desk.get(gone.location).text
    assert "Off the list" in desk.get(f"/desk/offices/{code}").text
    back = send(desk, f"/desk/offices/{code}", f"/desk/offices/{code}/restore", {})
    assert "Dana Whitfield" in desk.get(back.location).text
    assert "source.restored" in desk.actions()


def test_people_come_change_and_leave(desk: Stage) -> None:
    code = alder(desk)
    new = f"/desk/offices/{code}/people"
    refused = send(desk, new, new, {"person": "", "role": "nurse", "person_email": "at"})
    assert refused.status_code == 422
    assert "2 things need a second look" in refused.text
    added = {"person": "Dr. Amara Lin", "role": "physician", "likes": "fax"}
    for _ in range(2):  # a finger that pressed twice
        assert send(desk, new, new, added).status_code == 303
    first, second = desk.ledger.address_book.people([code])[code]
    assert (first.name, second.name) == ("Dana Whitfield", "Dr. Amara Lin")
    one = f"{new}/{second.id}"
    changed = {"person": "Amara Lin, MD", "role": "physician", "person_phone": "360-555-0150"}
    assert send(desk, one, one, changed).status_code == 303
    assert "Amara Lin, MD" in desk.get(f"/desk/offices/{code}").text
    assert send(desk, one, f"{one}/remove", {}).status_code == 303
    (left,) = desk.ledger.address_book.people([code])[code]
    assert left.name == "Dana Whitfield"
    assert desk.get(one).status_code == 404


def test_somebody_of_another_office_is_not_found_here(desk: Stage) -> None:
    code = alder(desk)
    other = alder(desk, "other2", name="Other Office")
    whose = desk.ledger.address_book.add_person(other, PersonFacts("Kim Doe"), actor="test")
    assert desk.get(f"/desk/offices/{code}/people/{whose.id}").status_code == 404
    answer = send(
        desk, f"/desk/offices/{code}", f"/desk/offices/{code}/people/{whose.id}/remove", {}
    )
    assert answer.status_code == 404
    assert len(desk.ledger.address_book.people([other])[other]) == 2


def test_the_front_desk_stands_first(desk: Stage) -> None:
    code = alder(desk)
    desk.ledger.address_book.add_person(code, PersonFacts("Aaron Abel"), actor="test")
    page = desk.get(f"/desk/offices/{code}").text
    assert page.index("Dana Whitfield") < page.index("Aaron Abel")


def test_what_was_typed_about_an_office_never_runs(desk: Stage) -> None:
    hostile = '"><script>alert(1)</script>'
    code = alder(
        desk, name=hostile, hours=hostile, audience=hostile, town=hostile, address=(hostile,)
    )
    twin = alder(desk, "second", name=hostile, town=hostile)
    facts = PersonFacts(hostile, title=hostile, reached=hostile, phone=hostile)
    person = desk.ledger.address_book.add_person(code, facts, actor="test")
    for path in (
        "", "?pick=1", f"/{code}", f"/{code}/edit", f"/{code}/people/{person.id}", "/doubles",
        f"/doubles/{code}/{twin}",
    ):  # fmt: skip
        page = desk.get(f"/desk/offices{path}")
        assert page.status_code == 200
        assert "<script>alert" not in page.text, path
        assert "&lt;script&gt;alert(1)" in page.text, path
