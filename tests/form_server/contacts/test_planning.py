from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from form_server.contacts import Plan, Verdict, plan_contacts, read_contacts, table_of
from form_server.contacts.codes import draw_code
from form_server.ledger import (
    PersonFacts,
    PersonRole,
    ReachedBy,
    SourceCard,
    SourceFacts,
    SourceKind,
    SourcePerson,
)
from form_server.tabular import write_csv
from tests.form_server.contacts.test_reading import GOOGLE, OUTLOOK

TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, tzinfo=UTC)
MILL = SourceFacts("Mill Road Family Medicine", town="Alder Falls", phone="(360) 555-0190")


def card(code: str, facts: SourceFacts) -> SourceCard:
    return SourceCard(code, facts, NOW, NOW, None)


def person(person_id: str, code: str, facts: PersonFacts) -> SourcePerson:
    return SourcePerson(person_id, code, facts, NOW, None)


def plan(
    text: str,
    *cards: SourceCard,
    people: dict[str, list[SourcePerson]] | None = None,
    **said: object,
) -> Plan:
    numbers = iter(range(1, 10_000))
    draw = said.pop("draw", lambda _taken: f"code{next(numbers)}")
    entries = read_contacts(text.encode())
    return plan_contacts(entries, cards, people or {}, TODAY, draw=draw, **said)  # type: ignore[arg-type]


def verdicts(found: Plan) -> list[str]:
    return [row.verdict.value for row in found.rows]


def test_offices_and_people_of_an_address_book_become_sources() -> None:
    found = plan(GOOGLE)
    assert verdicts(found) == ["new", "skipped"]
    assert found.is_ready
    (facts,) = found.new.values()
    assert facts == SourceFacts(
        "Mill Road Family Medicine",
        address=("12 Mill Road",),
        town="Alder Falls",
        region="WA",
        postal_code="98999",
        website="https://mill.example",
    )
    (priya,) = found.new_people["code1"].values()
    assert (priya.name, priya.role, priya.phone) == (
        "Priya Nair",
        PersonRole.RECEPTIONIST,
        "(360) 555-0190",
    )
    assert found.notes == [("code1", "Closed on Fridays")]


def test_two_people_of_one_office_join_it() -> None:
    found = plan(
        "Office,Town,Person\nMill Road,Alder Falls,Priya\nThe Mill Road PLLC,Alder Falls,Sam\n"
    )
    assert verdicts(found) == ["new", "joins"]
    assert len(found.new) == 1
    assert [one.name for one in found.new_people["code1"].values()] == ["Priya", "Sam"]


def test_one_name_in_two_towns_is_two_offices() -> None:
    found = plan(
        "Office,Town\nFamily Medicine,Alder Falls\nFamily Medicine,Port Wren\nFamily Medicine,\n"
    )
    assert verdicts(found) == ["new", "new", "same"]


@pytest.mark.parametrize(
    "row",
    [
        "k7,Another name,,",
        "K7,,,",
        ",Mill Road Family Medicine,Alder Falls,",
        ",MILL ROAD Family Medicine Inc.,,",
        ",Mill Rd,Port Wren,360.555.0190",
    ],
)
def test_an_office_that_is_here_is_found_again(row: str) -> None:
    found = plan(f"Code,Office,Town,Phone\n{row}\n", card("k7", MILL))
    assert found.new == {}
    assert set(found.changed) <= {"k7"}


def test_two_offices_behind_one_switchboard_stay_two() -> None:
    found = plan(
        "Office,Phone,E-mail\nAlder Pediatrics,(360) 555-0190,desk@house.example\n"
        "Alder Family Medicine,(360) 555-0190,desk@house.example\n"
    )
    assert verdicts(found) == ["new", "new"]


def test_what_the_file_does_not_say_stays_as_it_is() -> None:
    known = card("k7", SourceFacts("Mill Road", phone="(360) 555-0190", hours="8 to 5", rests=True))
    found = plan("Code,Office,Fax\nk7,Mill Road,(360) 555-0191\n", known)
    assert found.changed["k7"] == SourceFacts(
        "Mill Road", phone="(360) 555-0190", fax="(360) 555-0191", hours="8 to 5", rests=True
    )
    assert found.rows[0].says == ("Joins Mill Road: fax",)


def test_a_person_who_is_here_is_filled_in_and_not_doubled() -> None:
    there = {"k7": [person("p1", "k7", PersonFacts("Priya Nair", phone="(360) 555-0190"))]}
    mill = card("k7", SourceFacts("Mill Road"))
    found = plan("Code,Office,Person,Role\nk7,Mill Road,Priya  Nair,Nurse\n", mill, people=there)
    assert found.new_people == {}
    assert found.changed_people["p1"] == PersonFacts(
        "Priya Nair", PersonRole.NURSE, phone="(360) 555-0190"
    )


