"""Addresses as they may be shown: those of push services and webhooks can hold secrets."""

from __future__ import annotations

from email.utils import parseaddr
from urllib.parse import urlsplit

from form_server.ledger import Channel


def show_address(channel: Channel, address: str) -> str:
    """An e-mail address whole; of the others no more than what tells them apart."""
    if channel in {Channel.EMAIL, Channel.BULK}:
        return parseaddr(address)[1]
    parts = urlsplit(address)
    if channel is Channel.WEBHOOK:
        return f"{parts.scheme}://{parts.hostname}/…"
    return f"{parts.scheme}://…"
