"""build.py as a stranger runs it: exit codes, messages, what is written and what is left alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from outreach_kit.places import CHECKOUT, SAMPLE_PRACTICE
from outreach_kit.publish.building import build
from outreach_kit.publish.request import BuildRequest

CLINICIAN = "clinicians/nora-ellison/clinician.toml"
EPOCH = 1_795_000_000
AT_EPOCH = {"SOURCE_DATE_EPOCH": str(EPOCH)}


def run(
    *arguments: str | Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "build.py", *map(str, arguments)],
        cwd=CHECKOUT, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def told(done: subprocess.CompletedProcess[str]) -> Any:
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built") / "_site"
    done = run("--out", out, "--quiet", env=AT_EPOCH)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return out


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("starter") / "mine"
    done = run(
        "--new", folder, "--name", "Quiet Room Counseling", "--clinician", "Ana María López-Ñ",
        "--credentials", "PhD, LMFT", "--phone", "212-555-0177", "--city", "Albany",
        "--state", "NY", "--zip", "12207", "--quiet",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def practice(starter: Path, tmp_path: Path) -> Path:
    """Somebody's own practice, with nothing of the sample in it."""
    return shutil.copytree(starter, tmp_path / "mine")


def test_brackets_without_end_are_a_mistake_like_any_other(practice: Path, tmp_path: Path) -> None:
    with (practice / "practice.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[advice]\nsilence = {'[' * 3000}{']' * 3000}\n")
    done = run("--practice", practice, "--out", tmp_path / "site", "--only", "site")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "nested too deeply" in done.stderr


def names(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}


def test_sample_becomes_a_site_and_sheets(built: Path) -> None:
    assert names(built) >= {
        "index.html", "for-offices/index.html", "refer/index.html", "fees/index.html",
        "privacy/index.html", "print/index.html", "clinicians/nora-ellison/index.html", "404.html",
        "print/guide-letter.pdf", "print/guide-a4.pdf", "print/nora-ellison-niche-profile-letter.pdf",
        "print/guide-letter.png", "robots.txt", "_headers",
    }  # fmt: skip


def test_what_the_practice_works_by_is_printed_beside_the_site_and_not_in_it(built: Path) -> None:
    own = names(built.with_name("_site-print"))
    assert own >= {
        "index.html", "guide-letter.pdf", "guide-a4.pdf", "nora-ellison-elevator-card-a4.pdf",
        "nora-ellison-resume-letter.pdf", "visit-sheet-letter.pdf", "nora-ellison-business-card-press.pdf",
    }  # fmt: skip
    public = {name.removeprefix("print/") for name in names(built) if name.startswith("print/")}
    assert own > {name for name in public if name.endswith((".pdf", ".png"))}
    kept_back = ("elevator", "visit", "resume", "sign-in")
    assert not [name for name in public if any(one in name for one in kept_back)]


def test_second_run_writes_nothing(built: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in built.rglob("*")}
    done = run("--out", built, "--json", env=AT_EPOCH)
    assert told(done)["fresh"] is True
    assert told(done)["pages"] == sum(path.suffix == ".html" for path in built.rglob("*"))
    assert {path: path.stat().st_mtime_ns for path in built.rglob("*")} == before


def test_same_inputs_and_epoch_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    """Nor does it matter which process has built, and what its cache held."""
    other = BuildRequest(out=tmp_path / "other", cache=tmp_path / "cache", timestamp=EPOCH)
    build(other)
    for one, two in (
        (built, other.out),
        (built.with_name("_site-print"), other.prints),
    ):
        assert names(one) == names(two)
        assert [
            name
            for name in sorted(names(one))
            if (one / name).read_bytes() != (two / name).read_bytes()
        ] == []


def test_neither_the_seed_nor_the_place_nor_the_zone_changes_a_byte(tmp_path: Path) -> None:
    made: list[dict[str, bytes]] = []
    for name, cwd in (("one", CHECKOUT), ("two", tmp_path)):
        out = tmp_path / name
        script, site = str(CHECKOUT / "build.py"), str(out)
        command = [sys.executable, script, "--only", "site", "--quiet", "--out", site]
        zone = {"one": "America/Los_Angeles", "two": "Asia/Tokyo"}[name]
        seed = {"PYTHONHASHSEED": str(len(made) + 1), "SOURCE_DATE_EPOCH": "1795000000", "TZ": zone}
        subprocess.run(command, cwd=cwd, env={**os.environ, **seed}, check=True, timeout=120)
        made.append({one: (out / one).read_bytes() for one in names(out)})
    assert made[0] == made[1]


