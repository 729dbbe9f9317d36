"""Sending a referral on: what is needed, who could take it, who was asked and what they said."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, current_app, request, url_for

from form_server.desk.colleagues.asked import named_for
from form_server.desk.colleagues.listing import Choice
from form_server.desk.colleagues.need import Understood, keep_understood, read_understood
from form_server.desk.colleagues.suggesting import Suggested, find_suggestions
from form_server.desk.console import the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.page import go_to, render_page
from form_server.desk.referral.case import Case, open_case, referral_of
from form_server.ledger import NotFound, NotNow, PlacementState
from outreach_kit.outreach.hand_over import tell_patient
from outreach_kit.outreach.kinds import kinds_of, kinds_sent_on, name_kinds

_SHOWN: Final = 20
_MOST_ASKED: Final = 20
_MOST_WORDS: Final = 200
_PICK: Final = "Tick whom you ask, so that it can be noted."
_MILES: Final = "Write the miles as a whole number, or leave them empty."


@dataclass(frozen=True)
class SendingPage:
    """`letter` is what the patient can be told, empty while nobody was asked."""

    receipt: str
    first_name: str
    sent_on: tuple[Choice, ...]
    wanted: tuple[Choice, ...]
    words: str
    online: bool
    region: str
    miles: str
    suggested: tuple[Suggested, ...]
    hidden: int
    letter: str
    understand: str
    ask: str
    give: str
    all: str
    back: str
    add: str
    error: str


def show_sending(referral_id: str) -> Response:
    """Raises NotFound for what is not the user's, and for what does not open or is closed."""
    return _render(referral_id)


def understand_need(referral_id: str) -> Response:
    """Keeps what the desk understood of the need, sealed like the referral."""
    case = open_case(referral_id)
    _require_shown(case)
    miles = request.form.get("miles", "").strip()
    if miles and not (miles.isascii() and miles.isdigit() and len(miles) <= 4):
        return _render(referral_id, error=_MILES)
    known = {kind.slug for kind in kinds_of(case.practice)}
    understood = Understood(
        kinds=tuple(slug for slug in request.form.getlist("kind") if slug in known),
        words=" ".join(request.form.get("words", "").split())[:_MOST_WORDS],
        online=request.form.get("online") == "yes",
        within_miles=int(miles) if miles else None,
    )
    keep_understood(case, understood)
    return go_to(url_for("desk.show_sending", referral_id=referral_id, _anchor="who"))


def ask_colleagues(referral_id: str) -> Response:
    """Notes that those who were ticked are asked. Raises NotFound, or NotNow once it is closed."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    ticked = request.form.getlist("colleague")[:_MOST_ASKED]
    if not ticked:
        return _render(referral.id, error=_PICK)
    desk.ledger.placements.ask(referral.id, ticked, user.user.id)
    return _back(referral.id, "asked")


def step_placement(referral_id: str, placement_id: str) -> Response:
    """What a colleague said, or what became of it. Raises NotFound, or NotNow once it is closed."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    try:
        state = PlacementState(request.form.get("state", ""))
    except ValueError:
        return _back(referral.id, "placing-again")
    try:
        desk.ledger.placements.step(referral.id, placement_id, state, user.user.id)
    except NotNow as error:
        if error.what != "placement":
            raise
        return _back(referral.id, "placing-again")
    return _back(referral.id, "placed" if state is PlacementState.PLACED else "noted")


def _back(referral_id: str, done: str) -> Response:
    return go_to(
        url_for("desk.show_referral", referral_id=referral_id, done=done, _anchor="placing")
    )


def _require_shown(case: Case) -> None:
    if case.said is None or not case.is_open:
        raise NotFound("open referral", case.referral.id)


def _render(referral_id: str, error: str = "") -> Response:
    case = open_case(referral_id)
    _require_shown(case)
    placements = case.desk.ledger.placements.of_referral(case.referral.id)
    understood = read_understood(case)
    asked = frozenset(one.colleague_id for one in placements)
    most = None if request.args.get("all") else _SHOWN
    found = find_suggestions(case, understood, asked, most)
    kinds = _kinds(case, understood)
    sent_on = {kind.slug for kind in kinds_sent_on(case.practice)}
    known = understood or Understood()
    this = case.referral.id
    view = SendingPage(
        receipt=case.referral.receipt,
        first_name=case.said.first_name if case.said else "",
        sent_on=tuple(one for one in kinds if one.value in sent_on),
        wanted=tuple(one for one in kinds if one.value not in sent_on),
        words=known.words,
        online=known.online,
        region=case.practice.address.region,
        miles="" if known.within_miles is None else str(known.within_miles),
        suggested=found.shown,
        hidden=found.count - len(found.shown),
        letter=_letter(case),
        understand=url_for("desk.understand_need", referral_id=this),
        ask=url_for("desk.ask_colleagues", referral_id=this),
        give=_give(this),
        all=url_for("desk.show_sending", referral_id=this, all=1, _anchor="who"),
        back=url_for("desk.show_referral", referral_id=this),
        add=url_for("desk.new_colleague", sending=this),
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    title = f"Send on {case.referral.receipt}"
    return render_page(
        "colleagues/sending.html", view, title=title, signed_in=case.user, status=status
    )


def _kinds(case: Case, understood: Understood | None) -> list[Choice]:
    """Ticked as the desk understood it; before that, as the patient or the office said it."""
    said = case.said.reasons if case.said else ()
    ticked = (
        set(understood.kinds)
        if understood
        else {kind.slug for kind in name_kinds(said, case.practice)}
    )
    return [Choice(one.slug, one.label, one.slug in ticked) for one in kinds_of(case.practice)]


def _letter(case: Case) -> str:
    named = named_for(case)
    if not named or case.said is None:
        return ""
    return tell_patient(
        named,
        first_name=case.said.guardian_name or case.said.first_name,
        signed_by=case.user.user.name,
        phone=case.practice.contact.phone.display,
        language=case.said.language,
    )


def _give(referral_id: str) -> str:
    """Where a referral is handed to another inbox; empty at a desk without that room."""
    if "desk.hand_over" not in current_app.view_functions:
        return ""
    return url_for("desk.hand_over", referral_id=referral_id)
