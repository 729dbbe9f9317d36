"""Where the replies of a referral can be found."""

from __future__ import annotations

from typing import Final

from form_server.desk.replies.booking_steps import book_appointment, cancel_appointment
from form_server.desk.replies.estimate import (
    ask_estimate,
    give_estimate,
    make_estimate,
    show_estimate,
    take_estimate_back,
)
from form_server.desk.replies.letter import print_letter
from form_server.desk.replies.steps import record_reply, set_consent, undo_reply
from form_server.desk.replies.writing import redraft_reply, write_reply
from form_server.desk.ways import POST, Way

_REFERRAL: Final = "/referrals/<referral_id>"
_WHOM: Final = "<any(patient, source):whom>"

WAYS: Final = (
    Way(f"{_REFERRAL}/replies/{_WHOM}", write_reply),
    Way(f"{_REFERRAL}/replies/{_WHOM}", record_reply, POST),
    Way(f"{_REFERRAL}/replies/{_WHOM}/draft", redraft_reply, POST),
    Way(f"{_REFERRAL}/replies/undo", undo_reply, POST),
    Way(f"{_REFERRAL}/replies/letter", print_letter, POST),
    Way(f"{_REFERRAL}/consent", set_consent, POST),
    Way(f"{_REFERRAL}/appointment", book_appointment, POST),
    Way(f"{_REFERRAL}/appointment/cancel", cancel_appointment, POST),
    Way(f"{_REFERRAL}/estimate", show_estimate),
    Way(f"{_REFERRAL}/estimate", make_estimate, POST),
    Way(f"{_REFERRAL}/estimate/given", give_estimate, POST),
    Way(f"{_REFERRAL}/estimate/not-given", take_estimate_back, POST),
    Way(f"{_REFERRAL}/estimate/asked", ask_estimate, POST),
)
