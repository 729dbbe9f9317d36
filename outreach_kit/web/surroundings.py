"""The head and the foot of pages, made once for all pages of a language that no link in them leads to."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from markupsafe import Markup

from outreach_kit.frozen import frozen
from outreach_kit.practice.values import Phone
from outreach_kit.web.addresses import HOME_URL
from outreach_kit.web.html import render, trusted
from outreach_kit.web.menus import Link, LinkGroup, footer_menu, main_menu
from outreach_kit.web.phrases import HoursLine, say_hours
from outreach_kit.web.site import Site
from outreach_kit.web.tongues import Tongue

_KEPT: Final = "surroundings"
UNWRITTEN: Final = Markup()


@frozen
class Surroundings:
    """Placed by `frame/masthead.html` and `frame/colophon.html`."""

    home: Link
    menu: tuple[Link, ...]
    footer: tuple[LinkGroup, ...]
    refer: Link
    address: tuple[str, ...]
    phone: Phone
    fax: Phone | None
    email: str | None
    hours: tuple[HoursLine, ...]
    year: int
    tongues: tuple[Tongue, ...] = ()
    """Every language in which the page can be read; empty where there is but one."""
    colophon: Markup = UNWRITTEN
    masthead: Markup = UNWRITTEN

    def names(self, url: str) -> bool:
        """Whether one of the links leads to the page at `url`: there it is marked as the current one."""
        groups = (link for group in self.footer for link in group.links)
        return any(one.href == url for one in (self.home, self.refer, *self.menu, *groups))


def surround(site: Site, page: str, tongues: tuple[Tongue, ...]) -> Surroundings:
    """`page` is its address without the language, `tongues` the languages that it is in."""
    url = site.at(page)
    common = _keep(site, "")
    found = _keep(site, url) if common.names(url) else common
    if not tongues:
        return found
    told = replace(found, tongues=tongues)
    return replace(told, masthead=_render("masthead", site, told))


def _keep(site: Site, url: str) -> Surroundings:
    key = (_KEPT, url)
    if key not in site.kept:
        site.kept[key] = _make(site, url)
    kept: Surroundings = site.kept[key]
    return kept


def _make(site: Site, url: str) -> Surroundings:
    words, practice = site.words, site.practice
    _ = words.gettext
    home = site.at(HOME_URL)
    made = Surroundings(
        home=Link(practice.name, home, current=url == home),
        menu=main_menu(site, words, url),
        footer=footer_menu(site, words, url),
        refer=Link(_("Refer a patient"), site.refer_href, current=url == site.refer_href),
        address=practice.address.lines,
        phone=practice.contact.phone,
        fax=practice.contact.fax,
        email=practice.contact.email,
        hours=say_hours(practice.hours, words),
        year=site.today.year,
    )
    return replace(
        made,
        masthead=_render("masthead", site, made),
        colophon=_render("colophon", site, made),
    )


def _render(part: str, site: Site, view: Surroundings) -> Markup:
    return trusted(render(f"frame/{part}.html", site.language, view))
