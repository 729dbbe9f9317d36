"""Those who were asked about a referral: how it stands with each, and what can be tapped next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote

from flask import url_for

from form_server.desk.colleagues.wording import full_name, telephone
from form_server.desk.referral.case import Case
from form_server.desk.referral.times import say_moment
from form_server.ledger import Colleague, Placement, PlacementState
from outreach_kit.outreach.hand_over import Asking, Named, ask_colleague

_NAMED: Final = (PlacementState.ASKED, PlacementState.ACCEPTED, PlacementState.PLACED)


@dataclass(frozen=True)
class Step:
    """A button: what it makes of the placement, and whether it is the usual next thing."""

    state: PlacementState
    label: str
    is_main: bool = False


@dataclass(frozen=True)
class Asked:
    """One colleague who was asked. `asking` is None once they answered."""

    name: str
    href: str
    state: PlacementState
    says: str
    when: str
    tel: str
    number: str
    mailto: str
    asking: Asking | None
    steps: tuple[Step, ...]
    action: str


_SAYS: Final = {
    PlacementState.ASKED: "Asked, no answer yet",
    PlacementState.ACCEPTED: "Said yes; the patient is not with them yet",
    PlacementState.DECLINED: "Said no",
    PlacementState.PLACED: "The patient is with them",
    PlacementState.WITHDRAWN: "Not needed any more",
}
_STEPS: Final = {
    PlacementState.ASKED: (
        Step(PlacementState.ACCEPTED, "They said yes", is_main=True),
        Step(PlacementState.DECLINED, "They said no"),
        Step(PlacementState.WITHDRAWN, "Not needed"),
    ),
    PlacementState.ACCEPTED: (
        Step(PlacementState.PLACED, "The patient is with them", is_main=True),
        Step(PlacementState.DECLINED, "It did not work out"),
        Step(PlacementState.WITHDRAWN, "Not needed"),
    ),
    PlacementState.DECLINED: (Step(PlacementState.ASKED, "Ask again"),),
    PlacementState.PLACED: (Step(PlacementState.ACCEPTED, "Not yet after all"),),
    PlacementState.WITHDRAWN: (Step(PlacementState.ASKED, "Ask again"),),
}


def find_asked(case: Case, placements: list[Placement]) -> tuple[Asked, ...]:
    """Those with whom it is open first, in the order in which they were asked."""
    known = case.desk.ledger.colleagues.named([one.colleague_id for one in placements])
    in_order = sorted(placements, key=lambda one: one.state in _ENDED)
    return tuple(_lay_out(case, one, known[one.colleague_id]) for one in in_order)


def named_for(case: Case) -> tuple[Named, ...]:
    """Colleagues as the patient, and the source, can be told of them: those who were asked and did
    not say no. Who has the patient stands alone."""
    placements = case.desk.ledger.placements.of_referral(case.referral.id)
    placed = [one for one in placements if one.state is PlacementState.PLACED]
    told = placed or [one for one in placements if one.state in _NAMED]
    known = case.desk.ledger.colleagues.named([one.colleague_id for one in told])
    return tuple(_name(known[one.colleague_id]) for one in told)


_ENDED: Final = (PlacementState.DECLINED, PlacementState.WITHDRAWN)


def _name(colleague: Colleague) -> Named:
    facts = colleague.facts
    web = facts.booking_url or facts.website
    return Named(full_name(facts), facts.practice, facts.phone, web)


def _lay_out(case: Case, one: Placement, colleague: Colleague) -> Asked:
    facts, practice = colleague.facts, case.practice
    is_waiting = case.is_open and one.state is PlacementState.ASKED
    asking = ask_colleague(
        facts.name,
        caller=case.user.user.name.split(",")[0].strip(),
        practice=practice.name,
        phone=practice.contact.phone.display,
    )
    mail = f"mailto:{facts.email}?subject={quote(asking.subject)}&body={quote(asking.body)}"
    return Asked(
        name=full_name(facts),
        href=url_for("desk.show_colleague", colleague_id=colleague.id),
        state=one.state,
        says=_SAYS[one.state],
        when=say_moment(_since(one), case.now, practice.time_zone),
        tel=telephone(facts.phone) if is_waiting else "",
        number=facts.phone,
        mailto=mail if facts.email and is_waiting else "",
        asking=asking if is_waiting else None,
        steps=_STEPS[one.state] if case.is_open else (),
        action=url_for("desk.step_placement", referral_id=one.referral_id, placement_id=one.id),
    )


def _since(one: Placement) -> datetime:
    return one.settled_at or one.answered_at or one.asked_at
