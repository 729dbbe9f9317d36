"""What the letter says around the notes: who sends it, how to refer, why it came, how to end it.

16 CFR 316 asks for the sender's postal address and a way out in every copy; RFC 8058 for one that
needs a single request. The letter asks nobody's server for anything: it has no pictures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from outreach_kit.brand import Palette, mix, palette
from outreach_kit.frozen import frozen
from outreach_kit.practice import Note, Practice
from outreach_kit.web.addresses import note_url
from outreach_kit.web.html import render
from outreach_kit.web.language import Words, words_in
from outreach_kit.web.newsletter.mail_html import MailHtml
from outreach_kit.web.newsletter.mail_plain import MailPlain, fill, headed
from outreach_kit.web.phrases import say_call_within
from outreach_kit.web.prose import page_in
from outreach_kit.web.site import folder_of

_TEMPLATE = "mail/newsletter.html"
_RULE = "* * *"


@frozen
class Letter:
    """What to write, and where it leads: `form_url` is the server's, `site_url` the website's, both
    without a slash at the end. `way_out` stands in the link that unsubscribes, for each reader's own.
    """

    practice: Practice
    notes: tuple[Note, ...]
    language: str
    today: dt.date
    form_url: str
    site_url: str
    way_out: str


@frozen
class NewsletterMail:
    """The same for all readers but for the link by which they leave."""

    subject: str
    html: str
    plain: str


@frozen
class Further:
    """A note that is pointed at; `button` is the link's text."""

    title: str
    about: str
    href: str


@frozen
class _Line:
    label: str
    text: str
    href: str


@frozen
class _View:
    language: str
    direction: str
    colours: Palette
    bright: str
    subject: str
    preview: str
    practice: str
    kicker: str
    title: str
    about: str
    body: Markup
    read_here: str
    read_href: str
    also: str
    further: tuple[Further, ...]
    openings: str
    counted: tuple[str, ...]
    refer: str
    promise: str
    ways: tuple[_Line, ...]
    button: str
    button_href: str
    sender: tuple[str, ...]
    why: str
    leave: str
    leave_href: str


def choose_notes(practice: Practice, language: str, slugs: Iterable[str]) -> tuple[Note, ...]:
    """Those notes in that language, or else in the main one, in the order given; unknown names and
    repeats are left out."""
    told = {note.slug: note for note in practice.notes_in(language)}
    return tuple(told[slug] for slug in dict.fromkeys(slugs) if slug in told)


def unsubscribe_path(practice: Practice, language: str, token: str) -> str:
    return f"{folder_of(practice, language)}/unsubscribe/{token}"


def write_newsletter(letter: Letter) -> NewsletterMail:
    """The first note in full, the others in a line each. Raises ValueError without a note."""
    if not letter.notes:
        raise ValueError("a newsletter tells at least one note")
    view = _view(letter)
    html = render(_TEMPLATE, letter.language, view)
    joined = "".join(line.strip() for line in html.splitlines())
    return NewsletterMail(view.subject, joined, _plain(letter, view))


def _view(letter: Letter) -> _View:
    practice = letter.practice.in_language(letter.language)
    words = words_in(letter.language)
    _ = words.gettext
    first, *others = letter.notes
    colours = palette(practice.brand)
    further = tuple(
        Further(one.title, one.description, _on_site(letter, note_url(one))) for one in others
    )
    counted = tuple(_count_openings(practice, words, letter.today))
    return _View(
        language=letter.language,
        direction=words.direction,
        colours=colours,
        bright=mix(colours.accent, "#ffffff", 0.6),
        subject=first.title,
        preview=first.description or practice.name,
        practice=practice.name,
        kicker=_("News for those who refer"),
        title=first.title,
        about=first.description,
        body=MailHtml(colours, lambda target: _lead(letter, first, target)).write(first.body.text),
        read_here=_("Read it on the site"),
        read_href=_on_site(letter, note_url(first)),
        also=_("Also on the site") if further else "",
        further=further,
        openings=_("Openings") if counted else "",
        counted=counted,
        refer=_("To refer somebody"),
        promise=_("The patient is called {within}.").format(
            within=say_call_within(practice.promise, words)
        ),
        ways=tuple(_ways(practice, words)),
        button=_("Refer somebody"),
        button_href=f"{letter.form_url}{folder_of(practice, letter.language)}/refer/",
        sender=(practice.name, *practice.mailing_address.lines),
        why=_(
            "You get this letter, four times a year at most, because you agreed to it or because we met."
        ),
        leave=_("Unsubscribe"),
        leave_href=letter.form_url + unsubscribe_path(practice, letter.language, letter.way_out),
    )


def _ways(practice: Practice, words: Words) -> Iterator[_Line]:
    contact = practice.contact
    _ = words.gettext
    yield _Line(_("Phone"), contact.phone.display, contact.phone.href)
    if contact.fax:
        yield _Line(_("Fax"), contact.fax.display, "")


def _count_openings(practice: Practice, words: Words, today: dt.date) -> Iterator[str]:
    """Only what was counted in the last days, each with the day: a mail is read weeks later."""
    for clinician in practice.clinicians:
        openings = clinician.facts.openings
        if openings is not None and openings.count and openings.fresh(today):
            yield words.ngettext(
                "{name}: {count} opening, counted on {day}.",
                "{name}: {count} openings, counted on {day}.",
                openings.count,
            ).format(name=clinician.name, count=openings.count, day=words.day(openings.on, today))


def _lead(letter: Letter, note: Note, target: str) -> str:
    """A whole address for a link in a note; one within the note leads to it on the site."""
    if target.startswith("#"):
        return _on_site(letter, note_url(note)) + target
    return _on_site(letter, target) if target.startswith("/") else target


def _on_site(letter: Letter, path: str) -> str:
    return letter.site_url + page_in(folder_of(letter.practice, letter.language), path)


def _plain(letter: Letter, view: _View) -> str:
    first = letter.notes[0]
    body = MailPlain(lambda target: _lead(letter, first, target)).write(first.body.text)
    parts = [
        f"{view.practice}\n{view.kicker}",
        _titled(view.title),
        *([fill(view.about)] if view.about else []),
        body,
        f"{view.read_here}:\n{view.read_href}",
        *_further(view),
        *([headed(view.openings), _listed(view.counted)] if view.counted else []),
        headed(view.refer),
        _listed([f"{one.label}: {one.text}" for one in view.ways]),
        fill(view.promise),
        f"{view.button}:\n{view.button_href}",
        _RULE,
        "\n".join(view.sender),
        fill(view.why),
        f"{view.leave}:\n{view.leave_href}",
    ]
    return "\n\n".join(parts) + "\n"


def _further(view: _View) -> Iterator[str]:
    if view.further:
        yield headed(view.also)
    for one in view.further:
        yield "\n".join(filter(None, (one.title, fill(one.about), one.href)))


def _titled(title: str) -> str:
    return f"{fill(title)}\n{'=' * min(len(title), 72)}"


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
