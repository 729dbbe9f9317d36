"""What is written is written beside and swapped in; what nobody made any more goes; others' files stay."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from outreach_kit.errors import MachineError
from outreach_kit.publish.write import Staging, explain_failure, write_all


def stage(out: Path, files: dict[str, bytes], previous: set[str] | None = None) -> Staging:
    with Staging(out, frozenset(previous or ())) as staging:
        for name, content in files.items():
            staging.put(name, content)
        staging.swap()
    return staging


def test_first_build_writes_and_second_writes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "_site"
    files = {"index.html": b"a", "x/y.css": b"b"}
    assert stage(out, files).written == ["index.html", "x/y.css"]
    before = (out / "index.html").stat().st_mtime_ns
    again = stage(out, files, {"index.html", "x/y.css"})
    assert (again.written, sorted(again.kept)) == ([], ["index.html", "x/y.css"])
    assert (out / "index.html").stat().st_mtime_ns == before


def test_what_is_no_longer_made_is_removed_and_others_files_stay(tmp_path: Path) -> None:
    out = tmp_path / "_site"
    stage(out, {"old/page.html": b"1", "keep.html": b"2"})
    (out / "mine.txt").write_text("mine")
    done = stage(out, {"keep.html": b"2"}, {"old/page.html", "keep.html"})
    assert done.removed == ["old/page.html"]
    assert sorted(p.name for p in out.rglob("*")) == ["keep.html", "mine.txt"]


def test_nothing_changes_before_the_swap(tmp_path: Path) -> None:
    out = tmp_path / "_site"
    stage(out, {"index.html": b"good"})
    with Staging(out, frozenset({"index.html"})) as staging:
        staging.put("index.html", b"bad")
        assert (out / "index.html").read_bytes() == b"good"
    assert (out / "index.html").read_bytes() == b"good"
    assert [p.name for p in tmp_path.iterdir()] == ["_site"]


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", ""])
def test_a_name_that_leads_out_is_a_bug(tmp_path: Path, name: str) -> None:
    with (
        pytest.raises(ValueError, match="leads out"),
        Staging(tmp_path / "o", frozenset()) as staging,
    ):
        staging.put(name, b"")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(MachineError, match="cannot be written"):
        stage(tmp_path / "file" / "_site", {"index.html": b"x"})
    with pytest.raises(MachineError, match="cannot be written"):
        write_all(tmp_path / "file", {"a": "b"})


@pytest.mark.parametrize(
    ("number", "todo"),
    [
        (errno.ENOSPC, "Free some space"),
        (errno.EACCES, "You may not write there"),
        (errno.EROFS, "That disk can only be read"),
        (errno.ENAMETOOLONG, "shorten the name"),
        (errno.ENOTDIR, "A file stands where a folder is needed"),
        (errno.EMFILE, "close some programs"),
        (errno.EIO, "check it before you build again"),
        (errno.EXDEV, "see to the cause"),
    ],
    ids=lambda value: errno.errorcode[value] if isinstance(value, int) else "",
)
def test_what_to_do_fits_what_failed(number: int, todo: str) -> None:
    said = str(explain_failure(Path("/site/a.html"), OSError(number, "It failed")))
    assert said.startswith("/site/a.html cannot be written: It failed. ")
    assert todo in said
    assert ("space" in said) == (number == errno.ENOSPC)
