"""The apps of all these tests share what is compiled, and their locks are cheap to open."""

from __future__ import annotations

from tests.form_server.locks import lock_cheaply
from tests.warm import share_what_is_compiled

share_what_is_compiled()
lock_cheaply()
