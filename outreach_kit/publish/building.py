"""The build, step by step: load, advise, plan, render, write. `check` does all of it but the last.

The website and everything to print are two folders: what the practice works by is not for publishing.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from pathlib import Path

from outreach_kit.practice.memo import remembering
from outreach_kit.publish.bodies import Around
from outreach_kit.publish.cache import ByteCache, Cache
from outreach_kit.publish.content import Content, load_content
from outreach_kit.publish.learning import Learning, memo_of
from outreach_kit.publish.links import check_links
from outreach_kit.publish.manifest import (
    Manifest,
    outputs_in,
    read_manifest,
    write_manifest,
)
from outreach_kit.publish.pictures import Easel
from outreach_kit.publish.printed import Printed, PrintedSheets, leaves_out_people
from outreach_kit.publish.progress import Progress
from outreach_kit.publish.rendering import (
    PRINT_FOLDER,
    Rendered,
    printed_urls,
    render_site,
    site_of,
)
from outreach_kit.publish.request import BuildRequest
from outreach_kit.publish.result import BuildResult, Stopwatch
from outreach_kit.publish.stamps import Stamp, stamp_inputs
from outreach_kit.publish.turns import taking_turns, unbroken
from outreach_kit.publish.write import Staging, explain_failure
from outreach_kit.web import PrintLink, folder_on_domain, plan_pages


def build(
    request: BuildRequest, *, quiet: bool = True, learning: Learning | None = None
) -> BuildResult:
    """Make what was asked for and swap it in. Raises ContentError, UsageError or MachineError.

    Until the last step nothing outside the cache is touched, so a failure leaves the last good site.
    A build into the same folder is waited for. Progress is told on standard error unless `quiet`.
    """

    def say_waiting() -> None:
        if not quiet:
            print(f"Another build is writing to {request.out}; waiting for it.", file=sys.stderr)  # noqa: T201

    try:
        with taking_turns(request.out, request.cache, say_waiting):
            return _build(request, learning or Learning(), quiet=quiet)
    except OSError as error:
        raise explain_failure(Path(error.filename or request.out), error) from error


def _build(request: BuildRequest, learning: Learning, *, quiet: bool) -> BuildResult:
    watch = Stopwatch()
    inputs = stamp_inputs(request.practice)  # before reading: a change meanwhile is a change
    with remembering(memo_of(str(request.cache))):
        with watch.step("texts"):
            learning.finish()
        cache = ByteCache(request.cache)
        make = _build_for_offices if request.sources else _build_all
        # No name for the content here: whoever gets it may let go of it.
        return make(request, load_content(request, watch), cache, inputs, watch, quiet=quiet)


def _build_all(
    request: BuildRequest,
    content: Content,
    cache: Cache,
    inputs: Mapping[str, Stamp],
    watch: Stopwatch,
    *,
    quiet: bool,
) -> BuildResult:
    with ExitStack() as stack:
        site = stack.enter_context(_staging(request, request.out))
        own = stack.enter_context(_staging(request, request.prints))
        last = read_manifest(request.cache, request.out)

        def take(sheet: Printed) -> None:
            for name, data in sheet.files.items():
                if sheet.job.sheet.is_public:
                    site.put(f"{PRINT_FOLDER}/{name}", data)
                own.put(name, data)

        sheets = _print(request, content, cache, watch, take, quiet=quiet)
        for staging in (site, own):
            staging.written.sort()  # several threads have taken them
        with watch.step("write"):
            if request.only in {"", "paper"} and not request.clinicians:
                _stage_own_pages(content, sheets, own)
        rendered = Rendered()
        if request.only in {"", "site"}:
            known = sheets.links if request.only == "" else _links_of(last, site)
            easel = Easel(content.practice, request.cache, cache)
            rendered = render_site(
                content, known, easel, site, watch, quiet=quiet, workers=request.workers
            )
            content = content.with_advice(rendered.advice).without_pages()
            del easel
        if request.only:
            # A page that is gone from the folder goes from the site; what others print stays.
            site.keep_others(f"{PRINT_FOLDER}/" if request.only == "site" else "")
            own.keep_others()
        # What an earlier run made for offices is no part of this one.
        own.keep_others("offices/")
        with watch.step("write"), unbroken():
            site.swap()
            own.swap()
            result = _result(request, content, watch, site, own, rendered, len(sheets.sheets))
            links = sheets.links or _links_of(last, site)
            summary = result.summary() | {"prints": [_as_row(link) for link in links]}
            manifests = {
                request.out: _remember(request, content, request.out, site, inputs, summary),
                request.prints: _remember(request, content, request.prints, own, inputs, {}),
            }
    return replace(result, manifests=manifests)


def _stage_own_pages(content: Content, sheets: PrintedSheets, own: Staging) -> None:
    """What the practice works by besides its sheets."""
    # Late, as whatever prints: a build of the website alone is done before it would be loaded.
    from outreach_kit.publish.directories import directory_pages
    from outreach_kit.publish.print_page import render_print_page

    own.put("index.html", render_print_page(content.practice, sheets.sheets))
    for name, page in directory_pages(content.practice, content.today):
        own.put(name, page)


def check(request: BuildRequest) -> BuildResult:
    """Everything that a build would complain about, with nothing written."""
    watch = Stopwatch()
    content = load_content(request, watch)
    sheets = _print(request, content, lambda _key, make: make(), watch)
    site = site_of(content, sheets.links, {})
    with watch.step("plan"):
        plans = plan_pages(site)
        content = content.with_advice(check_links(site, plans, printed_urls(sheets.links)))
    return BuildResult(
        out=request.out,
        prints=request.prints,
        pages=sum(plan.path.endswith(".html") for plan in plans),
        sheets=len(sheets.sheets),
        written=(),
        kept=0,
        removed=(),
        advice=content.advice,
        watch=watch,
        checked_only=True,
    )


def _build_for_offices(
    request: BuildRequest,
    content: Content,
    cache: Cache,
    inputs: Mapping[str, Stamp],
    watch: Stopwatch,
    *,
    quiet: bool,
) -> BuildResult:
    """Only the sheets of these offices: the site and all other sheets stay as they are."""
    from outreach_kit.publish.offices import plan_offices, print_for_offices
    from outreach_kit.publish.order import Order

    order = Order.of(request, content, cache)
    with _staging(request, request.prints) as own:
        with watch.step("sheets"):
            jobs = plan_offices(order, request)
            progress = Progress(len(jobs), "sheets", quiet=quiet)
            print_for_offices(order, request, jobs, own, progress.step)
        own.keep_others()
        with watch.step("write"), unbroken():
            own.swap()
            result = _result(request, content, watch, None, own, Rendered(), len(jobs))
            _remember(request, content, request.prints, own, inputs, {})
    return result


def _staging(request: BuildRequest, folder: Path) -> AbstractContextManager[Staging]:
    last = read_manifest(request.cache, folder)
    return Staging(folder, frozenset(last.outputs if last else ()))


def _remember(
    request: BuildRequest,
    content: Content,
    folder: Path,
    staging: Staging,
    inputs: Mapping[str, Stamp],
    summary: Mapping[str, object],
) -> Manifest:
    outputs = outputs_in(folder, {*staging.written, *staging.kept})
    holds = {} if request.timestamp is not None else {"day": _day_of(content)}
    manifest = Manifest(request.key(), inputs, outputs, {**summary, **holds})
    write_manifest(request.cache, folder, manifest)
    return manifest


def _day_of(content: Content) -> tuple[float, float]:
    """When the practice's day begins and ends, in seconds since 1970."""
    zone, today = content.practice.time_zone, content.today
    days = (today, today + dt.timedelta(days=1))
    begins, ends = (dt.datetime.combine(day, dt.time(), zone).timestamp() for day in days)
    return begins, ends


