"""Thank-yous on the page of an office: the card that is owed, and those that went out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import url_for

from form_server.desk.offices.case import OfficeCase
from form_server.desk.offices.panel import Panel
from form_server.desk.owed.item import Sight
from form_server.desk.referral.times import by_day, say_day
from form_server.desk.thanks.batch import batch_after, find_lying, mail_on
from form_server.desk.thanks.posted import say_referrals
from form_server.rounds import made_before
from outreach_kit.outreach.thanks import batch_to_make

_SHOWN: Final = 3


@dataclass(frozen=True)
class ThanksPanel:
    """`says` is how it stands now; `mailed` are days, newest first."""

    says: str
    mailed: tuple[str, ...]
    href: str


def build_thanks(case: OfficeCase) -> ThanksPanel | None:
    """None for those who get no card, and while there is nothing to say."""
    if case.card.facts.kind.is_private:
        return None
    sight = Sight(case.desk, case.user, case.keyring, case.now)
    mailed = case.desk.ledger.thank_yous.mailed(case.keyring.inbox_ids, _SHOWN, code=case.code)
    days = [case.practice.today(one.mailed_at) for one in mailed if one.mailed_at is not None]
    says = _say(case, sight)
    if not (says or days):
        return None
    return ThanksPanel(
        says=says or "Nothing is owed.",
        mailed=tuple(say_day(day, case.today) for day in days),
        href=url_for("desk.show_thanks"),
    )


def _say(case: OfficeCase, sight: Sight) -> str:
    """Empty where no card is owed."""
    lying = [one for one in find_lying(sight) if one.source == case.code]
    if lying:
        on = mail_on(lying[0], sight)
        when = "now" if on < case.today else by_day(say_day(on, case.today))
        return f"A card lies here: mail it {when}."
    owed = case.detail.standing.owed_thanks
    if not owed:
        return ""
    batch = batch_to_make(case.today)
    before = made_before(case.practice, case.now)
    is_ripe = case.desk.ledger.owing.behind(case.keyring.inbox_ids, case.code, before)
    on = batch if is_ripe else batch_after(batch)
    verb = "was due" if on < case.today else "goes out"
    return f"A card for {say_referrals(owed)} {verb} {say_day(on, case.today)}."


PANEL: Final = Panel("thanks/panel.html", build_thanks)
