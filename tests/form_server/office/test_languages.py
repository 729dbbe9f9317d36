"""A practice of two languages answers each visitor in the language of the page that was used."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from form_server.delivery.letters import letter_about
from form_server.ledger import DeliveryKind
from form_server.parcels import AcknowledgementParcel, parcel_from_bytes
from tests.form_server.office.house import ENOUGH, House
from tests.outreach_kit.web.things import Document
from tests.samples import GROUP_PRACTICE
from tests.translations.visitors import find_english

SPANISH = {"page_language": "es"}
RISK = {"note": "Dice que quiere morirse"}


@pytest.fixture
def bilingual(build: Callable[..., House]) -> House:
    return build(practice=GROUP_PRACTICE)


def language_of(html: str) -> str:
    return Document(html).one("html")["lang"]


@pytest.mark.parametrize("path", ["/refer/", "/refer", "/refer/ana-ruiz", "/hello/", "/hello"])
def test_a_form_is_there_in_each_language(bilingual: House, path: str) -> None:
    english, spanish = bilingual.client.get(path), bilingual.client.get(f"/es{path}")
    assert (language_of(english.text), language_of(spanish.text)) == ("en", "es")
    [sent] = Document(spanish.text).all("input", name="page_language")
    assert sent["value"] == "es"
    assert 'action="https://refer.harborstreet.example/referrals"' in spanish.text


def test_errors_come_in_the_language_of_the_form(bilingual: House) -> None:
    answer = bilingual.client.post("/referrals", data=SPANISH | {"patient_phone": "12"})
    assert (answer.status_code, language_of(answer.text)) == (422, "es")
    assert "Díganos su nombre" in answer.text
    assert 'name="page_language" value="es"' in answer.text
    plain = bilingual.client.post("/referrals", data={"patient_phone": "12"})
    assert language_of(plain.text) == "en"


def test_what_follows_a_sending_stays_in_its_language(bilingual: House) -> None:
    client = bilingual.client
    answer = client.post("/referrals", data=ENOUGH | SPANISH)
    assert re.fullmatch(r"/es/status/[\w-]+", answer.location)
    page = client.get(answer.location)
    assert language_of(page.text) == "es"
    assert "Gracias" in page.text
    again = Document(page.text).one("form")["action"]
    assert language_of(client.post(again, data=ENOUGH).text) == "es"
    [switch] = Document(page.text).all("a", hreflang="en")
    assert switch["href"] == answer.location.removeprefix("/es")
    assert language_of(client.get(switch["href"]).text) == "en"


def test_a_program_is_sent_to_the_status_in_its_language(bilingual: House) -> None:
    said = bilingual.client.post("/referrals", json=ENOUGH | SPANISH).get_json()
    assert "/es/status/" in said["status_url"]
    assert "/es/" not in bilingual.client.post("/referrals", json=ENOUGH).get_json()["status_url"]


def test_the_question_before_danger_comes_in_the_language_of_the_form(bilingual: House) -> None:
    page = bilingual.client.post("/referrals", data=ENOUGH | SPANISH | RISK)
    assert language_of(page.text) == "es"
    assert find_english(Document(page.text).one("main").text) == []
    assert 'name="page_language" value="es"' in page.text


@pytest.mark.parametrize(
    ("accepts", "said"),
    [("es-MX,es;q=0.9", "Por favor revise esto"), ("fr, en;q=0.5", "Please look at this again")],
)
def test_a_program_that_names_no_page_is_answered_as_it_reads(
    bilingual: House, accepts: str, said: str
) -> None:
    answer = bilingual.client.post("/referrals", json={}, headers={"Accept-Language": accepts})
    assert answer.get_json()["title"] == said


def test_the_form_counts_for_more_than_the_browser(bilingual: House) -> None:
    answer = bilingual.client.post("/referrals", json=SPANISH, headers={"Accept-Language": "en"})
    assert answer.get_json()["title"] == "Por favor revise esto"
    assert "Díganos su nombre" in answer.get_json()["errors"]["referrer_name"]


def test_a_missing_page_below_a_language_is_missed_in_it(bilingual: House) -> None:
    answer = bilingual.client.get("/es/status/nobody-has-this")
    assert (answer.status_code, language_of(answer.text)) == (404, "es")


def test_a_language_that_the_practice_does_not_have_is_none(bilingual: House) -> None:
    assert bilingual.client.get("/fr/refer/").status_code == 404
    answer = bilingual.client.post("/referrals", data=ENOUGH | {"page_language": "fr"})
    assert answer.location.startswith("/status/")


def test_openings_are_said_in_the_language_that_is_asked_for(bilingual: House) -> None:
    texts = {
        language: bilingual.client.get(f"/openings.json?lang={language}").get_json()["clinicians"]
        for language in ("en", "es")
    }
    reads_spanish = {"Accept": "application/json", "Accept-Language": "es"}
    program = bilingual.client.get("/openings.json", headers=reads_spanish)
    assert program.get_json()["clinicians"] == texts["es"]
    assert {"Accept", "Accept-Language"} <= set(program.headers["Vary"].split(", "))
    for english, spanish in zip(texts["en"], texts["es"], strict=True):
        assert english["slug"] == spanish["slug"]
        assert english["text"] != spanish["text"] or not english["text"]


def test_a_site_may_read_the_status_in_either_language(bilingual: House) -> None:
    for path in ("/status/nobody", "/es/status/nobody"):
        answer = bilingual.client.get(path, headers={"Origin": "https://tworivers.example"})
        assert answer.headers["Access-Control-Allow-Origin"] == "https://tworivers.example", path


def test_the_receipt_is_mailed_in_the_language_of_the_form(bilingual: House) -> None:
    sent = ENOUGH | SPANISH | {"referrer_email": "ana@clinic.example"}
    link = bilingual.client.post("/referrals", data=sent).location
    assert "page_language" not in bilingual.only_words()
    claimed = bilingual.ledger.queue.claim("test", bilingual.clock(), 100)
    [mail] = [one for one in claimed if one.kind is DeliveryKind.ACKNOWLEDGEMENT]
    parcel = parcel_from_bytes(bilingual.services.server_key.open(mail.parcel, "parcel", mail.id))
    assert isinstance(parcel, AcknowledgementParcel)
    assert parcel.status_url == f"https://refer.harborstreet.example{link}"
    assert "Tenemos su referencia" in letter_about(parcel, whole=True).subject


def test_the_website_s_own_page_says_what_is_missing_in_its_language(
    build: Callable[..., House], tmp_path: Path
) -> None:
    for folder, said in (("", "lost"), ("es", "perdida")):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "404.html").write_text(f"<h1>{said}</h1>")
    client = build(practice=GROUP_PRACTICE, site=tmp_path).client
    assert "perdida" in client.get("/es/nowhere", buffered=True).text
    assert "lost" in client.get("/nowhere", buffered=True).text


def test_without_a_website_each_language_begins_with_its_form(bilingual: House) -> None:
    assert bilingual.client.get("/es/").location == "/es/refer/"
    assert bilingual.client.get("/es/refer/again").location == "/es/refer/"
    assert bilingual.client.get("/").location == "/refer/"


def test_a_page_is_in_the_language_of_its_address_whoever_opens_it(bilingual: House) -> None:
    spanish = {"Accept-Language": "es"}
    for path in ("/refer/", "/hello/", "/ask/", "/status/nobody", "/nowhere"):
        assert language_of(bilingual.client.get(path, headers=spanish).text) == "en", path
        assert language_of(bilingual.client.get(f"/es{path}").text) == "es", path
    cut = bilingual.client.post(
        "/referrals", data=b"--a", content_type="multipart/form-data; boundary=a", headers=spanish
    )
    assert language_of(cut.text) == "es"


def test_a_script_asks_for_words_in_the_language_of_its_page(bilingual: House) -> None:
    for language, path in (("en", "/refer/"), ("es", "/es/refer/")):
        form = Document(bilingual.client.get(path).text).one("form", id="referral")
        assert form["data-times"].endswith(f"/first-calls.json?lang={language}")


def test_a_question_is_answered_in_the_language_of_its_page(bilingual: House) -> None:
    client = bilingual.client
    asked = {
        "referrer_name": "Ana Ruiz",
        "referrer_office": "Alder Falls Family Medicine",
        "referrer_email": "ana@clinic.example",
        "question": "¿Atienden a niños?",
    }
    answer = client.post("/questions", data=asked | SPANISH)
    page = client.get(answer.location)
    assert answer.location.startswith("/es/asked/")
    assert language_of(page.text) == "es"
    [switch] = Document(page.text).all("a", hreflang="en")
    assert language_of(client.get(switch["href"]).text) == "en"
    claimed = bilingual.ledger.queue.claim("test", bilingual.clock(), 100)
    [mail] = [one for one in claimed if one.kind is DeliveryKind.ACKNOWLEDGEMENT]
    parcel = parcel_from_bytes(bilingual.services.server_key.open(mail.parcel, "parcel", mail.id))
    assert isinstance(parcel, AcknowledgementParcel)
    assert parcel.status_url.endswith(answer.location)
    assert "Tenemos su pregunta" in letter_about(parcel, whole=True).subject
