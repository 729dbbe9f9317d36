"""How often each tier is visited, as somebody set it at the desk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from form_server.ledger import DeskSetting
from outreach_kit.outreach.follow_up import Rhythm, RhythmRefused, Tier

PACE_SETTING: Final = "follow_up_days"
_PART: Final = re.compile(r"([abc])=([0-9]{1,3})")


def read_pace(settings: Mapping[str, DeskSetting]) -> Rhythm:
    """What is set, or three months for all; a value that no rule allows counts as not set."""
    setting = settings.get(PACE_SETTING)
    if setting is None or setting.value is None:
        return Rhythm()
    try:
        return Rhythm.of({tier: int(days) for tier, days in _PART.findall(setting.value)})
    except RhythmRefused:
        return Rhythm()


def write_pace(rhythm: Rhythm) -> str:
    """“a=60 b=90 c=120”, as it is kept."""
    return " ".join(f"{tier.value}={rhythm.every(tier)}" for tier in Tier)
