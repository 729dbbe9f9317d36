"""The machine under the state: who may read the files, how much room there is, whether clocks agree."""

from __future__ import annotations

import os
import stat
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from form_server.disk import DiskWatch
from form_server.doctor.findings import Finding, Findings, fail, ok, warn
from form_server.ledger import Ledger, sqlite_file
from form_server.ledger.moments import from_micros
from form_server.settings import Settings

_CLOCKS_APART: Final = timedelta(seconds=5)
_BACK_IN_TIME: Final = timedelta(minutes=2)
_COMFORT: Final = 5  # times the floor


def check_files(settings: Settings) -> Findings:
    """Folder, key and ledger are for the server's account alone."""
    if os.name != "posix":
        yield ok("files", "on this system, who may read them is set outside of this program.")
        return
    database = sqlite_file(settings.database_url)
    open_to_others = []
    for path, wanted in ((settings.var, "700"), (settings.key_file, "600"), (database, "600")):
        if path is None or not path.exists():
            continue
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            open_to_others.append(f"chmod {wanted} {path}")
    if open_to_others:
        todo = f"Run: {' && '.join(open_to_others)}"
        yield fail("files", "other accounts of this machine can read the state.", todo)
    else:
        yield ok("files", f"{settings.var} is for the server's account alone.")


def check_disk(settings: Settings) -> Findings:
    if not settings.var.is_dir():
        yield fail("disk", f"there is no folder {settings.var}.", "Set HANDOFF_VAR, or run init.")
        return
    free_mb = DiskWatch.of(settings).free_mb()
    floor_mb = settings.disk_floor_mb
    if free_mb is None:
        yield fail(
            "disk", f"the room under {settings.var} cannot be read.", "See that it is there."
        )
    elif free_mb < floor_mb:
        words = f"{free_mb} MB free, and below {floor_mb} MB no referral is taken in."
        yield fail("disk", words, "Make room, or move HANDOFF_VAR to a larger disk.")
    elif free_mb < _COMFORT * floor_mb:
        words = f"{free_mb} MB free; the door closes at {floor_mb} MB."
        yield warn("disk", words, "Make room soon.")
    else:
        yield ok("disk", f"{free_mb / 1000:.0f} GB free.")


def check_clock(settings: Settings, ledger: Ledger, now: datetime) -> Findings:
    """Against the disk's clock, which may be another machine's, and against what was written last."""
    yield _compare_with_disk(settings.var)
    last = ledger.meta.get("last_commit_at")
    written_at = from_micros(int(last)) if last and last.isdigit() else None
    if written_at is not None and written_at > now + _BACK_IN_TIME:
        yield fail(
            "clock",
            f"it says {now:%Y-%m-%d %H:%M} UTC, and the ledger was last written at "
            f"{written_at:%Y-%m-%d %H:%M}.",
            "Set the clock, and let the system keep it (NTP): promises are counted by it.",
        )


def _compare_with_disk(folder: Path) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"?")
            probe.flush()
            seen_at = datetime.fromtimestamp(os.fstat(probe.fileno()).st_mtime, UTC)
    except OSError as error:
        return fail(
            "clock",
            f"no file can be written in {folder} ({error.strerror}).",
            "Make the folder writable for the account that runs the server.",
        )
    apart = abs(datetime.now(UTC) - seen_at)
    if apart > _CLOCKS_APART:
        return fail(
            "clock",
            f"this machine and the disk of {folder} are {apart.total_seconds():.0f} seconds apart.",
            "Let both keep their time by the network (NTP).",
        )
    return ok("clock", f"{seen_at:%Y-%m-%d %H:%M} UTC, and the disk agrees.")
