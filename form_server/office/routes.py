"""The public's addresses, and the view behind each."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Flask

from form_server.acknowledging import Acknowledging, place_acknowledging
from form_server.office.api.views import show_api
from form_server.office.asking.views import go_to_ask, post_question, show_ask, show_asked
from form_server.office.calendar import show_calendar
from form_server.office.counter import Office, place_office
from form_server.office.form import (
    go_to_form,
    show_first_calls,
    show_form,
    show_form_for_another,
    show_hello,
)
from form_server.office.health import show_health, show_readiness
from form_server.office.intake import allow_methods, post_referral
from form_server.office.openings import show_openings
from form_server.office.pause import pause, show_pause
from form_server.office.status import show_status
from form_server.office.unsubscribing import show_unsubscribe, unsubscribe
from form_server.office.website import show_page
from outreach_kit.web import folder_of

blueprint: Final = Blueprint("office", __name__)
told: Final = Blueprint("told", __name__)
"""The pages that are there once in each language, at the root and below each further one's folder."""

told.add_url_rule("/refer/", view_func=show_form, strict_slashes=False)
told.add_url_rule("/refer/<clinician>", view_func=show_form, strict_slashes=False)
told.add_url_rule("/refer/again", view_func=show_form_for_another, methods=["POST"])
told.add_url_rule("/refer/again", view_func=go_to_form, provide_automatic_options=False)
told.add_url_rule("/hello/", view_func=show_hello, strict_slashes=False)
told.add_url_rule("/hello/<clinician>", view_func=show_hello, strict_slashes=False)
told.add_url_rule("/status/<token>", view_func=show_status)
told.add_url_rule("/ask/", view_func=show_ask, strict_slashes=False)
told.add_url_rule("/asked/<token>", view_func=show_asked)
told.add_url_rule("/unsubscribe/<token>", view_func=show_unsubscribe)
told.add_url_rule("/unsubscribe/<token>", view_func=unsubscribe, methods=["POST"])

blueprint.add_url_rule("/first-calls.json", view_func=show_first_calls)
blueprint.add_url_rule("/openings.json", view_func=show_openings)
blueprint.add_url_rule(
    "/referrals", view_func=post_referral, methods=["POST"], provide_automatic_options=False
)
blueprint.add_url_rule(
    "/referrals", view_func=allow_methods, methods=["OPTIONS"], provide_automatic_options=False
)
blueprint.add_url_rule("/referrals", view_func=go_to_form, provide_automatic_options=False)
blueprint.add_url_rule(
    "/questions", view_func=post_question, methods=["POST"], provide_automatic_options=False
)
blueprint.add_url_rule(
    "/questions", view_func=allow_methods, methods=["OPTIONS"], provide_automatic_options=False
)
blueprint.add_url_rule("/questions", view_func=go_to_ask, provide_automatic_options=False)
blueprint.add_url_rule("/pause/<token>", view_func=show_pause)
blueprint.add_url_rule("/pause/<token>", view_func=pause, methods=["POST"])
blueprint.add_url_rule("/calendar/<token>.ics", view_func=show_calendar)
blueprint.add_url_rule("/openapi.json", view_func=show_api)
blueprint.add_url_rule("/healthz", view_func=show_health)
blueprint.add_url_rule("/readyz", view_func=show_readiness)
blueprint.add_url_rule("/", view_func=show_page)
blueprint.add_url_rule("/<path:path>", view_func=show_page)


def install_office(app: Flask, office: Office) -> None:
    """Puts the public's pages at the root of an app."""
    place_office(app, office)
    acknowledging = Acknowledging(
        # The practice may be another one by then, so it is asked for when a receipt is.
        lambda referral, address, language: office.reception.acknowledge(
            referral, address, language
        ),
        lambda asked, address, language: office.questions.acknowledge(
            office.practice, asked, address, language
        ),
    )
    place_acknowledging(app, acknowledging)
    practice = office.practice
    for language in practice.languages:
        folder = folder_of(practice, language)
        app.register_blueprint(told, url_prefix=folder or None, name=f"told-{language}")
    app.register_blueprint(blueprint)
