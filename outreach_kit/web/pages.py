"""From a row of the plan to the text of its file: the view is built, then a template places it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from markupsafe import Markup

from outreach_kit.practice import Clinician
from outreach_kit.practice.values import Phone
from outreach_kit.web.discovery import render_headers, render_robots, render_sitemap
from outreach_kit.web.feed import render_feed
from outreach_kit.web.form import form_view, render_form
from outreach_kit.web.frame import NO_JSON_LD, Frame, frame_page
from outreach_kit.web.html import render
from outreach_kit.web.language import Words, words_in
from outreach_kit.web.plan import PagePlan, plan_pages
from outreach_kit.web.prose import prose_html
from outreach_kit.web.shared_facts import SHARED_FACTS_PATH, render_shared_facts
from outreach_kit.web.site import Site
from outreach_kit.web.structured import (
    describe_clinician,
    describe_contact,
    describe_note,
    describe_practice,
)
from outreach_kit.web.vcards import render_clinician_card, render_practice_card
from outreach_kit.web.views.contact import view_contact
from outreach_kit.web.views.fees import view_fees
from outreach_kit.web.views.first_visit import view_first_visit
from outreach_kit.web.views.front_desk import view_front_desk
from outreach_kit.web.views.home import view_home
from outreach_kit.web.views.notes import view_note, view_notes
from outreach_kit.web.views.offices import view_offices
from outreach_kit.web.views.prints import view_prints
from outreach_kit.web.views.profile import view_profile
from outreach_kit.web.views.trainings import view_trainings


@dataclass(frozen=True)
class ProseView:
    frame: Frame
    title: str
    description: str
    body: Markup


@dataclass(frozen=True)
class MissingView:
    frame: Frame
    phone: Phone


def render_page(plan: PagePlan, site: Site) -> str:
    """The text of one planned file: HTML, or plain text for the files that machines read."""
    return _RENDERERS[plan.template](plan, site)


def _render_home(plan: PagePlan, site: Site) -> str:
    frame = _frame(plan, site, script=_OPENINGS, json_ld=describe_practice(site))
    return _place(plan, site, view_home(site, _words(site), frame))


def _render_offices(plan: PagePlan, site: Site) -> str:
    audience = site.practice.audience(plan.subject)
    if audience is None:
        raise LookupError(f"no audience is called {plan.subject!r}")
    frame = _frame(plan, site, script=_OPENINGS)
    return _place(plan, site, view_offices(site, _words(site), frame, audience))


def _render_profile(plan: PagePlan, site: Site) -> str:
    clinician = _clinician(plan, site)
    frame = _frame(plan, site, script=_OPENINGS, json_ld=describe_clinician(site, clinician))
    return _place(plan, site, view_profile(site, _words(site), frame, clinician))


def _render_fees(plan: PagePlan, site: Site) -> str:
    return _place(plan, site, view_fees(site, _words(site), _frame(plan, site)))


def _render_front_desk(plan: PagePlan, site: Site) -> str:
    return _place(plan, site, view_front_desk(site, _words(site), _frame(plan, site)))


def _render_first_visit(plan: PagePlan, site: Site) -> str:
    return _place(plan, site, view_first_visit(site, _words(site), _frame(plan, site)))


def _render_contact(plan: PagePlan, site: Site) -> str:
    frame = _frame(plan, site, json_ld=describe_contact(site))
    return _place(plan, site, view_contact(site, _words(site), frame))


def _render_trainings(plan: PagePlan, site: Site) -> str:
    return _place(plan, site, view_trainings(site, _words(site), _frame(plan, site)))


def _render_notes(plan: PagePlan, site: Site) -> str:
    return _place(plan, site, view_notes(site, _words(site), _frame(plan, site)))


def _render_note(plan: PagePlan, site: Site) -> str:
    found = site.practice.notes_in(site.language)
    note = next(one for one in found if one.slug == plan.subject)
    frame = _frame(plan, site, json_ld=describe_note(site, note))
    return _place(plan, site, view_note(site, _words(site), frame, note))


def _render_prints(plan: PagePlan, site: Site) -> str:
    return _place(plan, site, view_prints(site, _words(site), _frame(plan, site)))


def _render_form(plan: PagePlan, site: Site) -> str:
    del plan
    return render_form(form_view(site))


def _render_hello(plan: PagePlan, site: Site) -> str:
    del plan
    return render_form(form_view(site, kind="self"))


def _render_prose(plan: PagePlan, site: Site) -> str:
    page = next(
        one
        for one in site.practice.pages
        if one.slug == plan.subject and one.language == site.language
    )
    view = ProseView(_frame(plan, site), page.title, page.description, prose_html(page.body))
    return _place(plan, site, view)


def _render_missing(plan: PagePlan, site: Site) -> str:
    return _place(plan, site, MissingView(_frame(plan, site), site.practice.contact.phone))


def _clinician(plan: PagePlan, site: Site) -> Clinician:
    clinician = site.practice.clinician(plan.subject)
    if clinician is None:
        raise LookupError(f"no clinician is called {plan.subject!r}")
    return clinician


_OPENINGS: Final = "js/openings.js"


def _words(site: Site) -> Words:
    return words_in(site.language)


def _frame(
    plan: PagePlan, site: Site, *, script: str | None = None, json_ld: Markup = NO_JSON_LD
) -> Frame:
    return frame_page(
        site,
        title=plan.title,
        url=plan.url,
        description=plan.description,
        indexed=plan.listed,
        script=script,
        json_ld=json_ld,
    )


def _place(plan: PagePlan, site: Site, view: object) -> str:
    return render(plan.template, site.language, view)


_RENDERERS: Final[Mapping[str, Callable[[PagePlan, Site], str]]] = MappingProxyType(
    {
        "home.html": _render_home,
        "for-offices.html": _render_offices,
        "audience.html": _render_offices,
        "refer.html": _render_form,
        "hello.html": _render_hello,
        "profile.html": _render_profile,
        "fees.html": _render_fees,
        "front-desk.html": _render_front_desk,
        "first-visit.html": _render_first_visit,
        "contact.html": _render_contact,
        "trainings.html": _render_trainings,
        "notes.html": _render_notes,
        "note.html": _render_note,
        "print.html": _render_prints,
        "prose.html": _render_prose,
        "404.html": _render_missing,
        "robots.txt": lambda _plan, site: render_robots(site),
        "_headers": lambda _plan, site: render_headers(site),
        SHARED_FACTS_PATH: lambda _plan, site: render_shared_facts(site),
        "practice.vcf": lambda _plan, site: render_practice_card(site),
        "clinician.vcf": lambda plan, site: render_clinician_card(site, _clinician(plan, site)),
        "feed.xml": lambda _plan, site: render_feed(site),
        "sitemap.xml": lambda _plan, site: render_sitemap(site, plan_pages(site)),
    }
)
