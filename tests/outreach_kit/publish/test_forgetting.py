"""The cache forgets what nobody has asked for in a month, and nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from outreach_kit.practice.memo import Memo, recall, remembering
from outreach_kit.publish.cache import ByteCache
from outreach_kit.publish.forgetting import KEPT_DAYS, UNPLUGGED_DAYS, forget_old
from outreach_kit.publish.manifest import Manifest, manifest_path, write_manifest

DAY_S = 86_400
NOW_S = time.time()
OLD_S = NOW_S - (KEPT_DAYS + 1) * DAY_S
FORGOTTEN = ("ab/cdef", "texts/a/bcdef", "12345678.glance", "12345678.glance.bodies", "1f.77.tmp")
KEPT = ("0123456789abcdef.json", "otf/sans.otf", "looked-through.txt")


def write(cache: Path, name: str, written_s: float) -> Path:
    path = cache / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"content")
    os.utime(path, (written_s, written_s))
    return path


def names_in(cache: Path) -> set[str]:
    found = {path.relative_to(cache).as_posix() for path in cache.rglob("*") if path.is_file()}
    return found - {"looked-through"}


def test_what_is_old_goes_and_what_tells_whose_files_they_are_stays(tmp_path: Path) -> None:
    for name in (*FORGOTTEN, *KEPT):
        write(tmp_path, name, OLD_S)
    young = [f"{name}0" for name in FORGOTTEN[:2]]
    for name in young:
        write(tmp_path, name, NOW_S - (KEPT_DAYS - 1) * DAY_S)
    assert forget_old(tmp_path, NOW_S) == len(FORGOTTEN)
    assert names_in(tmp_path) == {*KEPT, *young}


def test_what_tells_whose_files_they_are_goes_after_its_folder(tmp_path: Path) -> None:
    cache, there, gone = tmp_path / "cache", tmp_path / "there", tmp_path / "gone"
    unplugged = tmp_path / "disk" / "site"
    there.mkdir()

    def written(days: float, *folders: Path) -> set[str]:
        for folder in folders:
            write_manifest(cache, folder, Manifest({}, {}, {}))
            at_s = NOW_S - days * DAY_S
            os.utime(manifest_path(cache, folder), (at_s, at_s))
        (cache / "looked-through").unlink(missing_ok=True)
        forget_old(cache, NOW_S)
        return {one.name for one in (there, gone, unplugged) if manifest_path(cache, one).exists()}

    every = (there, gone, unplugged)
    assert written(KEPT_DAYS - 1, *every) == {"there", "gone", "site"}
    assert written(KEPT_DAYS + 1, *every) == {"there", "site"}
    assert written(UNPLUGGED_DAYS + 1, *every) == {"there"}


def test_it_is_looked_through_once_a_day(tmp_path: Path) -> None:
    assert forget_old(tmp_path, NOW_S) == 0
    write(tmp_path, FORGOTTEN[0], OLD_S)
    assert forget_old(tmp_path, NOW_S + DAY_S - 1) == 0
    assert forget_old(tmp_path, NOW_S + DAY_S) == 1


def test_what_was_asked_for_is_young_again(tmp_path: Path) -> None:
    cache = ByteCache(tmp_path)
    for _ in range(2):
        cache("a font", lambda: b"cut")
        with remembering(Memo(str(tmp_path / "texts"), "salt")):
            recall("text", "question", lambda: "answer")
        for name in names_in(tmp_path):
            os.utime(tmp_path / name, (OLD_S, OLD_S))
    cache("a font", lambda: b"cut")
    with remembering(Memo(str(tmp_path / "texts"), "salt")):
        recall("text", "question", lambda: "answer")
    assert len(names_in(tmp_path)) == 2
    assert forget_old(tmp_path, NOW_S) == 0


def test_a_cache_that_is_not_there_or_may_not_be_written_is_let_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert forget_old(tmp_path / "none", NOW_S) == 0
    path = write(tmp_path, FORGOTTEN[0], OLD_S)

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", refuse)
    assert forget_old(tmp_path, NOW_S) == 0
    assert path.exists()
