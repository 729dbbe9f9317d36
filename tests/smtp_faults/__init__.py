"""A real SMTP server that misbehaves on command, and remembers what it took.

    with FaultySmtpServer() as relay:
        relay.inject(Stage.RCPT, Answer(450), times=2)
        ...
        relay.wait_for(1)

`choose` may be replaced by a function, for a program that draws its faults at random.
"""

from tests.smtp_faults.faults import (
    Action,
    Answer,
    Choose,
    Drop,
    Hang,
    Slow,
    Stage,
    Stammer,
    Trickle,
)
from tests.smtp_faults.received import Received
from tests.smtp_faults.relay import FaultySmtpServer

__all__ = [
    "Action",
    "Answer",
    "Choose",
    "Drop",
    "FaultySmtpServer",
    "Hang",
    "Received",
    "Slow",
    "Stage",
    "Stammer",
    "Trickle",
]
