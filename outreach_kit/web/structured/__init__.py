"""What machines read about the practice: schema.org as JSON-LD, ready to stand in a script element."""

from outreach_kit.web.structured.pages import (
    describe_clinician,
    describe_contact,
    describe_fees,
    describe_note,
    describe_page,
    describe_practice,
)

__all__ = [
    "describe_clinician",
    "describe_contact",
    "describe_fees",
    "describe_note",
    "describe_page",
    "describe_practice",
]
