"""What is kept of referrals and questions, and of what was done about them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from form_server.desk.privacy.data_guards import (
    DESK,
    OWNERS,
    SERVER,
    WHOEVER_OPENS,
    Entry,
    Kept,
    entry,
)

REFERRALS: Final[Mapping[str, Entry]] = MappingProxyType(
    {
        "referral": entry(
            "A referral: who, why, how to reach them, all in one sealed envelope",
            Kept.REFERRAL,
            WHOEVER_OPENS,
            sealed="envelope",
            hashed="status_hash",
            clear="id receipt kind received_at promised_by source clinician inbox_id key_version "
            "flags state attempt_count acknowledged_at acknowledged_by first_contact_at "
            "last_attempt_at closed_at outcome fit came_by thanked_at",
        ),
        "attempt": entry(
            "Each try at reaching the patient, and a note about it",
            Kept.REFERRAL,
            WHOEVER_OPENS,
            sealed="note",
            clear="id referral_id user_id at means result",
        ),
        "amendment": entry(
            "Corrections to what was said",
            Kept.REFERRAL,
            WHOEVER_OPENS,
            sealed="words",
            clear="id referral_id user_id at",
        ),
        "reply": entry(
            "What the patient and the source were answered",
            Kept.REFERRAL,
            WHOEVER_OPENS,
            sealed="words",
            clear="id referral_id user_id at whom about way delivery_id",
        ),
        "sought": entry(
            "What is looked for in a colleague for this patient",
            Kept.REFERRAL,
            WHOEVER_OPENS,
            sealed="sealed",
            clear="referral_id",
        ),
        "appointment": entry(
            "When the first appointment was made and is",
            Kept.REFERRAL,
            DESK,
            clear="referral_id user_id booked_at starts_at",
        ),
        "estimate": entry(
            "Whether a good-faith estimate is owed",
            Kept.REFERRAL,
            DESK,
            clear="referral_id self_pay asked_at given_at",
        ),
        "closing": entry(
            "An ending that waits for its replies",
            Kept.REFERRAL,
            DESK,
            clear="referral_id outcome user_id at",
        ),
        "placement": entry(
            "Which colleague was asked to take a referral",
            Kept.REFERRAL,
            DESK,
            clear="id referral_id colleague_id user_id state asked_at answered_at settled_at",
        ),
        "claim": entry(
            "Who is on a referral now",
            Kept.MINUTES,
            DESK,
            clear="referral_id user_id given_by taken_at expires_at",
        ),
        "ring": entry(
            "Who is about to get in touch, so that two do not",
            Kept.REFERRAL,
            DESK,
            clear="id referral_id user_id at warned_of",
        ),
        "handover": entry(
            "From which inbox to which a referral went",
            Kept.REFERRAL,
            DESK,
            clear="id referral_id from_inbox_id to_inbox_id actor at",
        ),
        "waiting_place": entry(
            "Who waits for an opening, as codes and dates",
            Kept.REFERRAL,
            DESK,
            clear="referral_id since user_id clinician wanted every_weeks next_on told_at "
            "offered_at offered left_at",
        ),
        "delivery": entry(
            "Messages about referrals and questions: to you, and, when you answer by mail, to who was answered. "
            "What they carry is wiped once sent, and so is the address of whoever sent or asked something",
            Kept.REFERRAL,
            DESK,
            server="parcel",
            clear="id kind channel address referral_id state due_at attempts owner claimed_at "
            "message_id last_error created_at sent_at question_id",
        ),
        "question": entry(
            "What offices asked, and which talks they asked for; who asked and the words are sealed",
            Kept.REFERRAL,
            WHOEVER_OPENS,
            sealed="envelope answer",
            hashed="status_hash",
            clear="id receipt kind received_at promised_by source inbox_id key_version flags talk "
            "talk_state talk_on acknowledged_at acknowledged_by answered_at answered_by "
            "answered_how closed_at answer_delivery_id",
        ),
        "fingerprint": entry(
            "Tells that the same form was sent twice",
            Kept.MINUTES,
            SERVER,
            hashed="hash body_hash",
            clear="referral_id expires_at",
        ),
        "ration": entry(
            "Counts receipts mailed to one office in a day",
            Kept.MINUTES,
            SERVER,
            hashed="hash",
            clear="used expires_at",
        ),
        "first_call": entry(
            "Times held for first calls",
            Kept.PRACTICE,
            DESK,
            clear="id clinician starts_at created_at taken_by taken_at",
        ),
        "deletion": entry(
            "That something was erased, when and by which rule",
            Kept.ALWAYS,
            OWNERS,
            clear="id at rule",
        ),
        "audit": entry(
            "Who did what, when; ids and codes",
            Kept.ALWAYS,
            OWNERS,
            hashed="previous_hash entry_hash",
            clear="id at actor action referral_id detail link",
        ),
    }
)
