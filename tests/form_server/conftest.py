"""The apps of all these tests share what is compiled."""

from __future__ import annotations

from tests.warm import share_what_is_compiled

share_what_is_compiled()
