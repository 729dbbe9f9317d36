"""What build.py can be asked for. Light: a build with nothing to do imports this and little else."""

from __future__ import annotations

import argparse
from pathlib import Path

from outreach_kit.publish.request import PAPERS

STARTER_OPTIONS = (
    "name",
    "clinician",
    "credentials",
    "phone",
    "email",
    "street",
    "city",
    "state",
    "zip",
    "niche",
)


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py", description="A practice folder becomes a website and printed sheets."
    )
    parser.add_argument(
        "--practice", type=Path, metavar="DIR", help="the practice folder (default: the sample)"
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="where the site goes (default: _site)"
    )
    parser.add_argument(
        "--only",
        metavar="site|paper|SHEET",
        help="make only the site, only the paper, or one sheet",
    )
    parser.add_argument("--paper", choices=PAPERS, help="one paper size (default: both)")
    parser.add_argument(
        "--person",
        action="append",
        metavar="NAME",
        help="make the sheets of this clinician alone (the name of the folder; may be repeated)",
    )
    parser.add_argument(
        "--source", metavar="CODE", help="make sheets for one office, with its code in the QR"
    )
    parser.add_argument(
        "--source-name", metavar="NAME", help="the office's name as it should be printed"
    )
    parser.add_argument(
        "--sources",
        type=Path,
        metavar="FILE",
        help="a CSV with the columns code and name, and audience if you like",
    )
    parser.add_argument("--list", action="store_true", help="list the printed sheets")
    parser.add_argument(
        "--new", type=Path, metavar="DIR", help="write a practice folder to begin with"
    )
    parser.add_argument(
        "--serve",
        type=int,
        nargs="?",
        const=8000,
        metavar="PORT",
        help="show the site on this machine",
    )
    parser.add_argument("--watch", action="store_true", help="build again whenever a file changes")
    parser.add_argument("--check", action="store_true", help="check everything, write nothing")
    parser.add_argument(
        "--schema", action="store_true", help="write the JSON Schemas that editors use"
    )
    parser.add_argument(
        "--clean", action="store_true", help="remove what builds have made, and the cache"
    )
    parser.add_argument(
        "--jobs",
        type=int,
        default=0,
        metavar="N",
        help="how many sheets at once (default: one per core)",
    )
    parser.add_argument(
        "--docs", action="store_true", help="make a website of the documentation (into _docs)"
    )
    parser.add_argument("--json", action="store_true", help="say what was made, for programs")
    parser.add_argument("--quiet", action="store_true", help="say only what is wrong")
    answers = parser.add_argument_group("answers for --new")
    for name in STARTER_OPTIONS:
        answers.add_argument(f"--{name}", metavar="TEXT")
    return parser
