"""Where everything about one patient is found."""

from __future__ import annotations

from typing import Final

from form_server.desk.entry.roles import Right
from form_server.desk.patients.erase import erase_patient, show_erasure
from form_server.desk.patients.find import look_for_patient, put_together, show_patients
from form_server.desk.patients.show import copy_patient, correct, show_patient
from form_server.desk.ways import POST, Way

WAYS: Final = (
    Way("/patients", show_patients),
    Way("/patients", look_for_patient, POST),
    Way("/patients/together", put_together, POST),
    Way("/patients/<marks>", show_patient),
    Way("/patients/<marks>/copy", copy_patient, POST),
    Way("/patients/<marks>/corrections/<referral_id>", correct, POST),
    Way("/patients/<marks>/erase", show_erasure, right=Right.PRIVACY),
    Way("/patients/<marks>/erase", erase_patient, POST, right=Right.PRIVACY),
)
