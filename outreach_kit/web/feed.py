"""`/notes/feed.xml`: the articles as an Atom feed (RFC 4287), for whoever wants to hear of the next.

A feed holds whole addresses, so a site that has none yet has no feed.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from outreach_kit.practice import Note
from outreach_kit.web.addresses import FEED_URL, NOTES_URL, note_url
from outreach_kit.web.prose import prose_html
from outreach_kit.web.site import Site
from outreach_kit.web.views.notes import author_of
from outreach_kit.web.xml import escape, quoteattr


def render_feed(site: Site) -> str:
    """Entries in the order of the page, the newest first; `site.has_feed` must hold."""
    notes = site.practice.notes_in(site.language)
    name = site.practice.name
    here, page = site.address_of(site.at(FEED_URL)), site.address_of(site.at(NOTES_URL))
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(site.language)}>',
            f"  <id>{escape(page or '')}</id>",
            f"  <title>{escape(name)}</title>",
            f"  <updated>{_moment(max(notes, key=lambda one: one.on))}</updated>",
            f"  <author><name>{escape(author_of(site))}</name></author>",
            f'  <link rel="self" href={quoteattr(here or "")}/>',
            f'  <link rel="alternate" href={quoteattr(page or "")}/>',
            *(_entry(one, site) for one in notes),
            "</feed>",
            "",
        )
    )


def _entry(note: Note, site: Site) -> str:
    address = site.address_of(site.at(note_url(note))) or ""
    prose = prose_html(note.body, anchored=False, folder=site.folder)
    body = str(prose).replace('<a href="/', f'<a href="{site.site_url}/')
    lines = (
        f"  <entry xml:lang={quoteattr(note.language)}>",
        f"    <id>{escape(_identify(note, site))}</id>",
        f"    <title>{escape(note.title)}</title>",
        f'    <link rel="alternate" href={quoteattr(address)}/>',
        f"    <published>{_moment(note)}</published>",
        f"    <updated>{_moment(note)}</updated>",
        *([f"    <summary>{escape(note.description)}</summary>"] if note.description else []),
        f'    <content type="html">{escape(body)}</content>',
        "  </entry>",
    )
    return "\n".join(lines)


def _identify(note: Note, site: Site) -> str:
    """A tag (RFC 4151): it stays the same when the site's pages move, and says whose note it is.

    The same note in two languages is two entries, each in the feed of its language.
    """
    host = urlsplit(site.site_url or "").hostname or ""
    path = site.at(note_url(note)).rstrip("/")
    return f"tag:{host},{note.on.isoformat()}:{site.lies_in}{path}"


def _moment(note: Note) -> str:
    """A note carries a day and no hour, so its moment is the day's first."""
    return f"{note.on.isoformat()}T00:00:00Z"
