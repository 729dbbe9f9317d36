"""Whether a tap on Call, Text or E-mail asks first who else is on it: only in a shared inbox."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from flask import request, url_for

from form_server.desk.referral.case import Case
from form_server.desk.team.crew import find_crew

_JUST_NOW: Final = timedelta(minutes=2)


def ring_first(case: Case) -> str:
    """Where the tap goes before the device dials or writes; empty when it may do so at once.

    Without a script the way leads back here with `ring=clear`, and the address itself is tapped
    then: that this user's tap went through just now is read from the record, never from the address.
    """
    if not case.is_open or case.said is None:
        return ""
    me = case.user.user.id
    if not find_crew(case.desk, me, [case.referral.inbox_id]).is_shared(case.referral.inbox_id):
        return ""
    if request.args.get("ring") == "clear":
        since = case.now - _JUST_NOW
        rings = case.desk.ledger.claims.rings(case.referral.id)
        if any(one.user_id == me and one.at >= since for one in rings):
            return ""
    return url_for("desk.ring_patient", referral_id=case.referral.id)
