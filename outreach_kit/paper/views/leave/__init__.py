"""What the sheets say that stay at a front desk or go home."""

from __future__ import annotations

from typing import Final

from outreach_kit.paper.views.frame import Views
from outreach_kit.paper.views.leave.brochure import view_brochure
from outreach_kit.paper.views.leave.pad import view_pad
from outreach_kit.paper.views.leave.patient_slip import view_patient_slip
from outreach_kit.paper.views.leave.poster import view_poster

LEAVE: Final[Views] = {
    "referral-pad": view_pad,
    "referral-pad-2up": view_pad,
    "brochure": view_brochure,
    "poster": view_poster,
    "patient-slip": view_patient_slip,
}
