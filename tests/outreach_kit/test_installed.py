"""Versions are those that the installer wrote down."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import pytest

from outreach_kit.installed import version_of

OURS = ("typst", "pillow", "fonttools", "brotli", "holidays", "font-source-sans-pro")


@pytest.mark.parametrize("name", [*OURS, "Font_Source.Serif-Pro", "PyYAML"])
def test_version_is_the_one_that_metadata_tells(name: str) -> None:
    assert version_of(name) == version(name)


def test_what_is_not_installed_has_none() -> None:
    with pytest.raises(PackageNotFoundError):
        version_of("no-such-package-anywhere")
