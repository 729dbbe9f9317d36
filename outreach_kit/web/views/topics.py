"""One reason to refer, told to the person who has it: the owner's words, and who helps with it here."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from outreach_kit.frozen import frozen
from outreach_kit.practice import Topic
from outreach_kit.practice.values import Phone
from outreach_kit.web.addresses import CLINICIANS_URL, facet_url, topic_url
from outreach_kit.web.directory import By, Directory, sort_out
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.phrases import say_call_within, say_consultation, say_seen_within
from outreach_kit.web.prose import prose_html
from outreach_kit.web.site import PATIENT_PAGE_URL, Site
from outreach_kit.web.tongues import Foreign, foreign
from outreach_kit.web.views.people import Person, show_person

MOST_HELPERS: Final = 12
"""More than this nobody compares on a page about something else."""


@frozen
class TopicLink:
    title: str
    description: str
    href: str
    said_in: Foreign | None


@frozen
class TopicsView:
    frame: Frame
    topics: tuple[TopicLink, ...]


@frozen
class TopicView:
    frame: Frame
    title: str
    description: str
    body: Markup
    said_in: Foreign | None
    helpers: tuple[Person, ...]
    """Who takes it, in the order of the directory, which changes with the day; never empty."""
    more_helpers: int
    everybody_href: str
    phone: Phone
    given_name_href: str | None
    """Where somebody leaves a number; None without a form server."""
    booking_url: str | None
    call_within: str
    seen_within: str
    consultation: str
    others: tuple[TopicLink, ...]


def view_topics(site: Site, frame: Frame) -> TopicsView:
    return TopicsView(frame, link_topics(site))


def view_topic(site: Site, words: Words, frame: Frame, topic: Topic) -> TopicView:
    practice = site.practice
    directory = sort_out(practice, site.today)
    helpers = [one.clinician for one in directory.members.get((By.NEED, topic.slug), ())]
    return TopicView(
        frame=frame,
        title=topic.title,
        description=topic.description,
        body=prose_html(topic.body, folder=site.folder),
        said_in=foreign(site, topic.language),
        helpers=tuple(show_person(one, site, words) for one in helpers[:MOST_HELPERS]),
        more_helpers=max(0, len(helpers) - MOST_HELPERS),
        everybody_href=_find_everybody(site, directory, topic),
        phone=practice.contact.phone,
        given_name_href=site.at(PATIENT_PAGE_URL) if site.form_url else None,
        booking_url=practice.booking.url,
        call_within=say_call_within(practice.promise, words),
        seen_within=say_seen_within(practice.promise, words),
        consultation=say_consultation(practice, words),
        others=tuple(one for one in link_topics(site) if one.href != site.at(topic_url(topic))),
    )


def _find_everybody(site: Site, directory: Directory, topic: Topic) -> str:
    """All who take it, where they have a page; else all who are here."""
    pages = (one for one in directory.of(By.NEED) if one.slug == topic.slug)
    facet = next(filter(directory.has_page, pages), None)
    return site.at(facet_url(facet) if facet else CLINICIANS_URL)


def link_topics(site: Site) -> tuple[TopicLink, ...]:
    """Every topic once, in the order of the reasons."""
    return tuple(
        TopicLink(one.title, one.description, site.at(topic_url(one)), foreign(site, one.language))
        for one in site.practice.topics_in(site.language)
    )
