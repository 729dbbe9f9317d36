"""`/contact/`, and the cards below it for an address book."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.web.addresses import CONTACT_URL, PRACTICE_CARD_URL, card_url
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import Kind, clinician_of, frame_of, place
from outreach_kit.web.plan import PagePlan, plan_file, plan_page
from outreach_kit.web.site import Site
from outreach_kit.web.structured import describe_contact
from outreach_kit.web.vcards import render_clinician_card, render_practice_card
from outreach_kit.web.views.contact import view_contact

_NAME: Final = "contact"
_PRACTICE_CARD_NAME: Final = "practice.vcf"
_CLINICIAN_CARD_NAME: Final = "clinician.vcf"


def _plan(site: Site, words: Words) -> Iterator[PagePlan]:
    _ = words.gettext
    yield plan_page(
        site, _NAME, CONTACT_URL, _("Contact"),
        _("How to call, fax, write to and find {practice}, and when.").format(
            practice=site.practice.name
        ),
    )  # fmt: skip


def _render(plan: PagePlan, site: Site) -> str:
    frame = frame_of(plan, site, json_ld=describe_contact(site))
    return place("contact.html", site, view_contact(site, site.words, frame))


def _plan_practice_card(site: Site, words: Words) -> Iterator[PagePlan]:
    del words
    if site.is_main:
        yield plan_file(site, _PRACTICE_CARD_NAME, PRACTICE_CARD_URL)


def _plan_clinician_cards(site: Site, words: Words) -> Iterator[PagePlan]:
    del words
    for clinician in site.practice.clinicians if site.is_main else ():
        yield plan_file(site, _CLINICIAN_CARD_NAME, card_url(clinician), clinician.slug)


def _render_practice_card(plan: PagePlan, site: Site) -> str:
    del plan
    return render_practice_card(site)


def _render_clinician_card(plan: PagePlan, site: Site) -> str:
    return render_clinician_card(site, clinician_of(plan, site))


CONTACT: Final = Kind(_NAME, _plan, _render)
PRACTICE_CARD: Final = Kind(_PRACTICE_CARD_NAME, _plan_practice_card, _render_practice_card)
CLINICIAN_CARDS: Final = Kind(_CLINICIAN_CARD_NAME, _plan_clinician_cards, _render_clinician_card)
