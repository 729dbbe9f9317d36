"""Work that is shared with copies of the process comes back whole, in the order of the shares."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from outreach_kit.publish import rendering
from outreach_kit.publish.building import build
from outreach_kit.publish.request import BuildRequest
from outreach_kit.publish.sharing import can_copy, share_out
from tests.benchmarks.site_folders import make_practice

here_only = pytest.mark.skipif(not can_copy(), reason="this process cannot be copied")


@here_only
def test_each_share_is_done_once_and_the_first_one_here() -> None:
    def work(part: Sequence[int]) -> tuple[int, list[int]]:
        return os.getpid(), list(part)

    shares = share_out(range(7), work, 3)
    assert [part for _, part in shares] == [[0, 3, 6], [1, 4], [2, 5]]
    assert shares[0][0] == os.getpid()
    assert len({worker for worker, _ in shares}) == 3


@here_only
def test_what_fails_in_a_copy_is_done_here_and_says_why() -> None:
    home = os.getpid()

    def fail(part: Sequence[int]) -> str:
        if 1 in part:
            raise ValueError("here" if os.getpid() == home else "there")
        return "done"

    with pytest.raises(ValueError, match="here"):
        share_out(range(2), fail, 2)


@here_only
def test_a_site_is_the_same_however_many_have_rendered_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_practice(tmp_path / "practice", 12)
    made = []
    for name, jobs in (("one", 1), ("three", 3)):
        monkeypatch.setattr(rendering, "A_SHARE", 5)
        out = tmp_path / name
        request = BuildRequest(practice=folder, out=out, only="site", jobs=jobs)
        result = build(request)
        found = (path for path in out.rglob("*") if path.is_file())
        files = {path.relative_to(out).as_posix(): path.read_bytes() for path in found}
        assert set(result.written) == set(files)
        made.append((files, dict(result.bodies)))
    assert made[0] == made[1]
