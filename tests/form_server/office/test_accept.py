from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from form_server.admitting import hash_of_token, read_token
from form_server.ledger import Channel, Recipient, SubmissionReused
from form_server.ledger.agreements import NewAgreement, Purpose
from form_server.office.counter import Office
from form_server.office.reading import read_submission
from form_server.office.submission import Submission
from form_server.parcels import FullParcel, NoticeParcel, Parcel, parcel_from_bytes
from form_server.settings import Forward
from tests.form_server.office.house import ENOUGH, MONDAY_MORNING, OWNER, House


def office_of(house: House) -> Office:
    office = house.app.extensions["handoff-office"]
    assert isinstance(office, Office)
    return office


def submission(house: House, submission_id: str = "", **changes: object) -> Submission:
    return read_submission({**ENOUGH, **changes}, office_of(house).asks, submission_id)


def parcels(house: House) -> list[tuple[Channel, str, Parcel]]:
    """What waits to be delivered, claimed and opened as the worker does."""
    claimed = house.ledger.queue.claim("test", house.clock(), 50)
    key = house.services.server_key
    return [
        (one.channel, one.address, parcel_from_bytes(key.open(one.parcel, "parcel", one.id)))
        for one in claimed
        if one.channel is not Channel.NONE
    ]


def test_a_referral_is_sealed_promised_and_announced_in_one_commit(house: House) -> None:
    receipt = office_of(house).reception.accept(submission(house))

    (referral,) = house.referrals()
    assert referral.receipt == receipt.receipt
    assert referral.received_at == MONDAY_MORNING
    assert referral.promised_by == MONDAY_MORNING + timedelta(hours=4)
    assert referral.clinician is None
    assert house.open(referral)["patient_name"] == "Jordan Quill"
    ((channel, address, parcel),) = parcels(house)
    assert (channel, address) == (Channel.EMAIL, OWNER)
    assert isinstance(parcel, NoticeParcel)
    assert parcel.receipt == receipt.receipt
    assert parcel.office_name == "Alder Falls Family Medicine"
    assert parcel.office_phone_uri == "tel:+13605550177"
    url = f"https://refer.harborstreet.example/desk/referrals/{referral.id}"
    assert parcel.desk_url == url


def test_a_referral_gets_the_names_that_were_drawn_for_it(house: House) -> None:
    everybody = house.services.slips
    everybody.refill()
    office_of(house).reception.accept(submission(house))
    (referral,) = house.referrals()
    (notice,) = (
        one
        for one in house.ledger.deliveries.of_referral(referral.id)
        if one.channel is Channel.EMAIL
    )
    ((_, _, parcel),) = parcels(house)

    assert isinstance(parcel, NoticeParcel)
    links = office_of(house).reception.pause_links
    assert links.read(parcel.pause_url.rpartition("/")[2]) == notice.id
    assert everybody.refill() == 1


def test_a_notice_says_nothing_of_the_patient(house: House) -> None:
    office_of(house).reception.accept(submission(house, note="quite worried"))
    office_of(house).reception.accept(
        submission(house, kind="self", referrer_name="", referrer_office="", referrer_phone="")
    )

    for _, _, parcel in parcels(house):
        for private in ("Quill", "0199", "panic", "worried"):
            assert private not in repr(parcel)


def test_each_recipient_is_told_and_the_whole_referral_goes_by_mail_alone(
    build: Callable[..., House],
) -> None:
    house = build(forward=Forward.FULL)
    agree(house)
    (inbox,) = house.ledger.inboxes.all()
    channels = [(Channel.EMAIL, OWNER), (Channel.PUSH, "ntfy://x"), (Channel.WEBHOOK, "https://x")]
    house.ledger.inboxes.set_recipients(
        inbox.id,
        [
            Recipient(house.ledger.new_id(), inbox.id, channel, address, place)
            for place, (channel, address) in enumerate(channels)
        ],
        actor="command",
    )

    office_of(house).reception.accept(submission(house, reasons=["panic", "typed"]))

    told = {channel: parcel for channel, _, parcel in parcels(house)}
    whole = told[Channel.EMAIL]
    assert isinstance(whole, FullParcel)
    assert whole.patient_name == "Jordan Quill"
    assert whole.reasons == ("Panic attacks (heart checked)", "typed")
    assert isinstance(told[Channel.PUSH], NoticeParcel)
    assert isinstance(told[Channel.WEBHOOK], NoticeParcel)


def agree(house: House) -> None:
    """The mail provider's agreement, as an owner records it."""
    mail = house.settings.mail
    assert mail is not None
    agreement = NewAgreement(
        "g1", "Example Mail", Purpose.MAIL, date(2020, 1, 1), None, "Nora", mail.host
    )
    house.ledger.agreements.record(agreement, user_id="u")


