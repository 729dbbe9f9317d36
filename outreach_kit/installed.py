"""Which version of a package is here, from the name of the folder in which its installer says so.

`importlib.metadata` reads the same folder's files with the standard library's reader of e-mail, which takes
longer to load than a small site takes to write. It is asked where no such folder is found.
"""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress

_SEPARATORS = re.compile(r"[-_.]+")
_ENDING = ".dist-info"


def version_of(distribution: str) -> str:
    """Raises importlib.metadata.PackageNotFoundError."""
    if known := _versions().get(_normal(distribution)):
        return known
    from importlib.metadata import version

    return version(distribution)


@functools.cache
def _versions() -> Mapping[str, str]:
    """By normal name; the first on the path is the one that is imported."""
    found: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):
            for name in os.listdir(folder or "."):  # noqa: PTH208 - names alone
                if name.endswith(_ENDING):
                    package, _, version = name.removesuffix(_ENDING).partition("-")
                    found.setdefault(_normal(package), version)
    return found


def _normal(name: str) -> str:
    return _SEPARATORS.sub("-", name).lower()
