"""Both doors' forms: fresh, with the office's part kept, or with what was typed and what was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from flask import Response, request

from form_server.office.answers import answer_body_refused, answer_json, answer_page
from form_server.office.bodies import BodyRefused, parse_body
from form_server.office.counter import Office, the_office
from form_server.office.kept import KEPT_FIELDS
from form_server.office.moments import write_moment
from form_server.office.page_stamp import STAMP_FIELD
from form_server.office.reading import RISK_FIELD, RISK_SEEN, typed
from form_server.office.submission import Kind, Typed
from form_server.office.text import showable
from form_server.office.tongue import language_asked, language_at, language_of
from outreach_kit.web import THANKS_FIELD, folder_of, form_view, render_form, say_time
from outreach_kit.web.language import words_in

_LONGEST_CODE: Final = 64


def show_form(clinician: str = "") -> Response:
    """The empty form. An old link to a clinician who has left leads to the practice's own form."""
    return _show_empty(Kind.OFFICE, clinician)


def show_hello(clinician: str = "") -> Response:
    """The patient's own empty form."""
    return _show_empty(Kind.SELF, clinician)


def show_form_for_another() -> Response:
    """The office's form with the office's own part as it was just sent; nothing is stored."""
    office = the_office()
    try:
        fields = parse_body(
            request.get_data(cache=False), request.mimetype, request.mimetype_params
        )
    except BodyRefused as refused:
        return answer_body_refused(office, refused)
    sent = typed(fields)
    kept = {name: sent[name] for name in (*KEPT_FIELDS, "clinician") if name in sent}
    return answer_page(_render(office, kept, {}, language_at(office.practice, request.path)))


def go_to_form() -> Response:
    """For whoever opens the address that a form was sent to: the form."""
    practice = the_office().practice
    folder = folder_of(practice, language_at(practice, request.path))
    return Response(status=HTTPStatus.SEE_OTHER, headers={"Location": f"{folder}/refer/"})


def show_form_again(office: Office, typed: Typed, errors: Mapping[str, str]) -> Response:
    """422: the form as it was filled in, each message at its field."""
    language = language_of(office.practice, typed)
    return answer_page(_render(office, typed, errors, language), HTTPStatus.UNPROCESSABLE_ENTITY)


def show_first_calls() -> Response:
    """The next free times, and whose code it is: for a page that was built before either was known."""
    office = the_office()
    source = office.asks.office_of(_code(request.args, "source"))
    times = describe_times(office, _code(request.args, "clinician"))
    return answer_json({"times": times, "office": source.name if source else None})


def describe_times(office: Office, clinician: str) -> list[dict[str, str]]:
    """Free times as a script offers them, each with the words for people."""
    site = office.site(language_asked(office.practice))
    words = words_in(site.language)  # for a program, whatever it makes of them
    return [
        {
            "id": one.id,
            "starts_at": write_moment(one.starts_at),
            "label": say_time(one, site.practice, words, site.today),
        }
        for one in office.times(clinician)
    ]


def _show_empty(kind: Kind, clinician: str) -> Response:
    typed = {"kind": kind, "source": request.args.get("source", ""), "clinician": clinician}
    office = the_office()
    return answer_page(_render(office, typed, {}, language_at(office.practice, request.path)))


def _render(office: Office, typed: Typed, errors: Mapping[str, str], language: str) -> str:
    code = _code(typed, "source")
    source = office.asks.office_of(code)
    clinician = _code(typed, "clinician")
    thanks = typed.get(THANKS_FIELD)
    hidden = {THANKS_FIELD: thanks} if office.is_thanks_page(thanks) else {}
    if typed.get(RISK_FIELD) == RISK_SEEN:  # whoever was warned is not stopped a second time
        hidden[RISK_FIELD] = RISK_SEEN
    hidden[STAMP_FIELD] = _stamp(office, typed)
    view = form_view(
        office.site(language),
        kind=Kind.SELF if typed.get("kind") == Kind.SELF else Kind.OFFICE,
        values=typed,
        errors=errors,
        source_code=code or None,
        source_name=source.name if source else None,
        clinician=clinician or None,
        hidden=hidden,
        times=office.times(clinician),
    )
    return render_form(view)


def _stamp(office: Office, typed: Typed) -> str:
    """A page that is shown again keeps the time at which it was shown first."""
    stamp, earlier = office.watch.stamp, typed.get(STAMP_FIELD)
    if isinstance(earlier, str) and stamp.shown_at(earlier) is not None:
        return earlier
    return stamp.make()


def _code(typed: Mapping[str, str] | Typed, name: str) -> str:
    value = typed.get(name, "")
    return showable(value)[:_LONGEST_CODE] if isinstance(value, str) else ""
