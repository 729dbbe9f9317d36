"""What a reply changes: it is recorded, taken back, or made to wait for nothing any more."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from flask import Response, request, url_for

from form_server.clockwork import PauseLinks, Writer
from form_server.desk.console import Desk, the_desk
from form_server.desk.entry.guard import signed_in
from form_server.desk.entry.keyring import Keyring
from form_server.desk.page import go_to
from form_server.desk.referral.case import Case, referral_of
from form_server.desk.referral.reach import UNDONE_WITHIN
from form_server.desk.replies.drafting import callback_of
from form_server.desk.replies.handing import BY_HAND, hand_over
from form_server.desk.replies.sides import Side
from form_server.desk.replies.writing import (
    LONGEST,
    back_to,
    open_side,
    read_about,
    read_way,
    refuse_reply,
)
from form_server.ledger import (
    Channel,
    DeliveryKind,
    NewDelivery,
    NewReply,
    NotFound,
    NotNow,
    Outcome,
    ReplyWay,
)
from form_server.parcels import ReplyParcel
from outreach_kit.outreach.replies import reply_remark, reply_subject

SENT_AFTER: Final = timedelta(seconds=60)
_ID: Final = re.compile(r"[0-9a-z]{20,40}")
_WRITE_SOMETHING: Final = "There is nothing in it. Write the note, or set it aside with a reason."
_TOO_LONG: Final = f"That is longer than {LONGEST} characters. Shorten it."
_WHY: Final = "Say why nothing is sent, so that whoever looks later knows."
_PICK_A_WAY: Final = "Pick how it goes to them."


def record_reply(referral_id: str, whom: str) -> Response:
    """Reviewed: a mail waits a minute and goes; what is done by hand is handed over, then noted."""
    case, side = open_side(referral_id, whom)
    about, do = read_about(), request.form.get("do", "")
    if do == "aside":
        return _set_aside(case, side, about)
    way, words = read_way(side), _words()
    if way is None:
        return refuse_reply(case, side, about, _PICK_A_WAY)
    if not words or len(words) > LONGEST:
        return refuse_reply(case, side, about, _TOO_LONG if words else _WRITE_SOMETHING)
    if way in BY_HAND and do != "done":
        return hand_over(case, side, about, way, words)
    outgoing = _mail(case, side, words) if way is ReplyWay.MAIL else None
    _record(case, side, about, way, words, outgoing)
    return back_to(case, "reply-mail" if outgoing else "reply")


def undo_reply(referral_id: str) -> Response:
    """Takes one's own reply back, within a minute and before a mail is on its way."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    reply_id = request.form.get("reply_id", "")
    href = url_for("desk.show_referral", referral_id=referral.id, done="reply-kept")
    if reply_id in {one.id for one in desk.ledger.replies.of_referral(referral.id)}:
        try:
            since = desk.clock() - UNDONE_WITHIN
            desk.ledger.replies.take_back(reply_id, user.user.id, since)
            href = url_for("desk.show_referral", referral_id=referral.id, done="reply-undone")
        except (NotFound, NotNow):
            pass
    return go_to(f"{href}#replies")


def set_consent(referral_id: str) -> Response:
    """The patient said, to the practice, whether the source may learn how it goes."""
    desk, user = the_desk(), signed_in()
    referral = referral_of(desk, Keyring.of(desk, user), referral_id)
    given = request.form.get("consent") == "yes"
    desk.ledger.replies.set_consent(referral.id, user.user.id, given=given)
    return go_to(url_for("desk.write_reply", referral_id=referral.id, whom="source"))


def _set_aside(case: Case, side: Side, about: Outcome) -> Response:
    reason = " ".join(request.form.get("reason", "").split())[:LONGEST]
    if not reason:
        return refuse_reply(case, side, about, _WHY)
    _record(case, side, about, ReplyWay.ASIDE, reason, None)
    return back_to(case, "reply-aside")


def _record(
    case: Case,
    side: Side,
    about: Outcome,
    way: ReplyWay,
    words: str,
    outgoing: NewDelivery | None,
) -> None:
    typed_id = request.form.get("reply_id", "")
    reply_id = typed_id if _ID.fullmatch(typed_id) else case.desk.ledger.new_id()
    new = NewReply(
        id=reply_id,
        referral_id=case.referral.id,
        user_id=case.user.user.id,
        at=case.now,
        whom=side.whom,
        about=about,
        way=way,
        words=case.keyring.seal_part(case.referral, f"reply:{reply_id}", words),
    )
    case.desk.ledger.replies.record(new, outgoing)


def _mail(case: Case, side: Side, words: str) -> NewDelivery | None:
    if case.said is None:
        return None
    parcel = ReplyParcel(
        practice_name=case.practice.name,
        subject=reply_subject(case.practice.name, side.language),
        words=words,
        remark=reply_remark(callback_of(case), side.language),
        language=side.language,
    )
    return _writer(case.desk).write(
        parcel,
        DeliveryKind.REPLY,
        Channel.EMAIL,
        case.said.referrer.email,
        case.now + SENT_AFTER,
        case.referral.id,
    )


def _writer(desk: Desk) -> Writer:
    links = PauseLinks(desk.server_key, desk.public_url)
    return Writer(desk.server_key, desk.public_url, desk.mail_domain, desk.ledger.new_id, links)


def _words() -> str:
    """As typed; browsers send line ends of two characters."""
    return request.form.get("words", "").replace("\r\n", "\n").strip()
