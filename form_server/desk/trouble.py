"""The page that says what went wrong, and what to do about it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, g, request
from werkzeug.datastructures import MultiDict

from form_server.desk.entry.fresh import NotFresh
from form_server.desk.entry.roles import Forbidden
from form_server.desk.page import render_page
from form_server.ledger import LedgerUnavailable, NotNow, RowDamaged
from form_server.vault import PasskeyRefused

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Trouble:
    heading: str
    what: str
    todo: str


def show_trouble(status: HTTPStatus, heading: str, what: str, todo: str) -> Response:
    return render_page(
        "trouble.html",
        Trouble(heading, what, todo),
        title=heading,
        signed_in=g.get("signed_in"),
        status=status,
    )


def show_missing(error: Exception | None = None) -> Response:
    """The same for what does not exist, for what is somebody else's, and for no address at all."""
    del error
    return show_trouble(
        HTTPStatus.NOT_FOUND,
        "Nothing here",
        "There is no such page, or what it shows lies in an inbox that you cannot open.",
        "Check the address, or start from today’s list.",
    )


def refuse_nul() -> Response | None:
    """Nothing is named with one, and PostgreSQL takes none, not even to look for it."""
    if "\0" in request.path or _has_nul(request.args):
        return show_missing()
    if g.get("signed_in") is None or not _has_nul(request.form):
        return None  # the doors say in their own words what was typed wrong
    return show_trouble(
        HTTPStatus.BAD_REQUEST,
        "That cannot be kept",
        "In what was typed stands a character that nobody can see. Nothing was changed.",
        "Go back and type it again, instead of pasting it.",
    )


def _has_nul(said: MultiDict[str, str]) -> bool:
    return any("\0" in one for values in said.listvalues() for one in values)


def show_nowhere(nowhere: str) -> Response:
    """For every address that no room answers, so that a typing slip meets the desk's own page."""
    del nowhere
    return show_missing()


def show_without_passkeys(error: PasskeyRefused | None = None) -> Response:
    """Where browsers have none: a bare IP address, or a way that is not encrypted."""
    del error
    return show_trouble(
        HTTPStatus.NOT_FOUND,
        "No passkeys here",
        "Passkeys need the desk's own name and an encrypted way to it.",
        "Sign in with your six words.",
    )


def show_forbidden(error: Forbidden) -> Response:
    return show_trouble(
        HTTPStatus.FORBIDDEN,
        "For an owner",
        str(error),
        "Go back to the list.",
    )


def show_not_fresh(error: NotFresh) -> Response:
    return show_trouble(
        HTTPStatus.FORBIDDEN, "Sign in again for this", str(error), "Sign out, then in again."
    )


def show_too_late(error: NotNow) -> Response:
    del error
    return show_trouble(
        HTTPStatus.CONFLICT,
        "Already closed",
        "This referral was closed in the meantime, so nothing was recorded.",
        "Go back to the list.",
    )


def show_too_large(error: Exception) -> Response:
    """More than the form of that page takes; nobody reads it to its end, so it may be anything."""
    del error
    return show_trouble(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "That is too much at once",
        "What was sent is larger than this page takes, so nothing of it was taken in.",
        "Split a file in two, leave pictures out, or shorten what you pasted.",
    )


def show_unavailable(error: LedgerUnavailable) -> Response:
    """The error's own words go to the log; here they would help nobody."""
    del error
    return show_trouble(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The records cannot be reached",
        "The server cannot read or write its records now. Nothing was recorded.",
        "Try again in a minute. If it stays so, tell whoever looks after the server.",
    )


def show_damaged(error: RowDamaged) -> Response:
    """Without the menu, which is made of rows as well."""
    log.error("a page cannot be shown: %s", error)
    heading = "Part of the records is damaged"
    trouble = Trouble(
        heading,
        "What this page shows holds something that nobody wrote. Nothing was changed.",
        "Have python -m form_server doctor run: it names what is damaged. Other pages may work.",
    )
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return render_page("trouble.html", trouble, title=heading, signed_in=None, status=status)