def test_without_an_agreement_the_mail_says_only_that_a_referral_came(
    build: Callable[..., House],
) -> None:
    house = build(forward=Forward.FULL)
    office_of(house).reception.accept(submission(house))
    assert [type(parcel) for _, _, parcel in parcels(house)] == [NoticeParcel]

    agree(house)
    office_of(house).reception.accept(submission(house, patient_name="Al Quill"))
    assert FullParcel in [type(parcel) for _, _, parcel in parcels(house)]


def test_message_ids_are_of_the_senders_domain_and_each_its_own(house: House) -> None:
    office_of(house).reception.accept(submission(house))
    office_of(house).reception.accept(submission(house, patient_name="Al Quill"))

    ids = [one.message_id for one in house.ledger.queue.claim("test", house.clock(), 50)]

    assert len(set(ids)) == 2
    assert all(one.endswith("@harborstreet.example>") for one in ids)


def test_the_same_words_within_ten_minutes_are_the_same_referral(house: House) -> None:
    reception = office_of(house).reception
    first = reception.accept(submission(house))
    house.clock.pass_by(timedelta(minutes=9))
    again = reception.accept(submission(house, patient_name="  jordan QUILL"))

    assert again.repeated
    assert not first.repeated
    assert (again.receipt, again.status_token) == (first.receipt, first.status_token)
    assert again.promised_by == first.promised_by
    assert len(house.referrals()) == 1
    assert len(parcels(house)) == 1


def test_after_ten_minutes_the_same_words_are_another_referral(house: House) -> None:
    reception = office_of(house).reception
    first = reception.accept(submission(house))
    house.clock.pass_by(timedelta(minutes=11))

    assert reception.accept(submission(house)).receipt != first.receipt
    assert len(house.referrals()) == 2


def test_a_submission_id_is_remembered_for_a_day_and_holds_to_its_words(house: House) -> None:
    reception = office_of(house).reception
    first = reception.accept(submission(house, "k" * 32))
    house.clock.pass_by(timedelta(hours=23))

    assert reception.accept(submission(house, "k" * 32)).receipt == first.receipt
    with pytest.raises(SubmissionReused):
        reception.accept(submission(house, "k" * 32, patient_name="Al Quill"))
    assert len(house.referrals()) == 1


def test_a_receipt_that_is_taken_is_drawn_again(house: House) -> None:
    reception = office_of(house).reception
    numbers = draws([0, 0, 0, 0, 0, 0, 1, 1, 1])
    house.services.slips._pick = lambda limit: next(numbers) % limit
    first = reception.accept(submission(house))
    second = reception.accept(submission(house, patient_name="Al Quill"))

    assert first.receipt == "amber-acorn-10"
    assert second.receipt == "ample-almond-11"
    assert len(house.referrals()) == 2


def test_the_status_token_is_of_128_bits_and_the_ledger_has_only_its_hash(house: House) -> None:
    receipt = office_of(house).reception.accept(submission(house))

    raw = read_token(receipt.status_token)

    assert raw is not None
    assert len(raw) == 16
    assert hash_of_token(raw) == hashlib.sha256(raw).digest()
    assert house.ledger.referrals.by_status_hash(hash_of_token(raw)) == house.referrals()[0]
    assert receipt.status_token.encode() not in (house.settings.var / "handoff.db").read_bytes()


@pytest.mark.parametrize("text", ["", "short", "x" * 23, "é" * 22, "!" * 22, "a b" * 7 + "c"])
def test_a_link_that_was_cut_or_made_up_is_no_token(text: str) -> None:
    assert read_token(text) is None


def test_only_what_the_practice_knows_stands_in_clear(house: House) -> None:
    office_of(house).reception.accept(
        submission(house, clinician="nora-ellison", source="Jordan Quill", reasons=["Quill"])
    )

    (referral,) = house.referrals()
    assert referral.clinician == "nora-ellison"
    assert referral.source is None
    assert referral.flags == {"unknown_reason", "unknown_source"}
    assert house.open(referral)["source"] == "Jordan Quill"


def test_no_byte_of_the_state_names_the_patient(build: Callable[..., House]) -> None:
    house = build(forward=Forward.FULL)
    agree(house)
    marker = "Zyxomma Petiolatum"
    office_of(house).reception.accept(
        submission(house, patient_name=marker, note=f"about {marker}", reasons=[marker])
    )

    files = [path for path in house.settings.var.rglob("*") if path.is_file()]
    assert len(files) > 3
    for path in files:
        assert b"Zyxomma" not in path.read_bytes(), path


def draws(numbers: list[int]) -> Iterator[int]:
    yield from numbers
