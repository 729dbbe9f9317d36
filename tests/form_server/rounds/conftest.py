from __future__ import annotations

import pytest

from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Practice, load_practice
from tests.form_server.ledger.conftest import (
    clock,
    empty_url,
    ledger,
    sqlite_ledger,
    sqlite_url,
    url,
)
from tests.postgres import postgres

__all__ = ["clock", "empty_url", "ledger", "postgres", "sqlite_ledger", "sqlite_url", "url"]


@pytest.fixture(scope="session")
def practice() -> Practice:
    return load_practice(SAMPLE_PRACTICE)
