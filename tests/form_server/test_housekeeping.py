from __future__ import annotations

from collections.abc import Callable

import pytest

from form_server.blanks import Blanks
from form_server.housekeeping import make_chores
from form_server.slips import Slips
from tests.form_server.office.conftest import blueprint, build
from tests.form_server.office.house import House

__all__ = ["blueprint", "build"]


@pytest.mark.parametrize("takes_in", [True, False])
def test_only_who_answers_offices_makes_envelopes_and_names_ahead(
    build: Callable[..., House], *, takes_in: bool
) -> None:
    services = build().services
    services.blanks = Blanks(services.ledger.meta.instance_id(), most=2)
    services.slips = Slips(services.ledger, services.server_key, services.settings.url, most=2)
    keys = [services.ledger.inboxes.active_key(one.id) for one in services.ledger.inboxes.all()]

    for chore in make_chores(services, takes_in=takes_in):
        chore()

    assert (services.blanks.refill(keys) == 0) is takes_in
    assert (services.slips.refill() == 0) is takes_in
