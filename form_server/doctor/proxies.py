"""Whether visitors are told apart: behind a proxy that nobody named, all have the proxy's address."""

from __future__ import annotations

from urllib.parse import urlsplit

from form_server.doctor.findings import Findings, ok, warn
from form_server.settings import Settings


def check_proxies(settings: Settings) -> Findings:
    """This server speaks no TLS itself, so a public https address has a proxy before it."""
    if urlsplit(settings.url).scheme != "https":
        yield ok("proxies", "visitors come straight to this server.")
    elif settings.trusted_proxies:
        count = settings.trusted_proxies
        yield ok("proxies", f"{count} before this server; visitors are told apart by what it says.")
    else:
        yield warn(
            "proxies",
            f"{settings.url} has one before this server, and it is not named: every visitor seems to "
            "come from it, so a flood of one is told from nobody.",
            "Set HANDOFF_TRUSTED_PROXIES=1 (Caddy, nginx or a host's own router before it).",
        )
