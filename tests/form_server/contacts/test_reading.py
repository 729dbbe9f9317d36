"""Files as address books save them; the shapes are those of their real exports."""

from __future__ import annotations

import csv
import io
import quopri

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from form_server.contacts import read_contacts
from form_server.tabular import TableRefused

GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Name Suffix,Nickname,File As,"
    "Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,"
    "E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,"
    "Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,"
    "Address 1 - Postal Code,Address 1 - Country,Website 1 - Label,Website 1 - Value\r\n"
    "Priya,,Nair,,,,,,Mill Road Family Medicine,Receptionist,,,Closed on Fridays,,* myContacts,"
    "* Work,priya@mill.example,Work,(360) 555-0190 ::: (360) 555-0199,Work,"
    '"12 Mill Road\nAlder Falls, WA 98999\nUS",12 Mill Road,Alder Falls,,WA,98999,US,,https://mill.example\r\n'
    "Joe,,Plumber,,,,,,,,,,,,* myContacts,,,Mobile,(360) 555-0111,,,,,,,,,,\r\n"
)
OLD_GOOGLE = (
    "Name,Given Name,Additional Name,Family Name,Notes,Group Membership,E-mail 1 - Type,E-mail 1 - Value,"
    "Phone 1 - Type,Phone 1 - Value,Address 1 - Street,Address 1 - City,Address 1 - Region,"
    "Address 1 - Postal Code,Organization 1 - Type,Organization 1 - Name,Organization 1 - Title\r\n"
    "Priya Nair,Priya,,Nair,Closed on Fridays,* myContacts,* Work,priya@mill.example,Work,"
    "(360) 555-0190,12 Mill Road,Alder Falls,WA,98999,,Mill Road Family Medicine,Receptionist\r\n"
)
OUTLOOK = (
    '"Title","First Name","Middle Name","Last Name","Suffix","Company","Department","Job Title",'
    '"Business Street","Business City","Business State","Business Postal Code","Business Fax",'
    '"Business Phone","Company Main Phone","Mobile Phone","E-mail Address","E-mail Type","Notes",'
    '"Web Page"\r\n'
    '"","Priya","","Nair","","Mill Road Family Medicine","","Receptionist","12 Mill Road","Alder Falls",'
    '"WA","98999","(360) 555-0191","(360) 555-0190","(360) 555-0180","","priya@mill.example","SMTP",'
    '"Closed on Fridays","https://mill.example"\r\n'
)
PRIYA = {
    "office": "Mill Road Family Medicine",
    "person": "Priya Nair",
    "person_phone": "(360) 555-0190",
    "person_email": "priya@mill.example",
    "address": "12 Mill Road",
    "town": "Alder Falls",
    "region": "WA",
    "postal_code": "98999",
    "notes": "Closed on Fridays",
}
CARD_3 = """BEGIN:VCARD
VERSION:3.0
N:Nair;Priya;;;
FN:Priya Nair
ORG:Mill Road Family Medicine;Front desk
TITLE:Receptionist
TEL;TYPE=WORK,FAX:(360) 555-0191
TEL;TYPE=CELL:(360) 555-0123
item1.TEL;TYPE=WORK,VOICE:(360) 555-0190
EMAIL;TYPE=INTERNET;TYPE=WORK:priya@mill.example
item2.ADR;TYPE=WORK:;;12 Mill Road;Alder Falls;WA;98999;USA
GEO:47.6;-122.3
NOTE:Closed on\\nFridays\\, mostly; ask
 first
END:VCARD
"""
CARD_4 = """BEGIN:VCARD
VERSION:4.0
KIND:org
FN:Lakeside Pediatrics
TEL;VALUE=uri;TYPE="work,voice":tel:+13605550177
ADR;TYPE=work:;Suite 3;9 Lake St;Alder Falls;WA;98999;USA
URL:https://lakeside.example
GEO:geo:47.61,-122.33
END:VCARD
"""


def fields(raw: bytes | str) -> list[dict[str, str]]:
    data = raw.encode() if isinstance(raw, str) else raw
    return [dict(entry.fields) for entry in read_contacts(data).entries]


def test_google_contacts_of_today_are_read() -> None:
    office, friend = fields(GOOGLE)
    assert office == {**PRIYA, "title": "Receptionist", "website": "https://mill.example"}
    assert friend == {"person": "Joe Plumber", "person_phone": "(360) 555-0111"}


def test_google_contacts_of_some_years_ago_are_read() -> None:
    assert fields(OLD_GOOGLE) == [{**PRIYA, "title": "Receptionist"}]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_outlook_is_read(encoding: str) -> None:
    (row,) = fields(OUTLOOK.encode(encoding))
    assert row == {
        **PRIYA,
        "title": "Receptionist",
        "website": "https://mill.example",
        "fax": "(360) 555-0191",
        "phone": "(360) 555-0180",
    }


def test_a_suite_in_a_column_of_its_own_is_part_of_the_address() -> None:
    outlook = "First Name,Company,Business Street,Business Street 2,Business Street 3\n"
    google = "First Name,Organization Name,Address 1 - Street,Address 1 - Extended Address\n"
    assert fields(f"{outlook}Ana,Mill,12 Oak,Suite 4,\n")[0]["address"] == "12 Oak\nSuite 4"
    assert fields(f"{google}Ana,Mill,12 Oak,Suite 4\n")[0]["address"] == "12 Oak\nSuite 4"
    assert "address" not in fields(f"{outlook}Ana,Mill,,,\n")[0]


