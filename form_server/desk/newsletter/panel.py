"""On an office's page: who there gets the newsletter, and who does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import url_for

from form_server.desk.newsletter.wording import WHERE, say_stands
from form_server.desk.offices.case import OfficeCase
from form_server.desk.offices.panel import Panel
from outreach_kit.outreach.newsletter import Reader, first_day_that_counts, plan_mailing


@dataclass(frozen=True)
class NewsPanel:
    """A name and how it stands, each; `list` leads to where that is changed."""

    rows: tuple[tuple[str, str], ...]
    list: str


def _build(case: OfficeCase) -> NewsPanel | None:
    """None for friends and directories, who are sent none, and where no address is known."""
    readers = [one for one in _readers(case) if one.address.strip()]
    if case.card.facts.kind.is_private or not readers:
        return None
    ledger, zone = case.desk.ledger, case.practice.time_zone
    mailed = ledger.newsletters.mailed_on(first_day_that_counts(case.today))
    left = {
        address: at.astimezone(zone).date() for address, at in ledger.mailing_list.all_out().items()
    }
    mailing = plan_mailing(readers, left, None, mailed)
    stands = dict.fromkeys(mailing.readers, "gets")
    stands |= {one: WHERE[why] for one, why in mailing.left_out}
    rows = tuple((one.name, say_stands(one, stands[one], left, mailed)) for one in readers)
    return NewsPanel(rows, url_for("desk.show_readers", q=case.card.name))


def _readers(case: OfficeCase) -> list[Reader]:
    facts, last = case.card.facts, case.detail.standing.last
    met_on = last.met_on if last else None
    people = [
        Reader(
            one.name,
            one.facts.email,
            agreed_on=one.facts.agreed_on or facts.agreed_on,
            met_on=met_on,
            person=one.id,
        )
        for one in case.detail.people
    ]
    return [*people, Reader(case.card.name, facts.email, agreed_on=facts.agreed_on, met_on=met_on)]


PANEL: Final = Panel("newsletter/panel.html", _build)
