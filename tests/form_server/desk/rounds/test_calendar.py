"""The address for one's own calendar: shown once, replaced, taken back."""

from __future__ import annotations

import base64
import hashlib
import re

from tests.form_server.desk.rounds.outreach import plain
from tests.form_server.desk.stage import Stage

PAGE = "/desk/outreach/calendar"


def make(desk: Stage) -> str:
    answer = desk.post(PAGE, {"csrf_token": desk.csrf_token})
    assert answer.status_code == 200
    found = re.search(rf"{desk.origin}/calendar/([\w-]{{22}})\.ics", answer.text)
    assert found
    return found[1]


def hashed(token: str) -> bytes:
    return hashlib.sha256(base64.urlsafe_b64decode(token + "==")).digest()


def test_an_address_is_shown_once_and_kept_as_a_hash(desk: Stage) -> None:
    token = make(desk)
    assert desk.ledger.calendar_links.user_of(hashed(token)) == desk.founding.user_id
    page = desk.get(PAGE).text
    assert token not in page
    assert "Made on Mon, Nov 16, 2026" in plain(page)
    assert token not in str(desk.ledger.audit.recent(50))


def test_a_new_address_ends_the_old_one_and_taking_it_back_ends_both(desk: Stage) -> None:
    old, new = make(desk), make(desk)
    links = desk.ledger.calendar_links
    assert links.user_of(hashed(old)) is None
    answer = desk.post(f"{PAGE}/revoke", {"csrf_token": desk.csrf_token})
    assert "leads nowhere any more" in desk.get(answer.location).text
    assert links.user_of(hashed(new)) is None
    assert desk.post(f"{PAGE}/revoke", {"csrf_token": desk.csrf_token}).status_code == 404
