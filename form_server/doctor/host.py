"""What the server stands on: hosts that go to sleep, and disks that are wiped when it restarts.

A host that sleeps sends no reminder, and answers an office after a minute; a disk that is wiped takes
the ledger or the key that opens what waits in it. Both look well until they matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from form_server.doctor.findings import Findings, fail, ok, warn
from form_server.settings import Settings

MOUNTS: Final = Path("/proc/self/mounts")
_PASSING: Final = frozenset({"overlay", "aufs", "tmpfs", "ramfs"})
"""File systems whose content is gone with the container or the machine's power."""
_SLEEPERS: Final[Mapping[str, str]] = {
    "AWS_LAMBDA_FUNCTION_NAME": "AWS Lambda",
    "K_SERVICE": "Cloud Run",
    "VERCEL": "Vercel",
    "DYNO": "Heroku",
    "RENDER": "Render",
    "REPL_ID": "Replit",
    "PYTHONANYWHERE_DOMAIN": "PythonAnywhere",
    "WEBSITE_INSTANCE_ID": "Azure App Service",
}
"""By the name that each sets in the environment of what it runs."""


def check_host(settings: Settings, env: Mapping[str, str], mounts: Path = MOUNTS) -> Findings:
    sleeper = next((host for name, host in _SLEEPERS.items() if env.get(name)), None)
    if sleeper is not None:
        yield warn(
            "host",
            f"this is {sleeper}, which may end a server that nobody calls: then no reminder goes out.",
            "Use a plan that never sleeps, with one process that always runs.",
        )
    kind = _file_system(settings.var, mounts)
    if kind in _PASSING:
        lost = (
            "every referral is lost when it restarts"
            if settings.is_sqlite
            else "the server's key is lost when it restarts, and with it mail that waits"
        )
        yield fail(
            "host",
            f"{settings.var} lies on {kind}, which does not last: {lost}.",
            "Put HANDOFF_VAR on a disk or volume of its own, and set HANDOFF_KEY_FINGERPRINT.",
        )
    elif sleeper is None and kind is not None:
        yield ok("host", f"{settings.var} lies on a disk that lasts ({kind}).")


def _file_system(folder: Path, mounts: Path) -> str | None:
    """Of the deepest mount above the folder; None where the system does not tell."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return None
    resolved = folder.resolve()
    found: tuple[int, str] | None = None
    for line in lines:
        _, place, kind, *_ = line.split(" ")
        root = Path(place.encode("latin-1", "replace").decode("unicode_escape"))
        depth = len(root.parts)
        # A later mount at the same place hides the earlier one.
        if resolved.is_relative_to(root) and (found is None or depth >= found[0]):
            found = (depth, kind)
    return found[1] if found else None
