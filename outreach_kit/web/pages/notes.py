"""`/notes/`, a page for each article below it, and the feed of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.web.addresses import FEED_URL, NOTES_URL, note_url
from outreach_kit.web.language import Words
from outreach_kit.web.pages.kind import Kind, frame_of, place
from outreach_kit.web.plan import PagePlan, plan_file, plan_page
from outreach_kit.web.site import Site
from outreach_kit.web.structured import describe_note
from outreach_kit.web.tongues import told_in

_LIST_NAME: Final = "notes"
_NOTE_NAME: Final = "note"
_FEED_NAME: Final = "feed"


def _plan_list(site: Site, words: Words) -> Iterator[PagePlan]:
    _ = words.gettext
    if site.practice.notes_in(site.language):
        yield plan_page(
            site, _LIST_NAME, NOTES_URL, _("Notes"),
            _("Short pieces by {practice} for people who refer.").format(
                practice=site.practice.name
            ),
        )  # fmt: skip


def _render_list(plan: PagePlan, site: Site) -> str:
    from outreach_kit.web.views.notes import view_notes  # late, each: many write no notes

    return place("notes.html", site, view_notes(site, site.words, frame_of(plan, site)))


def _plan_notes(site: Site, words: Words) -> Iterator[PagePlan]:
    del words
    for note in site.practice.notes_in(site.language):
        yield plan_page(
            site, _NOTE_NAME, note_url(note), note.title, note.description, subject=note.slug
        )


def _render_note(plan: PagePlan, site: Site) -> str:
    from outreach_kit.web.views.notes import view_note

    found = site.practice.notes_in(site.language)
    note = next(one for one in found if one.slug == plan.subject)
    frame = frame_of(
        plan,
        site,
        json_ld=describe_note(site, note),
        shared_as="article",
        body=note.body,
        languages=told_in(site, site.practice.notes, note.slug),
    )
    return place("note.html", site, view_note(site, site.words, frame, note))


def _plan_feed(site: Site, words: Words) -> Iterator[PagePlan]:
    del words
    if site.has_feed:
        yield plan_file(site, _FEED_NAME, site.at(FEED_URL))


def _render_feed(plan: PagePlan, site: Site) -> str:
    from outreach_kit.web.feed import render_feed

    del plan
    return render_feed(site)


NOTES: Final = Kind(_LIST_NAME, _plan_list, _render_list)
NOTE: Final = Kind(_NOTE_NAME, _plan_notes, _render_note)
FEED: Final = Kind(_FEED_NAME, _plan_feed, _render_feed)
