#!/usr/bin/env python3
"""Practice folder to website and printed sheets: load, check, plan, render, write.

Exit codes: 0 done; 1 the content is wrong; 2 the command line is wrong; 3 the machine failed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from outreach_kit.errors import ContentError, HandoffError, MachineError, Problem, UsageError
from outreach_kit.places import SAMPLE_PRACTICE, SITE_SRC
from outreach_kit.publish.arguments import STARTER_OPTIONS, make_parser
from outreach_kit.publish.manifest import is_fresh, read_manifest
from outreach_kit.publish.request import DEFAULT_OUT, PAPERS, BuildRequest, SourceName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach_kit.publish.result import BuildResult

EXIT_DONE, EXIT_CONTENT, EXIT_USAGE, EXIT_MACHINE = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    options = make_parser().parse_args(arguments)
    try:
        return run(options)
    except ContentError as error:
        say_problems(error, as_json=options.json)
        return EXIT_CONTENT
    except UsageError as error:
        print(f"build.py: {error}", file=sys.stderr)
        return EXIT_USAGE
    except MachineError as error:
        print(f"build.py: {error}", file=sys.stderr)
        return EXIT_MACHINE
    except HandoffError as error:
        print(f"build.py: {error}", file=sys.stderr)
        return EXIT_CONTENT
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith(("outreach_kit", "form_server")):
            raise
        print(
            f"build.py: the package “{error.name}” is not installed. Run: "
            f"{sys.executable} -m pip install -r requirements.txt",
            file=sys.stderr,
        )
        return EXIT_MACHINE
    except OSError as error:
        print(
            f"build.py: {error.filename or 'the machine'}: {error.strerror or error}.",
            file=sys.stderr,
        )
        return EXIT_MACHINE
    except KeyboardInterrupt:
        print("\nbuild.py: stopped; the last good site is as it was.", file=sys.stderr)
        return 130


def run(options: argparse.Namespace) -> int:
    if options.new is not None:
        return make_new(options)
    request = make_request(options)
    if options.list:
        return list_sheets(options)
    if options.schema:
        return write_schemas(request)
    if options.clean:
        return clean(request)
    if options.serve is not None or options.watch:
        from outreach_kit.publish.preview import preview

        return preview(request, port=options.serve, watch=options.watch, quiet=options.quiet)
    started = time.perf_counter()
    if not (options.check or request.sources) and (summary := find_fresh(request)):
        return say_fresh(summary, started, options)
    from outreach_kit.publish.building import build, check

    quiet = options.quiet or options.json
    result = check(request) if options.check else build(request, quiet=quiet)
    say_result(result, options)
    return EXIT_DONE


def find_fresh(request: BuildRequest) -> dict[str, object] | None:
    """What the last build said, when nothing has changed since and all that it made is in its place."""
    folders = [request.out] if request.only == "site" else [request.prints, request.out]
    summary = None
    for folder in folders:
        manifest = read_manifest(request.cache, folder)
        if manifest is None or not is_fresh(manifest, request.key(), request.practice, folder):
            return None
        summary = dict(manifest.summary)
    return summary


def make_request(options: argparse.Namespace) -> BuildRequest:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if epoch and not epoch.isdigit():
        raise UsageError(
            f"SOURCE_DATE_EPOCH is “{epoch}”. It must be seconds since 1970, in digits."
        )
    if len(epoch) > 11:
        raise UsageError(f"SOURCE_DATE_EPOCH is “{epoch}”. That is thousands of years away.")
    if options.serve is not None and not 0 <= options.serve <= 65_000:
        raise UsageError(f"--serve {options.serve} is no port. Give one from 0 to 65000.")
    refuse_harm(
        (options.out or DEFAULT_OUT).resolve(), (options.practice or SAMPLE_PRACTICE).resolve()
    )
    if options.jobs < 0:
        raise UsageError(f"--jobs {options.jobs} makes no sense. Give 1 or more, or leave it out.")
    return BuildRequest(
        **({"practice": options.practice} if options.practice else {}),
        out=options.out or DEFAULT_OUT,
        only=options.only or "",
        papers=(options.paper,) if options.paper else PAPERS,
        sources=read_sources(options),
        jobs=options.jobs,
        timestamp=int(epoch) if epoch else None,
    )


def refuse_harm(out: Path, practice: Path) -> None:
    """Keep the site out of the practice folder and of whole disks: builds write and remove there."""
    if out.is_relative_to(practice) or practice.is_relative_to(out) or SITE_SRC.is_relative_to(out):
        raise UsageError(
            f"--out {out} is not a place for a site. Choose an empty folder beside it."
        )


def read_sources(options: argparse.Namespace) -> tuple[SourceName, ...]:
    if options.source_name and not options.source:
        raise UsageError("--source-name needs --source CODE beside it.")
    if options.source and options.sources:
        raise UsageError("Give either --source or --sources, not both.")
    if not (options.source or options.sources):
        return ()
    from outreach_kit.publish.sources import check_source, load_sources

    if options.sources:
        return load_sources(options.sources)
    return (check_source(options.source, options.source_name or ""),)


def make_new(options: argparse.Namespace) -> int:
    import datetime as dt

    from outreach_kit.publish.starter import QUESTIONS, write_starter

    answers = {name: getattr(options, name) or "" for name in STARTER_OPTIONS}
    if sys.stdin.isatty() and not all(
        answers[q.key] for q in QUESTIONS if q.required and not q.default
    ):
        print(f"A new practice in {options.new}. Press Enter to leave out what is in brackets.\n")
        for question in QUESTIONS:
            if not answers[question.key]:
                hint = (
                    f" [{question.default or 'none'}]"
                    if not question.required or question.default
                    else ""
                )
                try:
                    answers[question.key] = input(f"{question.text}{hint} ").strip()
                except EOFError as error:
                    raise UsageError("The answers ended early; nothing was written.") from error
    names = write_starter(options.new, answers, dt.datetime.now(dt.UTC).date())
    if options.json:
        print(json.dumps({"folder": str(options.new), "files": names}))
    elif not options.quiet:
        print(
            f"{options.new}: {len(names)} files. Open practice.toml first; every line explains itself."
        )
        print(f"See it: python build.py --practice {options.new} --serve --watch")
    return EXIT_DONE


def list_sheets(options: argparse.Namespace) -> int:
    from outreach_kit.paper import CATALOGUE

    if options.json:
        rows = [
            {"name": s.name, "title": s.title, "scope": s.scope, "use": s.use, "door": s.door}
            for s in CATALOGUE
        ]
        print(json.dumps(rows, ensure_ascii=False))
        return EXIT_DONE
    width = max(len(sheet.name) for sheet in CATALOGUE)
    for sheet in CATALOGUE:
        print(f"{sheet.name:<{width}}  {sheet.title}: {sheet.about} ({', '.join(sheet.papers)})")
    return EXIT_DONE


def write_schemas(request: BuildRequest) -> int:
    from outreach_kit.practice.schema import render_schemas
    from outreach_kit.publish.write import write_all

    folder = request.practice / "schemas"
    files = render_schemas()
    write_all(folder, files)
    print("\n".join(str(folder / name) for name in files))
    return EXIT_DONE


def clean(request: BuildRequest) -> int:
    from outreach_kit.publish.cleaning import clean_build

    removed = sum(clean_build(request.cache, one) for one in (request.out, request.prints))
    print(f"{removed} files removed from {request.out}; the build cache is empty.")
    return EXIT_DONE


def say_problems(error: ContentError, *, as_json: bool) -> None:
    if as_json:
        rows = [
            {
                "rule": p.rule,
                "level": "error",
                "file": p.file,
                "line": p.line,
                "key": p.key,
                "what": p.what,
                "why": p.why,
                "todo": p.todo,
            }
            for p in error.problems
        ]
        print(json.dumps({"ok": False, "problems": rows}, ensure_ascii=False))
        return
    for problem in error.problems:
        rule = f" {problem.why} [{problem.rule}]" if problem.rule else ""
        print(f"error: {problem}{rule}", file=sys.stderr)
    count = len(error.problems)
    print(
        f"\n{count} problem{'s' if count > 1 else ''}; nothing was written, the last good site is as it was.",
        file=sys.stderr,
    )


def say_fresh(summary: dict[str, object], started: float, options: argparse.Namespace) -> int:
    took = (time.perf_counter() - started) * 1000
    if options.json:
        print(
            json.dumps(
                {
                    **summary,
                    "ok": True,
                    "fresh": True,
                    "written": 0,
                    "removed": 0,
                    "total_ms": round(took, 1),
                }
            )
        )
        return EXIT_DONE
    say_advice(summary.get("advice"))
    if not options.quiet:
        print(
            f"Nothing changed: {summary.get('pages')} pages, {summary.get('sheets')} sheets stand ({took:.0f} ms)."
        )
    return EXIT_DONE


def say_result(result: BuildResult, options: argparse.Namespace) -> None:
    if options.json:
        print(json.dumps(result.as_json(), ensure_ascii=False))
        return
    say_advice(result.advice_rows())
    if not options.quiet:
        print(result.sentence())


def say_advice(rows: object) -> None:
    """Rows as a result has them, or as an earlier build has left them."""
    for row in rows if isinstance(rows, list) else ():
        problem = Problem(row["file"], row["line"], row["key"], row["what"], row["todo"])
        print(f"{row['level']}: {problem} {row['why']} [{row['rule']}]", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
