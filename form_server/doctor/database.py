"""PostgreSQL under several processes: what would lose, delay or show a referral, and who is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Final

from form_server.doctor.findings import Finding, Findings, fail, ok, warn
from form_server.ledger import DatabaseFacts, Presence
from form_server.safekeeping import PostgresTools, ToolsMissing

_SUBJECT: Final = "database"
_OLDEST_MENDED: Final = 14
"""PostgreSQL mends five versions at a time: postgresql.org/support/versioning."""
_CLOCKS_APART: Final = timedelta(seconds=2)
_MOST_AT_ONCE: Final = {"serve": 20, "web": 20, "worker": 10}
"""Connections of one process when all its threads have one; a WSGI server with more threads has more."""
_LEAST_MS: Final = {
    "statement_timeout": 15_000,
    "lock_timeout": 5_000,
    "transaction_timeout": 15_000,
    "idle_session_timeout": 60_000,
    "idle_in_transaction_session_timeout": 10_000,
}
_CHECKED: Final = ("verify-full", "verify-ca")


def check_database(facts: DatabaseFacts, url_words: str, tools: Path | None) -> Findings:
    """`url_words` is the address without a password, `tools` the folder that was set for them."""
    yield _judge_version(facts)
    yield from _judge_promises(facts)
    yield _judge_standby(facts)
    yield _judge_line(facts, url_words)
    yield _judge_sessions(facts)
    yield _judge_times(facts)
    yield _judge_room(facts)
    yield _judge_clock(facts)
    yield _judge_tools(facts, tools)


def check_processes(present: Iterable[Presence], revision: str) -> Findings:
    """Who serves and who delivers; `revision` is of the tables and of this program."""
    there = [one for one in present if one.role != "command"]
    counts = Counter(one.role for one in there)
    said = ", ".join(f"{count} {role}" for role, count in sorted(counts.items()))
    delivering = counts["serve"] + counts["worker"]
    if not there:
        todo = "Start `python -m form_server serve`, or a web and a worker."
        yield warn("processes", "nothing serves from this database and nothing delivers.", todo)
    elif not delivering:
        todo = "Start one: python -m form_server worker"
        yield fail("processes", f"{said}, and none that delivers.", todo)
    elif delivering == len(there) == counts["worker"]:
        todo = "Start one: python -m form_server serve"
        yield fail("processes", f"{said}, and none that takes anything in.", todo)
    else:
        yield ok("processes", f"{said}.")
    for one in there:
        if one.revision != revision:
            yield fail(
                "processes",
                f"the {one.role} {one.pid} on {one.machine} is of another version (tables "
                f"{one.revision}, here {revision}).",
                "Start it again with this version.",
            )
        if one.ahead_s:
            yield warn(
                "processes",
                f"the clock of {one.machine} is {_apart(one.ahead_s)} the database's, whose time is "
                "used.",
                "Let it keep its time by the network (NTP).",
            )


def _judge_version(facts: DatabaseFacts) -> Finding:
    if facts.major < _OLDEST_MENDED:
        return warn(
            _SUBJECT,
            f"PostgreSQL {facts.version} gets no repairs any more.",
            f"Go to a newer one; {_OLDEST_MENDED} is the oldest that does.",
        )
    return ok(_SUBJECT, f"PostgreSQL {facts.version}.")


def _judge_promises(facts: DatabaseFacts) -> Findings:
    """An answer to an office says that the referral is on a disk."""
    if facts.is_standby:
        todo = "Let HANDOFF_DATABASE_URL lead to the one that is written to."
        yield fail(_SUBJECT, "this is a standby, which takes nothing in.", todo)
    for name, lost in (
        ("fsync", "a power cut loses the whole ledger"),
        ("synchronous_commit", "a crash loses referrals whose offices were told that they arrived"),
        ("full_page_writes", "a power cut in the middle of a write can damage the ledger"),
    ):
        if facts.settings.get(name) == "off":
            yield fail(_SUBJECT, f"{name} is off: {lost}.", f"Set {name} = on in postgresql.conf.")


def _judge_standby(facts: DatabaseFacts) -> Finding:
    waits = facts.settings.get("synchronous_commit") not in ("off", "local")
    awaited = bool(facts.settings.get("synchronous_standby_names"))
    if waits and awaited and any(one in ("sync", "quorum", "") for one in facts.standbys):
        return ok("standby", "one has each referral before the office is answered.")
    if waits and awaited and not facts.standbys:
        return fail(
            "standby",
            "one is waited for and none is there, so nothing can be taken in.",
            "Start it, or empty synchronous_standby_names until it is back.",
        )
    if facts.standbys:
        return warn(
            "standby",
            "one follows, a moment behind: should it take over, referrals are missing whose offices "
            "were told that they arrived.",
            "Name it in synchronous_standby_names, with synchronous_commit = on.",
        )
    return warn(
        "standby",
        "there is none: with the database's disk goes what came since the last backup.",
        "Add a synchronous one, or be sure that your provider writes to two disks at once.",
    )


def _judge_line(facts: DatabaseFacts, url_words: str) -> Finding:
    if facts.is_local:
        return ok("line to the database", "it does not leave this machine.")
    if not facts.is_encrypted:
        return warn(
            "line to the database",
            "it is open: whoever listens between the machines reads offices' names, and could write.",
            "Add ?sslmode=verify-full to HANDOFF_DATABASE_URL, with the provider's certificate in "
            "sslrootcert. Inside one host's own private network it may be left.",
        )
    if not any(f"sslmode={one}" in url_words for one in _CHECKED):
        return warn(
            "line to the database",
            "it is encrypted, and nothing checks who is at its other end.",
            "Add ?sslmode=verify-full to HANDOFF_DATABASE_URL (and sslrootcert, where needed).",
        )
    return ok("line to the database", "encrypted, and the other end is checked.")


def _judge_sessions(facts: DatabaseFacts) -> Finding:
    if facts.is_shared_out:
        return fail(
            _SUBJECT,
            "a pooler stands between that gives connections away between two statements: it cannot "
            "be told who is alive, and a message may go out twice.",
            "Set the pooler to session mode, or give the database's own address.",
        )
    return ok(_SUBJECT, "each connection is its process's own.")


def _judge_times(facts: DatabaseFacts) -> Finding:
    short = [
        f"{name} = {facts.times_ms[name]} ms"
        for name, least_ms in _LEAST_MS.items()
        if facts.times_ms.get(name, least_ms) < least_ms
    ]
    if short:
        return warn(
            _SUBJECT,
            f"it may break off what only takes long: {', '.join(short)}.",
            "Set it to 0 for this role, or to a minute.",
        )
    return ok(_SUBJECT, "it breaks nothing off that is under way.")


def _judge_room(facts: DatabaseFacts) -> Finding:
    servers = [one for one in facts.present if one.role in _MOST_AT_ONCE]
    most = sum(_MOST_AT_ONCE[one.role] for one in servers)
    said = f"{facts.connections} of {facts.limit} connections are in use"
    if most > facts.limit or facts.connections > facts.limit * 4 // 5:
        return warn(
            _SUBJECT,
            f"{said}, and the {len(servers)} processes that are there may need {most}.",
            "Raise max_connections, or the limit of this role; or run fewer processes.",
        )
    return ok(_SUBJECT, f"{said}.")


def _judge_clock(facts: DatabaseFacts) -> Finding:
    if abs(facts.ahead) > _CLOCKS_APART:
        return warn(
            "clock",
            f"this machine's is {_apart(facts.ahead.total_seconds())} the database's, whose time is "
            "used.",
            "Let both keep their time by the network (NTP).",
        )
    return ok("clock", "this machine and the database agree.")


def _judge_tools(facts: DatabaseFacts, given: Path | None) -> Finding:
    try:
        tools = PostgresTools.find(given, facts.major)
    except ToolsMissing as error:
        return warn("backup", "none can be made from here.", str(error))
    return ok("backup", f"can be made by the programs in {tools.folder} ({tools.version}).")


def _apart(ahead_s: float) -> str:
    """With the words that stand before “the database's”."""
    return f"{abs(ahead_s):.0f} seconds {'ahead of' if ahead_s > 0 else 'behind'}"
