"""`/topics/`, and a page below it for each reason to refer that the owner has told people about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.web.addresses import TOPICS_URL, topic_url
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import OPENINGS_SCRIPT, Kind, frame_of, place
from outreach_kit.web.plan import PagePlan, plan_page
from outreach_kit.web.site import Site
from outreach_kit.web.tongues import told_in
from outreach_kit.web.views.topics import view_topic, view_topics

_LIST_NAME: Final = "topics"
_TOPIC_NAME: Final = "topic"


def _plan_list(site: Site, words: Words) -> Iterator[PagePlan]:
    _ = words.gettext
    if site.practice.topics_in(site.language):
        yield plan_page(
            site, _LIST_NAME, TOPICS_URL, _("What we help with"),
            _("What people come to {practice} with, what they notice, and what helps.").format(
                practice=site.practice.name
            ),
        )  # fmt: skip


def _render_list(plan: PagePlan, site: Site) -> str:
    return place("topics.html", site, view_topics(site, frame_of(plan, site)))


def _plan_topics(site: Site, words: Words) -> Iterator[PagePlan]:
    del words
    for topic in site.practice.topics_in(site.language):
        yield plan_page(
            site, _TOPIC_NAME, topic_url(topic), topic.title, topic.description, subject=topic.slug
        )


def _render_topic(plan: PagePlan, site: Site) -> str:
    found = site.practice.topics_in(site.language)
    topic = next(one for one in found if one.slug == plan.subject)
    frame = frame_of(
        plan,
        site,
        script=OPENINGS_SCRIPT,
        shared_as="article",
        body=topic.body,
        languages=told_in(site, site.practice.topics, topic.slug),
    )
    return place("topic.html", site, view_topic(site, site.words, frame, topic))


TOPICS: Final = Kind(_LIST_NAME, _plan_list, _render_list)
TOPIC: Final = Kind(_TOPIC_NAME, _plan_topics, _render_topic)
