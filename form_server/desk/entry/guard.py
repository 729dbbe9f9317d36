"""Stands before every view of the desk, and closes what it does not know.

A form is taken from the desk's own origin and with its session's token only; a page is shown to
who is signed in. A view is open to strangers only when it is named here.
"""

from __future__ import annotations

import hmac
import re
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from flask import Response, g, request, url_for

from form_server.desk.console import IDLE, Desk, the_desk
from form_server.desk.entry.cookies import SESSION, drop_session_cookie, read_cookie
from form_server.desk.entry.sessions import SignedIn, keep_alive, resume_session
from form_server.desk.page import go_to
from form_server.desk.trouble import show_trouble
from form_server.keys import must_set_up
from form_server.vault import SessionRefused

_OPEN_VIEWS: Final = frozenset(
    {
        "desk.static",
        "desk.show_manifest",
        "desk.show_icon",
        "desk.show_worker",
        "desk.show_sign_in",
        "desk.sign_in",
        "desk.sign_in_options",
        "desk.sign_in_by_touch",
        "desk.show_second_step",
        "desk.take_digits",
        "desk.second_step_options",
        "desk.take_touch",
        "desk.show_recovery",
        "desk.recover",
        "desk.show_beginning",
        "desk.draw_words",
        "desk.ask_words_back",
        "desk.show_sheet",
        "desk.print_sheet",
        "desk.finish_beginning",
        "desk.show_invitation",
        "desk.invitation_options",
        "desk.accept_invitation",
    }
)
# What a user gets to who still has to set up the second step that the practice asks of everybody.
_SETTING_UP: Final = frozenset(
    {
        "desk.show_second_factor",
        "desk.take_app",
        "desk.take_second_device",
        "desk.show_passkeys",
        "desk.passkey_options",
        "desk.take_passkey",
        "desk.sign_out",
    }
)
_QUIET_VIEWS: Final = frozenset({"desk.pulse"})  # a page that asks by itself keeps nobody signed in
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_LOCAL_PAGE: Final = re.compile(r"/desk(?:/[A-Za-z0-9_-]+)*/?")
_LARGEST_FORM: Final = 16 * 1024
_LARGER_FORMS: Final = {  # whole tables, and the words of a whole batch of cards
    "desk.preview_colleague_import": 1024 * 1024,
    "desk.take_colleague_import": 1024 * 1024,
    "desk.preview_office_import": 500_000,  # a larger file would be spooled to the disk
    "desk.take_office_import": 500_000,
    "desk.print_thanks": 512 * 1024,
    "desk.make_thanks": 512 * 1024,
}
_MOST_FIELDS: Final = 20
_CONTENT_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# A letter carries its looks on each element, as mail does, and runs and fetches nothing.
_LETTERS: Final = frozenset({"desk.show_newsletter_mail", "desk.show_issue_mail"})
_LETTER_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox"
)
_AROUND_LETTERS: Final = frozenset(
    {
        "desk.show_next_newsletter",
        "desk.send_newsletter",
        "desk.print_newsletter",
        "desk.show_issue",
    }
)
_HEADERS: Final = {
    "Content-Security-Policy": _CONTENT_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Not `no-referrer`: under that, browsers send forms with the origin “null”.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


def signed_in() -> SignedIn:
    """The user of this request; the guard lets nobody else through to a view that asks."""
    found = signed_in_or_none()
    if found is None:
        raise LookupError("a view for users was reached by nobody")
    return found


def signed_in_or_none() -> SignedIn | None:
    found: SignedIn | None = g.get("signed_in")
    return found


def local_page(wanted: str) -> str:
    """`wanted` when it is a page of the desk, else the first page: sign-in leads nowhere else."""
    return wanted if _LOCAL_PAGE.fullmatch(wanted) else url_for("desk.show_today")


def guard_request() -> Response | None:
    """Runs before each view; an answer of its own keeps the view from running."""
    desk = the_desk()
    largest = _LARGER_FORMS.get(request.endpoint or "", _LARGEST_FORM)
    request.max_content_length = request.max_form_memory_size = largest
    request.max_form_parts = _MOST_FIELDS
    if request.endpoint == "desk.static":
        return None
    changes = request.method not in _SAFE
    if changes and not _is_from_here(desk):
        return show_trouble(
            HTTPStatus.FORBIDDEN,
            "That did not come from the desk",
            "The form was sent from another address than the desk’s own, so it was not taken.",
            f"Open the desk at {desk.public_url}/desk/ and try again there.",
        )
    token = read_cookie(desk, SESSION)
    g.signed_in = None if token is None else _resume(desk, token)
    if request.endpoint in _OPEN_VIEWS:
        return None
    if g.signed_in is None:
        return _ask_to_sign_in(desk, had_session=token is not None)
    if changes and not _has_token(g.signed_in):
        return show_trouble(
            HTTPStatus.FORBIDDEN,
            "That page was out of date",
            "It belonged to an earlier session, so what you tapped was not recorded.",
            "Go back to the list, open the referral again and repeat it.",
        )
    if request.endpoint not in _QUIET_VIEWS:
        keep_alive(desk, g.signed_in)
    if request.endpoint not in _SETTING_UP and must_set_up(desk.ledger, g.signed_in.user.id):
        return go_to(url_for("desk.show_second_factor", done="first"))
    return None


def add_headers(response: Response) -> Response:
    """Runs after each view, and after each refusal."""
    response.headers.update(_HEADERS)
    if request.endpoint in _AROUND_LETTERS:
        response.headers["Content-Security-Policy"] = f"{_CONTENT_POLICY}; frame-src 'self'"
    if request.endpoint in _LETTERS and response.status_code == HTTPStatus.OK:
        response.headers["Content-Security-Policy"] = _LETTER_POLICY
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    if request.endpoint == "desk.static":
        response.headers["Cache-Control"] = "no-cache"
        return response
    response.headers["Cache-Control"] = "no-store"
    if signed_in_or_none() is not None and response.mimetype == "text/html":
        # A screen left alone goes blank as well, also where no script runs.
        leave = url_for("desk.show_sign_in", ended="1")
        response.headers.setdefault("Refresh", f"{int(IDLE.total_seconds()) + 5}; url={leave}")
    return response


def _is_from_here(desk: Desk) -> bool:
    """By `Origin`, or by `Referer` from a browser that sends no `Origin`; neither is a no."""
    said = request.headers.get("Origin")
    if said is None:
        parts = urlsplit(request.headers.get("Referer", ""))
        said = f"{parts.scheme}://{parts.netloc}"
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    return said.lower() == desk.origin and site == "same-origin"


def _has_token(user: SignedIn) -> bool:
    given = request.form.get("csrf_token", "")
    return hmac.compare_digest(given.encode("utf-8", "replace"), user.csrf_token.encode())


def _resume(desk: Desk, token: str) -> SignedIn | None:
    try:
        return resume_session(desk, token)
    except SessionRefused:
        return None


def _ask_to_sign_in(desk: Desk, *, had_session: bool) -> Response:
    if request.endpoint in _QUIET_VIEWS:
        return Response(status=HTTPStatus.UNAUTHORIZED)
    if request.method not in _SAFE:
        response = go_to(url_for("desk.show_sign_in", ended="lost"))
    elif _is_followed_from_elsewhere() and not had_session:
        return _step_inside()
    else:
        ended = "1" if had_session else None
        response = go_to(url_for("desk.show_sign_in", next=request.path, ended=ended))
    if had_session:
        drop_session_cookie(desk, response)
    return response


def _is_followed_from_elsewhere() -> bool:
    """Whether a link in web mail led here: then the browser held the cookie back."""
    return request.headers.get("Sec-Fetch-Site") == "cross-site" and "here" not in request.args


def _step_inside() -> Response:
    """An empty page that leads to the same address from the desk itself, with the cookie."""
    response = Response("", mimetype="text/html")
    response.headers["Refresh"] = f"0; url={local_page(request.path)}?here=1"
    return response
