from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from form_server.admitting import Admitting, hash_of_token, write_token
from form_server.ledger import Ledger
from form_server.pausing import PauseLinks
from form_server.slips import Slips
from form_server.vault import ServerKey

URL = "https://refer.example"
KEY = ServerKey.generate()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as opened:
        opened.migrate()
        yield opened


@pytest.mark.parametrize("ahead", [True, False])
def test_the_names_are_those_that_the_ids_would_get_anyhow(ledger: Ledger, *, ahead: bool) -> None:
    slips = Slips(ledger, KEY, URL)
    if ahead:
        slips.refill()
    slip = slips.take()

    assert slip.token == Admitting(ledger, KEY).token(slip.referral_id)
    assert slip.token_text == write_token(slip.token)
    assert slip.status_hash == hash_of_token(slip.token)
    assert slip.pause_url == PauseLinks(KEY, URL).link(slip.notice_id)
    assert len({slip.referral_id, slip.notice_id}) == 2


def test_the_oldest_goes_first_and_each_once(ledger: Ledger) -> None:
    slips = Slips(ledger, KEY, URL, most=3)
    turns: list[int] = []
    assert slips.refill(lambda: turns.append(1)) == len(turns) == 3

    taken = [slips.take() for _ in range(5)]  # two more than were drawn
    names = [one.referral_id for one in taken]

    assert len(set(names)) == 5
    assert len({one.receipt for one in taken}) > 1
    assert [name[:12] for name in names] == sorted(name[:12] for name in names)
    assert slips.refill() == 6, "twice as many, because three did not suffice"
    for _ in range(4):
        slips.take()
    assert slips.refill() == 4


def test_what_comes_before_any_could_be_drawn_is_no_rush(ledger: Ledger) -> None:
    slips = Slips(ledger, KEY, URL, most=3)
    slips.take()
    assert slips.refill() == 3


def test_a_slip_shows_nobody_its_token(ledger: Ledger) -> None:
    slip = Slips(ledger, KEY, URL).take()

    assert slip.referral_id in repr(slip)
    assert repr(slip.token) not in repr(slip)
    assert slip.token_text not in repr(slip)
    assert slip.pause_url not in repr(slip)
