"""Where a form leads that was sent without script from a host of one's own: it came in, what follows."""

from __future__ import annotations

from outreach_kit.frozen import frozen
from outreach_kit.practice.values import Phone
from outreach_kit.web.addresses import FIRST_VISIT_URL, RESOURCES_URL
from outreach_kit.web.frame import Frame
from outreach_kit.web.language import Words
from outreach_kit.web.nation import has_resources, in_nation
from outreach_kit.web.phrases import HoursLine, say_call_within, say_hours, say_seen_within
from outreach_kit.web.site import Site


@frozen
class ThanksView:
    """The page knows nobody: it speaks to both, to who sent a patient and to who wrote themselves."""

    frame: Frame
    phone: Phone
    call_within: str
    seen_within: str
    hours: tuple[HoursLine, ...]
    first_visit_href: str
    resources_href: str
    """Where crisis lines are named; empty where we know none."""
    is_home: bool
    """Whether 911 and 988 are the numbers of this country."""


def view_thanks(site: Site, words: Words, frame: Frame) -> ThanksView:
    promise = site.practice.promise
    return ThanksView(
        frame=frame,
        phone=site.practice.contact.phone,
        call_within=say_call_within(promise, words),
        seen_within=say_seen_within(promise, words),
        hours=say_hours(site.practice.hours, words),
        first_visit_href=site.at(FIRST_VISIT_URL),
        resources_href=site.at(RESOURCES_URL) if has_resources(site.practice) else "",
        is_home=in_nation(site.practice),
    )
