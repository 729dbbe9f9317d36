"""What stands in the hosting files is there: settings, commands, files, and pages that name them."""

from __future__ import annotations

import configparser
import fnmatch
import re
from typing import Any

import pytest
import yaml

from form_server.commands import _COMMANDS
from outreach_kit.places import CHECKOUT
from tests.test_docs import known_settings

HOSTING = CHECKOUT / "docs/hosting"
UNITS = ("warm-handoff.service", "warm-handoff-worker@.service")
FILES = ("Dockerfile", "compose.yaml", "docs/hosting.md", "docs/hosting/Caddyfile",
         *(f"docs/hosting/{name}" for name in UNITS))  # fmt: skip
OF_CADDY = "HANDOFF_UPSTREAM"


def text_of(name: str) -> str:
    return (CHECKOUT / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text_of("compose.yaml"))
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_setting_exists(name: str) -> None:
    named = set(re.findall(r"HANDOFF_[A-Z_]*[A-Z]", text_of(name))) - {OF_CADDY}
    assert {one.removesuffix("_FILE") for one in named} <= {
        one.removesuffix("_FILE") for one in known_settings()
    }


@pytest.mark.parametrize("name", FILES)
def test_every_command_exists(name: str) -> None:
    said = re.findall(r"-m form_server ([a-z]+)|--rm web ([a-z]+)", text_of(name))
    assert {one or other for one, other in said} <= set(_COMMANDS)


def test_the_image_has_what_it_is_made_from() -> None:
    ignored = text_of(".dockerignore").splitlines()
    allowed = [line[1:] for line in ignored if line.startswith("!")]
    copies = re.findall(r"^COPY (?!--from)(.+) \S+$", text_of("Dockerfile"), re.MULTILINE)
    sources = [source for line in copies for source in line.split()]
    assert "form_server" in sources
    for source in sources:
        assert (CHECKOUT / source).exists(), source
        assert any(fnmatch.fnmatch(source, one) for one in allowed), source


def test_the_image_has_the_tools_of_the_database_that_runs_beside_it(
    compose: dict[str, Any],
) -> None:
    """An older pg_dump would refuse to take it down."""
    (client,) = re.findall(r"postgresql-client-(\d+)", text_of("Dockerfile"))
    server = str(compose["services"]["database"]["image"])
    assert server.startswith(f"postgres:{client}-")


def test_the_image_runs_as_nobody_in_particular() -> None:
    lines = text_of("Dockerfile").splitlines()
    last_user = [line for line in lines if line.startswith("USER ")][-1]
    assert last_user == "USER handoff"
    assert lines.index(last_user) > max(n for n, one in enumerate(lines) if one.startswith("RUN "))


def test_no_service_of_ours_can_write_to_its_image(compose: dict[str, Any]) -> None:
    ours = [one for one in compose["services"].values() if one.get("image") == "warm-handoff"]
    assert len(ours) == 3
    for one in ours:
        assert one["read_only"]
        assert one["cap_drop"] == ["ALL"]
        assert one["stop_grace_period"] == "45s"


def test_services_run_commands_that_exist(compose: dict[str, Any]) -> None:
    for name in ("web", "worker"):
        [command] = compose["services"][name]["command"]
        assert command in _COMMANDS


def test_every_volume_and_secret_that_is_used_is_declared(compose: dict[str, Any]) -> None:
    for one in compose["services"].values():
        named = {v.split(":")[0] for v in one.get("volumes", ()) if not v.startswith((".", "/"))}
        assert named <= set(compose["volumes"])
        assert set(one.get("secrets", ())) <= set(compose["secrets"])


@pytest.mark.parametrize("name", UNITS)
def test_units_start_what_is_there_and_outlive_the_grace(name: str) -> None:
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[method-assign,assignment]
    unit.read_string((HOSTING / name).read_text(encoding="utf-8"))
    service = unit["Service"]
    assert service["ExecStart"].rpartition(" ")[2] in _COMMANDS
    assert service["ProtectSystem"] == "strict"
    assert int(service["TimeoutStopSec"]) > 2 * 20


def test_the_locked_requirements_of_the_image_are_those_that_are_tested() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9._-]+==[^ ;\\]+)", text_of(name), re.MULTILINE))

    image = pins("requirements-postgres.txt")
    assert pins("requirements.txt") < image
    assert image <= pins("requirements-test.txt")
    assert any(one.startswith("psycopg-binary==") for one in image)
