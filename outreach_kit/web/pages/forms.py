"""`/refer/` and `/hello/`: the office's form and the patient's; none without a form server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.web.form import SELF, form_view, render_form
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import Kind
from outreach_kit.web.plan import PagePlan, plan_page
from outreach_kit.web.site import FORM_PAGE_URL, PATIENT_PAGE_URL, Site

_OFFICE_NAME: Final = "refer"
_PATIENT_NAME: Final = "hello"


def _plan_office_form(site: Site, words: Words) -> Iterator[PagePlan]:
    _ = words.gettext
    if site.form_url:
        yield plan_page(
            site, _OFFICE_NAME, FORM_PAGE_URL, _("Refer a patient"),
            _("The referral form of {practice}: one minute, no account.").format(
                practice=site.practice.name
            ),
        )  # fmt: skip


def _plan_patient_form(site: Site, words: Words) -> Iterator[PagePlan]:
    _ = words.gettext
    if site.form_url:
        yield plan_page(
            site, _PATIENT_NAME, PATIENT_PAGE_URL, _("I was given your name"),
            _("Leave your name and number, and {practice} calls you.").format(
                practice=site.practice.name
            ),
        )  # fmt: skip


def _render_office_form(plan: PagePlan, site: Site) -> str:
    del plan
    return render_form(form_view(site))


def _render_patient_form(plan: PagePlan, site: Site) -> str:
    del plan
    return render_form(form_view(site, kind=SELF))


OFFICE_FORM: Final = Kind(_OFFICE_NAME, _plan_office_form, _render_office_form)
PATIENT_FORM: Final = Kind(_PATIENT_NAME, _plan_patient_form, _render_patient_form)
