"""A glance tells whether the last build still stands."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from outreach_kit.publish.manifest import (
    Manifest,
    is_fresh,
    manifest_path,
    outputs_in,
    read_manifest,
    write_manifest,
)
from outreach_kit.publish.stamps import stamp_inputs, stamp_tree

NOON = 1_795_262_400.0
KEY = {"only": "", "papers": ["letter"]}


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    folder = tmp_path / "practice"
    (folder / "pages").mkdir(parents=True)
    (folder / "practice.toml").write_text("a = 1")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "_site"
    folder.mkdir()
    (folder / "index.html").write_text("hello")
    return folder


@pytest.fixture
def manifest(practice: Path, out: Path) -> Manifest:
    return Manifest(KEY, stamp_inputs(practice), outputs_in(out, ["index.html"]), {"pages": 1})


def test_manifest_comes_back_as_it_was_written(
    tmp_path: Path, out: Path, manifest: Manifest
) -> None:
    write_manifest(tmp_path / "cache", out, manifest)
    assert read_manifest(tmp_path / "cache", out) == manifest
    assert read_manifest(tmp_path / "cache", tmp_path / "elsewhere") is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1', "null", "\x00"])
def test_damaged_manifest_is_not_trusted(tmp_path: Path, out: Path, text: str) -> None:
    path = manifest_path(tmp_path, out)
    path.write_text(text)
    assert read_manifest(tmp_path, out) is None


def test_nothing_changed_is_fresh(manifest: Manifest, practice: Path, out: Path) -> None:
    assert is_fresh(manifest, KEY, practice, out, NOON)
    assert not is_fresh(None, KEY, practice, out, NOON)
    assert not is_fresh(manifest, KEY | {"only": "site"}, practice, out, NOON)


def test_a_changed_a_new_and_a_missing_file_are_seen(
    manifest: Manifest, practice: Path, out: Path
) -> None:
    path = practice / "practice.toml"
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    assert not is_fresh(manifest, KEY, practice, out, NOON)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert is_fresh(manifest, KEY, practice, out, NOON)
    (practice / "pages" / "new.md").write_text("new")
    assert not is_fresh(manifest, KEY, practice, out, NOON)
    (practice / "pages" / "new.md").unlink()
    (out / "index.html").unlink()
    assert not is_fresh(manifest, KEY, practice, out, NOON)


def test_hidden_files_are_passed_over(practice: Path) -> None:
    (practice / ".DS_Store").write_text("x")
    (practice / ".git").mkdir()
    (practice / ".git" / "HEAD").write_text("x")
    assert [Path(path).name for path in stamp_tree(practice)] == ["practice.toml"]


def test_a_linked_folder_is_looked_into_once(practice: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "notes.md").write_text("x")
    (practice / "notes").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "elsewhere" / "round").symlink_to(practice / "notes", target_is_directory=True)
    names = {Path(path).relative_to(practice).as_posix() for path in stamp_tree(practice)}
    assert names == {"practice.toml", "notes/notes.md"}


def test_a_build_holds_for_its_day(manifest: Manifest, practice: Path, out: Path) -> None:
    today = replace(manifest, summary={"day": [NOON - 100, NOON + 100]})
    assert is_fresh(today, KEY, practice, out, NOON)
    assert not is_fresh(today, KEY, practice, out, NOON + 100)
    assert not is_fresh(today, KEY, practice, out, NOON - 101)
