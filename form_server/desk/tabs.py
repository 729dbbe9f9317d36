"""The rooms of outreach, side by side: the menu has one place for them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from flask import current_app, request, url_for


@dataclass(frozen=True)
class Tab:
    """A room, its page, and the address that all of its pages begin with."""

    endpoint: str
    label: str
    below: str


@dataclass(frozen=True)
class TabItem:
    """`current` is the value of aria-current: empty for a room that one is not in."""

    label: str
    href: str
    current: Literal["page", "true", ""]


OUTREACH: Final = (
    Tab("desk.show_outreach", "This week", "/desk/outreach"),
    Tab("desk.show_offices", "Offices", "/desk/offices"),
    Tab("desk.show_thanks", "Thank-yous", "/desk/thanks"),
    Tab("desk.show_stock", "Stock", "/desk/stock"),
    Tab("desk.show_gifts", "Gifts", "/desk/gifts"),
    Tab("desk.show_newsletter", "Newsletter", "/desk/newsletter"),
    Tab("desk.show_scorecard", "Scorecard", "/desk/scorecard"),
)
OUTREACH_PAGES: Final = tuple(one.below for one in OUTREACH)


def find_tabs() -> tuple[TabItem, ...]:
    """The rooms that are there, for a page in one of them; none for any other page."""
    if not request.path.startswith(OUTREACH_PAGES):
        return ()
    there = [one for one in OUTREACH if one.endpoint in current_app.view_functions]
    return tuple(_item(one) for one in there)


def _item(tab: Tab) -> TabItem:
    is_page = request.endpoint == tab.endpoint
    is_room = request.path.startswith(tab.below)
    return TabItem(
        tab.label, url_for(tab.endpoint), "page" if is_page else "true" if is_room else ""
    )
