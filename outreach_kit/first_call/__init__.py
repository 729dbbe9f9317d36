"""What is said on the first call: at the desk, with the facts of one referral, and on paper for all. Pure."""

from outreach_kit.first_call.plans import Network, look_up_plan
from outreach_kit.first_call.script import Call, Part, write_script
from outreach_kit.first_call.voice import ENGLISH, Voice, say_day, say_price

__all__ = [
    "ENGLISH",
    "Call",
    "Network",
    "Part",
    "Voice",
    "look_up_plan",
    "say_day",
    "say_price",
    "write_script",
]
