"""What is kept of those who refer: offices, their people, visits, letters, colleagues."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from form_server.desk.privacy.data_guards import DESK, WHOEVER_OPENS, Entry, Kept, entry

OUTREACH: Final[Mapping[str, Entry]] = MappingProxyType(
    {
        "source": entry(
            "Offices and others who refer, by the code on their sheets",
            Kept.PRACTICE,
            DESK,
            clear="code name kind public_poster created_at address town region postal_code latitude "
            "longitude phone fax email website hours audience tier every_days rests takes_gifts "
            "agreed_on changed_at removed_at merged_into",
        ),
        "source_person": entry(
            "People at those offices: their role, and how they like to be reached",
            Kept.PRACTICE,
            DESK,
            clear="id source_code name role title phone email likes reached agreed_on created_at "
            "changed_at removed_at",
        ),
        "visit": entry(
            "Visits, calls and letters to those who refer, and what was heard there",
            Kept.PRACTICE,
            WHOEVER_OPENS,
            sealed="note",
            clear="id source_code actor way done_on met said next_on asked_back inbox_id key_version "
            "created_at removed_at",
        ),
        "stock_event": entry(
            "Cards, brochures and pads that an office was given, or was seen to have",
            Kept.PRACTICE,
            DESK,
            clear="id source_code visit_id item kind pieces done_on actor created_at",
        ),
        "gift": entry(
            "Gifts to offices and their people, with what they cost",
            Kept.PRACTICE,
            DESK,
            clear="id source_code person_id what cents shared_by given_on actor created_at removed_at",
        ),
        "thank_you": entry(
            "Thank-you cards: to which office, for how many referrals, printed and mailed when",
            Kept.PRACTICE,
            DESK,
            clear="id batch_id source_code referrals through_id inbox_ids actor printed_at mailed_at "
            "dropped_at",
        ),
        "newsletter_issue": entry(
            "Which newsletter went out when, to how many, and what it said",
            Kept.PRACTICE,
            DESK,
            clear="id note readers sent_on actor created_at language audiences subject html plain",
        ),
        "newsletter_copy": entry(
            "Which address got which newsletter, and the link by which it leaves the list",
            Kept.ALWAYS,
            DESK,
            clear="delivery_id issue_id address source_code",
            hashed="token_hash",
        ),
        "unsubscribed": entry(
            "Addresses that want no newsletter",
            Kept.ALWAYS,
            DESK,
            clear="address at",
        ),
        "colleague": entry(
            "Colleagues to send people on to: what they tell the public, and your notes on them",
            Kept.PRACTICE,
            DESK,
            clear="id name credentials practice phone email fax website booking_url needs "
            "need_words youngest oldest languages plans self_pay sliding_scale telehealth town "
            "miles openings openings_on public_on notes source_code thanked_at created_at "
            "changed_at removed_at",
        ),
        "opening": entry(
            "How much room there is",
            Kept.PRACTICE,
            DESK,
            clear="id clinician site plan language places first_available_on as_of_on user_id",
        ),
    }
)
