"""What build.py does with its command line, step by step, and what it says in the end.

Exit codes: 0 done; 1 the content is wrong; 2 the command line is wrong; 3 the machine failed.
"""

# ruff: noqa: T201 - the voice of build.py

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from outreach_kit.errors import ContentError, HandoffError, MachineError, UsageError
from outreach_kit.places import SAMPLE_PRACTICE, SITE_SRC
from outreach_kit.publish.arguments import STARTER_OPTIONS, make_parser
from outreach_kit.publish.forgetting import forget_old
from outreach_kit.publish.manifest import is_fresh, read_manifest
from outreach_kit.publish.quick import remember, say_advice, say_result
from outreach_kit.publish.records import folders_of, leave
from outreach_kit.publish.request import (
    DEFAULT_CACHE,
    DEFAULT_OUT,
    PAPERS,
    BuildRequest,
    SourceName,
)
from outreach_kit.publish.turns import Terminated, end_when_asked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach_kit.publish.result import BuildResult

EXIT_DONE, EXIT_CONTENT, EXIT_USAGE, EXIT_MACHINE = 0, 1, 2, 3
EXIT_INTERRUPTED, EXIT_TERMINATED = 130, 143  # 128 and the number of the signal, as shells count


def main(arguments: Sequence[str], began_s: float) -> int:
    end_when_asked()
    options = make_parser().parse_args(arguments)
    try:
        return run(options, arguments, began_s)
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
        return EXIT_INTERRUPTED
    except Terminated:
        print("build.py: stopped; the last good site is as it was.", file=sys.stderr)
        return EXIT_TERMINATED


def run(options: argparse.Namespace, arguments: Sequence[str], began_s: float) -> int:
    if options.new is not None:
        return make_new(options)
    request = make_request(options)
    if options.list:
        return list_sheets(options)
    if options.schema:
        return write_schemas(request)
    if options.docs:
        return make_docs(options)
    if options.clean:
        return clean(request)
    if options.serve is not None or options.watch:
        from outreach_kit.publish.preview import preview

        return preview(request, port=options.serve, watch=options.watch, quiet=options.quiet)
    is_whole = not (options.check or request.sources)
    if is_whole and (summary := find_fresh(request)):
        remember(
            leave(request, summary, None), arguments, as_json=options.json, quiet=options.quiet
        )
        return say_fresh(summary, began_s, options)
    result = check_now(request) if options.check else build_now(request, options)
    if is_whole:
        left = leave(request, result.summary(), result)
        remember(left, arguments, as_json=options.json, quiet=options.quiet)
    say_result(result, as_json=options.json, quiet=options.quiet)
    if not options.check:
        forget_old(request.cache, request.now.timestamp())
    return EXIT_DONE


def build_now(request: BuildRequest, options: argparse.Namespace) -> BuildResult:
    from outreach_kit.publish.learning import memo_of, start_learning

    memo = memo_of(str(request.cache))
    workers = request.jobs or os.cpu_count() or 1
    with start_learning(str(request.practice), memo, request.moment, workers) as learning:
        # Late, while the others are at work: the model and the templates take half a second.
        from outreach_kit.publish.building import build

        return build(request, quiet=options.quiet or options.json, learning=learning)


def check_now(request: BuildRequest) -> BuildResult:
    from outreach_kit.publish.building import check

    return check(request)


def find_fresh(request: BuildRequest) -> dict[str, object] | None:
    """What the last build said, when nothing has changed since and all that it made is in its place."""
    summary = None
    for folder in folders_of(request):
        manifest = read_manifest(request.cache, folder)
        now_s = request.now.timestamp()
        if manifest is None or not is_fresh(
            manifest, request.key(), request.practice, folder, now_s
        ):
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
    if options.check and (options.serve is not None or options.watch):
        raise UsageError(
            "--check writes nothing; --serve and --watch show what was. Leave one out."
        )
    if options.serve is not None and not 0 <= options.serve <= 65_000:
        raise UsageError(f"--serve {options.serve} is no port. Give one from 0 to 65000.")
    refuse_harm(
        (options.out or DEFAULT_OUT).resolve(), (options.practice or SAMPLE_PRACTICE).resolve()
    )
    if options.person and options.only == "site":
        raise UsageError(
            "--person makes sheets, and --only site makes none. Leave one of them out."
        )
    if options.jobs < 0:
        raise UsageError(f"--jobs {options.jobs} makes no sense. Give 1 or more, or leave it out.")
    return BuildRequest(
        **({"practice": options.practice} if options.practice else {}),
        out=options.out or DEFAULT_OUT,
        only=options.only or ("paper" if options.person else ""),
        clinicians=tuple(dict.fromkeys(options.person or ())),
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
    if is_of_others(out):
        raise UsageError(
            f"--out {out} holds a website that was not built here. Choose an empty folder, or move "
            "that website away first."
        )


def is_of_others(out: Path) -> bool:
    """Whether a build would write over somebody's pages; all of ours load a style sheet of ours."""
    try:
        front = (out / "index.html").read_bytes()
    except OSError:
        return False
    return not any(mark in front for mark in (b'href="/assets/site.', b'href="assets/style.'))


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


def make_docs(options: argparse.Namespace) -> int:
    from outreach_kit.publish.handbook import DEFAULT_BOOK_OUT, build_handbook

    out = options.out or DEFAULT_BOOK_OUT
    names = build_handbook(out, DEFAULT_CACHE)
    if options.json:
        print(json.dumps({"ok": True, "files": sorted(names)}))
    elif not options.quiet:
        print(f"{len(names)} files of documentation in {out}. Begin with {out / 'index.html'}")
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
    say_advice(summary.get("advice"), quiet=options.quiet)
    if not options.quiet:
        print(
            f"Nothing changed: {summary.get('pages')} pages, {summary.get('sheets')} sheets stand ({took:.0f} ms)."
        )
    return EXIT_DONE
