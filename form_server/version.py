"""Which version this is."""

from __future__ import annotations

import functools
import tomllib
from importlib.metadata import PackageNotFoundError, version

from outreach_kit.places import CHECKOUT


@functools.cache
def own_version() -> str:
    """As it was installed, or as its folder says where it never was; empty when nobody knows."""
    try:
        return version("warm-handoff")
    except PackageNotFoundError:
        project = CHECKOUT / "pyproject.toml"
        if not project.is_file():
            return ""
        return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"])
