from __future__ import annotations

from datetime import timedelta

from form_server.ledger import Ledger, NewSession, Session
from tests.form_server.ledger.things import NOON, hashed

HOUR = timedelta(hours=1)


def start(ledger: Ledger, token: str) -> NewSession:
    new = NewSession(hashed(token), "user-1", b"sealed key", NOON, NOON + HOUR, "Firefox on Linux")
    ledger.sessions.start(new)
    return new


def test_session_is_found_until_it_expires(ledger: Ledger) -> None:
    new = start(ledger, "one")
    found = ledger.sessions.get(new.token_hash, NOON + HOUR - timedelta(microseconds=1))
    assert found == Session(
        token_hash=new.token_hash,
        user_id="user-1",
        sealed_user_key=b"sealed key",
        created_at=NOON,
        expires_at=NOON + HOUR,
        label="Firefox on Linux",
        last_seen_at=NOON,
    )
    assert ledger.sessions.get(new.token_hash, NOON + HOUR) is None
    assert ledger.sessions.get(hashed("other"), NOON) is None


def test_seen_session_lives_on_and_is_listed_first(ledger: Ledger) -> None:
    one, two = start(ledger, "one"), start(ledger, "two")
    ledger.sessions.touch(one.token_hash, NOON + HOUR / 2, NOON + 2 * HOUR)
    listed = ledger.sessions.of_user("user-1", NOON + HOUR / 2)
    assert [session.token_hash for session in listed] == [one.token_hash, two.token_hash]
    assert [s.token_hash for s in ledger.sessions.of_user("user-1", NOON + HOUR)] == [
        one.token_hash
    ]


def test_revoked_sessions_are_gone_and_audited_once(ledger: Ledger) -> None:
    one, two, three = (start(ledger, name) for name in ("one", "two", "three"))
    ledger.sessions.revoke(one.token_hash, actor="user:user-1")
    ledger.sessions.revoke(one.token_hash, actor="user:user-1")
    ledger.sessions.revoke_all("user-1", actor="user:user-1")
    assert ledger.sessions.of_user("user-1", NOON) == []
    assert ledger.sessions.get(two.token_hash, NOON) is None
    assert ledger.sessions.get(three.token_hash, NOON) is None
    ended = [entry.detail for entry in ledger.audit.recent() if entry.action == "session.ended"]
    assert ended == ["count=2", "count=1"]


def test_expired_sessions_are_purged(ledger: Ledger) -> None:
    start(ledger, "one")
    assert ledger.sessions.purge(NOON) == 0
    assert ledger.sessions.purge(NOON + HOUR) == 1
    assert ledger.sessions.get(hashed("one"), NOON) is None
