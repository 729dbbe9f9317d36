"""Where copies are taken."""

from __future__ import annotations

from typing import Final

from form_server.desk.copies.every import copy_all, show_copies
from form_server.desk.copies.one import copy_referral, show_copy
from form_server.desk.entry.roles import Right
from form_server.desk.ways import POST, Way

WAYS: Final = (
    Way("/referrals/<referral_id>/copy", show_copy),
    Way("/referrals/<referral_id>/copy", copy_referral, POST),
    Way("/copies", show_copies, right=Right.PRIVACY),
    Way("/copies", copy_all, POST, right=Right.PRIVACY),
)
