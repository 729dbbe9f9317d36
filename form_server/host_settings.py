"""What only whoever hosts the server decides: how its log is written, and where PostgreSQL's tools are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from form_server.environment import PREFIX, Reader


class LogFormat(StrEnum):
    """`text` is for eyes, `json` for programs: one object a line."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True)
class HostSettings:
    """`postgres_tools` is a folder with pg_dump and pg_restore; None looks for them in the usual places."""

    log_format: LogFormat = LogFormat.TEXT
    postgres_tools: Path | None = None


def wanted_format(env: Mapping[str, str]) -> LogFormat:
    """Before any setting is checked, because what is wrong with them is told in it too."""
    is_json = env.get(f"{PREFIX}LOG_FORMAT", "").strip().lower() == LogFormat.JSON
    return LogFormat.JSON if is_json else LogFormat.TEXT


def read_host(reader: Reader) -> HostSettings:
    """What is wrong is left with the reader."""
    log_format = LogFormat(reader.choice("LOG_FORMAT", [one.value for one in LogFormat]))
    if reader.is_unset("POSTGRES_TOOLS"):
        reader.text("POSTGRES_TOOLS")
        return HostSettings(log_format)
    folder = reader.path("POSTGRES_TOOLS", Path())
    if not folder.is_dir():
        reader.complain(
            "POSTGRES_TOOLS",
            f"There is no folder {folder}.",
            "Name the folder in which pg_dump and pg_restore lie, or leave it out.",
        )
    return HostSettings(log_format, folder)
