"""What a host reads in the log is the server's own."""

from __future__ import annotations

import shutil

from tests.house.server_process import ServerProcess


def test_log_of_a_start_tells_nothing_of_fonts(server: ServerProcess) -> None:
    shutil.rmtree(server.var / "cache")  # as at the first start, which makes the faces smaller
    server.start()
    assert server.stop() == 0
    log = server.log.read_text()
    assert "serving http" in log
    assert "fontTools" not in log
