"""The ledger: whole, of this version, its audit unbroken, and nothing in it left lying."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from form_server.doctor.findings import Finding, Findings, fail, ok, warn
from form_server.ledger import ChainBroken, DeliveryState, Ledger, SchemaMismatch
from form_server.safekeeping.backing_up import MADE_AT

_LATE: Final = timedelta(minutes=5)
_OLD_BACKUP: Final = timedelta(days=8)


def check_ledger(ledger: Ledger) -> Findings:
    try:
        ledger.require_current_schema()
    except SchemaMismatch as error:
        yield fail("ledger", str(error))
        return
    if damage := ledger.upkeep.find_damage():
        todo = "Stop the server, keep the files as they are, and restore the last backup."
        yield fail("ledger", f"its file is damaged ({damage[0]}).", todo)
        return
    counts = ledger.upkeep.row_counts()
    held = f"{counts.get('referral', 0)} referrals and {counts.get('question', 0)} questions"
    yield ok("ledger", f"whole, of this version, with {held}.")
    if not ledger.is_sqlite:
        yield warn(
            "ledger",
            "PostgreSQL keeps what was wiped in old row versions and logs for a while.",
            "Let autovacuum run, and guard its disk and its backups.",
        )


def check_rows(ledger: Ledger) -> Findings:
    """What the store holds to be whole and only we know to mean nothing."""
    for one in ledger.upkeep.find_spoiled():
        yield fail(
            "rows",
            f"the {one.table} {one.key} is damaged: its {one.column} means nothing.",
            "Check the disk, and compare with the last backup; the desk shows what can still be read.",
        )


def check_audit(ledger: Ledger) -> Findings:
    try:
        head = ledger.audit.verify()
    except ChainBroken as error:
        yield fail("audit", str(error))
        return
    yield ok("audit", f"{head.link} entries, each chained to the one before." if head else "empty.")


def check_deliveries(ledger: Ledger, now: datetime) -> Findings:
    counts = ledger.deliveries.counts()
    troubled = ledger.deliveries.troubled()
    for one in troubled[:10]:
        about = f" about referral {one.referral_id}" if one.referral_id else ""
        about = f" about question {one.question_id}" if one.question_id else about
        yield fail(
            "deliveries",
            f"the {one.kind.value} by {one.channel.value}{about} is {one.state.value}: "
            f"{one.last_error or 'no reason was noted.'}",
            "Mend that, then try it again or dismiss it at the desk.",
        )
    for one in ledger.deliveries.failing()[:3]:
        yield warn(
            "deliveries",
            f"the {one.kind.value} by {one.channel.value} was tried {one.attempts} times: "
            f"{one.last_error or 'no reason was noted.'}",
            "It is tried again by itself.",
        )
    if len(troubled) > 10:
        yield fail("deliveries", f"{len(troubled) - 10} more did not go out.", "See the desk.")
    if held := counts[DeliveryState.ON_HOLD]:
        yield warn(
            "deliveries",
            f"{held} are on hold since the restore.",
            "Decide about them: python -m form_server release",
        )
    due_at = ledger.queue.next_due_at()
    if due_at is not None and now - due_at > _LATE:
        minutes = (now - due_at).total_seconds() / 60
        words = f"one has been due for {minutes:.0f} minutes."
        yield fail("deliveries", words, "See that the server runs: python -m form_server serve")
    elif not troubled:
        waiting = counts[DeliveryState.PENDING] + counts[DeliveryState.RETRYING]
        yield ok("deliveries", f"{counts[DeliveryState.SENT]} sent, {waiting} waiting, none stuck.")


def check_backup(ledger: Ledger, now: datetime) -> Findings:
    yield _judge_backup(ledger.meta.get(MADE_AT), now)


def _judge_backup(made_at: str | None, now: datetime) -> Finding:
    todo = "Run this each night: python -m form_server backup FOLDER"
    if made_at is None:
        return warn("backup", "none was made with this program.", todo)
    age = now - datetime.fromisoformat(made_at)
    if age > _OLD_BACKUP:
        return warn("backup", f"the last one is {age.days} days old.", todo)
    return ok("backup", f"the last one was made {made_at[:10]}.")
