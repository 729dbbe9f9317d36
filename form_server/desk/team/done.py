"""What a referral's page says after a step between people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

DONE: Final[Mapping[str, str]] = {
    "claimed": "You are on it. The others see that.",
    "released": "Anybody may take it now.",
    "assigned": "Given, and told by a notice.",
    "handed": "Handed over. Who is there has been told.",
    "waits": "On the waitlist, and told. The promise is kept.",
    "waits-untold": "On the waitlist. They do not know yet, so the clock goes on.",
    "waits-told": "Recorded. The next word is due after their usual pause.",
    "offered": "Offered. Their place is kept until they answer.",
    "offer-yes": "Off the list: book the first appointment, then close the referral.",
    "offer-no": "They keep their place.",
    "off-list": "Off the waitlist. The referral stays open.",
}
