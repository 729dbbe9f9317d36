"""A build stops for errors, names the rule of each, and refuses to silence what is no rule."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from outreach_kit.errors import ContentError, Problem
from outreach_kit.places import CHECKOUT
from outreach_kit.practice import load_practice
from outreach_kit.practice.advice import Level
from outreach_kit.publish import commands
from outreach_kit.publish.arguments import make_parser
from outreach_kit.publish.building import build as make
from outreach_kit.publish.building import check
from outreach_kit.publish.content import load_content
from outreach_kit.publish.objections import find_wordless
from outreach_kit.publish.request import BuildRequest
from outreach_kit.publish.result import Stopwatch
from outreach_kit.publish.rules import ALL_RULES
from tests.outreach_kit.practice.conftest import Spoil, folder, spoil
from tests.outreach_kit.publish.drawn import Drawn
from tests.samples import GROUP_PRACTICE

__all__ = ["folder", "spoil"]


def problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as caught:
        load_content(BuildRequest(practice=folder), Stopwatch())
    return caught.value.problems


def silence(spoil: Spoil, *names: str) -> None:
    listed = ", ".join(f'"{name}"' for name in names)
    spoil("practice.toml", "[promise]", f"[advice]\nsilence = [{listed}]\n\n[promise]")


def test_names_are_one_of_a_kind_and_every_rule_gives_its_reason() -> None:
    names = [one.name for one in ALL_RULES]
    assert len(names) == len(set(names))
    assert all(name == name.lower() and " " not in name for name in names)
    assert all(one.why.endswith(".") and not one.finds.endswith(".") for one in ALL_RULES)


def test_silencing_what_is_no_rule_names_the_one_that_was_meant(folder: Path, spoil: Spoil) -> None:
    silence(spoil, "no-fax", "no-faxes")
    (problem,) = [one for one in problems(folder) if one.key.startswith("advice")]
    line = (folder / "practice.toml").read_text("utf-8").splitlines()[problem.line - 1]
    assert "no-faxes" in line
    assert "Did you mean “no-fax”?" in problem.todo
    assert all(one.name in problem.todo for one in ALL_RULES if one.level is Level.ADVICE)


def test_an_error_cannot_be_silenced(folder: Path, spoil: Spoil) -> None:
    silence(spoil, "sample-left")
    (problem,) = [one for one in problems(folder) if one.key.startswith("advice")]
    assert "stops a build" in problem.what


def test_every_error_carries_its_rule_and_its_reason(folder: Path, spoil: Spoil) -> None:
    spoil("practice.toml", 'preset = "harbor"', 'accent = "#ffcc00"')
    spoil("practice.toml", "US-WA", "ZZ")
    found = problems(folder)
    assert {one.rule for one in found} == {"accent-pale", "holidays-unknown", "sample-left"}
    whys = {rule.name: rule.why for rule in ALL_RULES}
    assert all(one.why == whys[one.rule] for one in found)


def test_a_practice_of_somebodys_own_is_let_through_with_advice() -> None:
    content = load_content(BuildRequest(practice=GROUP_PRACTICE, timestamp=1795219200), Stopwatch())
    assert {one.rule for one in content.advice} == {"no-npi"}


def test_a_build_with_nothing_changed_does_not_load_the_rules() -> None:
    script = (
        "import sys; from outreach_kit.publish import commands; "
        "options = commands.make_parser().parse_args([]); "
        "commands.find_fresh(commands.make_request(options)); "
        "sys.exit('outreach_kit.practice.model' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, check=False).returncode == 0


def test_a_build_with_nothing_changed_tells_the_advice_of_the_last(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], drawn: Drawn
) -> None:
    cache = drawn.lend(tmp_path / "cache")
    request = BuildRequest(practice=GROUP_PRACTICE, out=tmp_path / "site", cache=cache, only="site")
    rows = make(request).advice_rows()
    drawn.keep(cache)
    assert {(row["rule"], row["level"]) for row in rows} >= {("no-npi", "advice")}
    summary = commands.find_fresh(request)
    assert summary is not None
    commands.say_fresh(summary, 0.0, make_parser().parse_args(["--quiet"]))
    assert capsys.readouterr() == ("", "")
    commands.say_fresh(summary, 0.0, make_parser().parse_args([]))
    told = capsys.readouterr().err.splitlines()
    assert [line.rpartition(" ")[2] for line in told] == [f"[{row['rule']}]" for row in rows]
    assert all(line.startswith("advice: clinicians/") for line in told if "no-npi" in line)


def test_errors_and_advice_are_told_to_programs_in_one_shape(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commands.say_problems(ContentError(problems(folder)), as_json=True)
    errors = json.loads(capsys.readouterr().out)["problems"]
    request = BuildRequest(practice=GROUP_PRACTICE, cache=tmp_path, only="site")
    advice = check(request).as_json()["advice"]
    assert isinstance(advice, list)
    for row in (errors[0], advice[0]):
        assert set(row) == {"rule", "level", "file", "line", "key", "what", "why", "todo"}
    assert {row["level"] for row in errors} == {"error"}
    assert all(row["rule"] and row["why"] for row in (*errors, *advice))


def test_language_that_the_program_does_not_speak_is_told_once_with_how_much_it_lacks(
    folder: Path, spoil: Spoil
) -> None:
    def told() -> list[tuple[str, int, str]]:
        found = [one.problem for one in find_wordless(load_practice(folder))]
        return [(one.file, one.line, one.what) for one in found]

    assert told() == []
    spoil("practice.toml", 'languages = ["en"]', 'languages = ["en", "es-MX", "so"]')
    [(file, line, what)] = told()
    assert (folder / file).read_text("utf-8").splitlines()[line - 1].startswith("languages")
    assert re.search(r"does not speak “so”: its 1,\d{3} sentences stand in English", what)
