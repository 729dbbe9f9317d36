"""The addresses of the desk, and the view behind each."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from flask import Blueprint, Flask, request

from form_server.desk.colleagues.ways import WAYS as COLLEAGUES
from form_server.desk.console import Desk, place_desk, the_desk
from form_server.desk.copies.ways import WAYS as COPIES
from form_server.desk.entry.fresh import NotFresh
from form_server.desk.entry.guard import add_headers, guard_request, signed_in_or_none
from form_server.desk.entry.roles import Forbidden, may, require
from form_server.desk.entry.ways import WAYS as ENTRY
from form_server.desk.gifts.ways import WAYS as GIFTS
from form_server.desk.inbox.ways import WAYS as INBOX
from form_server.desk.installing import show_icon, show_manifest, show_worker
from form_server.desk.messages import dismiss_message, send_again, show_messages
from form_server.desk.newsletter.ways import WAYS as NEWSLETTER
from form_server.desk.offices.ways import WAYS as OFFICES
from form_server.desk.owed.ways import WAYS as OWED
from form_server.desk.patients.ways import WAYS as PATIENTS
from form_server.desk.privacy.ways import WAYS as PRIVACY
from form_server.desk.questions.ways import WAYS as QUESTIONS
from form_server.desk.record.ways import WAYS as RECORD
from form_server.desk.referral.ways import WAYS as REFERRAL
from form_server.desk.replies.ways import WAYS as REPLIES
from form_server.desk.rounds.ways import WAYS as ROUNDS
from form_server.desk.scorecard.ways import WAYS as SCORECARD
from form_server.desk.setup.ways import WAYS as SETUP
from form_server.desk.stock.ways import WAYS as STOCK
from form_server.desk.team.ways import WAYS as TEAM
from form_server.desk.thanks.ways import WAYS as THANKS
from form_server.desk.today import pulse, show_today
from form_server.desk.trouble import (
    refuse_nul,
    show_damaged,
    show_forbidden,
    show_missing,
    show_not_fresh,
    show_nowhere,
    show_too_large,
    show_too_late,
    show_unavailable,
    show_without_passkeys,
)
from form_server.desk.ways import POST, Way
from form_server.ledger import LedgerUnavailable, NotFound, NotNow, RowDamaged
from form_server.vault import PasskeyRefused

_ROOT: Final = (
    Way("/", show_today),
    Way("/pulse", pulse),
    Way("/manifest.webmanifest", show_manifest),
    Way("/icon-<int:size>.png", show_icon),
    Way("/worker.js", show_worker),
    Way("/messages", show_messages),
    Way("/messages/<delivery_id>/again", send_again, POST),
    Way("/messages/<delivery_id>/dismiss", dismiss_message, POST),
)
WAYS: Final = (
    *_ROOT,
    *ENTRY,
    *REFERRAL,
    *REPLIES,
    *COPIES,
    *PATIENTS,
    *PRIVACY,
    *SETUP,
    *INBOX,
    *OWED,
    *RECORD,
    *QUESTIONS,
    *COLLEAGUES,
    *ROUNDS,
    *STOCK,
    *TEAM,
    *THANKS,
    *GIFTS,
    *OFFICES,
    *NEWSLETTER,
    *SCORECARD,
    Way("/<path:nowhere>", show_nowhere),
    Way("/<path:nowhere>", show_nowhere, POST),
)
_RIGHTS: Final = {f"desk.{way.view.__name__}": way.right for way in WAYS if way.right is not None}

blueprint: Final = Blueprint(
    "desk",
    __name__,
    url_prefix="/desk",
    template_folder="../templates",
    static_folder="../static",
    static_url_path="/static",
)


def guard_right() -> None:
    """After the guard has said who it is; raises Forbidden when their role does not have it.

    A refusal goes on record: somebody tried what is not theirs.
    """
    right, user = _RIGHTS.get(request.endpoint or ""), signed_in_or_none()
    if right is None:
        return
    if user is not None and not may(user.user.role, right):
        the_desk().ledger.audit.note("access.refused", actor=user.actor, detail=right.value)
    require(right)


blueprint.before_request(guard_request)
blueprint.before_request(guard_right)
blueprint.before_request(refuse_nul)
blueprint.after_request(add_headers)
blueprint.register_error_handler(NotFound, show_missing)
blueprint.register_error_handler(HTTPStatus.NOT_FOUND, show_missing)
blueprint.register_error_handler(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, show_too_large)
blueprint.register_error_handler(PasskeyRefused, show_without_passkeys)
blueprint.register_error_handler(Forbidden, show_forbidden)
blueprint.register_error_handler(NotFresh, show_not_fresh)
blueprint.register_error_handler(NotNow, show_too_late)
blueprint.register_error_handler(LedgerUnavailable, show_unavailable)
blueprint.register_error_handler(RowDamaged, show_damaged)

for way in WAYS:
    blueprint.add_url_rule(
        way.rule, view_func=way.view, methods=[way.method], strict_slashes=way.rule != "/"
    )


def install_desk(app: Flask, desk: Desk) -> None:
    """Puts the desk under /desk of an app; without a desk of its own the app answers 404 there."""
    place_desk(app, desk)
    app.register_blueprint(blueprint)
