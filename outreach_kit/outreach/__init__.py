"""What a practice does beyond its website and its paper: first calls, fit, the rhythm of tries. Pure."""

from outreach_kit.outreach.fit import FitLists, Reason, weigh_fit
from outreach_kit.outreach.plans import Network, look_up_plan
from outreach_kit.outreach.rhythm import NextTry, plan_next_try
from outreach_kit.outreach.script import Call, Part, write_script

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
