"""An address book is looked at first, and taken in whole, once, with nothing of it left behind."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from werkzeug.test import TestResponse

from form_server.contacts.reading import Entries, Entry
from form_server.desk.offices import importing
from form_server.desk.offices.parcel import Parcel, pack, unpack
from form_server.tabular import TableRefused
from tests.form_server.contacts.test_reading import CARD_3, GOOGLE, OUTLOOK
from tests.form_server.desk.offices.book import alder, send
from tests.form_server.desk.stage import Stage, hidden

IMPORT = "/desk/offices/import"


def look(desk: Stage, file: str | bytes, name: str = "contacts.csv") -> TestResponse:
    raw = file if isinstance(file, bytes) else file.encode()
    return send(desk, IMPORT, IMPORT, {"file": (io.BytesIO(raw), name)})


def take(desk: Stage, preview: TestResponse, **more: str) -> TestResponse:
    return send(desk, IMPORT, f"{IMPORT}/all", {"parcel": hidden(preview.text, "parcel"), **more})


def names(desk: Stage) -> list[str]:
    return [one.name for one in desk.ledger.address_book.all()]


@pytest.mark.parametrize(
    ("file", "name"), [(GOOGLE, "google.csv"), (OUTLOOK, "outlook.csv"), (CARD_3, "phone.vcf")]
)
def test_a_look_changes_nothing_and_taking_in_does(desk: Stage, file: str, name: str) -> None:
    preview = look(desk, file, name)
    assert preview.status_code == 200
    assert "Mill Road Family Medicine, Priya Nair" in preview.text
    assert names(desk) == []

    done = take(desk, preview)

    assert done.location == "/desk/offices?done=imported&new=1&changed=0"
    assert "Taken in: 1 new, 0 changed." in desk.get(done.location).text
    assert names(desk) == ["Mill Road Family Medicine"]
    ((person,),) = desk.ledger.address_book.people().values()
    assert person.name == "Priya Nair"
    assert "sources.imported" in desk.actions()


def test_a_new_office_gets_the_code_that_was_looked_at(desk: Stage) -> None:
    preview = look(desk, "Office\nBirch Clinic\nElm Clinic\n")
    shown = re.findall("under the code ([a-z2-9]{6})", preview.text)
    take(desk, preview)
    assert [one.code for one in desk.ledger.address_book.all()] == shown
    again = look(desk, "Office\nOak Clinic\n").text
    assert not set(re.findall("under the code ([a-z2-9]{6})", again)) & set(shown)


def test_notes_are_sealed_to_the_users_inbox(desk: Stage) -> None:
    preview = look(desk, GOOGLE)
    assert "1 note is sealed to your inbox" in preview.text
    take(desk, preview)
    (card,) = desk.ledger.address_book.all()
    (noted,) = desk.ledger.visits.of(card.code)
    assert noted.note is not None
    assert noted.note.inbox_id == desk.founding.inbox_id
    assert b"Fridays" not in noted.note.sealed


def test_whoever_has_no_key_for_notes_learns_it_at_the_first_look(
    desk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "_inbox_id", lambda _desk: "")
    preview = look(desk, GOOGLE)
    assert preview.status_code == 422
    assert "You look into none" in preview.text
    assert "sealed to your inbox" not in preview.text
    assert 'name="parcel"' not in preview.text


def test_what_was_sent_twice_is_taken_in_once(desk: Stage) -> None:
    preview = look(desk, GOOGLE)
    take(desk, preview)
    again = take(desk, preview)
    assert again.location == "/desk/offices?done=nothing"
    assert "All of that was here already" in desk.get(again.location).text
    (card,) = desk.ledger.address_book.all()
    assert len(desk.ledger.visits.of(card.code)) == 1


def test_two_presses_at_once_take_it_in_once(desk: Stage) -> None:
    preview = look(desk, GOOGLE)
    form = {name: hidden(preview.text, name) for name in ("csrf_token", "parcel")}
    browsers = [desk.app.test_client() for _ in range(3)]
    cookie = desk.client.get_cookie("__Host-desk", domain="refer.harborstreet.example")
    assert cookie is not None
    for one in browsers:
        one.set_cookie(cookie.key, cookie.value, domain=cookie.domain, secure=True)
    with ThreadPoolExecutor(3) as fingers:
        answers = list(fingers.map(lambda one: desk.post(f"{IMPORT}/all", form, one), browsers))
    assert {one.status_code for one in answers} == {303}
    assert names(desk) == ["Mill Road Family Medicine"]
    (card,) = desk.ledger.address_book.all()
    assert len(desk.ledger.address_book.people()[card.code]) == 1
    assert len(desk.ledger.visits.of(card.code)) == 1


def test_each_row_says_what_it_would_do(desk: Stage) -> None:
    alder(desk)
    table = (
        "Office,Town,Phone,Person,Role\n"
        "Birch Clinic,Lynden,,,\n"
        "Alder Family Medicine,Alder Falls,,Bo Chen,nurse\n"
        "Alder Family Medicine,Alder Falls,,Dana Whitfield,\n"
        ",,,Joe Plumber,\n"
    )
    page = look(desk, table).text
    for said in (
        "Row 2 · new", "Adds Bo Chen", "is here as it is", "so this contact stays out",
    ):  # fmt: skip
        assert said in page, said


def test_a_wrong_row_keeps_all_out_until_it_is_left_out(desk: Stage) -> None:
    preview = look(desk, "Office,Phone\nBirch Clinic,360 555 0140\nElm Clinic,12\n")
    assert preview.status_code == 422
    assert "1 row needs mending" in preview.text
    assert "Row 3" in preview.text
    assert "Phone: Write it with area code" in preview.text
    assert take(desk, preview).status_code == 422
    assert names(desk) == []
    assert take(desk, preview, skip="yes").status_code == 303
    assert names(desk) == ["Birch Clinic"]


def test_the_book_is_planned_anew_when_it_is_taken_in(desk: Stage) -> None:
    preview = look(desk, "Office,Town,Fax\nAlder Family Medicine,Alder Falls,360-555-0199\n")
    alder(desk)
    assert take(desk, preview).location == "/desk/offices?done=imported&new=0&changed=1"
    assert names(desk) == ["Alder Family Medicine"]
    assert desk.ledger.address_book.get("k7m2xq").facts.fax == "(360) 555-0199"


def test_what_was_saved_here_changes_nothing(desk: Stage) -> None:
    alder(desk)
    preview = look(desk, desk.get("/desk/offices/export").data)
    assert "Nothing would change" in preview.text
    assert 'name="parcel"' not in preview.text


def test_what_is_no_address_book_is_refused(desk: Stage) -> None:
    for file, said in (
        (b"", "Choose a file, or paste"),
        (b"Town,Phone\nLynden,1\n", "no column names an office"),
        (b"Office,Town\n\n", "nothing below it"),
        (b'Office\n"Birch', "a quote is never closed"),
        (b"\x89PNG\r\n\x1a\n\0\0", "it holds no text"),
    ):
        answer = look(desk, file)
        assert answer.status_code == 422, file
        assert said in answer.text


def test_a_file_that_is_too_large_is_refused_in_words(desk: Stage) -> None:
    answer = look(desk, "Office\n" + "Birch Clinic\n" * 38_800)
    assert answer.status_code == 413
    assert "Split a file in two" in answer.text
    assert names(desk) == []


def test_it_can_be_pasted(desk: Stage) -> None:
    preview = send(desk, IMPORT, IMPORT, {"pasted": "Office,Town\nBirch Clinic,Lynden\n"})
    take(desk, preview)
    assert names(desk) == ["Birch Clinic"]


def test_a_formula_stays_text_on_the_way_back(desk: Stage) -> None:
    take(desk, look(desk, 'Office,Opening hours\n=HYPERLINK(1),"+8 to 5"\n'))
    saved = desk.get("/desk/offices/export").data.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in saved
    assert "'+8 to 5" in saved


def test_a_parcel_comes_back_as_it_was_sent() -> None:
    entries = Entries(
        [Entry(2, {"office": "Çedar “Clinic”", "notes": "a\nb"}), Entry(3, {}, "Broken off.")],
        ("Birthday",),
    )
    assert unpack(pack(Parcel(entries, "x1"))) == Parcel(entries, "x1")


@pytest.mark.parametrize(
    "parcel", ["", "x", "é", "AAAA", pack(Parcel(Entries([]), "x1"))[:-3], "eJwDAAAAAAE"]
)
def test_a_parcel_that_was_damaged_is_refused(parcel: str) -> None:
    with pytest.raises(TableRefused):
        unpack(parcel)


def test_a_damaged_parcel_asks_for_the_file_once_more(desk: Stage) -> None:
    answer = send(desk, IMPORT, f"{IMPORT}/all", {"parcel": "AAAA"})
    assert answer.status_code == 422
    assert "choose the file once more" in answer.text


def test_a_parcel_that_would_fill_the_memory_is_refused() -> None:
    huge = pack(Parcel.of(Entries([Entry(1, {"office": "x" * 9_000_000})])))
    assert len(huge) < 20_000
    with pytest.raises(TableRefused):
        unpack(huge)
