"""Where the privacy pack is found."""

from __future__ import annotations

from typing import Final

from form_server.desk.entry.roles import Right
from form_server.desk.privacy.agreements import end_agreement, record_agreement, show_agreements
from form_server.desk.privacy.deeds import record_deed, show_deeds
from form_server.desk.privacy.leaflets import (
    show_breach,
    show_data_map,
    show_downtime,
    show_kept,
)
from form_server.desk.privacy.looked import copy_access, show_access
from form_server.desk.privacy.pack import show_privacy
from form_server.desk.ways import POST, Way

WAYS: Final = (
    Way("/privacy", show_privacy, right=Right.PRIVACY),
    Way("/privacy/agreements", show_agreements, right=Right.PRIVACY),
    Way("/privacy/agreements", record_agreement, POST, right=Right.PRIVACY),
    Way("/privacy/agreements/<agreement_id>/end", end_agreement, POST, right=Right.PRIVACY),
    Way("/privacy/access", show_access, right=Right.PRIVACY),
    Way("/privacy/access/copy", copy_access, POST, right=Right.PRIVACY),
    Way("/privacy/training", show_deeds, right=Right.PRIVACY),
    Way("/privacy/training", record_deed, POST, right=Right.PRIVACY),
    Way("/privacy/map", show_data_map, right=Right.PRIVACY),
    Way("/privacy/kept", show_kept),
    Way("/privacy/breach", show_breach),
    Way("/privacy/downtime", show_downtime),
)
