"""Both doors: the office's form and the patient's, on the static site and on the server's own pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from outreach_kit.frozen import frozen
from outreach_kit.practice.values import Phone
from outreach_kit.web.addresses import THANKS_URL, own_url
from outreach_kit.web.fields import ask_more, ask_office
from outreach_kit.web.frame import Frame, frame_page
from outreach_kit.web.html import render
from outreach_kit.web.language import Words
from outreach_kit.web.patient_fields import ask_patient, ask_patient_more
from outreach_kit.web.phrases import say_call_within, say_seen_within
from outreach_kit.web.questions import Field, FieldGroup, FieldMaker, Values
from outreach_kit.web.site import FORM_PAGE_URL, PATIENT_PAGE_URL, Site
from outreach_kit.web.times import HeldTime, ask_first_call

PAGE_LANGUAGE_FIELD = "page_language"
"""Says on which page a form was filled in, so that whatever is answered is in the same language."""
THANKS_FIELD = "thanks_page"
"""Where a form wants to go after sending; the server goes only to pages that its settings name."""
SELF = "self"
"""The kind of a form that patients send for themselves; the other is `office`."""


_PRIVACY = "privacy"


@frozen
class Complaint:
    """One line of the summary above the form; `href` leads to the field, or is empty."""

    href: str
    text: str


@frozen
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
    times_href: str
    """Where a script asks for first-call times, and for the office of a code."""
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
    times: Sequence[HeldTime] = (),
) -> FormView:
    """The form with what was typed and what was wrong; `site.form_url` must be set.

    `errors` maps field names to messages; one that belongs to no field that is shown stands in the
    summary alone. `hidden` adds fields of the server's own. `times` are free first-call times.
    """
    if site.form_url is None:
        raise ValueError("a site without a form server has no form")
    words = site.words
    practice = site.practice
    errors = errors or {}
    chosen = practice.clinician(clinician) if clinician else None
    typed: Values = {**({"clinician": clinician} if clinician else {}), **(values or {})}
    groups, more = _ask(
        site, kind, FieldMaker(typed, errors), words, source_name is not None, times
    )
    recipient = chosen or (None if practice.is_group else practice.clinicians[0])
    name = recipient.name if recipient else practice.name
    shown = {field.name for group in groups for field in group.fields}
    kept = {"clinician": clinician} if clinician and "clinician" not in shown else {}
    return FormView(
        frame=_frame(site, kind, words, has_errors=bool(errors)),
        kind=kind,
        action=f"{site.form_url}/referrals",
        heading=_heading(kind, words).format(name=name),
        recipient=name,
        groups=groups,
        more=more,
        more_open=any(field.answered or field.error for group in more for field in group.fields),
        hidden=_hidden(
            kind, source_code, {**told_in(site), **_leads_to(site), **kept, **(hidden or {})}
        ),
        complaints=complain(errors, (*groups, *more)),
        source_name=source_name or "",
        times_href=site.ask_server("/first-calls.json"),
        phone=practice.contact.phone,
        fax=practice.contact.fax,
        call_within=say_call_within(practice.promise, words),
        seen_within=say_seen_within(practice.promise, words),
        time_zone=practice.identity.time_zone,
        privacy_href=_privacy_href(site),
    )


def render_form(view: FormView) -> str:
    template = "hello.html" if view.kind == SELF else "refer.html"
    return render(template, view.frame.language, view)


def _ask(
    site: Site,
    kind: str,
    make: FieldMaker,
    words: Words,
    known_office: bool,
    times: Sequence[HeldTime],
) -> tuple[tuple[FieldGroup, ...], tuple[FieldGroup, ...]]:
    _ = words.gettext
    practice = site.practice

    def ask_time(label: str) -> tuple[Field]:
        return (ask_first_call(make, practice, words, times, site.today, label),)

    if kind == SELF:
        groups = ask_patient(
            make, practice, words, ask_time(_("Or pick a time for the first call"))
        )
        return groups, ask_patient_more(make, practice, words)
    label = _("A time for the first call, if the patient likes to pick one")
    groups = ask_office(make, practice, words, known_office, ask_time(label))
    return groups, ask_more(make, practice, words, known_office)


def told_in(site: Site) -> dict[str, str]:
    """Nothing where there is but one language to answer in."""
    return {} if len(site.practice.languages) == 1 else {PAGE_LANGUAGE_FIELD: site.language}


def _leads_to(site: Site) -> dict[str, str]:
    """Nothing where the receipt is what people are to see, and where the website has no address."""
    address = site.address_of(site.at(THANKS_URL))
    return {THANKS_FIELD: address} if address and site.practice.identity.thanks_page else {}


def _privacy_href(site: Site) -> str:
    return next((site.at(own_url(one)) for one in site.practice.pages if one.slug == _PRIVACY), "")


def _heading(kind: str, words: Words) -> str:
    _ = words.gettext
    return _("Ask {name} to call you") if kind == SELF else _("Refer a patient to {name}")


def _frame(site: Site, kind: str, words: Words, *, has_errors: bool) -> Frame:
    """Whoever hears the page hears first that it came back, and not the same title again."""
    _ = words.gettext
    if kind == SELF:
        title, page = _("I was given your name"), PATIENT_PAGE_URL
        about = _("Leave your name and number, and {practice} calls you.")
    else:
        title, page = _("Refer a patient"), FORM_PAGE_URL
        about = _("The referral form of {practice}: one minute, no account.")
    return frame_page(
        site,
        title=f"{_('Please look at this again')} · {title}" if has_errors else title,
        page=page,
        description=about.format(practice=site.practice.name),
        indexed=not has_errors,
        styles=("form.css",),
        script="js/refer.js",
    )


def _hidden(
    kind: str, source_code: str | None, extra: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """`submission_id` stays empty here: only a script can give each sending its own.

    Patients agree by sending, and the page says so beside the button.
    """
    agreed = {"patient_agreed": "true"} if kind == SELF else {}
    fields = {"kind": kind, "source": source_code or "", "submission_id": "", **agreed, **extra}
    return tuple(fields.items())


def complain(errors: Mapping[str, str], groups: tuple[FieldGroup, ...]) -> tuple[Complaint, ...]:
    """In the order of the form; what belongs to no field comes last."""
    shown = [field.name for group in groups for field in group.fields]
    found = [Complaint(f"#{name}", errors[name]) for name in shown if name in errors]
    homeless = [Complaint("", text) for name, text in errors.items() if name not in shown]
    return (*found, *homeless)
