"""Answers in the form that was asked for: a page for a person, JSON for a program."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

import msgspec
from flask import Response, request

from form_server.office.arrival import prefers_json
from form_server.office.bodies import JSON_TYPE, PROBLEM_TYPE, BodyRefused
from form_server.office.counter import Office
from form_server.office.tongue import language_asked, words_asked
from outreach_kit.web import render_problem

_RETRY_AFTER_S: Final = 30


def wants_json() -> bool:
    """Whether to answer a program, and not a person."""
    return prefers_json(request.mimetype, request.headers.get("Accept", ""))


def answer_json(content: Mapping[str, object], status: int = HTTPStatus.OK) -> Response:
    return Response(dump_json(content), status, mimetype=JSON_TYPE)


def answer_page(html: str, status: int = HTTPStatus.OK) -> Response:
    return Response(html, status, mimetype="text/html")


def answer_problem(
    office: Office,
    status: int,
    title: str,
    detail: str,
    errors: Mapping[str, str] | None = None,
    more: Mapping[str, object] | None = None,
) -> Response:
    """What went wrong and what to do instead; always with the practice's telephone number.

    `more` is for programs only.
    """
    if wants_json():
        content: dict[str, object] = {
            "type": "about:blank",
            "title": title,
            "status": int(status),
            "detail": detail,
            "phone": office.practice.contact.phone.display,
        }
        if errors:
            content["errors"] = dict(errors)
        content.update(more or {})
        response = Response(dump_json(content), status, mimetype=PROBLEM_TYPE)
    else:
        response = answer_page(
            render_problem(office.site(language_asked(office.practice)), title, detail), status
        )
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(_RETRY_AFTER_S)
    return response


def answer_body_refused(office: Office, refused: BodyRefused) -> Response:
    """In the practice's language, as far as a person can come by it; a program's mistakes in English."""
    say = words_asked(office.practice).gettext
    return answer_problem(office, refused.status, say(refused.what), say(refused.todo))


def answer_not_stored(office: Office, title: str = "") -> Response:
    """503: nothing was kept, so the office is told to call; never a false success."""
    words = words_asked(office.practice)
    return answer_problem(
        office,
        HTTPStatus.SERVICE_UNAVAILABLE,
        title or words.gettext("Your referral was not stored"),
        words.gettext(
            "Our records cannot be written at the moment, so nothing was kept. Please call {phone}, "
            "or send it again in a few minutes."
        ).format(phone=office.practice.contact.phone.display),
    )


def answer_flood(office: Office, retry_after_s: int, title: str = "") -> Response:
    """429: more came from one network than people can type; whoever is real can call at once."""
    words = words_asked(office.practice)
    minutes = -(-retry_after_s // 60)
    response = answer_problem(
        office,
        HTTPStatus.TOO_MANY_REQUESTS,
        title or words.gettext("Too many referrals at once"),
        words.ngettext(
            "More came from your network than we take at once, and this one was not stored. Please "
            "call {phone}, or send it again in {minutes} minute.",
            "More came from your network than we take at once, and this one was not stored. Please "
            "call {phone}, or send it again in {minutes} minutes.",
            minutes,
        ).format(phone=office.practice.contact.phone.display, minutes=minutes),
    )
    response.headers["Retry-After"] = str(retry_after_s)
    return response


def answer_missing(office: Office) -> Response:
    words = words_asked(office.practice)
    return answer_problem(
        office,
        HTTPStatus.NOT_FOUND,
        words.gettext("This page does not exist"),
        words.gettext("The link may be old or cut short. You can always call."),
    )


def dump_json(content: Mapping[str, object]) -> bytes:
    return msgspec.json.encode(content)
