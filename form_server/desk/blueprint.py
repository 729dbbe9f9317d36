"""The addresses of the desk, and the view behind each."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Flask

from form_server.desk.aside import show_aside
from form_server.desk.aside_steps import close_all_as_spam, close_as_spam, rescue
from form_server.desk.console import Desk, place_desk
from form_server.desk.devices import end_device, end_other_devices, show_devices
from form_server.desk.guard import add_headers, guard_request
from form_server.desk.invited import accept_invitation, invitation_options, show_invitation
from form_server.desk.messages import dismiss_message, send_again, show_messages
from form_server.desk.one_touch import sign_in_by_touch, sign_in_options
from form_server.desk.passkeys import (
    passkey_options,
    remove_passkey,
    show_passkeys,
    take_passkey,
)
from form_server.desk.recovering import recover, show_recovery
from form_server.desk.referral import show_referral
from form_server.desk.sign_in import show_sign_in, sign_in, sign_out
from form_server.desk.steps import close_referral, mark_fit, record_try, undo_try
from form_server.desk.today import pulse, show_today
from form_server.desk.trouble import show_missing, show_too_late, show_unavailable
from form_server.ledger import LedgerUnavailable, NotFound, NotNow

blueprint: Final = Blueprint(
    "desk",
    __name__,
    url_prefix="/desk",
    template_folder="../templates",
    static_folder="../static",
    static_url_path="/static",
)
blueprint.before_request(guard_request)
blueprint.after_request(add_headers)
blueprint.register_error_handler(NotFound, show_missing)
blueprint.register_error_handler(NotNow, show_too_late)
blueprint.register_error_handler(LedgerUnavailable, show_unavailable)

blueprint.add_url_rule("/", view_func=show_today, strict_slashes=False)
blueprint.add_url_rule("/pulse", view_func=pulse)
blueprint.add_url_rule("/sign-in", view_func=show_sign_in)
blueprint.add_url_rule("/sign-in", view_func=sign_in, methods=["POST"])
blueprint.add_url_rule("/sign-in/passkey", view_func=sign_in_options)
blueprint.add_url_rule("/sign-in/passkey", view_func=sign_in_by_touch, methods=["POST"])
blueprint.add_url_rule("/sign-out", view_func=sign_out, methods=["POST"])
blueprint.add_url_rule("/recover", view_func=show_recovery)
blueprint.add_url_rule("/recover", view_func=recover, methods=["POST"])
blueprint.add_url_rule("/invitations/<token>", view_func=show_invitation)
blueprint.add_url_rule("/invitations/<token>", view_func=accept_invitation, methods=["POST"])
blueprint.add_url_rule("/invitations/<token>/passkey", view_func=invitation_options)
blueprint.add_url_rule("/passkeys", view_func=show_passkeys)
blueprint.add_url_rule("/passkeys", view_func=take_passkey, methods=["POST"])
blueprint.add_url_rule("/passkeys/options", view_func=passkey_options)
blueprint.add_url_rule("/passkeys/<passkey_id>/remove", view_func=remove_passkey, methods=["POST"])
blueprint.add_url_rule("/quarantine", view_func=show_aside)
blueprint.add_url_rule("/quarantine/spam", view_func=close_all_as_spam, methods=["POST"])
blueprint.add_url_rule("/quarantine/<referral_id>/rescue", view_func=rescue, methods=["POST"])
blueprint.add_url_rule("/quarantine/<referral_id>/spam", view_func=close_as_spam, methods=["POST"])
blueprint.add_url_rule("/messages", view_func=show_messages)
blueprint.add_url_rule("/messages/<delivery_id>/again", view_func=send_again, methods=["POST"])
blueprint.add_url_rule(
    "/messages/<delivery_id>/dismiss", view_func=dismiss_message, methods=["POST"]
)
blueprint.add_url_rule("/devices", view_func=show_devices)
blueprint.add_url_rule("/devices/others/end", view_func=end_other_devices, methods=["POST"])
blueprint.add_url_rule("/devices/<mark>/end", view_func=end_device, methods=["POST"])
blueprint.add_url_rule("/referrals/<referral_id>", view_func=show_referral)
blueprint.add_url_rule("/referrals/<referral_id>/tries", view_func=record_try, methods=["POST"])
blueprint.add_url_rule("/referrals/<referral_id>/tries/undo", view_func=undo_try, methods=["POST"])
blueprint.add_url_rule("/referrals/<referral_id>/fit", view_func=mark_fit, methods=["POST"])
blueprint.add_url_rule("/referrals/<referral_id>/close", view_func=close_referral, methods=["POST"])


def install_desk(app: Flask, desk: Desk) -> None:
    """Puts the desk under /desk of an app; without a desk of its own the app answers 404 there."""
    place_desk(app, desk)
    app.register_blueprint(blueprint)
