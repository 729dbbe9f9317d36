from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Note, Practice, Prose, load_practice
from outreach_kit.web.newsletter import (
    Letter,
    NewsletterMail,
    choose_notes,
    unsubscribe_path,
    write_newsletter,
)

WAY_OUT = "0123456789abcdef0123456789"
DAY = dt.date(2026, 11, 22)
MARKDOWN = """\
Ask *first*, then see [our fees](/fees/), [the end](#end), [a study](https://doi.example/1?a=b&c=d)
or write to [us](mailto:desk@harbor.example). <desk@harbor.example> is the same.

## One & two

1. Say it your way.
2. Say it again, and let a silence be as long as it wants to be, because it is theirs and not yours at all.

- one
- two

> “Quoted.”

| Sign | Days |
| --- | ---: |
| Panic | 3 |

    code stays
        as it is
"""


class _Seen(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [
            value or "" for name, value in attrs if name in {"href", "src", "background"}
        ]


@pytest.fixture(scope="module")
def practice() -> Practice:
    return load_practice(SAMPLE_PRACTICE)


def write(
    practice: Practice, body: str = MARKDOWN, *others: Note, language: str = "en"
) -> NewsletterMail:
    note = Note("fear", "What “fear” says", DAY, "In short.", (), Prose(body, "f.md"), language)
    return write_newsletter(
        Letter(
            practice, (note, *others), language, DAY,
            "https://refer.example", "https://site.example", WAY_OUT,
        )
    )  # fmt: skip


def test_every_link_is_a_whole_address_and_nothing_is_fetched(practice: Practice) -> None:
    seen = _Seen(write(practice, MARKDOWN, *practice.notes).html)
    assert all(re.match(r"https://|mailto:|tel:", link) for link in seen.links)
    assert {
        "https://site.example/fees/",
        "https://site.example/notes/fear/#end",
        "https://doi.example/1?a=b&c=d",
        "mailto:desk@harbor.example",
        "tel:+13605550142",
        "https://refer.example/refer/",
        f"https://site.example/notes/{practice.notes[0].slug}/",
        f"https://refer.example/unsubscribe/{WAY_OUT}",
    } <= set(seen.links)
    assert not {"img", "script", "link", "iframe", "form"} & set(seen.tags)
    assert seen.tags.count("h1") == 1


def test_each_reader_has_one_way_out_in_each_part_and_the_sender_an_address(
    practice: Practice,
) -> None:
    mail = write(practice)
    for part in (mail.html, mail.plain):
        assert part.count(WAY_OUT) == 1
        assert "214 Harbor St, Suite 3" in part
        assert "four times a year at most" in part
    assert mail.subject == "What “fear” says"


def test_words_are_escaped_and_paragraphs_keep_their_looks(practice: Practice) -> None:
    html = write(practice, "Three < four & five.").html
    assert "Three &lt; four &amp; five." in html
    assert re.search(r'<p style="margin:0 0 16px">Three', html)


def test_the_plain_part_reads_as_a_letter(practice: Practice) -> None:
    plain = write(practice, MARKDOWN).plain
    assert "see our fees\n(https://site.example/fees/)" in plain.replace(" (https", "\n(https")
    assert "us (desk@harbor.example)" in plain
    assert "One & two\n---------" in plain
    assert "1. Say it your way.\n2. Say it again" in plain
    assert "- one\n- two" in plain
    assert "> “Quoted.”" in plain
    assert "Sign | Days\nPanic | 3" in plain
    assert "code stays\n    as it is" in plain
    assert all(len(line) <= 72 for line in plain.splitlines() if "://" not in line)


def test_a_letter_in_another_language_leads_to_its_pages(practice: Practice) -> None:
    identity = practice.facts.practice.model_copy(update={"languages": ("en", "es")})
    facts = practice.facts.model_copy(update={"practice": identity})
    practice = replace(practice, facts=facts)
    mail = write(practice, "Vea [los precios](/fees/).", language="es")
    links = _Seen(mail.html).links
    assert "https://site.example/es/fees/" in links
    assert f"https://refer.example/es/unsubscribe/{WAY_OUT}" in links
    assert 'lang="es"' in mail.html
    assert "Unsubscribe" not in mail.html + mail.plain
    assert unsubscribe_path(practice, "en", "x") == "/unsubscribe/x"


def test_openings_stand_in_it_while_their_count_is_fresh(practice: Practice) -> None:
    openings = practice.clinicians[0].facts.openings
    assert openings is not None
    note = practice.notes[0]
    letter = Letter(
        practice, (note,), "en", openings.on, "https://r.example", "https://s.example", "x"
    )
    assert "openings, counted on" in write_newsletter(letter).plain
    stale = replace(letter, today=openings.on + dt.timedelta(days=400))
    assert "counted on" not in write_newsletter(stale).plain


def test_notes_are_chosen_in_order_and_once(practice: Practice) -> None:
    slugs = [note.slug for note in practice.notes]
    found = choose_notes(practice, "en", [slugs[1], "unknown", slugs[0], slugs[1]])
    assert [one.slug for one in found] == [slugs[1], slugs[0]]


def test_a_letter_without_a_note_is_none(practice: Practice) -> None:
    with pytest.raises(ValueError, match="at least one note"):
        write_newsletter(Letter(practice, (), "en", DAY, "https://a", "https://b", "x"))
