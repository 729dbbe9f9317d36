"""The articles for those who refer: their list, and each on a page of its own."""

from __future__ import annotations

from markupsafe import Markup

from outreach_kit.frozen import frozen
from outreach_kit.practice import Note
from outreach_kit.web.addresses import note_url
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words, words_in
from outreach_kit.web.prose import prose_html
from outreach_kit.web.site import Site


@frozen
class NoteLink:
    title: str
    href: str
    day: str
    on: str
    """The same day, as machines read it (ISO)."""
    description: str
    audiences: str
    language: str
    direction: str


@frozen
class NotesView:
    frame: Frame
    notes: tuple[NoteLink, ...]


@frozen
class NoteView:
    frame: Frame
    note: NoteLink
    body: Markup
    author: str
    others: tuple[NoteLink, ...]


def view_notes(site: Site, words: Words, frame: Frame) -> NotesView:
    found = site.practice.notes_in(site.language)
    return NotesView(frame, tuple(_link(one, site, words) for one in found))


def view_note(site: Site, words: Words, frame: Frame, note: Note) -> NoteView:
    practice = site.practice
    others = [one for one in practice.notes_in(site.language) if one.slug != note.slug]
    return NoteView(
        frame=frame,
        note=_link(note, site, words),
        body=prose_html(note.body, folder=site.folder),
        author=author_of(site),
        others=tuple(_link(one, site, words) for one in others[:3]),
    )


def author_of(site: Site) -> str:
    """Who speaks in a note: the clinician, or the practice of several."""
    practice = site.practice
    return practice.name if practice.is_group else practice.clinicians[0].name


def _link(note: Note, site: Site, words: Words) -> NoteLink:
    found = (site.practice.audience(slug) for slug in note.audiences)
    return NoteLink(
        title=note.title,
        href=site.at(note_url(note)),
        day=words.day(note.on),
        on=note.on.isoformat(),
        description=note.description,
        audiences=words.listing([one.name for one in found if one]),
        language=note.language,
        direction=words_in(note.language).direction,
    )
