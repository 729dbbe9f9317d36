from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from form_server.ledger import SourceCard, SourceFacts
from form_server.rounds import label_lines, ordered_source, printed_source
from outreach_kit.paper.labels import render_labels
from outreach_kit.practice import Practice

NOW = datetime(2026, 11, 16, tzinfo=UTC)


def card(name: str = "Mill Road", **facts: object) -> SourceCard:
    return SourceCard("k7", SourceFacts(name, **facts), NOW, NOW, None)  # type: ignore[arg-type]


def test_a_label_is_an_address_as_on_an_envelope(practice: Practice) -> None:
    office = card(
        address=("12 Mill Road", "Suite 3"), town="Alder Falls", region="WA", postal_code="98999"
    )
    lines = label_lines(office, "Priya Nair")
    assert lines == ("Priya Nair", "Mill Road", "12 Mill Road", "Suite 3", "Alder Falls, WA 98999")
    assert render_labels(practice, [lines], timestamp=0).startswith(b"%PDF")


@pytest.mark.parametrize("facts", [{}, {"town": "Alder Falls"}, {"address": ("12 Mill Road",)}])
def test_half_an_address_is_no_label(facts: dict[str, Any]) -> None:
    assert label_lines(card(**facts), "Priya") == ()


def test_an_office_is_printed_for_under_its_code_and_in_its_words() -> None:
    school = card(audience="schools")
    assert (printed_source(school).code, printed_source(school).name) == ("k7", "Mill Road")
    assert ordered_source(school).audience == "schools"


def test_a_name_too_long_for_small_type_is_cut_where_it_can_be_seen() -> None:
    long = printed_source(card("A" * 79 + " Clinic of Alder Falls")).name
    assert len(long) == 80
    assert long.endswith("…")