def test_json_says_what_was_made_and_how_long_it_took(tmp_path: Path) -> None:
    result = told(
        run("--out", tmp_path / "s", "--only", "niche-profile", "--paper", "letter", "--json")
    )
    assert (result["ok"], result["sheets"]) == (True, 1)
    assert "print/nora-ellison-niche-profile-letter.pdf" in result["made"]
    assert result["total_ms"] > 0
    profile = "print/nora-ellison-niche-profile-letter"
    assert names(tmp_path / "s") == {f"{profile}.pdf", f"{profile}.png"}


def test_only_one_sheet_leaves_the_rest_in_place(built: Path) -> None:
    before = names(built)
    for only in ("guide", "site"):
        assert run("--out", built, "--only", only, "--quiet", env=AT_EPOCH).returncode == 0
    assert names(built) == before
    assert "guide-letter.pdf" in (built / "print/index.html").read_text("utf-8")


def test_every_mistake_comes_at_once_and_the_last_good_site_stays(
    practice: Path, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    assert run("--practice", practice, "--out", out, "--quiet").returncode == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    toml = practice / "practice.toml"
    toml.write_text(toml.read_text("utf-8").replace("212-555-0177", "call me"), encoding="utf-8")
    clinician = next(practice.glob("clinicians/*/clinician.toml"))
    text = clinician.read_text("utf-8").replace("niche =", "nitch =") + '\n[extra]\nnpi = "1"\n'
    clinician.write_text(text, encoding="utf-8")
    done = run("--practice", practice, "--out", out)
    assert done.returncode == 1
    errors = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert len(errors) == 4, done.stderr
    assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    rows = told(run("--practice", practice, "--out", out, "--json"))["problems"]
    assert {row["key"] for row in rows} == {"contact.phone", "niche", "nitch", "extra"}
    assert all(row["line"] for row in rows if row["key"] != "niche")


def test_page_that_links_nowhere_is_named(practice: Path, tmp_path: Path) -> None:
    page = practice / "pages/privacy.md"
    page.write_text(page.read_text("utf-8") + "\nSee [this](/nowhere/).\n", encoding="utf-8")
    done = run("--practice", practice, "--out", tmp_path / "site")
    assert done.returncode == 1
    assert f"pages/privacy.md:{len(page.read_text('utf-8').splitlines())}:" in done.stderr
    assert not (tmp_path / "site").exists()


def test_starter_builds_at_once_without_a_form(practice: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert run("--practice", practice, "--out", out).returncode == 0
    assert "refer/index.html" not in names(out)
    assert "(212) 555-0177" in (out / "index.html").read_text("utf-8")


def test_leftovers_of_the_sample_are_refused(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(SAMPLE_PRACTICE, copy)
    done = run("--practice", copy, "--out", tmp_path / "site")
    assert done.returncode == 1
    assert "the sample's phone number" in done.stderr


def test_guide_that_cannot_fit_names_the_lists(practice: Path, tmp_path: Path) -> None:
    clinician = next(practice.glob("clinicians/*/clinician.toml"))
    rows = "".join(
        f'\n[[refer_when]]\nslug = "reason-{n}"\ntext = "A long reason number {n} to refer somebody here"\n'
        for n in range(60)
    )
    clinician.write_text(clinician.read_text("utf-8") + rows, encoding="utf-8")
    done = run("--practice", practice, "--out", tmp_path / "site", "--only", "guide")
    assert done.returncode == 1
    assert "refer_when" in done.stderr
    assert not (tmp_path / "site").exists()


def test_pale_accent_and_unknown_holidays_are_refused(practice: Path, tmp_path: Path) -> None:
    toml = practice / "practice.toml"
    text = toml.read_text("utf-8").replace("[brand]", '[brand]\naccent = "#ffd97a"')
    toml.write_text(text.replace('holidays = "US"', 'holidays = "US-XX"'), "utf-8")
    rows = told(run("--practice", practice, "--out", tmp_path / "site", "--check", "--json"))
    assert [row["key"] for row in rows["problems"]] == ["hours.holidays", "brand.accent"]


def test_check_writes_nothing(tmp_path: Path) -> None:
    done = run("--out", tmp_path / "site", "--check", "--only", "guide")
    assert done.returncode == 0
    assert "Nothing was written" in done.stdout
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--only", "poster-of-me"), "The sheets are"),
        (("--paper", "legal"), "invalid choice"),
        (("--source", "a b"), "web address"),
        (("--source-name", "Lakeside"), "--source CODE"),
        (("--sources", "nowhere.csv"), "no file"),
        (("--jobs", "-3"), "makes no sense"),
        (("--serve", "99999"), "is no port"),
        (("--nonsense",), "unrecognized"),
    ],
)
def test_wrong_command_line_exits_with_2(
    tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    done = run("--out", tmp_path / "site", *arguments)
    assert done.returncode == 2, done.stderr
    assert says in done.stderr
    assert not (tmp_path / "site").exists()


def test_output_that_cannot_be_written_exits_with_3(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = run("--out", tmp_path / "file" / "site")
    assert done.returncode == 3
    assert "A file stands where a folder is needed" in done.stderr
    assert "Traceback" not in done.stderr


def test_sheets_for_one_office_carry_its_code(tmp_path: Path) -> None:
    done = run("--out", tmp_path / "s", "--source", "k7m2", "--source-name", "Lakeside Family Medicine",
               "--only", "guide", "--paper", "letter", "--json")  # fmt: skip
    assert (told(done)["made"], told(done)["printed"]) == ([], ["offices/guide-k7m2-letter.pdf"])
    assert (tmp_path / "s-print/offices/guide-k7m2-letter.pdf").is_file()


def test_list_and_schema_and_clean(practice: Path, tmp_path: Path) -> None:
    assert "guide" in run("--list").stdout
    shutil.rmtree(practice / "schemas")
    assert run("--practice", practice, "--schema").returncode == 0
    assert (practice / "schemas/clinician.schema.json").is_file()
    out = tmp_path / "site"
    run("--practice", practice, "--out", out, "--only", "site", "--quiet")
    (out / "mine.txt").write_text("mine")
    assert run("--practice", practice, "--out", out, "--clean").returncode == 0
    assert names(out) == {"mine.txt"}
    assert not (tmp_path / "site-print").exists() or names(tmp_path / "site-print") == set()


def test_bad_source_date_epoch_is_told(tmp_path: Path) -> None:
    done = run("--out", tmp_path / "s", env={"SOURCE_DATE_EPOCH": "yesterday"})
    assert done.returncode == 2
    assert "SOURCE_DATE_EPOCH" in done.stderr


@pytest.mark.parametrize("shown", ["--serve", "--watch"])
def test_a_check_that_writes_nothing_is_not_shown(tmp_path: Path, shown: str) -> None:
    done = run("--out", tmp_path / "s", "--check", shown)
    assert done.returncode == 2, done.stdout
    assert "--check writes nothing" in done.stderr
    assert not (tmp_path / "s").exists()


def test_output_never_goes_over_a_practice_or_a_whole_disk(practice: Path) -> None:
    for out in (practice, practice / "site", practice.parent, Path(practice.anchor)):
        done = run("--practice", practice, "--out", out)
        assert done.returncode == 2, done.stdout
        assert "not a place for a site" in done.stderr
    assert not (practice / "index.html").exists()


def test_output_never_goes_over_a_website_of_others(practice: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / "index.html").write_text("<h1>A blog of ten years</h1>")
    done = run("--practice", practice, "--out", out, "--only", "site")
    assert done.returncode == 2, done.stdout
    assert "not built here" in done.stderr
    assert [path.name for path in out.iterdir()] == ["index.html"]
    (out / "index.html").unlink()
    assert run("--practice", practice, "--out", out, "--only", "site").returncode == 0


def test_the_documentation_is_built_over_itself_and_over_nothing_else(tmp_path: Path) -> None:
    for again in range(2):
        done = run("--docs", "--out", tmp_path / "docs", "--json")
        assert done.returncode == 0, (again, done.stderr)
    assert "tutorial.html" in json.loads(done.stdout)["files"]
    (tmp_path / "docs/index.html").write_text("<h1>Notes of mine</h1>")
    assert run("--docs", "--out", tmp_path / "docs").returncode == 2


def test_cleaning_leaves_other_peoples_empty_folders(practice: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    run("--practice", practice, "--out", out, "--only", "site", "--quiet")
    (out / "mine").mkdir()
    assert run("--practice", practice, "--out", out, "--clean").returncode == 0
    assert [path.name for path in out.iterdir()] == ["mine"]
