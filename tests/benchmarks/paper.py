"""Printed sheets beside their peers: `python -m tests.benchmarks.paper [--turns N] [--offices N …]`.

The guide is set beside WeasyPrint (its interpreter: --weasyprint PYTHON, where it is installed), all
sheets of one clinician beside the bare typesetter, and many offices beside one.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import typst

from outreach_kit.paper import Paper, Press, SheetJob, plan_sheets
from outreach_kit.paper.fonts import gather_fonts, search_fonts
from outreach_kit.paper.views import Commission, view_sheet
from outreach_kit.places import CHECKOUT, PAPER, SAMPLE_PRACTICE
from outreach_kit.practice import Practice, load_practice
from outreach_kit.publish.parallel import make_all
from tests.benchmarks.table import Figure, at_least, at_most, table

TODAY = dt.date(2026, 11, 21)
FORM_URL = "https://refer.harborstreet.example"
_SECONDS_AS_MS = 1000.0

_FROM_VIEW = """
import json, sys, typst
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[sys.argv[1]])
compiler = typst.Compiler(root=sys.argv[2], font_paths=fonts, ignore_system_fonts=True)
pdf, _ = compiler.compile_with_warnings(input=sys.argv[3], format="pdf", pdf_standards=["ua-1"],
    timestamp=1, sys_inputs={"data": open(sys.argv[4], encoding="utf-8").read()})
