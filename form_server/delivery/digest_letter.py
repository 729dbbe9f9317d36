"""What the digest says: counts, open promises, trouble, and the head of the audit."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from form_server.delivery.letter import Fact, Letter, section
from form_server.delivery.words import one_line, say_moment, say_moment_briefly
from form_server.parcels import DigestParcel


def digest_letter(parcel: DigestParcel) -> Letter:
    zone = ZoneInfo(parcel.time_zone)
    day = say_moment_briefly(parcel.written_at, zone)
    return Letter(
        subject=f"Referrals, {day}: {_headline(parcel)}",
        preview=f"{parcel.received} new since {say_moment_briefly(parcel.since, zone)}.",
        heading=_headline(parcel).capitalize(),
        sections=(
            section(
                "",
                Fact("New since", f"{parcel.received} ({say_moment(parcel.since, zone)})"),
                Fact("No call yet", str(parcel.waiting)),
                Fact("Overdue", str(parcel.overdue)),
                Fact("Called, open", str(parcel.in_hand)),
            ),
            section(
                "Open promises",
                *(
                    Fact(one_line(one.receipt), f"by {say_moment(one.promised_by, zone)}")
                    for one in parcel.open_promises
                ),
            ),
            section(
                "Questions and talks",
                Fact("No answer yet", _count(parcel.questions)),
                Fact("Overdue", _count(parcel.questions_overdue)),
                Fact("Talks agreed on", _count(parcel.talks)),
            ),
            section(
                "Offices",
                Fact("Due a visit", _due(parcel)),
                Fact("Next morning", ", ".join(one_line(name) for name in parcel.morning)),
                Fact("Run low", _count(parcel.stock_low)),
                Fact("Thank-you cards", _count(parcel.cards_due)),
            ),
            section(
                "Messages in trouble",
                *(
                    Fact(label, str(count))
                    for label, count in (
                        ("Stuck", parcel.stuck),
                        ("Unknown", parcel.unknown),
                        ("Being retried", parcel.retrying),
                    )
                    if count
                ),
            ),
            section("Drill", Fact("Last one", parcel.last_drill)),
            section("Record", Fact("Entries", _entries(parcel)), Fact("Head", parcel.chain_hash)),
        ),
        note="",
        button="Open the desk",
        button_url=parcel.desk_url,
        remark="Keep these mails: the head of the record shows that nothing before it was changed.",
        practice_name=one_line(parcel.practice_name),
        receipt="",
    )


def _headline(parcel: DigestParcel) -> str:
    if overdue := parcel.overdue + parcel.questions_overdue:
        return "one promise is broken" if overdue == 1 else f"{overdue} promises are broken"
    if parcel.stuck or parcel.unknown:
        return (
            "a message needs you"
            if parcel.stuck + parcel.unknown == 1
            else (f"{parcel.stuck + parcel.unknown} messages need you")
        )
    if parcel.waiting:
        return "one person waits" if parcel.waiting == 1 else f"{parcel.waiting} people wait"
    if parcel.questions:
        return "a question waits" if parcel.questions == 1 else f"{parcel.questions} questions wait"
    return "nobody waits"


def _due(parcel: DigestParcel) -> str:
    forgotten = parcel.visits_forgotten
    more = f", {forgotten} not seen for six months" if forgotten else ""
    return f"{parcel.visits_due}{more}" if parcel.visits_due else ""


def _count(number: int) -> str:
    """Nothing to say of none."""
    return str(number) if number else ""


def _entries(parcel: DigestParcel) -> str:
    return str(parcel.chain_link) if parcel.chain_hash else ""
