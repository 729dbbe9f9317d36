"""The mail to the office: fixed words, few a day, at most once, and none for what is kept aside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from form_server.acknowledging import acknowledge
from form_server.delivery.letters import letter_about
from form_server.ledger import Claimed, DeliveryKind, Promise, Referral
from form_server.parcels import AcknowledgementParcel, parcel_from_bytes
from tests.form_server.office.house import ENOUGH, House
from tests.samples import GROUP_PRACTICE

WITH_ADDRESS = {**ENOUGH, "referrer_email": "Ana@clinic.example", "note": "Planted words"}


def acknowledgements(house: House) -> list[Claimed]:
    claimed = house.ledger.queue.claim("test", house.clock(), 100)
    return [one for one in claimed if one.kind is DeliveryKind.ACKNOWLEDGEMENT]


def send(house: House, number: int, **more: str) -> None:
    data = {**WITH_ADDRESS, "patient_name": f"Patient {number}", **more}
    assert house.client.post("/referrals", data=data).status_code == 303


def test_it_says_what_the_receipt_says_and_nothing_that_was_typed(house: House) -> None:
    link = house.client.post("/referrals", data=WITH_ADDRESS).location
    (mail,) = acknowledgements(house)
    assert mail.address == "Ana@clinic.example"
    assert mail.kind.promise is Promise.AT_MOST_ONCE
    parcel = parcel_from_bytes(house.services.server_key.open(mail.parcel, "parcel", mail.id))
    assert isinstance(parcel, AcknowledgementParcel)
    (referral,) = house.referrals()
    assert parcel.status_url == f"https://refer.harborstreet.example{link}"
    letter = letter_about(parcel, whole=True)
    said = str(letter)
    assert referral.receipt in letter.subject
    assert "Monday, November 23" in said
    for typed in (
        "Ana",
        "Ruiz",
        "Jordan",
        "Quill",
        "Planted",
        "Alder Falls Family",
        "0177",
        "0199",
    ):
        assert typed not in said.replace(parcel.status_url, "")


def test_without_an_address_there_is_none(house: House) -> None:
    house.client.post("/referrals", data=ENOUGH)
    assert acknowledgements(house) == []


def test_an_address_gets_three_a_day_however_it_is_written(house: House) -> None:
    for number in range(5):
        send(
            house,
            number,
            referrer_email="ANA@clinic.example" if number % 2 else "ana@clinic.example",
        )
    assert len(acknowledgements(house)) == 3
    assert len(house.referrals()) == 5
    send(house, 6, referrer_email="dana@clinic.example")
    assert [one.address for one in acknowledgements(house)] == ["dana@clinic.example"]
    house.clock.pass_by(timedelta(days=1))
    send(house, 7)
    assert len(acknowledgements(house)) == 1


def test_the_same_referral_again_is_acknowledged_once(house: House) -> None:
    send(house, 1)
    send(house, 1)
    assert len(acknowledgements(house)) == 1


ASIDE = {"website": "https://cheap-pills.example", "note": "https://a.example https://b.example"}


def rescue(house: House, referral: Referral) -> None:
    """As the desk does, when somebody says that it is real."""
    with house.app.app_context():
        said = house.open(referral)
        email, language = str(said["referrer_email"]), str(said.get("page_language", ""))
        receipt = acknowledge(referral, email, language)
    house.ledger.quarantine.rescue(referral.id, [], house.ledger.people.users()[0].id, receipt)


def kept_aside(house: House) -> Referral:
    (found,) = [one for one in house.referrals() if "quarantine" in one.flags]
    return found


def test_what_was_kept_aside_is_acknowledged_once_when_it_is_rescued(house: House) -> None:
    link = house.client.post("/referrals", data={**WITH_ADDRESS, **ASIDE}).location
    assert acknowledgements(house) == []
    referral = kept_aside(house)
    house.clock.pass_by(timedelta(minutes=40))

    rescue(house, referral)
    rescue(house, referral)

    (mail,) = acknowledgements(house)
    assert (mail.address, mail.referral_id) == ("Ana@clinic.example", referral.id)
    parcel = parcel_from_bytes(house.services.server_key.open(mail.parcel, "parcel", mail.id))
    assert isinstance(parcel, AcknowledgementParcel)
    assert parcel.receipt == referral.receipt
    assert parcel.status_url.endswith(link)


def test_the_held_back_receipt_is_in_the_language_of_the_page(build: Callable[..., House]) -> None:
    house = build(practice=GROUP_PRACTICE)
    house.client.post("/referrals", data={**WITH_ADDRESS, **ASIDE, "page_language": "es"})

    house.clock.pass_by(timedelta(days=5))

    rescue(house, kept_aside(house))

    (mail,) = acknowledgements(house)
    parcel = parcel_from_bytes(house.services.server_key.open(mail.parcel, "parcel", mail.id))
    assert isinstance(parcel, AcknowledgementParcel)
    assert (parcel.language, parcel.is_late) == ("es", True)
    assert "/es/status/" in parcel.status_url
    assert "Llamamos" not in str(letter_about(parcel, whole=True))


def test_a_rescue_takes_from_the_same_ration(house: House) -> None:
    for number in range(3):
        send(house, number)
    assert len(acknowledgements(house)) == 3
    house.client.post("/referrals", data={**WITH_ADDRESS, **ASIDE})

    rescue(house, kept_aside(house))

    assert acknowledgements(house) == []
