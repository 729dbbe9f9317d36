"""What a mail says, decided here so that the templates only place it."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from form_server.delivery.acknowledgement_letter import acknowledgement_letter
from form_server.delivery.digest_letter import digest_letter
from form_server.delivery.handover_letter import handover_letter
from form_server.delivery.letter import Fact, Letter, Section, section
from form_server.delivery.quarantine_letter import quarantine_letter
from form_server.delivery.question_letter import question_letter, question_notice
from form_server.delivery.reminder_letter import PAUSE, reminder_letter
from form_server.delivery.reply_letter import reply_letter
from form_server.delivery.words import one_line, say_moment, say_moment_briefly, some_lines
from form_server.parcels import (
    AcknowledgementParcel,
    AlertParcel,
    DigestParcel,
    FullParcel,
    NewsletterParcel,
    NoticeParcel,
    Parcel,
    ParcelRefused,
    ProofParcel,
    QuarantineParcel,
    QuestionParcel,
    ReminderParcel,
    ReplyParcel,
)

_SEALED: Final = "Who the patient is, and why they come, is sealed: it opens at your desk only."
_DRILL: Final = (
    "This is a drill: there is no patient, and no call to make. Open it at the desk, or pause it, to "
    "show that an alarm reaches you."
)


def letter_about(parcel: Parcel, *, whole: bool) -> Letter:
    """The letter for a parcel; without `whole`, a full parcel's notice takes its place."""
    match parcel:
        case FullParcel():
            return _full(parcel) if whole else _notice(parcel.notice)
        case QuestionParcel():
            return question_letter(parcel) if whole else question_notice(parcel.notice)
        case AlertParcel():
            return _alert(parcel)
        case NoticeParcel():
            return _notice(parcel)
        case ReminderParcel():
            return reminder_letter(parcel)
        case DigestParcel():
            return digest_letter(parcel)
        case AcknowledgementParcel():
            return acknowledgement_letter(parcel)
        case QuarantineParcel():
            return quarantine_letter(parcel)
        case ReplyParcel():
            return reply_letter(parcel)
        case NewsletterParcel() | ProofParcel():
            raise ParcelRefused(("kind",))  # goes out as it was written, on its own lane


def _notice(parcel: NoticeParcel) -> Letter:
    if parcel.handed_by:
        return handover_letter(parcel)
    if parcel.what != "referral":
        return question_notice(parcel)
    office = one_line(parcel.office_name)
    promised = _promised(parcel)
    heading = f"{office} sent you a referral" if office else "Someone was given your name"
    if parcel.is_drill:
        heading = "DRILL: practise with this referral"
    return Letter(
        subject=_subject(parcel),
        preview=f"Please answer by {promised}.",
        heading=heading,
        sections=(_who_section(parcel, ""), _when_section(parcel)),
        note="",
        button="Open the referral",
        button_url=parcel.desk_url,
        remark=_DRILL if parcel.is_drill else _SEALED,
        practice_name=one_line(parcel.practice_name),
        receipt=one_line(parcel.receipt),
        second_button=PAUSE if parcel.pause_url else "",
        second_url=parcel.pause_url,
    )


def _full(parcel: FullParcel) -> Letter:
    notice = parcel.notice
    patient = one_line(parcel.patient_name)
    office = one_line(notice.office_name)
    sections = (
        _patient_section(parcel),
        _who_section(notice, "Who refers", parcel),
        _when_section(notice),
    )
    return Letter(
        subject=_subject(notice),
        preview=f"Please answer by {_promised(notice)}.",
        heading=f"{office} refers {patient} to you" if office else f"{patient} wrote to you",
        sections=sections,
        note=some_lines(parcel.note),
        button="Open the referral",
        button_url=notice.desk_url,
        remark="This mail holds health information: please delete it once you have called.",
        practice_name=one_line(notice.practice_name),
        receipt=one_line(notice.receipt),
        second_button=PAUSE if notice.pause_url else "",
        second_url=notice.pause_url,
    )


def _alert(parcel: AlertParcel) -> Letter:
    subject = one_line(parcel.subject)
    lines = tuple(one_line(line) for line in parcel.lines)
    return Letter(
        subject=subject,
        preview=lines[0] if lines else subject,
        heading=subject,
        sections=(),
        note="",
        button="Open" if parcel.url else "",
        button_url=parcel.url,
        remark="This is about the server. No referral is told of here.",
        practice_name=one_line(parcel.practice_name),
        receipt="",
        paragraphs=lines,
    )


def _subject(parcel: NoticeParcel) -> str:
    # Subjects are shown on locked screens and kept in logs: no office and no patient.
    by = say_moment_briefly(parcel.promised_by, ZoneInfo(parcel.time_zone))
    what = "DRILL, test referral" if parcel.is_drill else "New referral"
    return f"{what} {one_line(parcel.receipt)}: answer by {by}"


def _promised(parcel: NoticeParcel) -> str:
    return say_moment(parcel.promised_by, ZoneInfo(parcel.time_zone))


def _patient_section(parcel: FullParcel) -> Section:
    return section(
        "The patient",
        Fact("Patient", parcel.patient_name),
        Fact("Phone", parcel.patient_phone, parcel.patient_phone_uri),
        Fact("E-mail", parcel.patient_email),
        Fact("Guardian", parcel.guardian_name),
        Fact("Reasons", "; ".join(one_line(reason) for reason in parcel.reasons)),
        Fact("Voicemail", "yes, leave one" if parcel.voicemail_ok else "no, leave none"),
        Fact("Text message", "yes" if parcel.text_ok else "no"),
        Fact("Best time", parcel.best_time),
        Fact("Language", parcel.language),
        Fact("Age", parcel.age_band),
        Fact("Plan", parcel.plan),
        Fact("Timing", parcel.timing),
        Fact("For", parcel.clinician),
    )


def _who_section(notice: NoticeParcel, title: str, full: FullParcel | None = None) -> Section:
    referrer = ", ".join(filter(None, (full.referrer_name, full.referrer_role))) if full else ""
    return section(
        title,
        Fact("Office", notice.office_name),
        Fact("Referred by", referrer),
        Fact("Their callback", notice.office_phone, notice.office_phone_uri),
        Fact("Their e-mail", full.referrer_email if full else ""),
        Fact("Their fax", full.referrer_fax if full else ""),
        Fact("Report back by", full.report_back if full else ""),
    )


def _when_section(notice: NoticeParcel) -> Section:
    return section(
        "",
        Fact("Came in", say_moment(notice.received_at, ZoneInfo(notice.time_zone))),
        Fact("Answer by", _promised(notice)),
    )