def test_two_who_share_the_front_desks_mailbox_stay_two() -> None:
    dana = person("p1", "k7", PersonFacts("Dana Whitfield", email="desk@mill.example"))
    head = "Office,Town,Person,Person's e-mail\nMill Road Family Medicine,Alder Falls,"
    found = plan(f"{head}Lee Park,desk@mill.example\n", card("k7", MILL), people={"k7": [dana]})
    assert not found.changed_people
    assert [one.name for one in found.new_people["k7"].values()] == ["Lee Park"]
    renamed = plan(
        f"{head}Dana Brooks,desk@mill.example\n", card("k7", MILL), people={"k7": [dana]}
    )
    assert renamed.changed_people["p1"].name == "Dana Brooks"


def test_every_fault_of_a_row_is_told_at_once_with_its_number() -> None:
    found = plan(
        "Code,Office,Phone,E-mail,Tier,Every so many days,Latitude,Agreed to newsletter on,Website,Role,Person\n"
        "no code,Mill,12,at,Z,5,91,2099-01-01,ftp://x,king,Priya\n"
        "k9,Lakeside,(360) 555-0177,,,,,,,,\n"
    )
    wrong, good = found.rows
    assert (wrong.number, wrong.verdict, good.verdict) == (2, Verdict.WRONG, Verdict.NEW)
    assert len(wrong.says) == 9
    assert not found.is_ready
    assert found.changes_something, "the good row stands by"


def test_a_code_that_was_given_away_is_no_new_office() -> None:
    codes = {"old": "k7", "gone": "gone", "k7": "k7"}
    found = plan(
        "Code,Office,Town\nOLD,Whatever,Alder Falls\ngone,Closed office,\nnew1,Lakeside,\n",
        card("k7", MILL),
        codes=codes,
    )
    assert verdicts(found) == ["joins", "wrong", "new"]
    assert "taken off the list" in found.rows[1].says[0]
    assert set(found.new) == {"new1"}


@pytest.mark.parametrize("code", ["new", "Import", "EXPORT"])
def test_a_word_of_the_desks_own_addresses_is_no_code(code: str) -> None:
    found = plan(f"Code,Office\n{code},Lakeside\n")
    assert verdicts(found) == ["wrong"]
    assert "taken by the desk" in found.rows[0].says[0]
    known = plan(f"Code,Office,Town\n{code},Lakeside,Lynden\n", card(code, MILL))
    assert verdicts(known) == ["joins"], "one that is here already is found by it"


def test_a_code_without_a_name_is_nobody() -> None:
    assert verdicts(plan("Code,Office\nzz,\n")) == ["wrong"]


def test_a_row_that_was_taken_in_before_changes_nothing() -> None:
    first = plan(OUTLOOK)
    (code,) = first.new
    people = {
        code: [
            person(f"p{place}", code, facts)
            for place, facts in enumerate(first.new_people[code].values())
        ]
    }
    again = plan(OUTLOOK, card(code, first.new[code]), people=people)
    assert verdicts(again) == ["same"]
    assert not again.changes_something


def test_formulas_in_a_file_stay_text_and_go_out_disarmed() -> None:
    found = plan("Office,Opening hours\n=HYPERLINK(1),+cmd\n")
    (facts,) = found.new.values()
    assert (facts.name, facts.hours) == ("=HYPERLINK(1)", "+cmd")
    written = write_csv(table_of([card("k7", facts)], {}))
    assert "'=HYPERLINK" in written
    assert "'+cmd" in written


def test_codes_are_drawn_without_letters_that_look_alike() -> None:
    drawn = {draw_code(set()) for _ in range(200)}
    assert len(drawn) == 200
    assert all(len(code) == 6 and not set(code) & set("il1o0") for code in drawn)


_VISIBLE = st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Cf", "Cn", "Co"])
_LINE = st.text(_VISIBLE, min_size=1, max_size=12)
_FACTS = st.builds(
    SourceFacts,
    name=_LINE,
    kind=st.sampled_from(SourceKind),
    public_poster=st.booleans(),
    address=st.lists(_LINE, max_size=3).map(tuple),
    town=st.just("") | _LINE,
    latitude=st.just(47.123456),
    longitude=st.just(-122.5),
    phone=st.sampled_from(["", "(360) 555-0190"]),
    email=st.sampled_from(["", "desk@mill.example"]),
    hours=st.just("") | _LINE,
    tier=st.sampled_from(["", "a", "c"]),
    every_days=st.none() | st.integers(60, 180),
    rests=st.booleans(),
    takes_gifts=st.booleans(),
    agreed_on=st.none() | st.dates(date(2020, 1, 1), TODAY),
)
_PEOPLE = st.lists(
    st.builds(
        PersonFacts,
        name=_LINE,
        role=st.sampled_from(PersonRole),
        title=st.just("") | _LINE,
        likes=st.sampled_from(ReachedBy),
        reached=st.just("") | _LINE,
    ),
    max_size=3,
    unique_by=lambda one: one.name.casefold(),
)


@settings(deadline=None)
@given(_FACTS, _PEOPLE)
def test_what_was_saved_is_taken_in_again_as_it_was(
    facts: SourceFacts, people: list[PersonFacts]
) -> None:
    known = card("k7", facts)
    there = {"k7": [person(f"p{n}", "k7", one) for n, one in enumerate(people)]}
    text = write_csv(table_of([known], there))
    fresh = plan(text)
    assert fresh.count(Verdict.WRONG) == 0, fresh.rows
    assert fresh.new == {"k7": facts}
