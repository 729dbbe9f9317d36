"""A real message to every recipient, through the channel that a notice takes."""

from __future__ import annotations

from datetime import datetime

from form_server.delivering import make_channels
from form_server.delivery import Sent
from form_server.doctor.findings import Findings, fail, ok
from form_server.ledger import Ledger
from form_server.recipients import say_outcome, send_test, shown_address
from form_server.settings import Settings
from outreach_kit.practice import Practice


def send_to_all(settings: Settings, practice: Practice, ledger: Ledger, now: datetime) -> Findings:
    channels = make_channels(settings)
    told: set[tuple[str, str]] = set()
    for inbox in ledger.inboxes.all():
        for one in ledger.inboxes.recipients(inbox.id):
            if (one.channel, one.address) in told:
                continue
            told.add((one.channel, one.address))
            subject = f"{one.channel.value} to {shown_address(one)}"
            channel = channels.get(one.channel)
            if channel is None:
                yield fail(subject, "this channel is not set up.", "See the settings.")
                continue
            outcome = send_test(channel, one, settings, practice.name, now)
            if isinstance(outcome, Sent):
                yield ok(subject, "the other side took a test message. See that it arrived.")
            else:
                yield fail(subject, say_outcome(outcome))
