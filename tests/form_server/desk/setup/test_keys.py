"""Keys: fingerprints, the recovery sheet tried, and a new sheet in the place of the old."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from form_server.keys import Keyholder, open_sheet, rotate_inbox
from form_server.ledger.tables import inbox_key
from form_server.vault import KeyPair, PublicKey, RecoveryRefused, RecoverySecret
from tests.form_server.desk.stage import Stage, hidden

PAGE = "/desk/settings/keys"
STALE_MINUTES = 11
_NEVER = "It was never tried"


def post(desk: Stage, path: str, **typed: str) -> TestResponse:
    return desk.post(path, {"csrf_token": desk.csrf_token, **typed})


def read_groups(page: str) -> list[str]:
    return re.findall(r"<li><code>([^<]+)</code>", page)


def use(desk: Stage, page: str, **changes: str) -> TestResponse:
    """Reads the two groups that are asked for back from the page, as from paper."""
    groups = read_groups(page)
    numbers = [int(one) for one in re.findall(r'name="group-(\d)"', page)]
    assert len(set(numbers)) == 2
    typed = {f"group-{one}": groups[one - 1].lower() for one in numbers}
    if "wrong" in changes:
        typed[f"group-{numbers[1]}"] = groups[numbers[0] - 1]
    draft = changes.get("draft", hidden(page, "draft"))
    return post(desk, f"{PAGE}/sheet/use", draft=draft, **typed)


def test_every_version_and_the_servers_key_stand_by_their_fingerprints(desk: Stage) -> None:
    box = desk.founding.inbox_id
    first = desk.ledger.inboxes.active_key(box)
    owner = Keyholder.of_user(desk.ledger.people.user(desk.founding.user_id), desk.user_key)
    rotate_inbox(desk.ledger, owner, box)
    second = desk.ledger.inboxes.active_key(box)

    page = desk.get(PAGE).text

    newest, older = (PublicKey.from_bytes(one.public_key).fingerprint for one in (second, first))
    assert page.index(newest) < page.index("Version 2, in use") < page.index(older)
    assert desk.desk.server_key.fingerprint in page
    assert "Compared with your own key: it fits." in page


def test_a_stored_key_that_was_replaced_raises_the_alarm(desk: Stage) -> None:
    stranger = KeyPair.generate().public.to_bytes()
    with desk.ledger._store.write() as connection:
        connection.execute(sa.update(inbox_key).values(public_key=stranger))
    with desk.ledger.keys.change(actor="test"):
        pass  # the memory of inboxes is read afresh

    assert "the database was altered" in desk.get(PAGE).text


def test_the_sheet_is_tried_without_changing_anything(desk: Stage) -> None:
    before = desk.ledger.people.recovery_key()
    page = desk.get(PAGE).text
    assert _NEVER in page
    assert "Made today" in page

    groups = "  ".join(desk.founding.recovery.groups).lower()
    assert post(desk, f"{PAGE}/sheet/try", sheet=groups).status_code == 303

    assert _NEVER not in desk.get(PAGE).text
    assert desk.ledger.people.recovery_key() == before
    (entry,) = desk.ledger.audit.recent(1)
    assert before is not None
    assert (entry.action, entry.actor) == ("recovery.tried", f"recovery:{before.id}")
    assert entry.detail == desk.founding.user_id


@pytest.mark.parametrize(
    "typed",
    ["", "7XK2", " ".join(RecoverySecret.generate().groups)],
    ids=["nothing", "cut short", "of somebody else"],
)
def test_another_paper_is_refused_with_the_reason(desk: Stage, typed: str) -> None:
    answer = post(desk, f"{PAGE}/sheet/try", sheet=typed)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert _NEVER in answer.text


def test_guessing_at_the_sheet_has_to_wait(desk: Stage) -> None:
    for _ in range(12):
        other = " ".join(RecoverySecret.generate().groups)
        answer = post(desk, f"{PAGE}/sheet/try", sheet=other)
    own = " ".join(desk.founding.recovery.groups)

    assert answer.status_code == 422
    assert post(desk, f"{PAGE}/sheet/try", sheet=own).status_code == 422
    assert "recovery.tried" not in desk.actions()


def test_a_new_sheet_takes_over_only_when_it_was_read_back_from_paper(desk: Stage) -> None:
    old = desk.founding.recovery
    drawn = post(desk, f"{PAGE}/sheet")
    new = RecoverySecret.parse(" ".join(read_groups(drawn.text)))
    assert "no-store" in drawn.headers["Cache-Control"]

    printed = post(desk, f"{PAGE}/sheet/print", draft=hidden(drawn.text, "draft"))
    assert printed.mimetype == "application/pdf"
    assert printed.data.startswith(b"%PDF")
    assert "no-store" in printed.headers["Cache-Control"]

    wrong = use(desk, drawn.text, wrong="yes")
    assert wrong.status_code == 422
    assert read_groups(wrong.text) == read_groups(drawn.text)
    open_sheet(desk.ledger, old)

    assert use(desk, drawn.text).status_code == 303
    open_sheet(desk.ledger, new)
    with pytest.raises(RecoveryRefused):
        open_sheet(desk.ledger, old)
    assert desk.actions()[-1] == "recovery.renewed"
    assert _NEVER in desk.get(PAGE).text


def test_a_sheet_that_was_drawn_in_another_session_is_not_taken(desk: Stage) -> None:
    drawn = post(desk, f"{PAGE}/sheet").text
    desk.client = desk.let_in()

    for answer in (
        use(desk, drawn),
        use(desk, drawn, draft="bm90IG91cnM="),
        post(desk, f"{PAGE}/sheet/print", draft=hidden(drawn, "draft")),
    ):
        assert answer.status_code == 422
        assert "out of date" in answer.text
    open_sheet(desk.ledger, desk.founding.recovery)


def test_a_sheet_that_would_not_open_everything_is_not_drawn(desk: Stage, other_inbox: str) -> None:
    assert other_inbox
    page = desk.get(PAGE).text
    assert "does not open all of <bdi>Sam Rivera</bdi>" in page
    assert f'action="{PAGE}/sheet"' not in page

    answer = post(desk, f"{PAGE}/sheet")

    assert answer.status_code == 422
    assert read_groups(answer.text) == []


def test_later_than_ten_minutes_a_sheet_takes_the_six_words(desk: Stage) -> None:
    desk.clock.advance(minutes=STALE_MINUTES)
    assert read_groups(post(desk, f"{PAGE}/sheet").text) == []

    drawn = post(desk, f"{PAGE}/sheet", passphrase=desk.founding.passphrase)

    assert len(read_groups(drawn.text)) == 8
