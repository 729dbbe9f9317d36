"""`GET /status/<token>`: how far a referral has come, without a word about the patient."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from flask import Response, request

from form_server.admitting import hash_of_token, read_token
from form_server.ledger import AttemptResult, Outcome, Referral, ReferralState
from form_server.office.answers import answer_json, answer_missing, answer_page, wants_json
from form_server.office.counter import Office, the_office
from form_server.office.moments import write_moment
from form_server.office.submission import Flag, Kind
from form_server.office.tongue import language_at
from outreach_kit.web import ReferralStanding, render_status, status_view

_JUST_SENT: Final = timedelta(minutes=10)
_OUTCOMES: Final = {
    Outcome.SCHEDULED: ReferralStanding.SCHEDULED,
    Outcome.ATTENDED: ReferralStanding.ATTENDED,
    Outcome.REDIRECTED: ReferralStanding.REDIRECTED,
    Outcome.UNREACHABLE: ReferralStanding.UNREACHABLE,
}
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
    response = answer_missing(office) if referral is None else _show(office, referral, token)
    # The link alone opens the page, so it is handed to no other page.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _show(office: Office, referral: Referral, token: str) -> Response:
    standing = _standing(office, referral)
    if request.args.get("format") == "json" or wants_json():
        return answer_json(
            {
                "receipt": referral.receipt,
                "state": standing.value,
                "received_at": write_moment(referral.received_at),
                "promised_by": write_moment(referral.promised_by),
            }
        )
    kept = office.kept.of(token)
    if kept and referral.clinician:
        kept = (*kept, ("clinician", referral.clinician))
    held = office.ledger.first_calls.of_referral(referral.id)
    site = office.site(language_at(office.practice, request.path))
    view = status_view(
        site,
        receipt=referral.receipt,
        received_at=referral.received_at,
        promised_by=referral.promised_by,
        standing=standing,
        clinician=referral.clinician,
        again_url=site.at("/refer/again" if kept else _form_for_another(referral)),
        token=token,
        kept=kept,
        first_call_at=held.starts_at if held else None,
        kind=referral.kind,
        just_sent=office.clock() - referral.received_at < _JUST_SENT,
    )
    return answer_page(render_status(view))


def _standing(office: Office, referral: Referral) -> ReferralStanding:
    """How far it has come; more than that somebody calls is told by the patient's consent alone."""
    plain = _STANDINGS[referral.state]
    if Flag.OUTCOME_CONSENT not in referral.flags or referral.kind != Kind.OFFICE:
        return plain
    if referral.outcome is not None:
        return _OUTCOMES.get(referral.outcome, plain)
    attempts = office.ledger.referrals.attempts(referral.id)
    is_reached = any(one.result is AttemptResult.REACHED for one in attempts)
    return ReferralStanding.REACHED if is_reached else plain


def _form_for_another(referral: Referral) -> str:
    page = f"/refer/{referral.clinician}" if referral.clinician else "/refer/"
    return f"{page}?{urlencode({'source': referral.source})}" if referral.source else page
