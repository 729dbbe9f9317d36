"""Where one referral can be found."""

from __future__ import annotations

from typing import Final

from form_server.desk.referral.aside import show_aside
from form_server.desk.referral.aside_steps import close_all_as_spam, close_as_spam, rescue
from form_server.desk.referral.show import show_referral
from form_server.desk.referral.steps import (
    close_referral,
    mark_fit,
    record_try,
    reopen_referral,
    stop_closing,
    undo_try,
)
from form_server.desk.ways import POST, Way

WAYS: Final = (
    Way("/quarantine", show_aside),
    Way("/quarantine/spam", close_all_as_spam, POST),
    Way("/quarantine/<referral_id>/rescue", rescue, POST),
    Way("/quarantine/<referral_id>/spam", close_as_spam, POST),
    Way("/referrals/<referral_id>", show_referral),
    Way("/referrals/<referral_id>/tries", record_try, POST),
    Way("/referrals/<referral_id>/tries/undo", undo_try, POST),
    Way("/referrals/<referral_id>/fit", mark_fit, POST),
    Way("/referrals/<referral_id>/close", close_referral, POST),
    Way("/referrals/<referral_id>/close/stop", stop_closing, POST),
    Way("/referrals/<referral_id>/close/undo", reopen_referral, POST),
)
