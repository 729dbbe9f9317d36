"""Take away what builds have made, and nothing else."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from outreach_kit.publish.manifest import manifest_path, read_manifest


def clean_build(cache: Path, out: Path) -> int:
    """Remove the files that the last build wrote, then the cache; returns how many files went.

    Files that somebody else put into the folder stay, and so does the folder around them.
    """
    manifest = read_manifest(cache, out)
    removed = 0
    for name in manifest.outputs if manifest else ():
        with suppress(FileNotFoundError):
            (out / name).unlink()
            removed += 1
    names = manifest.outputs if manifest else ()
    folders = {folder for name in names for folder in (out / name).parents}
    for folder in sorted((one for one in folders if one.is_relative_to(out)), reverse=True):
        with suppress(OSError):  # not empty, or gone
            folder.rmdir()
    manifest_path(cache, out).unlink(missing_ok=True)
    for folder in (*cache.glob("??"), cache / "texts"):  # manifests of other output folders stay
        shutil.rmtree(folder, ignore_errors=True)
    for record in cache.glob("*.glance*"):
        record.unlink(missing_ok=True)
    return removed
