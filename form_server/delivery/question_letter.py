"""What is said about a question, or a request for a talk: that it came, or, where that may be, all of it."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from form_server.delivery.letter import Fact, Letter, Section, section
from form_server.delivery.reminder_letter import PAUSE
from form_server.delivery.words import one_line, say_moment, say_moment_briefly, some_lines
from form_server.parcels import NoticeParcel, QuestionParcel

_SEALED: Final = "What they ask is sealed: it opens at your desk only."
_WHOLE: Final = "Write nothing about a patient in your answer; mail is read by many."


def question_notice(parcel: NoticeParcel) -> Letter:
    """Who wrote, and by when to answer; nothing of what they ask."""
    office = one_line(parcel.office_name) or "Somebody"
    asks = "asks for a talk" if parcel.what == "talk" else "has a question for you"
    return _letter(parcel, f"{office} {asks}", (_who(parcel), _when(parcel)), remark=_SEALED)


def question_letter(parcel: QuestionParcel) -> Letter:
    notice = parcel.notice
    office = one_line(notice.office_name) or one_line(parcel.referrer_name) or "Somebody"
    asks = "asks for a talk" if notice.what == "talk" else "has a question for you"
    talk = section(
        "The talk",
        Fact("Talk", parcel.talk),
        Fact("When", parcel.talk_when),
        Fact("People", parcel.talk_people),
        Fact("Where", parcel.talk_place),
    )
    return _letter(
        notice,
        f"{office} {asks}",
        (talk, _who(notice, parcel), _when(notice)),
        note=some_lines(parcel.question),
        remark=_WHOLE,
    )


def _letter(
    parcel: NoticeParcel,
    heading: str,
    sections: tuple[Section, ...],
    *,
    remark: str,
    note: str = "",
) -> Letter:
    zone = ZoneInfo(parcel.time_zone)
    receipt = one_line(parcel.receipt)
    what = "request for a talk" if parcel.what == "talk" else "question"
    return Letter(
        # Subjects are shown on locked screens and kept in logs: no office, and nothing asked.
        subject=f"New {what} {receipt}: answer by {say_moment_briefly(parcel.promised_by, zone)}",
        preview=f"Please answer by {say_moment(parcel.promised_by, zone)}.",
        heading=heading,
        sections=sections,
        note=note,
        button="Open the question",
        button_url=parcel.desk_url,
        remark=remark,
        practice_name=one_line(parcel.practice_name),
        receipt=receipt,
        second_button=PAUSE if parcel.pause_url else "",
        second_url=parcel.pause_url,
    )


def _who(notice: NoticeParcel, whole: QuestionParcel | None = None) -> Section:
    asker = ", ".join(filter(None, (whole.referrer_name, whole.referrer_role))) if whole else ""
    return section(
        "",
        Fact("Office", notice.office_name),
        Fact("Asked by", asker),
        Fact("Their phone", notice.office_phone, notice.office_phone_uri),
        Fact("Their e-mail", whole.referrer_email if whole else ""),
    )


def _when(notice: NoticeParcel) -> Section:
    zone = ZoneInfo(notice.time_zone)
    return section(
        "",
        Fact("Came in", say_moment(notice.received_at, zone)),
        Fact("Answer by", say_moment(notice.promised_by, zone)),
    )