open(sys.argv[5], "wb").write(pdf)
"""
_STARTER = """
import resource, subprocess, sys, time
began = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print((time.perf_counter() - began) * 1000, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
_BY_WEASYPRINT = """
import sys
from weasyprint import HTML
HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1")
"""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--offices", type=int, nargs="+", default=[1, 10, 100, 500])
    parser.add_argument("--weasyprint", metavar="PYTHON", help="an interpreter that has WeasyPrint")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        print(table(run(Path(folder), options.turns, options.offices, options.weasyprint)))


def run(
    folder: Path,
    turns: int,
    offices: Sequence[int],
    weasyprint: str | None = None,
    sheets: int | None = None,
) -> list[Figure]:
    """All figures; `sheets` keeps to so many of the catalogue's first ones."""
    practice = load_practice(SAMPLE_PRACTICE)
    jobs = plan_sheets(practice, papers=[Paper.LETTER])[:sheets]
    return [
        *_guide(practice, folder, weasyprint, turns),
        _all_sheets(jobs, practice, folder, turns),
        *_offices(folder, offices),
    ]


def _guide(practice: Practice, folder: Path, weasyprint: str | None, turns: int) -> list[Figure]:
    """Whole processes: the interpreter starts, one page is set, a file is written."""
    (job,) = plan_sheets(practice, papers=[Paper.LETTER], only="guide")[:1]
    view = view_sheet(_commission(job, practice))
    data, page = folder / "guide.json", folder / "guide.html"
    data.write_text(json.dumps(view.data, ensure_ascii=False), encoding="utf-8")
    page.write_text(_as_html(view.data), encoding="utf-8")
    fonts = gather_fonts(folder / "fonts")
    ours = [
        sys.executable,
        "-c",
        _FROM_VIEW,
        fonts,
        PAPER,
        PAPER / view.template,
        data,
        folder / "a.pdf",
    ]
    whole = [sys.executable, "build.py", "--only", "guide", "--paper", "letter", "--quiet"]
    ours_ms = _median(turns, lambda: _run(ours))
    from_folder_ms = _median(
        turns, lambda: _run([*whole, "--out", folder / f"site-{time.monotonic_ns()}"])
    )
    figures = [
        Figure("  the same by build.py, from the practice's folder on", _ms(from_folder_ms), "")
    ]
    if weasyprint is None:
        return [
            Figure(
                "guide, whole process (peer: WeasyPrint)", _ms(ours_ms),
                "not given: --weasyprint PYTHON", "", ">= 15x",
            ),
            *figures,
        ]  # fmt: skip
    peer_ms = _median(
        turns, lambda: _run([weasyprint, "-c", _BY_WEASYPRINT, page, folder / "b.pdf"])
    )
    name = "guide, whole process (peer: WeasyPrint, the same words)"
    return [at_least(name, _ms(ours_ms), _ms(peer_ms), peer_ms / ours_ms, 15), *figures]


def _all_sheets(jobs: Sequence[SheetJob], practice: Practice, folder: Path, turns: int) -> Figure:
    """Every sheet of the sample: views, checks and all on two cores, beside bare calls one by one."""
    commissions = [_commission(job, practice) for job in jobs]
    press = Press(folder / "cache", system_fonts=False)
    fonts = gather_fonts(folder / "cache")
    bare = typst.Compiler(
        root=str(PAPER),
        font_paths=search_fonts(fonts, None, system=False),
        ignore_system_fonts=True,
    )
    moulds = [
        (str(PAPER / view.template), json.dumps(view.data, ensure_ascii=False))
        for view in map(view_sheet, commissions)
    ]

    def by_us() -> None:
        make_all(
            commissions,
            lambda one: press.print(one, timestamp=1),
            weigh=lambda one: len(json.dumps(view_sheet(one).data)),
            workers=2,
        )

    def by_bare_calls() -> None:
        for template, data in moulds:
            bare.compile(
                input=template, format="pdf", pdf_standards=["ua-1"], timestamp=1,
                sys_inputs={"data": data},
            )  # fmt: skip

    by_bare_calls()
    ours, peer = [], []
    for _ in range(turns):
        ours.append(_timed(by_us))
        peer.append(_timed(by_bare_calls))
    ours_ms, peer_ms = statistics.median(ours), statistics.median(peer)
    name = f"all {len(jobs)} sheets of one clinician (peer: bare typst.Compiler calls)"
    return at_most(name, _ms(ours_ms), _ms(peer_ms), ours_ms / peer_ms, 0.7)


def _offices(folder: Path, counts: Sequence[int]) -> list[Figure]:
    """`build.py --sources` with the guide for so many offices, nothing in the cache."""
    figures = []
    for count in counts:
        offices = folder / f"{count}.csv"
        with offices.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(("code", "name"))
            rows.writerows(
                (f"k{number:05d}x", f"Family Medicine {number}") for number in range(count)
            )
        command = [
            sys.executable, "build.py", "--quiet", "--only", "guide", "--paper", "letter",
            "--practice", str(SAMPLE_PRACTICE), "--sources", str(offices),
            "--out", str(folder / f"site-{count}"),
        ]  # fmt: skip
        took_ms, peak_mb = _measured(command)
        figures.append(
            Figure(
                f"guides for {count} offices, merged and packed",
                f"{took_ms:.0f} ms, {peak_mb:.0f} MB",
                f"{took_ms / count:.0f} ms an office",
            )
        )
    return figures


def _commission(job: SheetJob, practice: Practice) -> Commission:
    return Commission.of(job, practice, TODAY, form_url=FORM_URL, site_url=None)


def _as_html(value: object) -> str:
    """The guide's own words as a plain page: what it says, without what makes it look so."""
    body = "".join(f"<p>{text}</p>" for text in _texts(value))
    style = (
        "@page { size: letter; margin: 14mm } body { font: 9pt serif; columns: 2 } p { margin: 0 }"
    )
    return f"<!doctype html><html lang=en><title>Guide</title><style>{style}</style><h1>Guide</h1>{body}"


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if " " in value and "<svg" not in value else []
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list | tuple):
        return [text for one in value for text in _texts(one)]
    return []


def _run(command: Sequence[object]) -> None:
    subprocess.run([str(part) for part in command], cwd=CHECKOUT, check=True, capture_output=True)


def _measured(command: Sequence[str]) -> tuple[float, float]:
    """Milliseconds and the most megabytes that the process held.

    A small process starts it: what is started is said to have held at least as much as who did.
    """
    done = subprocess.run(
        [sys.executable, "-c", _STARTER, *command],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
        text=True,
    )
    took_ms, peak = map(float, done.stdout.split())
    return took_ms, peak / (1024.0 if sys.platform != "darwin" else 1024.0 * 1024.0)


def _median(turns: int, run: Callable[[], None]) -> float:
    run()
    return statistics.median(_timed(run) for _ in range(turns))


def _timed(run: Callable[[], None]) -> float:
    began = time.perf_counter()
    run()
    return (time.perf_counter() - began) * _SECONDS_AS_MS


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.0f} ms"


if __name__ == "__main__":
    main()
