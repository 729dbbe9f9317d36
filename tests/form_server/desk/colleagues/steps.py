"""What somebody at the desk does to send a patient on to a colleague."""

from __future__ import annotations

import re

from form_server.ledger import Referral
from tests.form_server.desk.colleagues.people import send
from tests.form_server.desk.stage import Stage


def page_of(referral: Referral) -> str:
    return f"/desk/referrals/{referral.id}"


def sending_of(referral: Referral) -> str:
    return f"{page_of(referral)}/colleagues"


def suggested(desk: Stage, referral: Referral) -> list[str]:
    """Names in the order of the page on which all are shown."""
    page = desk.get(f"{sending_of(referral)}?all=1").text
    listed = page[page.index('id="who"') :]
    return re.findall(r"<strong><bdi>([^<]+)</bdi></strong>", listed)


def ask(desk: Stage, referral: Referral, *colleague_ids: str) -> None:
    data = {"colleague": list(colleague_ids)}
    assert send(desk, page_of(referral), sending_of(referral), data).status_code == 303


def step(desk: Stage, referral: Referral, state: str, colleague_id: str = "") -> str:
    """The button of the first placement, or of a colleague's; what the page says then."""
    every = desk.ledger.placements.of_referral(referral.id)
    one = next((each for each in every if each.colleague_id == colleague_id), every[0])
    answer = send(desk, page_of(referral), f"{sending_of(referral)}/{one.id}", {"state": state})
    assert answer.status_code == 303
    return desk.get(answer.headers["Location"]).text


def understand(desk: Stage, referral: Referral, **said: object) -> None:
    answer = send(desk, sending_of(referral), f"{sending_of(referral)}/need", dict(said))
    assert answer.status_code == 303
