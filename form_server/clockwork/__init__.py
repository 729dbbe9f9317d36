"""What the clock asks for: reminders, escalations, the digest, the drill, retention.

It stands on ledger, vault and parcels. The office writes a clock's first row, the worker calls
`Clockwork`, and whoever composes the server gives it what it needs.
"""

from form_server.clockwork.announcing import Announcing, announcement_row
from form_server.clockwork.chain import Chain
from form_server.clockwork.clockwork import Clockwork, Work
from form_server.clockwork.digest import Digest
from form_server.clockwork.drill import Drill
from form_server.clockwork.question_turn import QuestionTurns, aside_row
from form_server.clockwork.referral_turn import ReferralTurns
from form_server.clockwork.retention import Retention
from form_server.clockwork.roster import Duty, Roster
from form_server.clockwork.writing import Writer
from form_server.pausing import PauseLinks

__all__ = [
    "Announcing",
    "Chain",
    "Clockwork",
    "Digest",
    "Drill",
    "Duty",
    "PauseLinks",
    "QuestionTurns",
    "ReferralTurns",
    "Retention",
    "Roster",
    "Work",
    "Writer",
    "announcement_row",
    "aside_row",
]
