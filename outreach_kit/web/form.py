"""The referral form, on the static site and on the server's own page when something was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from outreach_kit.practice.values import Phone
from outreach_kit.web.fields import FieldGroup, FieldMaker, Values, ask_more, ask_office
from outreach_kit.web.frame import Frame, frame_page
from outreach_kit.web.html import render
from outreach_kit.web.language import words_in
from outreach_kit.web.phrases import say_call_within, say_seen_within
from outreach_kit.web.site import FORM_PAGE_URL, Site


@dataclass(frozen=True)
class Complaint:
    """One line of the summary above the form; `href` leads to the field, or is empty."""

    href: str
    text: str


@dataclass(frozen=True)
class FormView:
    frame: Frame
    kind: str
    action: str
    heading: str
    recipient: str
    """Whom the referral goes to, by name."""
    groups: tuple[FieldGroup, ...]
    more: tuple[FieldGroup, ...]
    more_open: bool
    hidden: tuple[tuple[str, str], ...]
    complaints: tuple[Complaint, ...]
    source_name: str
    """The office that the link was made for, or empty."""
    phone: Phone
    fax: Phone | None
    call_within: str
    seen_within: str
    time_zone: str
    privacy_href: str
    """Leads to the owner's page on privacy; empty while there is none."""


def form_view(
    site: Site,
    *,
    kind: str = "office",
    values: Values | None = None,
    errors: Mapping[str, str] | None = None,
    source_code: str | None = None,
    source_name: str | None = None,
    clinician: str | None = None,
    hidden: Mapping[str, str] | None = None,
) -> FormView:
    """The form with what was typed and what was wrong; `site.form_url` must be set.

    `errors` maps field names to messages; one that belongs to no field that is shown stands in the
    summary alone. `hidden` adds fields of the server's own.
    """
    if site.form_url is None:
        raise ValueError("a site without a form server has no form")
    words = words_in(site.language)
    _ = words.gettext
    practice = site.practice
    errors = errors or {}
    chosen = practice.clinician(clinician) if clinician else None
    typed: Values = {**({"clinician": clinician} if clinician else {}), **(values or {})}
    make = FieldMaker(typed, errors)
    groups = ask_office(make, practice, words, source_name is not None)
    more = ask_more(make, practice, words, source_name is not None)
    recipient = chosen or (None if practice.is_group else practice.clinicians[0])
    name = recipient.name if recipient else practice.name
    shown = {field.name for group in groups for field in group.fields}
    kept = {"clinician": clinician} if clinician and "clinician" not in shown else {}
    return FormView(
        frame=frame_page(
            site,
            title=_("Refer a patient"),
            url=FORM_PAGE_URL,
            description=_("The referral form of {practice}: one minute, no account.").format(
                practice=practice.name
            ),
            indexed=not errors,
            styles=("form.css",),
            script="js/refer.js",
        ),
        kind=kind,
        action=f"{site.form_url}/referrals",
        heading=_("Refer a patient to {name}").format(name=name),
        recipient=name,
        groups=groups,
        more=more,
        more_open=any(field.answered or field.error for group in more for field in group.fields),
        hidden=_hidden(kind, source_code, {**kept, **(hidden or {})}),
        complaints=_complain(errors, (*groups, *more)),
        source_name=source_name or "",
        phone=practice.contact.phone,
        fax=practice.contact.fax,
        call_within=say_call_within(practice.promise, words),
        seen_within=say_seen_within(practice.promise, words),
        time_zone=practice.identity.time_zone,
        privacy_href="/privacy/" if any(one.slug == "privacy" for one in practice.pages) else "",
    )


def render_form(view: FormView) -> str:
    return render("refer.html", view.frame.language, view)


def _hidden(
    kind: str, source_code: str | None, extra: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """`submission_id` stays empty here: only a script can give each sending its own."""
    fields = {"kind": kind, "source": source_code or "", "submission_id": "", **extra}
    return tuple(fields.items())


def _complain(errors: Mapping[str, str], groups: tuple[FieldGroup, ...]) -> tuple[Complaint, ...]:
    """In the order of the form; what belongs to no field comes last."""
    shown = [field.name for group in groups for field in group.fields]
    found = [Complaint(f"#{name}", errors[name]) for name in shown if name in errors]
    homeless = [Complaint("", text) for name, text in errors.items() if name not in shown]
    return (*found, *homeless)
