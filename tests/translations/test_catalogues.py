from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog

from outreach_kit.paper.catalogue import CATALOGUE
from outreach_kit.paper.sheet import Sides, Stock
from outreach_kit.paper.wording import speaks, wording_in
from outreach_kit.web.fonts import CORE
from tests.translations.catalogues import Home, compiled, homes, renew, spoken
from tests.translations.faults import find_faults
from tests.translations.sources import gather

MEND = "Run: python -m tests.translations update, translate, python -m tests.translations compile"


@pytest.fixture(scope="module")
def gathered() -> Catalog:
    return gather()


def test_spanish_is_kept() -> None:
    assert [home.language for home in homes()] == ["es"]
    assert speaks("es")
    assert not speaks("tlh")


@pytest.mark.parametrize("home", homes(), ids=lambda home: home.language)
def test_every_message_of_ours_has_its_words(home: Home, gathered: Catalog) -> None:
    faults = list(find_faults(home.read(), gathered))
    assert not faults, f"{len(faults)} faults. {MEND}\n" + "\n".join(faults)


@pytest.mark.parametrize("home", homes(), ids=lambda home: home.language)
def test_the_committed_table_is_what_the_catalogue_says(home: Home) -> None:
    assert spoken(home.table.read_bytes()) == spoken(compiled(home.read())), MEND


@pytest.mark.parametrize("home", homes(), ids=lambda home: home.language)
def test_every_letter_is_among_the_faces_that_each_page_loads(home: Home) -> None:
    letters = set("".join(spoken(home.table.read_bytes()).values()))
    assert sorted(letter for letter in letters if ord(letter) not in CORE) == []


def test_a_row_of_the_catalogue_is_found_though_no_code_names_it(gathered: Catalog) -> None:
    texts = [text for sheet in CATALOGUE for text in (sheet.title, sheet.audience, sheet.about)]
    for text in (*texts, *Stock, *Sides):
        assert gathered.get(str(text)) is not None


def test_a_sheet_of_the_catalogue_is_named_in_spanish() -> None:
    assert wording_in("es").gettext("Referral pad") == "Bloc de referencias"


def test_what_the_owners_desk_says_is_nobodys_to_translate(gathered: Catalog) -> None:
    files = {file for message in gathered for file, _line in message.locations}
    assert "site_src/templates/status.html" in files
    assert not [file for file in files if file.startswith("form_server/desk")]


def test_an_update_keeps_words_and_remarks_and_drops_what_nothing_says() -> None:
    kept, sources = Catalog(locale="es"), Catalog()
    kept.add("Call", "Llame", user_comments=["On a button."])
    kept.add("Gone", "Ido")
    for said in ("Call", "New"):
        sources.add(said, locations=[("a.py", 0)])
    renewed = renew(kept, sources)
    call = renewed["Call"]
    assert (call.string, call.user_comments) == ("Llame", ["On a button."])
    assert not renewed["New"].string
    assert "Gone" not in renewed


def test_a_message_without_words_is_not_compiled() -> None:
    catalogue = Catalog(locale="es")
    catalogue.add("Call", "Llame")
    catalogue.add("New", "")
    assert spoken(compiled(catalogue)) == {"Call": "Llame"}
