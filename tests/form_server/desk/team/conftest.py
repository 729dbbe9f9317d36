"""A group at one desk for each test."""

from __future__ import annotations

import pytest

from tests.form_server.desk.group import Group, make_group
from tests.form_server.desk.stage import Stage


@pytest.fixture
def group(stage: Stage) -> Group:
    return make_group(stage)
