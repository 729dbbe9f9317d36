"""Every file of the website as a row: where it lies, what it is called, which view and template make it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from outreach_kit.errors import ContentError, Problem
from outreach_kit.practice import Page
from outreach_kit.web.addresses import (
    CONTACT_URL,
    FEED_URL,
    FIRST_VISIT_URL,
    FRONT_DESK_URL,
    NOTES_URL,
    OFFICES_URL,
    PRACTICE_CARD_URL,
    TRAININGS_URL,
    audience_url,
    card_url,
    note_url,
    profile_url,
)
from outreach_kit.web.language import Words, words_in
from outreach_kit.web.shared_facts import SHARED_FACTS_PATH
from outreach_kit.web.site import FORM_PAGE_URL, PATIENT_PAGE_URL, Site

PHYSICIANS: Final = "physicians"
"""The audience in whose words the guide for offices is written; any other is called “them”."""


@dataclass(frozen=True)
class PagePlan:
    """One file to render. Rows are plain values, so that they can be handed to another process."""

    path: str
    """Below the output folder, with forward slashes: `for-offices/index.html`."""
    url: str
    template: str
    title: str
    description: str = ""
    subject: str = ""
    """The slug of the clinician or the owner's page that this file is about."""
    listed: bool = True
    """Belongs into the sitemap; false for what is no page or not meant to be found."""


def plan_pages(site: Site) -> tuple[PagePlan, ...]:
    """All files of the site except its assets, pages first, in the order of a visit.

    Raises ContentError when a page of the owner's own would lie where one of these already is.
    """
    words = words_in(site.language)
    own = (
        *_main_pages(site, words),
        *_clinicians(site),
        *_notes(site, words),
        *_machine_files(site, words),
    )
    taken = {plan.url for plan in own} | {FORM_PAGE_URL, PATIENT_PAGE_URL}
    if clashes := [page for page in site.practice.pages if _owner_url(page) in taken]:
        raise ContentError(_explain_clash(page) for page in clashes)
    pages = [plan for plan in own if plan.listed]
    files = [plan for plan in own if not plan.listed]
    return (*pages, *_owner_pages(site), *files)


def _explain_clash(page: Page) -> Problem:
    return Problem(
        page.body.file,
        1,
        "",
        f"The site makes {_owner_url(page)} itself, from the facts of the practice.",
        "Give the file another name.",
    )


def _owner_url(page: Page) -> str:
    return f"/{page.slug}/"


def _main_pages(site: Site, words: Words) -> Iterator[PagePlan]:
    _ = words.gettext
    practice = site.practice
    town = f"{practice.address.city}, {practice.address.region}"
    yield _page("/", "home.html", practice.name, practice.niche)
    first = practice.audiences[0]
    yield _page(
        OFFICES_URL, "for-offices.html" if first.slug == PHYSICIANS else "audience.html",
        _("For offices"),
        _("Whom to send to {practice} in {town}, whom not, what to say, and what happens next.")
        .format(practice=practice.name, town=town),
        subject=first.slug,
    )  # fmt: skip
    for audience in practice.audiences[1:]:
        yield _page(
            audience_url(practice, audience), "audience.html", audience.name,
            _("For {who}: whom to send to {practice}, what to say, and what happens next.")
            .format(who=audience.who, practice=practice.name),
            subject=audience.slug,
        )  # fmt: skip
    yield _page(
        FRONT_DESK_URL, "front-desk.html", _("For the front desk"),
        _("On one screen: the numbers of {practice}, its hours, what to say and what happens next.")
        .format(practice=practice.name),
    )  # fmt: skip
    if site.form_url:
        yield _page(
            FORM_PAGE_URL, "refer.html", _("Refer a patient"),
            _("The referral form of {practice}: one minute, no account.").format(
                practice=practice.name
            ),
        )  # fmt: skip
        yield _page(
            PATIENT_PAGE_URL, "hello.html", _("I was given your name"),
            _("Leave your name and number, and {practice} calls you.").format(
                practice=practice.name
            ),
        )  # fmt: skip
    yield _page(
        FIRST_VISIT_URL, "first-visit.html", _("Your first visit"),
        _("The first call and the first visit at {practice}: what we talk about, when, and what it costs.")
        .format(practice=practice.name),
    )  # fmt: skip
    yield _page(
        "/fees/", "fees.html", _("Fees and insurance"),
        _("What a session at {practice} costs, which plans it takes, and how payment works.").format(
            practice=practice.name
        ),
    )  # fmt: skip
    yield _page(
        CONTACT_URL, "contact.html", _("Contact"),
        _("How to call, fax, write to and find {practice}, and when.").format(
            practice=practice.name
        ),
    )  # fmt: skip
    if practice.trainings:
        yield _page(
            TRAININGS_URL, "trainings.html", _("Talks for your team"),
            _("Talks that {practice} gives at offices, schools and congregations.").format(
                practice=practice.name
            ),
        )  # fmt: skip
    yield _page(
        "/print/", "print.html", _("To print"),
        _("The referral guide and cards of {practice}, ready to print.").format(
            practice=practice.name
        ),
    )  # fmt: skip


def _notes(site: Site, words: Words) -> Iterator[PagePlan]:
    _ = words.gettext
    if notes := site.practice.notes_in(site.language):
        yield _page(
            NOTES_URL, "notes.html", _("Notes"),
            _("Short pieces by {practice} for people who refer.").format(
                practice=site.practice.name
            ),
        )  # fmt: skip
    for note in notes:
        yield _page(note_url(note), "note.html", note.title, note.description, subject=note.slug)


def _clinicians(site: Site) -> Iterator[PagePlan]:
    for clinician in site.practice.clinicians:
        yield _page(
            profile_url(clinician), "profile.html", clinician.name_and_credentials,
            clinician.facts.niche, subject=clinician.slug,
        )  # fmt: skip


def _owner_pages(site: Site) -> Iterator[PagePlan]:
    for page in site.practice.pages:
        if page.language == site.language:
            yield _page(
                _owner_url(page), "prose.html", page.title, page.description, subject=page.slug
            )


def _machine_files(site: Site, words: Words) -> Iterator[PagePlan]:
    _ = words.gettext
    yield PagePlan("404.html", "/404.html", "404.html", _("Page not found"), listed=False)
    for name in ("robots.txt", "_headers", SHARED_FACTS_PATH):
        yield _file(f"/{name}", name)
    yield _file(PRACTICE_CARD_URL, "practice.vcf")
    for clinician in site.practice.clinicians:
        yield _file(card_url(clinician), "clinician.vcf", clinician.slug)
    if site.has_feed:
        yield _file(FEED_URL, "feed.xml")
    if site.site_url:
        yield _file("/sitemap.xml", "sitemap.xml")


def _page(
    url: str, template: str, title: str, description: str = "", subject: str = ""
) -> PagePlan:
    return PagePlan(
        path=f"{url.lstrip('/')}index.html",
        url=url,
        template=template,
        title=title,
        description=description,
        subject=subject,
    )


def _file(url: str, template: str, subject: str = "") -> PagePlan:
    """What machines read: its title is for nobody."""
    return PagePlan(url.lstrip("/"), url, template, template, subject=subject, listed=False)