def _result(
    request: BuildRequest,
    content: Content,
    watch: Stopwatch,
    site: Staging | None,
    own: Staging,
    rendered: Rendered,
    sheets: int,
) -> BuildResult:
    both: Sequence[Staging] = (own,) if site is None else (site, own)
    people = content.practice.clinicians
    return BuildResult(
        out=request.out,
        prints=request.prints,
        pages=rendered.pages,
        sheets=sheets,
        written=() if site is None else tuple(site.written),
        printed=tuple(own.written),
        left_out=len(people) if leaves_out_people(content.practice, request) else 0,
        bodies=rendered.bodies,
        around=_around(request, content),
        lies_in=folder_on_domain(content.site_url),
        kept=sum(len(one.kept) for one in both),
        removed=tuple(name for one in both for name in one.removed),
        advice=content.advice,
        watch=watch,
    )


def _around(request: BuildRequest, content: Content) -> Around:
    return Around(
        out=str(request.out),
        folder=str(content.practice.folder),
        today=content.today.isoformat(),
        country=content.practice.address.country,
        is_sample=request.is_sample,
        silenced=content.practice.facts.advice.silence,
    )


def _print(
    request: BuildRequest,
    content: Content,
    cache: Cache,
    watch: Stopwatch,
    take: Callable[[Printed], None] | None = None,
    *,
    quiet: bool = True,
) -> PrintedSheets:
    if request.only == "site":
        return PrintedSheets()
    from outreach_kit.publish.order import Order
    from outreach_kit.publish.printing import print_sheets

    with watch.step("sheets"):
        return print_sheets(Order.of(request, content, cache), request, take, quiet=quiet)


def _as_row(link: PrintLink) -> dict[str, object]:
    return dict(vars(link))


def _links_of(last: Manifest | None, staging: Staging) -> tuple[PrintLink, ...]:
    """The sheets that an earlier build has left in their places."""
    rows = last.summary.get("prints", []) if last else []
    known = PrintLink.__annotations__
    told = rows if isinstance(rows, list) else []
    found = (PrintLink(**{key: row[key] for key in known.keys() & row.keys()}) for row in told)
    return tuple(one for one in found if (staging.out / PRINT_FOLDER / one.filename).is_file())