def test_of_several_numbers_the_one_for_work_is_rung_and_a_fax_is_a_fax() -> None:
    head = "First Name,Organization Name," + ",".join(
        f"Phone {number} - Label,Phone {number} - Value" for number in (1, 2, 3)
    )
    ana, lee = fields(
        f"{head}\nAna,Mill,Work Fax,360 555 0191,Mobile,360 555 0123,Work,360 555 0190 ::: 360 555 0199\n"
        "Lee,Mill,Work Fax,360 555 0191,,,,\n"
    )
    assert (ana["person_phone"], ana["fax"]) == ("360 555 0190", "360 555 0191")
    assert lee == {"office": "Mill", "person": "Lee", "fax": "360 555 0191"}


def test_a_plain_list_names_the_office_by_its_name() -> None:
    assert fields("Name;City;Phone\nMill Road;Alder Falls;360 555 0190\n") == [
        {"office": "Mill Road", "town": "Alder Falls", "phone": "360 555 0190"}
    ]


def test_columns_that_nobody_knows_are_named() -> None:
    assert read_contacts(
        b"Office,Favourite  colour,Phone,Telephone\nMill,green,1,2\n"
    ).left_out == (
        "Favourite colour",
        "Telephone",
    )


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "empty"),
        (b"First Name,Last Name\nJoe,Plumber\n", "names an office"),
        (b"PK\x03\x04\x00\x00", "no text"),
        (b'Office\n"' + b"x" * 200_000, "never closed"),
        (b"Office\n" + b"Mill\n" * 100_001, "100,001 entries"),
    ],
)
def test_what_cannot_be_taken_for_contacts_is_refused_in_words(raw: bytes, said: str) -> None:
    with pytest.raises(TableRefused, match=said):
        read_contacts(raw)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_card_of_version_3_is_read(newline: str) -> None:
    (card,) = fields(CARD_3.replace("\n", newline))
    assert card == {
        **PRIYA,
        "title": "Receptionist",
        "fax": "(360) 555-0191",
        "latitude": "47.6",
        "longitude": "-122.3",
        "notes": "Closed on\nFridays, mostly; askfirst",
    }


def test_a_card_of_version_4_for_an_office_is_read() -> None:
    assert fields(CARD_4) == [
        {
            "office": "Lakeside Pediatrics",
            "phone": "+13605550177",
            "address": "9 Lake St\nSuite 3",
            "town": "Alder Falls",
            "region": "WA",
            "postal_code": "98999",
            "website": "https://lakeside.example",
            "latitude": "47.61",
            "longitude": "-122.33",
        }
    ]


def test_what_version_2_wrote_in_quoted_printable_is_read() -> None:
    note = quopri.encodestring("Öffnet um neun. ".encode() * 9).decode()
    card = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Mu=C3=B1oz;Ana\r\n"
        f"ORG:Mill Road\r\nTEL;WORK;VOICE:(360) 555-0190\r\nNOTE;ENCODING=QUOTED-PRINTABLE:{note}\r\nEND:VCARD\r\n"
    )
    (found,) = fields(card)
    assert found["person"] == "Ana Muñoz"
    assert found["notes"] == ("Öffnet um neun. " * 9).strip()
    assert found["person_phone"] == "(360) 555-0190"


def test_a_card_that_breaks_off_is_named_and_its_neighbours_stay() -> None:
    broken = "BEGIN:VCARD\nVERSION:3.0\nFN:Half\n"
    found = read_contacts((CARD_4 + broken + CARD_3 + broken).encode()).entries
    assert [bool(entry.fault) for entry in found] == [False, True, False, True]
    assert [entry.number for entry in found] == [1, 2, 3, 4]


def test_semicolons_and_backslashes_of_a_card_stay_in_their_part() -> None:
    card = CARD_4.replace("9 Lake St", "9\\; Lake\\\\ St\\, upstairs")
    assert fields(card)[0]["address"] == "9; Lake\\ St, upstairs\nSuite 3"


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_contacts_or_refused(raw: bytes) -> None:
    try:
        read_contacts(raw)
    except TableRefused:
        return


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="\0"), max_size=200))
def test_any_text_in_a_card_is_read(text: str) -> None:
    card = f"BEGIN:VCARD\nVERSION:4.0\n{text}\nFN:Mill\nORG:Mill\nEND:VCARD\n"
    assert read_contacts(card.encode("utf-8", "replace")).entries


_NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(
    lambda name: ":::" not in name and not name.startswith("'")
)


@settings(deadline=None)
@given(st.lists(_NAMES, min_size=1, max_size=5), st.sampled_from([",", ";", "\t"]))
def test_whatever_an_office_is_called_it_comes_out_of_its_cell(
    names: list[str], separator: str
) -> None:
    written = io.StringIO()
    rows = [["Office", "Town"], *([name, "A"] for name in names)]
    csv.writer(written, delimiter=separator).writerows(rows)
    assert [row.get("office", "") for row in fields(written.getvalue())] == [
        name.strip() for name in names
    ]
