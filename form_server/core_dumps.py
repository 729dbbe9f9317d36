"""No image of this process's memory is written when it crashes: keys and referrals are open in it."""

from __future__ import annotations

import contextlib

try:
    import resource
except ModuleNotFoundError:  # Windows writes none unless somebody sets it up to
    resource = None  # type: ignore[assignment]


def forbid_core_dumps() -> None:
    """For this process and what it starts. What sends cores on to a program looks at this as well."""
    if resource is None:
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    with contextlib.suppress(OSError, ValueError):  # a sandbox may forbid it
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
