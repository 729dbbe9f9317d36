"""What each table is for, how each of its columns is guarded, how long it stays, and who reads it.

Columns are listed by their guard, in words parted by spaces. Whoever adds a column says here what it
holds; a column about a patient that would stand in clear is a question for the whole practice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final


class Guard(Enum):
    SEALED = "sealed"
    SERVER = "server"
    LOCKED = "locked"
    HASHED = "hashed"
    CLEAR = "clear"
    UNSAID = "unsaid"


class Kept(Enum):
    """How long a row stays; the words are those of the map."""

    REFERRAL = "as retention says"
    ALWAYS = "For ever; nothing in it names a patient"
    PRACTICE = "Until you change or remove it"
    MINUTES = "Minutes to a day, then it goes by itself"
    SESSION = "Until signed out, idle for 15 minutes, or 12 hours"


@dataclass(frozen=True)
class Entry:
    what: str
    guards: Mapping[str, Guard]
    kept: Kept
    who: str


_WHOEVER_OPENS: Final = "Who holds the inbox’s key"
_DESK: Final = "Who signs in"
_OWNERS: Final = "Owners"
_SERVER: Final = "The server alone"


def _entry(
    what: str,
    kept: Kept,
    who: str,
    *,
    clear: str = "",
    sealed: str = "",
    server: str = "",
    locked: str = "",
    hashed: str = "",
) -> Entry:
    said = {
        Guard.SEALED: sealed, Guard.SERVER: server, Guard.LOCKED: locked, Guard.HASHED: hashed,
        Guard.CLEAR: clear,
    }  # fmt: skip
    guards = {column: guard for guard, columns in said.items() for column in columns.split()}
    return Entry(what, MappingProxyType(guards), kept, who)


ENTRIES: Final[Mapping[str, Entry]] = MappingProxyType(
    {
        "referral": _entry(
            "A referral: who, why, how to reach them, all in one sealed envelope",
            Kept.REFERRAL,
            _WHOEVER_OPENS,
            sealed="envelope",
            hashed="status_hash",
            clear="id receipt kind received_at promised_by source clinician inbox_id key_version "
            "flags state attempt_count acknowledged_at acknowledged_by first_contact_at "
            "last_attempt_at closed_at outcome fit came_by thanked_at",
        ),
        "attempt": _entry(
            "Each try at reaching the patient, and a note about it",
            Kept.REFERRAL,
            _WHOEVER_OPENS,
            sealed="note",
            clear="id referral_id user_id at means result",
        ),
        "amendment": _entry(
            "Corrections to what was said",
            Kept.REFERRAL,
            _WHOEVER_OPENS,
            sealed="words",
            clear="id referral_id user_id at",
        ),
        "reply": _entry(
            "What the patient and the source were answered",
            Kept.REFERRAL,
            _WHOEVER_OPENS,
            sealed="words",
            clear="id referral_id user_id at whom about way delivery_id",
        ),
        "sought": _entry(
            "What is looked for in a colleague for this patient",
            Kept.REFERRAL,
            _WHOEVER_OPENS,
            sealed="sealed",
            clear="referral_id",
        ),
        "appointment": _entry(
            "When the first appointment was made and is",
            Kept.REFERRAL,
            _DESK,
            clear="referral_id user_id booked_at starts_at",
        ),
        "estimate": _entry(
            "Whether a good-faith estimate is owed",
            Kept.REFERRAL,
            _DESK,
            clear="referral_id self_pay asked_at given_at",
        ),
        "closing": _entry(
            "An ending that waits for its replies",
            Kept.REFERRAL,
            _DESK,
            clear="referral_id outcome user_id at",
        ),
        "placement": _entry(
            "Which colleague was asked to take a referral",
            Kept.REFERRAL,
            _DESK,
            clear="id referral_id colleague_id user_id state asked_at answered_at settled_at",
        ),
        "claim": _entry(
            "Who is on a referral now",
            Kept.MINUTES,
            _DESK,
            clear="referral_id user_id given_by taken_at expires_at",
        ),
        "ring": _entry(
            "Who is about to get in touch, so that two do not",
            Kept.REFERRAL,
            _DESK,
            clear="id referral_id user_id at warned_of",
        ),
        "handover": _entry(
            "From which inbox to which a referral went",
            Kept.REFERRAL,
            _DESK,
            clear="id referral_id from_inbox_id to_inbox_id actor at",
        ),
        "waiting_place": _entry(
            "Who waits for an opening, as codes and dates",
            Kept.REFERRAL,
            _DESK,
            clear="referral_id since user_id clinician wanted every_weeks next_on told_at "
            "offered_at offered left_at",
        ),
        "delivery": _entry(
            "Messages about referrals and questions: to you, and, when you answer by mail, to who was answered. "
            "What they carry is wiped once sent; the address of a reply stands in clear until retention",
            Kept.REFERRAL,
            _DESK,
            server="parcel",
            clear="id kind channel address referral_id state due_at attempts owner claimed_at "
            "message_id last_error created_at sent_at question_id",
        ),
        "question": _entry(
            "What offices asked, and which talks they asked for; who asked and the words are sealed",
            Kept.REFERRAL,
            _WHOEVER_OPENS,
            sealed="envelope answer",
            hashed="status_hash",
            clear="id receipt kind received_at promised_by source inbox_id key_version flags talk "
            "talk_state talk_on acknowledged_at acknowledged_by answered_at answered_by "
            "answered_how closed_at answer_delivery_id",
        ),
        "fingerprint": _entry(
            "Tells that the same form was sent twice",
            Kept.MINUTES,
            _SERVER,
            hashed="hash body_hash",
            clear="referral_id expires_at",
        ),
        "ration": _entry(
            "Counts receipts mailed to one office in a day",
            Kept.MINUTES,
            _SERVER,
            hashed="hash",
            clear="used expires_at",
        ),
        "first_call": _entry(
            "Times held for first calls",
            Kept.PRACTICE,
            _DESK,
            clear="id clinician starts_at created_at taken_by taken_at",
        ),
        "deletion": _entry(
            "That something was erased, when and by which rule",
            Kept.ALWAYS,
            _OWNERS,
            clear="id at rule",
        ),
        "audit": _entry(
            "Who did what, when; ids and codes",
            Kept.ALWAYS,
            _OWNERS,
            hashed="previous_hash entry_hash",
            clear="id at actor action referral_id detail link",
        ),
        "source": _entry(
            "Offices and others who refer, by the code on their sheets",
            Kept.PRACTICE,
            _DESK,
            clear="code name kind public_poster created_at address town region postal_code latitude "
            "longitude phone fax email website hours audience tier every_days rests takes_gifts "
            "agreed_on changed_at removed_at merged_into",
        ),
        "source_person": _entry(
            "People at those offices: their role, and how they like to be reached",
            Kept.PRACTICE,
            _DESK,
            clear="id source_code name role title phone email likes reached agreed_on created_at "
            "changed_at removed_at",
        ),
        "visit": _entry(
            "Visits, calls and letters to those who refer, and what was heard there",
            Kept.PRACTICE,
            _WHOEVER_OPENS,
            sealed="note",
            clear="id source_code actor way done_on met said next_on asked_back inbox_id key_version "
            "created_at removed_at",
        ),
        "stock_event": _entry(
            "Cards, brochures and pads that an office was given, or was seen to have",
            Kept.PRACTICE,
            _DESK,
            clear="id source_code visit_id item kind pieces done_on actor created_at",
        ),
        "gift": _entry(
            "Gifts to offices and their people, with what they cost",
            Kept.PRACTICE,
            _DESK,
            clear="id source_code person_id what cents shared_by given_on actor created_at removed_at",
        ),
        "thank_you": _entry(
            "Thank-you cards: to which office, for how many referrals, printed and mailed when",
            Kept.PRACTICE,
            _DESK,
            clear="id batch_id source_code referrals through_id inbox_ids actor printed_at mailed_at "
            "dropped_at",
        ),
        "newsletter_issue": _entry(
            "Which newsletter went out when, to how many, and what it said",
            Kept.PRACTICE,
            _DESK,
            clear="id note readers sent_on actor created_at language audiences subject html plain",
        ),
        "newsletter_copy": _entry(
            "Which address got which newsletter, and the link by which it leaves the list",
            Kept.ALWAYS,
            _DESK,
            clear="delivery_id issue_id address source_code",
            hashed="token_hash",
        ),
        "unsubscribed": _entry(
            "Addresses that want no newsletter",
            Kept.ALWAYS,
            _DESK,
            clear="address at",
        ),
        "colleague": _entry(
            "Colleagues to send people on to: what they tell the public, and your notes on them",
            Kept.PRACTICE,
            _DESK,
            clear="id name credentials practice phone email fax website booking_url needs "
            "need_words youngest oldest languages plans self_pay sliding_scale telehealth town "
            "miles openings openings_on public_on notes source_code thanked_at created_at "
            "changed_at removed_at",
        ),
        "opening": _entry(
            "How much room there is",
            Kept.PRACTICE,
            _DESK,
            clear="id clinician site plan language places first_available_on as_of_on user_id",
        ),
        "desk_setting": _entry(
            "What is set at the desk instead of in the practice folder, and what it was before",
            Kept.PRACTICE,
            _OWNERS,
            clear="name value previous changed_at",
        ),
        "inbox": _entry(
            "Whose referrals land where",
            Kept.PRACTICE,
            _DESK,
            clear="id name clinician created_at",
        ),
        "inbox_key": _entry(
            "What referrals are sealed to; it opens nothing",
            Kept.PRACTICE,
            _SERVER,
            clear="inbox_id version public_key created_at",
        ),
        "inbox_grant": _entry(
            "Inbox keys, wrapped for each person who may open them",
            Kept.PRACTICE,
            "The person it is wrapped for",
            locked="wrapped_key",
            clear="inbox_id version holder_kind holder_id created_at",
        ),
        "desk_user": _entry(
            "Who can sign in; no password, and no hash of one",
            Kept.PRACTICE,
            _OWNERS,
            locked="locked_private_key",
            clear="id name email role public_key created_at removed_at",
        ),
        "passkey": _entry(
            "Devices that sign in with one touch",
            Kept.PRACTICE,
            "The person whose device it is",
            locked="locked_private_key",
            clear="id user_id credential_id public_key sign_count label created_at last_used_at",
        ),
        "authenticator": _entry(
            "The secret of a six-digit code, sealed to this server",
            Kept.PRACTICE,
            _SERVER,
            server="sealed_secret",
            clear="user_id last_step created_at",
        ),
        "calendar_link": _entry(
            "The address under which somebody's calendar reads when offices are due, as a hash",
            Kept.PRACTICE,
            _SERVER,
            hashed="token_hash",
            clear="user_id created_at",
        ),
        "recovery_key": _entry(
            "What the sheet on paper opens",
            Kept.PRACTICE,
            "Who holds the sheet",
            locked="locked_private_key",
            clear="id public_key created_at retired_at",
        ),
        "invitation": _entry(
            "Invitations that are not taken up yet",
            Kept.MINUTES,
            _OWNERS,
            hashed="token_hash",
            clear="id name email role public_key created_at expires_at",
        ),
        "session": _entry(
            "Who is signed in, on what",
            Kept.SESSION,
            "The person themselves",
            locked="sealed_user_key",
            hashed="token_hash",
            clear="user_id label created_at last_seen_at expires_at",
        ),
        "sign_in_step": _entry(
            "A sign-in that waits for its code",
            Kept.MINUTES,
            _SERVER,
            locked="sealed_user_key",
            hashed="token_hash",
            clear="user_id expires_at",
        ),
        "sign_in_failure": _entry(
            "Failed sign-ins, counted",
            Kept.MINUTES,
            _SERVER,
            hashed="key",
            clear="failures first_at last_at",
        ),
        "spent_challenge": _entry(
            "Answers of passkeys that count no second time",
            Kept.MINUTES,
            _SERVER,
            hashed="hash",
            clear="expires_at",
        ),
        "recipient": _entry(
            "Whom notices go to",
            Kept.PRACTICE,
            _OWNERS,
            clear="id inbox_id channel address position user_id",
        ),
        "absence": _entry(
            "When somebody is away, and who covers",
            Kept.PRACTICE,
            _DESK,
            clear="id inbox_id first_on last_on cover_inbox_id cover_user_id",
        ),
        "agreement": _entry(
            "Agreements with vendors",
            Kept.ALWAYS,
            _OWNERS,
            clear="id vendor purpose mail_server signed_on renews_on signed_by recorded_by "
            "recorded_at ended_at",
        ),
        "diligence": _entry(
            "What was done for privacy",
            Kept.ALWAYS,
            _OWNERS,
            clear="id kind done_on words recorded_by recorded_at",
        ),
        "meta": _entry(
            "Facts about this installation",
            Kept.PRACTICE,
            _SERVER,
            clear="key value",
        ),
    }
)
