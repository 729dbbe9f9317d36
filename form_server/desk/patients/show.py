"""Everything about one patient on a page: said, tried, answered, sent, shown, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Response, request, url_for

from form_server.desk.console import Desk, the_desk
from form_server.desk.copies.gathering import Gathering, handed_on
from form_server.desk.copies.handing import JSON, file_name, hand_over
from form_server.desk.copies.one import print_out
from form_server.desk.copies.printed import Sheet, Step, write_sheet
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.entry.roles import Right, may
from form_server.desk.messages import say_message
from form_server.desk.page import go_to, render_page
from form_server.desk.patients.looking import referrals_of, write_marks
from form_server.desk.privacy.actions import say_action
from form_server.desk.referral.times import say_stamp
from form_server.exports.as_json import write_json
from form_server.exports.record import Exported
from form_server.ledger import NotNow, Referral
from form_server.ledger.access import Look
from form_server.ledger.amendments import NewAmendment

_MOST_WORDS: Final = 2000
_MOST_LOOKS: Final = 60
_EMPTY: Final = "Write what is right instead."
_GONE: Final = (
    "Its words were removed, or it was handed to another inbox meanwhile. Nothing was added."
)
_DONE: Final = {"corrected": "The correction stands beside what was said."}


@dataclass(frozen=True)
class Told:
    """One referral of the patient's."""

    sheet: Sheet
    href: str
    came: str
    messages: tuple[Step, ...]
    disclosures: tuple[Step, ...]
    correct: str
    correction_id: str


@dataclass(frozen=True)
class PatientPage:
    """`looks` are the latest of `looked`, newest first. `erase` is empty for who must not."""

    name: str
    told: tuple[Told, ...]
    looks: tuple[Step, ...]
    looked: int
    copy: str
    look: str
    like: str
    erase: str
    done: str
    error: str
    typed: str
    wrong: str


def show_patient(marks: str) -> Response:
    return _render(marks, done=_DONE.get(request.args.get("done", ""), ""))


def copy_patient(marks: str) -> Response:
    """All of it, printed or as JSON; on record for each referral before the first byte leaves."""
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    referrals = referrals_of(desk, keyring, marks)
    form = "json" if request.form.get("form") == "json" else "print"
    for one in referrals:
        desk.ledger.audit.note("copy.patient", actor=user.actor, referral_id=one.id, detail=form)
    exported = Gathering.of(desk.ledger, desk.practice(), keyring).whole(referrals)
    if form == "print":
        return print_out(desk, user, exported, url_for("desk.show_patient", marks=marks))
    now = desk.clock()
    source = handed_on(desk.ledger, desk.practice(), desk.public_url)
    name = file_name("patient", now, desk.practice().time_zone, "json", referrals[0].id)
    return hand_over([write_json(exported, source, now)], JSON, name)


def correct(marks: str, referral_id: str) -> Response:
    """A correction, sealed like the referral itself. What was said stays as it was."""
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    referrals = referrals_of(desk, keyring, marks)
    referral = next((one for one in referrals if one.id == referral_id), None)
    words = request.form.get("words", "").strip()[:_MOST_WORDS]
    if referral is None or not words:
        return _render(marks, error=_EMPTY, wrong=referral_id)
    given = request.form.get("correction_id", "")
    new_id = (
        given if given.isalnum() and given.isascii() and len(given) == 26 else desk.ledger.new_id()
    )
    sealed = keyring.seal_part(referral, f"amendment:{new_id}", words)
    try:
        new = NewAmendment(new_id, referral.id, user.user.id, sealed)
        desk.ledger.amendments.add(new, referral)
    except NotNow:
        return _render(marks, error=_GONE, typed=words, wrong=referral_id)
    return go_to(url_for("desk.show_patient", marks=marks, done="corrected"))


def _render(
    marks: str, *, done: str = "", error: str = "", typed: str = "", wrong: str = ""
) -> Response:
    desk, user = the_desk(), signed_in()
    keyring = Keyring.of(desk, user)
    referrals = referrals_of(desk, keyring, marks)
    marks = write_marks(referrals)
    for one in referrals:
        desk.ledger.audit.note("patient.opened", actor=user.actor, referral_id=one.id)
    gathering = Gathering.of(desk.ledger, desk.practice(), keyring)
    exported = gathering.whole(referrals)
    looks = desk.ledger.access.to_referrals([one.id for one in referrals])[::-1]
    named = next((one.words.patient.name for one in exported if one.words), "")
    view = PatientPage(
        name=named or "A patient whose words are gone",
        told=tuple(
            _told(desk, one, out, marks) for one, out in zip(referrals, exported, strict=True)
        ),
        looks=tuple(_look(desk, gathering, one) for one in looks[:_MOST_LOOKS]),
        looked=len(looks),
        copy=url_for("desk.copy_patient", marks=marks),
        look=url_for("desk.look_for_patient"),
        like=referrals[0].id,
        erase=url_for("desk.show_erasure", marks=marks)
        if may(user.user.role, Right.PRIVACY)
        else "",
        done=done,
        error=error,
        typed=typed,
        wrong=wrong,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render_page(
        "patients/show.html", view, title="One patient", signed_in=user, status=status
    )


def _told(desk: Desk, referral: Referral, exported: Exported, marks: str) -> Told:
    zone = desk.practice().time_zone
    return Told(
        sheet=write_sheet(exported, desk.practice(), "", desk.clock(), for_paper=False),
        href=url_for("desk.show_referral", referral_id=referral.id),
        came=say_stamp(referral.received_at, zone),
        messages=tuple(
            Step(
                say_stamp(one.at, zone),
                say_message(one.what, one.to, one.state),
            )
            for one in exported.messages
        ),
        disclosures=tuple(
            Step(say_stamp(one.at, zone), one.what, one.by) for one in exported.disclosures
        ),
        correct=url_for("desk.correct", marks=marks, referral_id=referral.id)
        if referral.envelope
        else "",
        correction_id=desk.ledger.new_id(),
    )


def _look(desk: Desk, gathering: Gathering, look: Look) -> Step:
    when = say_stamp(look.at, desk.practice().time_zone)
    return Step(when, say_action(look.action), gathering.name(look.actor))
