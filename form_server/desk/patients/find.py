"""Finding a patient: what is looked for comes in a form's body, and stands in no address and no row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.page import go_to, render_page
from form_server.desk.patients.looking import (
    MOST_FOUND,
    MOST_TOGETHER,
    Found,
    Look,
    look_for,
    open_or_none,
    parse_stand,
    referrals_of,
    write_marks,
    write_stand,
)
from form_server.desk.patients.matching import Likeness, likeness_of, read_likeness
from form_server.desk.referral.case import referral_of
from form_server.desk.referral.times import say_stamp
from form_server.ledger import NotFound

_TOO_SHORT: Final = "Type at least two letters of the name, or four digits of the number."
_NONE_TICKED: Final = "Tick the referrals that are about this patient."
_TOO_MANY: Final = f"Tick at most {MOST_TOGETHER} at once."
_DONE: Final = {"erased": "Erased for good. The record says when, by whom and why, and no name."}


@dataclass(frozen=True)
class Hit:
    """One referral that may be theirs; `is_like_first` is ticked from the start."""

    id: str
    name: str
    phone: str
    came: str
    receipt: str
    is_like_first: bool


@dataclass(frozen=True)
class FindPage:
    """`said` is how far it was looked; `further` where to go on, or empty."""

    action: str
    together: str
    sought: str
    like: str
    hits: tuple[Hit, ...]
    said: str
    further: str
    kept: str
    done: str = ""
    error: str = ""


def show_patients() -> Response:
    return _render(done=_DONE.get(request.args.get("done", ""), ""))


def look_for_patient() -> Response:
    """A stretch of what the user may open, newest first; going on keeps what was found before."""
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    like, typed = request.form.get("like", ""), request.form.get("sought", "")
    likeness = _likeness(desk, keyring, like, typed)
    if not likeness:
        return _render(sought=typed, error=_TOO_SHORT)
    before = parse_stand(request.form.get("further", ""))
    kept = _kept(desk, keyring, request.form.get("kept", "")) if before else []
    look = look_for(desk, keyring, likeness, before=before)
    found = [*kept, *look.found][:MOST_FOUND]
    detail = f"opened={look.opened} found={len(look.found)}"
    desk.ledger.audit.note("patient.sought", actor=user.actor, detail=detail)
    return _render(
        sought="" if like else typed,
        like=like,
        hits=_hits(desk, found),
        said=_say(desk, look, len(found), is_first=before is None),
        further=write_stand(look.further) if look.further else "",
        kept=write_marks([one.referral for one in found]),
    )


def put_together() -> Response:
    """To the page about the referrals that were ticked."""
    ticked = list(dict.fromkeys(request.form.getlist("referral")))
    if not ticked:
        return _render(error=_NONE_TICKED)
    if len(ticked) > MOST_TOGETHER:
        return _render(error=_TOO_MANY)
    desk = the_desk()
    found = referrals_of(desk, Keyring.of(desk, signed_in()), "-".join(ticked))
    return go_to(url_for("desk.show_patient", marks=write_marks(found)))


def _likeness(desk: Desk, keyring: Keyring, like: str, typed: str) -> Likeness:
    """From the patient of a referral, else from what was typed."""
    if not like:
        return read_likeness(typed)
    said = open_or_none(keyring, referral_of(desk, keyring, like))
    return likeness_of(said) if said else Likeness((), "")


def _kept(desk: Desk, keyring: Keyring, marks: str) -> list[Found]:
    found = []
    for one in marks.split("-")[:MOST_FOUND]:
        try:
            referral = referral_of(desk, keyring, one)
        except NotFound:
            continue
        said = open_or_none(keyring, referral)
        if said is not None:
            found.append(Found(referral, said))
    return found


def _hits(desk: Desk, found: Sequence[Found]) -> tuple[Hit, ...]:
    zone = desk.practice().time_zone
    first = likeness_of(found[0].said) if found else None
    return tuple(
        Hit(
            id=one.referral.id,
            name=one.said.patient_name or "No name given",
            phone=one.said.patient_phone.typed,
            came=say_stamp(one.referral.received_at, zone),
            receipt=one.referral.receipt,
            is_like_first=first is not None and first.fits(one.said),
        )
        for one in found
    )


def _say(desk: Desk, look: Look, count: int, *, is_first: bool) -> str:
    """“2 found. The newest 1,000 were opened for it, back to Nov 3, 2026, 9:14 AM.”"""
    found = f"{count} found." if count else "Nobody found."
    if look.last is None:
        return f"{found} There was nothing more to look through."
    if look.further is None:
        return f"{found} All that you may open was looked through."
    back_to = say_stamp(look.last.received_at, desk.practice().time_zone)
    which = "newest" if is_first else "next"
    return f"{found} The {which} {look.opened:,} were opened for it, back to {back_to}."


def _render(
    *,
    sought: str = "",
    like: str = "",
    hits: tuple[Hit, ...] = (),
    said: str = "",
    further: str = "",
    kept: str = "",
    done: str = "",
    error: str = "",
) -> Response:
    view = FindPage(
        action=url_for("desk.look_for_patient"),
        together=url_for("desk.put_together"),
        sought=sought,
        like=like,
        hits=hits,
        said=said,
        further=further,
        kept=kept,
        done=done,
        error=error,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page(
        "patients/find.html", view, title="Find a patient", signed_in=signed_in(), status=status
    )
