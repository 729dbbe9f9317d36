"""Where each page lies on the site, for whoever plans it and for whoever links to it.

Without a language: whoever links to a page asks the site or the frame, `at(FEES_URL)`, and the page in
the same language is what comes back. What has no language (cards, sheets, files for machines) is
linked to as it stands here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from outreach_kit.practice import Clinician, Note, Page, Practice, Topic
    from outreach_kit.practice.audiences import Audience
    from outreach_kit.web.directory.facets import Facet

HOME_URL: Final = "/"
OFFICES_URL: Final = "/for-offices/"
FRONT_DESK_URL: Final = "/front-desk/"
FIRST_VISIT_URL: Final = "/first-visit/"
FEES_URL: Final = "/fees/"
TRAININGS_URL: Final = "/trainings/"
ASK_URL: Final = "/ask/"
RESOURCES_URL: Final = "/resources/"
TOPICS_URL: Final = "/topics/"
ACCESSIBILITY_URL: Final = "/accessibility/"
THANKS_URL: Final = "/thanks/"
CONTACT_URL: Final = "/contact/"
PRACTICE_CARD_URL: Final = "/contact/practice.vcf"
PRINT_URL: Final = "/print/"
NOTES_URL: Final = "/notes/"
FEED_URL: Final = "/notes/feed.xml"
CLINICIANS_URL: Final = "/clinicians/"
DIRECTORY_INDEX_URL: Final = "/clinicians/index.json"
MATCH_URL: Final = "/match/"
MISSING_URL: Final = "/404.html"


def profile_url(clinician: Clinician) -> str:
    return f"{CLINICIANS_URL}{clinician.slug}/"


def facet_url(facet: Facet) -> str:
    """Who answers to one thing: `/clinicians/language/es/`."""
    return f"{CLINICIANS_URL}{facet.by.value}/{facet.slug}/"


def numbered(url: str, page: int) -> str:
    """A further page of a long list: `/clinicians/page/2/`; the first is the list's own address."""
    return url if page == 1 else f"{url}page/{page}/"


def card_url(clinician: Clinician) -> str:
    return f"{CONTACT_URL}{clinician.slug}.vcf"


def audience_url(practice: Practice, audience: Audience) -> str:
    """The first audience's page is the guide itself; each further one has a page below it."""
    if audience.slug == practice.audiences[0].slug:
        return OFFICES_URL
    return f"{OFFICES_URL}{audience.slug}/"


def note_url(note: Note) -> str:
    return f"{NOTES_URL}{note.slug}/"


def topic_url(topic: Topic) -> str:
    """A topic lies at the name of its reason, whoever takes it."""
    return f"{TOPICS_URL}{topic.slug}/"


def own_url(page: Page) -> str:
    """A page of the owner's own words lies at the name of its file."""
    return f"/{page.slug}/"
