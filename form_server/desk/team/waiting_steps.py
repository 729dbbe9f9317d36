"""What a tap changes on the waitlist: a place is taken, somebody is told, offered room, or leaves."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring, Unreadable
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.page import go_to
from form_server.desk.referral.case import referral_of
from form_server.desk.referral.contact import Tap
from form_server.desk.referral.show import render_referral
from form_server.desk.team.waiting_words import WEEKS, way_named
from form_server.ledger import Attempt, NewPlace, NotFound, Referral, WaitsFor
from outreach_kit.outreach.waiting import next_word_on

_PICK: Final = "Pick from the lists whom and what they wait for, and when they hear from you again."
_NOT_THAT_WAY: Final = "That way of telling them is not one that the patient permits."
_GONE: Final = "They are not on the waitlist any more. Nothing was changed."
_NOT_YET: Final = ""


def join_waitlist(referral_id: str) -> Response:
    """A place on the list; telling them is a try, and answers the promise."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    wish = _read_wish(desk)
    if wish is None:
        return _refuse(referral, _PICK)
    clinician, wanted, weeks = wish
    told = request.form.get("told", _NOT_YET)
    if told != _NOT_YET and not _record_told(desk, user, referral, told):
        return _refuse(referral, _NOT_THAT_WAY)
    desk.ledger.waitlist.add(
        NewPlace(
            referral_id=referral.id,
            user_id=user.user.id,
            clinician=clinician,
            wanted=wanted,
            every_weeks=weeks,
            next_on=_next(desk, weeks),
            told_at=desk.clock() if told else None,
        )
    )
    return _back(referral, "waits" if told else "waits-untold")


def tell_waiting(referral_id: str) -> Response:
    """They heard from us, by a way they permit; the next word is due after their own pause."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    place = desk.ledger.waitlist.of(referral.id)
    if place is None:
        return _refuse(referral, _GONE)
    if not _record_told(desk, user, referral, request.form.get("told", "")):
        return _refuse(referral, _NOT_THAT_WAY)
    desk.ledger.waitlist.told(referral.id, _next(desk, place.every_weeks), user.user.id)
    return _back(referral, "waits-told")


def offer_room(referral_id: str) -> Response:
    """Room with one clinician; the place is kept until they answer."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    slug = request.form.get("clinician", "")
    if desk.practice().clinician(slug) is None:
        return _refuse(referral, _PICK)
    try:
        desk.ledger.waitlist.offer(referral.id, slug, user.user.id)
    except NotFound:
        return _refuse(referral, _GONE)
    return _back(referral, "offered")


def answer_offer(referral_id: str) -> Response:
    """Yes takes them off the list, no keeps their place; either way the referral stays open."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    said_yes = request.form.get("answer") == "yes"
    try:
        if said_yes:
            desk.ledger.waitlist.leave(referral.id, user.user.id)
        else:
            desk.ledger.waitlist.decline(referral.id, user.user.id)
    except NotFound:
        return _refuse(referral, _GONE)
    return _back(referral, "offer-yes" if said_yes else "offer-no")


def leave_waitlist(referral_id: str) -> Response:
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    try:
        desk.ledger.waitlist.leave(referral.id, user.user.id)
    except NotFound:
        return _refuse(referral, _GONE)
    return _back(referral, "off-list")


def _read_wish(desk: Desk) -> tuple[str | None, WaitsFor, int] | None:
    slug, weeks = request.form.get("clinician", ""), request.form.get("weeks", "")
    if slug and desk.practice().clinician(slug) is None:
        return None
    if weeks not in {str(one) for one in WEEKS}:
        return None
    try:
        return slug or None, WaitsFor(request.form.get("wanted", "")), int(weeks)
    except ValueError:
        return None


def _record_told(desk: Desk, user: SignedIn, referral: Referral, told: str) -> bool:
    """Whether it was one of the ways that the patient permits, and so is on record as a try."""
    tap = _permitted(desk, user, referral, told)
    if tap is None:
        return False
    desk.ledger.steps.record_attempt(
        Attempt(
            id=desk.ledger.new_id(),
            referral_id=referral.id,
            user_id=user.user.id,
            at=desk.clock(),
            means=tap.means,
            result=tap.result,
        )
    )
    return True


def _permitted(desk: Desk, user: SignedIn, referral: Referral, told: str) -> Tap | None:
    try:
        return way_named(told, Keyring.of(desk, user).open(referral))
    except Unreadable:
        return None


def _next(desk: Desk, weeks: int) -> date:
    return next_word_on(desk.practice().today(desk.clock()), weeks)


def _back(referral: Referral, done: str) -> Response:
    return go_to(url_for("desk.show_referral", referral_id=referral.id, done=done))


def _refuse(referral: Referral, why: str) -> Response:
    return render_referral(referral.id, error=why, status=HTTPStatus.UNPROCESSABLE_ENTITY)
