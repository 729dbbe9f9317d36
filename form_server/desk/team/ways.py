"""Where the team's pages are found, and what a tap on a referral changes between people."""

from __future__ import annotations

from typing import Final

from form_server.desk.entry.roles import Right
from form_server.desk.team.board import (
    add_opening,
    confirm_openings,
    count_opening,
    show_openings,
)
from form_server.desk.team.claiming import (
    assign_referral,
    claim_referral,
    release_referral,
    ring_patient,
)
from form_server.desk.team.handing import give_back, hand_over
from form_server.desk.team.overview import set_claim_time, show_team
from form_server.desk.team.waiting_steps import (
    answer_offer,
    join_waitlist,
    leave_waitlist,
    offer_room,
    tell_waiting,
)
from form_server.desk.team.waitlist import show_waitlist
from form_server.desk.ways import POST, Way

_ONE: Final = "/team/referrals/<referral_id>"
WAYS: Final = (
    Way("/team", show_team),
    Way("/team/claims", set_claim_time, POST, right=Right.SETTINGS),
    Way("/team/waitlist", show_waitlist),
    Way("/team/openings", show_openings),
    Way("/team/openings", add_opening, POST),
    Way("/team/openings/confirm", confirm_openings, POST),
    Way("/team/openings/<opening_id>", count_opening, POST),
    Way(f"{_ONE}/claim", claim_referral, POST),
    Way(f"{_ONE}/release", release_referral, POST),
    Way(f"{_ONE}/assign", assign_referral, POST),
    Way(f"{_ONE}/ring", ring_patient, POST),
    Way(f"{_ONE}/hand-over", hand_over, POST),
    Way(f"{_ONE}/give-back", give_back, POST),
    Way(f"{_ONE}/waitlist", join_waitlist, POST),
    Way(f"{_ONE}/waitlist/told", tell_waiting, POST),
    Way(f"{_ONE}/waitlist/offer", offer_room, POST),
    Way(f"{_ONE}/waitlist/answer", answer_offer, POST),
    Way(f"{_ONE}/waitlist/leave", leave_waitlist, POST),
)
