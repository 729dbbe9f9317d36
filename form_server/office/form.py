"""The office's form, fresh or with what was typed and what was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final, TypeGuard

from flask import Response, request

from form_server.office.answers import answer_page
from form_server.office.counter import Office, the_office
from form_server.office.reading import THANKS_FIELD
from form_server.office.submission import Kind, Typed
from form_server.office.text import showable
from outreach_kit.web import form_view, render_form

_LONGEST_CODE: Final = 64


def show_form(clinician: str = "") -> Response:
    """The empty form. An old link to a clinician who has left leads to the practice's own form."""
    office = the_office()
    typed = {"source": request.args.get("source", ""), "clinician": clinician}
    return answer_page(_render(office, typed, {}))


def go_to_form() -> Response:
    """For whoever opens the address that a form was sent to: the form."""
    return Response(status=HTTPStatus.SEE_OTHER, headers={"Location": "/refer/"})


def show_form_again(office: Office, typed: Typed, errors: Mapping[str, str]) -> Response:
    """422: the form as it was filled in, each message at its field."""
    return answer_page(_render(office, typed, errors), HTTPStatus.UNPROCESSABLE_ENTITY)


def _render(office: Office, typed: Typed, errors: Mapping[str, str]) -> str:
    source = _code(typed, "source")
    clinician = _code(typed, "clinician")
    thanks = typed.get(THANKS_FIELD)
    view = form_view(
        office.site(),
        kind=Kind.SELF if typed.get("kind") == Kind.SELF else Kind.OFFICE,
        values=typed,
        errors=errors,
        source_code=source or None,
        source_name=office.asks.source_name(source) if source else None,
        clinician=clinician or None,
        hidden={THANKS_FIELD: thanks} if is_thanks_page(thanks, office) else None,
    )
    return render_form(view)


def is_thanks_page(wanted: object, office: Office) -> TypeGuard[str]:
    """Whether the settings name this page as one to go on to after sending."""
    return isinstance(wanted, str) and wanted in office.settings.thanks_pages


def _code(typed: Typed, name: str) -> str:
    value = typed.get(name, "")
    return showable(value)[:_LONGEST_CODE] if isinstance(value, str) else ""
