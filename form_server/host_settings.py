"""What only whoever hosts the server decides: where PostgreSQL's tools are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from form_server.environment import Reader


@dataclass(frozen=True)
class HostSettings:
    """`postgres_tools` is a folder with pg_dump and pg_restore; None looks for them in the usual places."""

    postgres_tools: Path | None = None


def read_host(reader: Reader) -> HostSettings:
    """What is wrong is left with the reader."""
    if reader.is_unset("POSTGRES_TOOLS"):
        reader.text("POSTGRES_TOOLS")
        return HostSettings()
    folder = reader.path("POSTGRES_TOOLS", Path())
    if not folder.is_dir():
        reader.complain(
            "POSTGRES_TOOLS",
            f"There is no folder {folder}.",
            "Name the folder in which pg_dump and pg_restore lie, or leave it out.",
        )
    return HostSettings(folder)
