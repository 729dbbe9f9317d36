"""What surrounds every page: head, header, footer. The same for static pages and the server's own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from markupsafe import Markup

from outreach_kit.frozen import frozen
from outreach_kit.practice import Clinician
from outreach_kit.practice.values import Phone
from outreach_kit.web.addresses import FEED_URL
from outreach_kit.web.discovery import policy_in_page
from outreach_kit.web.menus import Link
from outreach_kit.web.phrases import HoursLine
from outreach_kit.web.sharing import Sharing, share_page
from outreach_kit.web.site import Site
from outreach_kit.web.snippets import describe_in_short, name_page
from outreach_kit.web.surroundings import surround
from outreach_kit.web.tongues import Tongue, list_tongues

NO_JSON_LD: Final = Markup()
CORE_FACES: Final = ("fonts/sans.woff2", "fonts/serif-semibold.woff2")
"""The faces that the first screen needs; fetched beside the style sheet, not after it."""


@frozen
class Frame:
    """Placed by `base.html`; a page's own view holds one as `frame`."""

    language: str
    direction: str
    folder: str
    """What the addresses of this language begin with: empty, or like `/es`."""
    title: str
    """As in the browser's tab: with the practice's name at its end, where there is room for it."""
    description: str
    canonical: str | None
    indexed: bool
    icon: str
    styles: tuple[str, ...]
    preload: tuple[str, ...]
    script: str | None
    json_ld: Markup
    """Ready to stand in a script element; empty when the page describes nothing."""
    policy: str
    """What the page may load, where the host cannot say it in a header; else empty."""
    sharing: Sharing | None
    """What stands beside a shared link; None for a page that is not to be found."""
    tongues: tuple[Tongue, ...]
    """Every language in which the page can be read; empty where there is but one."""
    feed: str | None
    """Where the notes can be followed."""
    home: Link
    menu: tuple[Link, ...]
    refer: Link
    phone: Phone
    fax: Phone | None
    email: str | None
    hours: tuple[HoursLine, ...]
    masthead: Markup
    colophon: Markup

    @property
    def alternates(self) -> tuple[Tongue, ...]:
        """For search engines: the languages that have this very page, when it is meant to be found."""
        found = tuple(one for one in self.tongues if one.address)
        return found if self.indexed and len(found) > 1 else ()

    def at(self, url: str) -> str:
        """The address of a page in the language of this one."""
        return f"{self.folder}{url}"


def frame_page(
    site: Site,
    *,
    title: str,
    page: str,
    description: str = "",
    indexed: bool = True,
    styles: Sequence[str] = (),
    script: str | None = None,
    json_ld: Markup = NO_JSON_LD,
    languages: Collection[str] | None = None,
    shared_as: str = "website",
    about: Clinician | None = None,
) -> Frame:
    """The surroundings of a page; `page` is its address without the language, as in `PagePlan`.

    `styles` names sheets that the page needs beside the site's own, `script` its module;
    `languages` are those that have the page, when not all of the site do. A page that
    is `about` a clinician is shared with that clinician's card.
    """
    practice, url = site.practice, site.at(page)
    around = surround(site, page, list_tongues(site, page, languages))
    description = describe_in_short(description, practice)
    return Frame(
        language=site.language,
        direction=site.words.direction,
        folder=site.folder,
        title=name_page(title, practice),
        description=description,
        canonical=site.address_of(url) if indexed else None,
        indexed=indexed,
        icon=site.assets["icon.svg"],
        styles=tuple(site.assets[name] for name in ("site.css", *styles)),
        preload=tuple(site.assets[face] for face in CORE_FACES if face in site.assets),
        script=site.assets[script] if script else None,
        json_ld=json_ld,
        tongues=around.tongues,
        policy=policy_in_page(site.form_url) if practice.identity.github_pages else "",
        sharing=share_page(
            site, title=title, url=url, description=description, kind=shared_as, about=about
        )
        if indexed
        else None,
        feed=site.at(FEED_URL) if site.has_feed else None,
        home=around.home,
        menu=around.menu,
        refer=around.refer,
        phone=around.phone,
        fax=around.fax,
        email=around.email,
        hours=around.hours,
        masthead=around.masthead,
        colophon=around.colophon,
    )
