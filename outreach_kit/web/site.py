"""What one build or one server shows: the practice, the day, the language, and where things lie."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any, Final

from outreach_kit.frozen import frozen
from outreach_kit.practice import Practice
from outreach_kit.web.language import Words, words_on_page
from outreach_kit.web.nested import folder_on_domain

DOORS_URL: Final = "/for-offices/#doors"
FORM_PAGE_URL: Final = "/refer/"
PATIENT_PAGE_URL: Final = "/hello/"


@frozen
class PrintLink:
    """One printed sheet that can be fetched from `/print/`; `pages` is counted, not guessed."""

    title: str
    filename: str
    preview: str
    """File name of the picture of its first page, beside the PDF; empty when there is none."""
    pages: int
    paper: str
    """`letter` or `a4`."""
    about: str = ""
    audience: str = ""
    """Whom it is for, in English; empty where its title says that."""
    preview_width: int = 0
    preview_height: int = 0
    language: str = ""
    """Empty for the practice's main language."""


@frozen
class Site:
    """Everything a page may ask for, in one language; two equal sites give the same bytes.

    The site's language is the practice's: `in_language` gives the same site in another.
    """

    practice: Practice
    today: dt.date
    form_url: str | None = None
    """Base address of the form server, without a slash at its end; None leaves phone and fax only."""
    site_url: str | None = None
    """Public address of the website, without a slash at its end; None while it has none."""
    assets: Mapping[str, str] = field(default_factory=dict)
    """Name to address: `site.css` to `/assets/site.3f2a1b.css`."""
    prints: tuple[PrintLink, ...] = ()
    kept: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What is the same on many of its pages, made once: who puts something in knows its key."""

    @property
    def language(self) -> str:
        return self.practice.language

    @property
    def words(self) -> Words:
        return words_on_page(self.language)

    @property
    def is_main(self) -> bool:
        """In the practice's main language, which lies at the root; each further one below its own folder."""
        return self.language not in self.practice.languages[1:]

    def in_language(self, language: str) -> Site:
        """This site in that language; what is not translated stays in the main one."""
        if language == self.language:
            return self
        key = ("told in", language)
        if key not in self.kept:
            self.kept[key] = replace(self, practice=self.practice.in_language(language))
        told: Site = self.kept[key]
        return told

    def at(self, url: str, language: str | None = None) -> str:
        """The address of a page in this language, or in that one: `/fees/` is `/es/fees/` in Spanish."""
        return f"{self.folder_of(language) if language else self.folder}{url}"

    @property
    def folder(self) -> str:
        """What the addresses of this language begin with: empty, or like `/es`."""
        return self.folder_of(self.language)

    def folder_of(self, language: str) -> str:
        return folder_of(self.practice, language)

    @property
    def lies_in(self) -> str:
        """The folder of its domain that the site lies in: empty, or like `/therapy`.

        The addresses that pages are written with are without it; `render_page` puts it before them.
        """
        return folder_on_domain(self.site_url)

    @property
    def refer_href(self) -> str:
        """Where “Refer a patient” leads: to the form, or to phone and fax where there is no form."""
        return self.at(FORM_PAGE_URL if self.form_url else DOORS_URL)

    def ask_server(self, path: str) -> str:
        """Where a script asks the form server for words in this language; empty without a server."""
        if self.form_url is None:
            return ""
        language = f"?lang={self.language}" if len(self.practice.languages) > 1 else ""
        return f"{self.form_url}{path}{language}"

    @property
    def has_feed(self) -> bool:
        """A feed holds whole addresses, so a site that has none has no feed."""
        return bool(self.site_url and self.practice.notes_in(self.language))

    def address_of(self, url: str) -> str | None:
        """The absolute address of what lies at `url`, or None while the site has no public address."""
        return f"{self.site_url}{url}" if self.site_url else None


def folder_of(practice: Practice, language: str) -> str:
    """What the addresses of a language begin with; the main one's, and a stranger's, with nothing."""
    return practice.folder_of(language)
