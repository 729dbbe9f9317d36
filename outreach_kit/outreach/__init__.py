"""What a practice does beyond its website and its paper: first calls, fit, the rhythm of tries. Pure."""

from outreach_kit.first_call import Call, Network, Part, look_up_plan, write_script
from outreach_kit.outreach.fit import FitLists, Reason, weigh_fit
from outreach_kit.outreach.rhythm import NextTry, plan_next_try

__all__ = [
    "Call",
    "FitLists",
    "Network",
    "NextTry",
    "Part",
    "Reason",
    "look_up_plan",
    "plan_next_try",
    "weigh_fit",
    "write_script",
]
