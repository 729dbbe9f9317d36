from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from form_server.contacts.doubles import find_doubles, unite
from form_server.ledger import SourceCard, SourceFacts

NOW = datetime(2026, 11, 16, tzinfo=UTC)


def card(code: str, name: str, days: int = 0, **facts: object) -> SourceCard:
    at = NOW + timedelta(days=days)
    return SourceCard(code, SourceFacts(name, **facts), at, at, None)  # type: ignore[arg-type]


def pairs(*cards: SourceCard) -> list[tuple[str, str]]:
    return [(one.code, other.code) for one, other in find_doubles(cards)]


def test_one_office_under_two_codes_is_found_older_first() -> None:
    assert pairs(
        card("new", "The Mill Road Clinic, PLLC", 3, town="Alder Falls"),
        card("old", "Mill Road Clinic", town="alder falls"),
        card("other", "Lakeside", 1),
    ) == [("old", "new")]


def test_three_that_are_one_make_two_pairs() -> None:
    cards = [card(code, "Mill Road", days) for days, code in enumerate("abc")]
    assert pairs(*cards) == [("a", "b"), ("a", "c")]


def test_one_name_in_two_towns_is_no_double() -> None:
    assert (
        pairs(
            card("a", "Family Care", town="Alder Falls"),
            card("b", "Family Care", 1, town="Port Wren"),
        )
        == []
    )


def test_of_two_entries_nothing_is_lost() -> None:
    kept = SourceFacts("Mill Road", phone="(360) 555-0190", rests=True, agreed_on=date(2026, 5, 1))
    gone = SourceFacts(
        "Mill Rd", phone="(360) 555-0111", fax="(360) 555-0191", latitude=47.0, longitude=-122.0,
        address=("12 Mill Road",), agreed_on=date(2026, 2, 1), takes_gifts=False,
    )  # fmt: skip
    assert unite(kept, gone) == SourceFacts(
        "Mill Road", phone="(360) 555-0190", fax="(360) 555-0191", latitude=47.0, longitude=-122.0,
        address=("12 Mill Road",), rests=True, agreed_on=date(2026, 2, 1),
    )  # fmt: skip


_FACTS = st.builds(
    SourceFacts,
    st.sampled_from(["Mill", "Lake"]),
    town=st.sampled_from(["", "Alder Falls"]),
    every_days=st.none() | st.integers(60, 180),
    latitude=st.none() | st.just(47.0),
    longitude=st.just(-122.0),
)


@settings(deadline=None)
@given(_FACTS, _FACTS)
def test_an_office_made_one_with_itself_or_twice_is_as_before(
    kept: SourceFacts, gone: SourceFacts
) -> None:
    assert unite(kept, kept) == kept
    once = unite(kept, gone)
    assert unite(once, gone) == once
    assert once.town == (kept.town or gone.town)
