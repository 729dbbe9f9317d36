"""One directory on the owner's page: its texts counted, how the entry stands, and what to write down."""

from __future__ import annotations

import datetime as dt

from outreach_kit.frozen import frozen
from outreach_kit.practice import Clinician, Practice
from outreach_kit.practice.directories import Listing
from outreach_kit.practice.fingerprint import Kind, changed_since, fingerprint
from outreach_kit.publish.directories.limits import Blank, Directory
from outreach_kit.publish.directories.texts import Teller
from outreach_kit.web.language import Words


@frozen
class Text:
    """One field of a directory, filled."""

    name: str
    """Its address within the page."""
    title: str
    text: str
    counted: str
    """“612 of 640 characters”."""
    remark: str
    """What did not fit, or where a list cuts the text off; empty when all is well."""
    lines: int


@frozen
class Entry:
    """One directory: the texts of all its fields, and how the entry stands there now."""

    name: str
    title: str
    url: str
    hint: str
    looked: str
    standing: str
    """When it was last pasted, and what has changed since."""
    is_stale: bool
    texts: tuple[Text, ...]
    record: str
    """What goes into `directories.toml` once it is pasted."""


def enter(
    directory: Directory,
    listing: Listing | None,
    practice: Practice,
    clinician: Clinician,
    teller: Teller,
    words: Words,
    today: dt.date,
    tag: str,
) -> Entry:
    """The directory filled; `words` are the owner’s language, `teller` and `tag` that of the texts."""
    _ = words.gettext
    now = fingerprint(practice, clinician)
    standing, is_stale = _stand(listing, now, words, today)
    url = (listing.url if listing else None) or directory.url
    looked = ""
    if directory.looked_on:
        looked = _("Its limits as seen on {day}.").format(day=words.day(directory.looked_on))
    prefix = f"{tag.lower()}-{directory.slug}"
    return Entry(
        name=prefix,
        title=directory.title,
        url=url or "",
        hint=directory.hint or "",
        looked=looked,
        standing=standing,
        is_stale=is_stale,
        texts=tuple(
            made
            for place, blank in enumerate(directory.field, start=1)
            if (made := _write(f"{prefix}-{place}", blank, teller, words)).text
        ),
        record=_record(directory.slug, listing, practice, clinician, now, today),
    )


def _write(name: str, blank: Blank, teller: Teller, words: Words) -> Text:
    _, ngettext = words.gettext, words.ngettext
    fitted = teller.fill(blank)
    if blank.words is not None:
        counted = _("{count} of {most} words").format(count=fitted.words, most=blank.words)
    elif blank.characters is not None:
        counted = _("{count} of {most} characters").format(
            count=fitted.characters, most=blank.characters
        )
    else:
        counted = ngettext("{count} character", "{count} characters", fitted.characters).format(
            count=fitted.characters
        )
    remarks = []
    if fitted.left_out:
        remarks.append(
            ngettext(
                "{count} sentence of your profile did not fit.",
                "{count} sentences of your profile did not fit.",
                fitted.left_out,
            ).format(count=fitted.left_out)
        )
    if blank.shown_first and fitted.characters > blank.shown_first:
        remarks.append(
            _("In its list, people read as far as “{words}”.").format(
                words=_last_words(fitted.text, blank.shown_first)
            )
        )
    lines = sum(-(-max(len(line), 1) // 72) for line in fitted.text.split("\n"))
    return Text(name, blank.title, fitted.text, counted, " ".join(remarks), max(2, lines + 1))


def _last_words(text: str, shown: int, most: int = 5) -> str:
    return " ".join(text[:shown].split()[:-1][-most:])


def _stand(listing: Listing | None, now: str, words: Words, today: dt.date) -> tuple[str, bool]:
    """How the entry stands, and whether it has to be pasted again."""
    _ = words.gettext
    if listing is None or listing.pasted_on is None:
        return _("You have not written down yet when you pasted this."), False
    day = words.day(listing.pasted_on, today)
    if listing.facts is None:
        return _("Pasted on {day}.").format(day=day), False
    changed = [_name(kind, words) for kind in changed_since(listing.facts, now)]
    if not changed:
        return _("Pasted on {day}; nothing of it has changed since.").format(day=day), False
    said = _("Pasted on {day}. Changed since: {facts}. Paste it again.")
    return said.format(day=day, facts=words.listing(changed)), True


def _name(kind: Kind, words: Words) -> str:
    _ = words.gettext
    match kind:
        case Kind.NICHE:
            return _("the niche")
        case Kind.PROFILE:
            return _("the profile")
        case Kind.APPROACHES:
            return _("approaches, ages or languages")
        case Kind.FEES:
            return _("the fees")
        case Kind.PLANS:
            return _("the insurance plans")
        case Kind.PLACE:
            return _("the place")


def _record(
    slug: str,
    listing: Listing | None,
    practice: Practice,
    clinician: Clinician,
    now: str,
    today: dt.date,
) -> str:
    """The whole table, so that it can replace the one that is there."""
    rows = ["[[directory]]", f'name = "{slug}"']
    if listing and listing.title:
        rows.append(f"title = {_quoted(listing.title)}")
    if practice.is_group:
        rows.append(f'clinician = "{clinician.slug}"')
    if listing and listing.url:
        rows.append(f'url = "{listing.url}"')
    if listing and listing.characters:
        rows.append(f"characters = {listing.characters}")
    return "\n".join((*rows, f"pasted_on = {today.isoformat()}", f'facts = "{now}"', ""))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
