from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from form_server.ledger import (
    ChangedMeanwhile,
    CodeTaken,
    ColleagueFacts,
    Counted,
    Ledger,
    NewGift,
    NewVisit,
    NotFound,
    PersonFacts,
    PersonRole,
    ReachedBy,
    SourceFacts,
    SourceIntake,
    SourceKind,
    VisitWay,
)
from form_server.ledger.errors import CodeUsed
from tests.form_server.ledger.conftest import MovableClock
from tests.form_server.ledger.things import accept_one

DAY = date(2026, 3, 2)
MILL = SourceFacts(
    name="Mill Road Family Medicine",
    kind=SourceKind.OFFICE,
    address=("12 Mill Road", "Suite 3"),
    town="Alder Falls",
    region="WA",
    postal_code="98999",
    latitude=47.123456,
    longitude=-122.654321,
    phone="(360) 555-0190",
    fax="(360) 555-0191",
    email="office@mill.example",
    website="https://mill.example",
    hours="Mon–Fri 8–5, closed 12–1",
    audience="medical-offices",
    tier="a",
    every_days=75,
    rests=True,
    takes_gifts=False,
    agreed_on=DAY,
)
PRIYA = PersonFacts(
    "Priya Nair",
    PersonRole.RECEPTIONIST,
    "Front desk lead",
    "(360) 555-0192",
    "priya@mill.example",
    ReachedBy.IN_PERSON,
    "before nine",
    DAY,
)


def add(ledger: Ledger, code: str = "k7", name: str = "Mill Road") -> str:
    return ledger.address_book.add(code, SourceFacts(name), actor="user:user-1").code


def test_whatever_was_typed_comes_back(ledger: Ledger) -> None:
    added = ledger.address_book.add("k7", MILL, actor="user:user-1")
    assert added.facts == MILL
    assert ledger.address_book.get("K7") == added
    assert ledger.address_book.all() == [added]
    person = ledger.address_book.add_person("k7", PRIYA, actor="user:user-1")
    assert ledger.address_book.people() == {"k7": [person]}
    assert person.facts == PRIYA


def test_a_source_that_a_command_gave_a_code_is_in_the_book(ledger: Ledger) -> None:
    ledger.sources.add("q4", "Lakeside", SourceKind.SCHOOL, public_poster=True, actor="command")
    (card,) = ledger.address_book.all()
    assert card.facts == SourceFacts("Lakeside", SourceKind.SCHOOL, public_poster=True)
    assert card.changed_at == card.created_at
    assert card.wants_visits


def test_a_source_of_the_book_is_known_by_its_code_at_the_door(ledger: Ledger) -> None:
    ledger.address_book.add("k7", MILL, actor="user:user-1")
    found = ledger.sources.get("K7")
    assert found is not None
    assert (found.name, found.kind) == (MILL.name, SourceKind.OFFICE)


def test_a_code_means_one_source_for_ever(ledger: Ledger) -> None:
    add(ledger)
    with pytest.raises(CodeTaken):
        add(ledger, "K7")


def test_a_change_is_kept_and_on_record(ledger: Ledger, clock: MovableClock) -> None:
    add(ledger)
    changed = ledger.address_book.change("k7", MILL, actor="user:user-1")
    assert changed.facts == MILL
    assert ledger.audit.recent(1)[0].action == "source.changed"
    with pytest.raises(NotFound):
        ledger.address_book.change("zz", MILL, actor="user:user-1")


def test_of_two_who_save_at_once_the_second_is_told(ledger: Ledger) -> None:
    book = ledger.address_book
    book.add("mill", MILL, actor="test")
    priya = book.add_person("mill", PRIYA, actor="test")
    iris = ledger.colleagues.add(ColleagueFacts("Iris"), actor="test")

    book.change("mill", replace(MILL, hours="Mon"), actor="one", was=MILL)
    book.change_person(priya.id, replace(PRIYA, name="P. Nair"), actor="one", was=PRIYA)
    ledger.colleagues.change(iris.id, ColleagueFacts("I."), actor="one", was=iris.facts)

    with pytest.raises(ChangedMeanwhile):
        book.change("mill", MILL, actor="two", was=MILL)
    with pytest.raises(ChangedMeanwhile):
        book.change_person(priya.id, PRIYA, actor="two", was=PRIYA)
    with pytest.raises(ChangedMeanwhile):
        ledger.colleagues.change(iris.id, iris.facts, actor="two", was=iris.facts)
    assert book.get("mill").facts.hours == "Mon"
    assert book.people(["mill"])["mill"][0].facts.name == "P. Nair"
    assert ledger.colleagues.get(iris.id).facts.name == "I."


