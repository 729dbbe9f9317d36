"""Looks at everything that a referral needs, and says in words what is well and what is not."""

from form_server.doctor.examination import examine
from form_server.doctor.findings import Finding, Verdict

__all__ = ["Finding", "Verdict", "examine"]
