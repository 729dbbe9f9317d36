from __future__ import annotations

from tests.form_server.office.conftest import blueprint, build, house

__all__ = ["blueprint", "build", "house"]