def test_off_the_list_the_code_still_works_and_names_what_came(ledger: Ledger) -> None:
    add(ledger)
    ledger.address_book.remove("k7", actor="user:user-1")
    assert ledger.address_book.all() == []
    assert [one.code for one in ledger.address_book.all(removed=True)] == ["k7"]
    assert ledger.sources.get("k7") is not None
    assert [one.code for one in ledger.sources.all()] == ["k7"]
    ledger.address_book.restore("k7", actor="user:user-1")
    assert [one.code for one in ledger.address_book.all()] == ["k7"]


def test_people_change_and_leave_and_keep_their_name(ledger: Ledger) -> None:
    add(ledger)
    person = ledger.address_book.add_person("K7", PRIYA, actor="user:user-1")
    changed = ledger.address_book.change_person(
        person.id, PersonFacts("Priya N."), actor="user:user-1"
    )
    assert changed.facts == PersonFacts("Priya N.")
    ledger.address_book.remove_person(person.id, actor="user:user-1")
    assert ledger.address_book.people(["k7"]) == {}
    assert ledger.address_book.named([person.id, "nobody"])[person.id].name == "Priya N."
    with pytest.raises(NotFound):
        ledger.address_book.remove_person("nobody", actor="user:user-1")
    with pytest.raises(NotFound):
        ledger.address_book.add_person("zz", PRIYA, actor="user:user-1")


def test_a_list_is_taken_in_whole(ledger: Ledger) -> None:
    add(ledger, "q4", "Lakeside")
    there = ledger.address_book.add_person("q4", PersonFacts("Sam"), actor="user:user-1")
    note = NewVisit(ledger.new_id(), "k7", VisitWay.NOTE, DAY)
    ledger.address_book.take_in(
        SourceIntake(
            new={"k7": MILL},
            changed={"q4": SourceFacts("Lakeside Pediatrics")},
            new_people=[("k7", PRIYA), ("q4", PRIYA)],
            changed_people={there.id: PersonFacts("Sam Ode")},
            notes=[note],
        ),
        actor="command",
    )
    assert [one.name for one in ledger.address_book.all()] == ["Lakeside Pediatrics", MILL.name]
    people = ledger.address_book.people()
    assert [one.name for one in people["q4"]] == ["Priya Nair", "Sam Ode"]
    assert ledger.visits.of("k7")[0].way is VisitWay.NOTE
    entry = ledger.audit.recent(1)[0]
    assert (entry.action, entry.detail) == ("sources.imported", "new=1 changed=1 people=2 notes=1")


@pytest.mark.parametrize(
    "intake",
    [
        SourceIntake(new={"a1": MILL, "Q4": MILL}),
        SourceIntake(new={"a1": MILL, "A1": MILL}),
        SourceIntake(new={"a1": MILL}, changed={"gone": MILL}),
        SourceIntake(new={"a1": MILL}, changed_people={"nobody": PRIYA}),
    ],
)
def test_of_a_list_with_a_fault_nothing_is_taken_in(ledger: Ledger, intake: SourceIntake) -> None:
    add(ledger, "q4", "Lakeside")
    before = ledger.audit.recent(1)
    with pytest.raises((CodeTaken, NotFound)):
        ledger.address_book.take_in(intake, actor="command")
    assert [one.code for one in ledger.address_book.all()] == ["q4"]
    assert ledger.audit.recent(1) == before


