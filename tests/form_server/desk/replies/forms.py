"""The forms of a reply's pages, filled in and sent as a browser would."""

from __future__ import annotations

import html
import re

from werkzeug.test import TestResponse

from form_server.ledger import Referral
from tests.form_server.desk.stage import Stage, hidden


def write_page(desk: Stage, referral: Referral, whom: str) -> str:
    answer = desk.get(f"/desk/referrals/{referral.id}/replies/{whom}")
    assert answer.status_code == 200, answer.text
    return answer.text


def redraft(desk: Stage, referral: Referral, whom: str, about: str, way: str) -> str:
    form = {"csrf_token": token(desk, referral), "about": about, "way": way}
    answer = desk.post(f"/desk/referrals/{referral.id}/replies/{whom}/draft", form)
    assert answer.status_code == 200, answer.text
    return answer.text


def drafted(page: str) -> str:
    """What stands in the field to review."""
    found = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.S)
    assert found, "no field to review"
    return html.unescape(found[1])


def send(desk: Stage, referral: Referral, whom: str, page: str, **changes: str) -> TestResponse:
    """The reviewed reply; `changes` are what was typed or chosen otherwise."""
    review = page[page.index('class="stack reviewing"') :]
    names = ("csrf_token", "reply_id", "about", "way")
    form = {name: hidden(review, name) for name in names}
    form |= {"words": drafted(page), "do": "send"}
    return desk.post(f"/desk/referrals/{referral.id}/replies/{whom}", {**form, **changes})


def token(desk: Stage, referral: Referral) -> str:
    return hidden(desk.get(f"/desk/referrals/{referral.id}").text, "csrf_token")
