"""The panel that says who is on a referral, and lets it be taken, given or handed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import request, url_for

from form_server.desk.referral.case import Case
from form_server.desk.referral.contact import By, read_way
from form_server.desk.team.crew import Crew, find_crew, name_of, short_name
from form_server.desk.team.holding import Holding, read_holding, say_since
from form_server.desk.team.inboxes import came_from, other_inboxes

_ALL_THE_SAME: Final = {
    By.CALL: "Call all the same",
    By.TEXT: "Text all the same",
    By.EMAIL: "E-mail all the same",
}


@dataclass(frozen=True)
class Choice:
    id: str
    label: str


@dataclass(frozen=True)
class Interruption:
    """Somebody else is on it or has just been in touch: said once, before it goes on knowingly."""

    says: str
    go_on: str
    by: By
    go_on_label: str
    leave: str
    leave_to: str


@dataclass(frozen=True)
class Who:
    """`over` is whose claim would be taken over; the lists are empty where there is nobody else."""

    holding: Holding | None
    interruption: Interruption | None
    over: str
    over_name: str
    claim: str
    release: str
    people: tuple[Choice, ...]
    assign: str
    inboxes: tuple[Choice, ...]
    hand: str
    back_to: str
    give_back: str
    script: str


def build_who(case: Case) -> Who | None:
    referral, desk = case.referral, case.desk
    if not case.is_open or case.said is None:
        return None
    crew = find_crew(desk, case.user.user.id, [referral.inbox_id])
    inboxes = other_inboxes(desk, referral)
    others = crew.others(referral.inbox_id)
    if not others and not inboxes:
        return None
    holding = read_holding(desk, case.keyring, referral)
    claim = desk.ledger.claims.of([referral.id]).get(referral.id)
    over = claim.user_id if claim and claim.is_live and claim.user_id != crew.me else ""
    back = came_from(desk, referral)

    def to(endpoint: str) -> str:
        return url_for(endpoint, referral_id=referral.id)

    return Who(
        holding=holding if others else None,
        interruption=_interrupt(case, crew) if others else None,
        over=over,
        over_name=name_of(desk, over) if over else "",
        claim=to("desk.claim_referral"),
        release=to("desk.release_referral"),
        people=tuple(Choice(one.id, short_name(one)) for one in others),
        assign=to("desk.assign_referral"),
        inboxes=tuple(Choice(one.id, one.name) for one in inboxes),
        hand=to("desk.hand_over"),
        back_to=back.name if back else "",
        give_back=to("desk.give_back"),
        script=url_for("desk.static", filename="ring.js"),
    )


def _interrupt(case: Case, crew: Crew) -> Interruption | None:
    """After a tap that did not go through, read from the record as it stands now."""
    if request.args.get("ring") != "held":
        return None
    desk, referral, by = case.desk, case.referral, read_way(request.args.get("by", ""))
    claim = desk.ledger.claims.of([referral.id]).get(referral.id)
    rang = desk.ledger.claims.rang_lately(referral.id, crew.me)
    zone = case.practice.time_zone
    said, whom = [], ""
    if claim and claim.is_live and claim.user_id != crew.me:
        whom = name_of(desk, claim.user_id)
        said.append(f"{whom} is on it since {say_since(claim.taken_at, case.now, zone)}.")
    if rang:
        who = name_of(desk, rang.user_id)
        again = "They" if who == whom else who
        said.append(f"{again} got in touch at {say_since(rang.at, case.now, zone)}.")
        whom = whom or who
    if not said:
        return None
    return Interruption(
        says=" ".join(said),
        go_on=url_for("desk.ring_patient", referral_id=referral.id),
        by=by,
        go_on_label=_ALL_THE_SAME[by],
        leave=url_for("desk.show_today"),
        leave_to=whom,
    )
