"""The same pages three times: as a practice folder, as a Pelican project, as a Hugo project.

Every page has about 400 words: front matter, headings, a list, a table, a link, bold words. The peers get
a layout with as many parts as matter to them: a menu, the page, a foot, and one index of all pages.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from outreach_kit.publish.starter import write_starter

_FILLER: Final = (
    "you sleep night day week work walk call door hand hope home help fear calm rest slow breath "
    "body heart room time long short again often less more start stop keep make find hold ask tell "
    "know feel want need good hard soft small first next last same other each part way life plan "
    "step talk hear speak write read learn try turn move stay come leave give take sit stand wake "
    "dream worry pain lift light dark morning evening friend child mother father office doctor "
    "school town road river garden"
)
_ANSWERS: Final = {
    "name": "Birchwood Counseling",
    "clinician": "Ines Marchetti",
    "credentials": "LICSW",
    "phone": "(206) 555-0177",
    "email": "hello@birchwood.example",
    "street": "9 Birch Lane",
    "city": "Fern Hollow",
    "state": "WA",
    "zip": "98101",
    "niche": "I help adults who worry more than they can bear to sleep and feel steady again.",
}
_MENU: Final = (
    '<nav><a href="/">Home</a> <a href="/fees/">Fees</a> <a href="/contact/">Contact</a></nav>'
)
_FOOT: Final = "<footer><p>Birchwood Counseling, 9 Birch Lane, Fern Hollow WA 98101</p></footer>"


def page_name(number: int) -> str:
    return f"page-{number:05d}"


def title_of(number: int) -> str:
    return f"Page number {number}"


def page_body(number: int) -> str:
    """About 400 words of Markdown; the same number gives the same words."""
    words, known = random.Random(number), _FILLER.split()

    def sentence() -> str:
        said = words.choices(known, k=words.randint(7, 12))
        return " ".join(said).capitalize() + "."

    def paragraph() -> str:
        first, *others = [sentence() for _ in range(7)]
        return " ".join([f"**{first[:-1]}.**", *others])

    items = "\n".join(f"- {sentence()}" for _ in range(5))
    rows = "\n".join(
        f"| {words.choice(known)} | {sentence()} | {words.randint(10, 99)} |" for _ in range(4)
    )
    return (
        f"{paragraph()}\n\n## What helps\n\n{paragraph()}\n\n{items}\n\n"
        f"## What it costs\n\n| what | how | much |\n|---|---|---:|\n{rows}\n\n"
        f"{paragraph()}\n\n[Ask us](https://birchwood.example/ask/) before you decide.\n\n{paragraph()}\n"
    )


def make_practice(folder: Path, pages: int) -> Path:
    """A practice whose owner has written so many pages; none of them in the menu."""
    write_starter(folder, _ANSWERS, dt.date(2026, 11, 22))
    for number, body in _bodies(pages):
        front = f"title: {title_of(number)}\ndescription: What page {number} is about.\nmenu: no\n"
        _write(folder / "pages" / f"{page_name(number)}.md", f"---\n{front}---\n\n{body}")
    return folder


def page_in_practice(folder: Path, number: int) -> Path:
    return folder / "pages" / f"{page_name(number)}.md"


def make_pelican(folder: Path, pages: int) -> Path:
    """Returns the settings file. The Markdown extensions are ours; feeds, tags and archives are off."""
    for number, body in _bodies(pages):
        front = (
            f"title: {title_of(number)}\ndate: 2026-11-22\nsummary: What page {number} is about.\n"
        )
        _write(folder / "content" / f"{page_name(number)}.md", f"{front}\n{body}")
    theme = folder / "theme" / "templates"
    _write(
        theme / "base.html",
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>{% block title %}"
        "{{ SITENAME }}{% endblock %}</title></head><body><header>" + _MENU + "</header>"
        "<main>{% block content %}{% endblock %}</main>" + _FOOT + "</body></html>\n",
    )
    _write(
        theme / "article.html",
        '{% extends "base.html" %}{% block title %}{{ article.title }} · {{ SITENAME }}{% endblock %}'
        "{% block content %}<h1>{{ article.title }}</h1>{{ article.content }}{% endblock %}\n",
    )
    _write(
        theme / "index.html",
        '{% extends "base.html" %}{% block content %}<ul>{% for article in articles %}'
        '<li><a href="/{{ article.url }}">{{ article.title }}</a></li>{% endfor %}</ul>{% endblock %}\n',
    )
    _write(
        folder / "settings.py",
        "SITENAME = 'Birchwood Counseling'\nSITEURL = ''\nPATH = 'content'\nTHEME = 'theme'\n"
        "TIMEZONE = 'America/Los_Angeles'\nDEFAULT_LANG = 'en'\nDEFAULT_PAGINATION = False\n"
        "MARKDOWN = {'extensions': ['markdown.extensions.tables', 'markdown.extensions.sane_lists'],"
        " 'output_format': 'html5'}\n"
        "ARTICLE_URL = '{slug}/'\nARTICLE_SAVE_AS = '{slug}/index.html'\nDIRECT_TEMPLATES = ['index']\n"
        "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = None\n"
        "AUTHOR_FEED_RSS = None\nCATEGORY_SAVE_AS = AUTHOR_SAVE_AS = TAG_SAVE_AS = ''\n"
        "STATIC_PATHS = []\nCACHE_CONTENT = False\nLOAD_CONTENT_CACHE = False\n",
    )
    return folder / "settings.py"


def make_hugo(folder: Path, pages: int) -> Path:
    """Returns the project's folder."""
    for number, body in _bodies(pages):
        front = f'title: "{title_of(number)}"\ndescription: "What page {number} is about."\n'
        _write(page_in_hugo(folder, number), f"---\n{front}---\n\n{body}")
    layouts = folder / "layouts" / "_default"
    _write(
        layouts / "baseof.html",
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>{{ .Title }} · {{ .Site.Title }}"
        "</title></head><body><header>"
        + _MENU
        + '</header><main>{{ block "main" . }}{{ end }}</main>'
        "" + _FOOT + "</body></html>\n",
    )
    _write(
        layouts / "single.html",
        '{{ define "main" }}<h1>{{ .Title }}</h1>{{ .Content }}{{ end }}\n',
    )
    _write(
        layouts / "list.html",
        '{{ define "main" }}<ul>{{ range .Site.RegularPages }}'
        '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}\n',
    )
    _write(
        folder / "hugo.toml",
        'baseURL = "https://birchwood.example/"\ntitle = "Birchwood Counseling"\nlanguageCode = "en"\n'
        'disableKinds = ["taxonomy", "term", "RSS"]\n',
    )
    return folder


def page_in_hugo(folder: Path, number: int) -> Path:
    return folder / "content" / f"{page_name(number)}.md"


def edit_body(page: Path, saying: str) -> None:
    """A sentence more at the end of the page's body, in place of the one that an earlier edit left."""
    text = page.read_text(encoding="utf-8")
    kept, _, _ = text.partition("\nEdited: ")
    page.write_text(
        f"{kept.rstrip()}\n\nEdited: {saying}\n".replace("\n\nEdited", "\nEdited"), "utf-8"
    )


def _bodies(pages: int) -> Iterator[tuple[int, str]]:
    return ((number, page_body(number)) for number in range(pages))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