def test_two_that_are_one_keep_all_that_came_from_either(ledger: Ledger) -> None:
    for code in ("k7", "q4", "z9"):
        add(ledger, code, f"Office {code}")
    person = ledger.address_book.add_person("q4", PRIYA, actor="user:user-1")
    ledger.visits.log(
        NewVisit(ledger.new_id(), "q4", VisitWay.VISIT, DAY, left=(Counted("card", 40),)),
        actor="user:user-1",
    )
    ledger.gifts.add(NewGift("q4", "Cookies", 1000, DAY), actor="user:user-1")
    referral = accept_one(ledger, source="q4")
    ledger.colleagues.add(ColleagueFacts("Iris", source_code="q4"), actor="user:user-1")
    ledger.address_book.merge("z9", "q4", SourceFacts("Both"), actor="user:user-1")
    ledger.address_book.merge("k7", "z9", MILL, actor="user:user-1")

    assert [one.code for one in ledger.address_book.all()] == ["k7"]
    assert ledger.address_book.people() == {"k7": ledger.address_book.people(["k7"])["k7"]}
    assert ledger.address_book.named([person.id])[person.id].source == "k7"
    assert len(ledger.visits.of("k7")) == len(ledger.stock_moves.all()["k7"]) == 1
    assert [one.gift.source for one in ledger.gifts.in_year(2026)] == ["k7"]
    assert ledger.referrals.get(referral.id).source == "k7"
    assert ledger.colleagues.all()[0].facts.source_code == "k7"
    for old in ("q4", "Z9", "k7"):
        found = ledger.sources.get(old)
        assert found is not None
        assert found.code == "k7", "a code on paper leads to the office that has it now"
    assert ledger.address_book.get("q4").code == "k7"


def test_whoever_is_in_both_stays_once_with_the_deeds_of_both(ledger: Ledger) -> None:
    book = ledger.address_book
    add(ledger, "k7", "Mill")
    add(ledger, "q4", "The Mill")
    kept = book.add_person("k7", PRIYA, actor="user:user-1").id
    gone = book.add_person("q4", PersonFacts("Priya N"), actor="user:user-1").id
    other = book.add_person("q4", PersonFacts("Lee"), actor="user:user-1").id
    ledger.gifts.add(NewGift("q4", "Cookies", 1000, DAY, gone), actor="user:user-1")
    visit = NewVisit(ledger.new_id(), "q4", VisitWay.VISIT, DAY, met=(other, gone))
    ledger.visits.log(visit, actor="user:user-1")
    facts = PersonFacts("Priya Nair", title="Lead")
    book.merge("k7", "q4", MILL, actor="user:user-1", same_people={gone: (kept, facts)})

    there = {one.id: one.facts for one in book.people()["k7"]}
    assert there == {kept: facts, other: PersonFacts("Lee")}
    assert ledger.visits.of("k7")[0].met == (other, kept)
    assert ledger.gifts.in_year(2026)[0].gift.person_id == kept


def test_an_office_is_not_made_one_with_itself(ledger: Ledger) -> None:
    add(ledger)
    with pytest.raises(NotFound):
        ledger.address_book.merge("k7", "K7", MILL, actor="user:user-1")
    with pytest.raises(CodeTaken):
        add(ledger)


def test_a_code_that_a_visit_or_a_merged_office_needs_cannot_be_forgotten(ledger: Ledger) -> None:
    add(ledger)
    add(ledger, "q4", "Lakeside")
    add(ledger, "z9", "Third")
    ledger.address_book.add_person("k7", PRIYA, actor="user:user-1")
    ledger.address_book.merge("q4", "z9", SourceFacts("Lakeside"), actor="user:user-1")
    for code in ("k7", "q4"):
        with pytest.raises(CodeUsed):
            ledger.sources.remove(code, actor="command")


def test_a_search_gets_names_and_numbers_of_those_who_are_there(ledger: Ledger) -> None:
    add(ledger, "q4", "Lakeside")
    gone = ledger.address_book.add_person("q4", PersonFacts("Sam"), actor="user:user-1")
    ledger.address_book.add_person("q4", PRIYA, actor="user:user-1")
    ledger.address_book.remove_person(gone.id, actor="user:user-1")
    assert ledger.address_book.names_of_people() == {"q4": [("Priya Nair", "(360) 555-0192")]}


def test_some_sources_are_read_at_once_by_their_own_codes(ledger: Ledger) -> None:
    book = ledger.address_book
    for code in ("k7", "q4", "z9"):
        book.add(code, SourceFacts(code.upper()), actor="test")
    book.remove("q4", actor="test")
    book.merge("k7", "z9", SourceFacts("K7"), actor="test")
    found = book.some(["k7", "q4", "z9", "gone"])
    assert {code: one.name for code, one in found.items()} == {"k7": "K7", "q4": "Q4"}
    assert book.some([]) == {}
