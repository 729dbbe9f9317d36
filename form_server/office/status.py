"""`GET /status/<token>`: how far a referral has come, without a word about the patient."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from flask import Response, request

from form_server.ledger import Referral, ReferralState
from form_server.office.accept import hash_of_token, read_token
from form_server.office.answers import answer_json, answer_missing, answer_page, wants_json
from form_server.office.counter import Office, the_office
from form_server.office.intake import write_moment
from outreach_kit.web import ReferralStanding, render_status, status_view

_JUST_SENT: Final = timedelta(minutes=10)
_STANDINGS: Final = {
    ReferralState.WAITING: ReferralStanding.RECEIVED,
    ReferralState.ACKNOWLEDGED: ReferralStanding.RECEIVED,
    ReferralState.CONTACTED: ReferralStanding.CALLING,
    ReferralState.CLOSED: ReferralStanding.CLOSED,
}


def show_status(token: str) -> Response:
    """The page, or JSON with `?format=json`; 404 for a link that leads nowhere, or no longer."""
    office = the_office()
    raw = read_token(token)
    referral = office.ledger.referrals.by_status_hash(hash_of_token(raw)) if raw else None
    response = answer_missing(office) if referral is None else _show(office, referral)
    # The link alone opens the page, so it is handed to no other page.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _show(office: Office, referral: Referral) -> Response:
    standing = _STANDINGS[referral.state]
    if request.args.get("format") == "json" or wants_json():
        return answer_json(
            {
                "receipt": referral.receipt,
                "state": standing.value,
                "received_at": write_moment(referral.received_at),
                "promised_by": write_moment(referral.promised_by),
            }
        )
    view = status_view(
        office.site(),
        receipt=referral.receipt,
        received_at=referral.received_at,
        promised_by=referral.promised_by,
        standing=standing,
        clinician=referral.clinician,
        again_url=_form_for_another(referral),
        just_sent=office.clock() - referral.received_at < _JUST_SENT,
    )
    return answer_page(render_status(view))


def _form_for_another(referral: Referral) -> str:
    page = f"/refer/{referral.clinician}" if referral.clinician else "/refer/"
    return f"{page}?{urlencode({'source': referral.source})}" if referral.source else page
