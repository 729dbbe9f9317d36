"""How many files this process may have open: each connection is one, and the ledger needs its own.

Where connections may use up all of them, the next office cannot be let in, the ledger cannot be
opened, and the web server says so thousands of times a second.
"""

from __future__ import annotations

from typing import Final

try:
    import resource
except ModuleNotFoundError:  # Windows counts no sockets among its files
    resource = None  # type: ignore[assignment]

_WANTED: Final = 2_048
_OURS: Final = 200
"""The ledger's connections with two files each, mail, the web's own, and some in reserve."""


def places_for(wanted: int) -> int:
    """How many connections, `wanted` at most, leave the rest of the program its files.

    The limit is raised first where the system lets us: on a Mac it begins at 256.
    """
    return wanted if resource is None else places_within(_raise_limit(), wanted)


def places_within(files: int, wanted: int) -> int:
    """A quarter of the files where there are so few that the ledger may run short as well."""
    return min(wanted, max(files - _OURS, files // 4))


def _raise_limit() -> int:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    wanted = _WANTED if hard == unlimited else min(_WANTED, hard)
    if soft == unlimited or soft >= wanted:
        return _WANTED if soft == unlimited else soft
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (OSError, ValueError):  # a sandbox may forbid it
        return soft
    return wanted
