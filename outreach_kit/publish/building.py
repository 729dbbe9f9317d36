"""The build, step by step: load, advise, plan, render, write. `check` does all of it but the last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from outreach_kit.errors import ContentError
from outreach_kit.practice import Practice, load_practice
from outreach_kit.practice.advice import Advice, advise
from outreach_kit.practice.leftovers import find_leftovers
from outreach_kit.publish.cache import ByteCache, Cache
from outreach_kit.publish.links import find_dead_links
from outreach_kit.publish.manifest import (
    Manifest,
    outputs_in,
    read_manifest,
    stamp_inputs,
    write_manifest,
)
from outreach_kit.publish.objections import find_objections
from outreach_kit.publish.printing import PrintedSheets, print_sheets
from outreach_kit.publish.request import BuildRequest
from outreach_kit.publish.result import BuildResult, Stopwatch
from outreach_kit.publish.write import Staging
from outreach_kit.web import PrintLink, Site, collect_assets, plan_pages, render_page

PRINT_FOLDER = "print"


@dataclass(frozen=True)
class Content:
    """A practice that may be built, and the moment that the build takes for now."""

    practice: Practice
    today: dt.date
    form_url: str | None
    site_url: str | None
    advice: tuple[Advice, ...]


def build(request: BuildRequest) -> BuildResult:
    """Make what was asked for and swap it in. Raises ContentError, UsageError or MachineError.

    Until the last step nothing outside the cache is touched, so a failure leaves the last good site.
    """
    watch = Stopwatch()
    inputs = stamp_inputs(request.practice)  # before reading: a change meanwhile is a change
    last = read_manifest(request.cache, request.out)
    content = _load(request, watch)
    cache = ByteCache(request.cache)
    with Staging(request.out, frozenset(last.outputs if last else ())) as staging:
        sheets = _print(request, content, cache, watch)
        with watch.step("write"):
            for name, data in sheets.files.items():
                staging.put(f"{PRINT_FOLDER}/{name}", data)
        pages = 0
        if request.only in {"", "site"}:
            known = sheets.links if request.only == "" else _links_of(last, staging)
            pages = _pages(content, known, cache, staging, watch)
        if request.only or request.sources:
            staging.keep(sorted(staging.previous - {*staging.written, *staging.kept}))
        with watch.step("write"):
            staging.swap()
            result = BuildResult(
                out=request.out,
                pages=pages,
                sheets=sheets.count,
                written=tuple(staging.written),
                kept=len(staging.kept),
                removed=tuple(staging.removed),
                advice=content.advice,
                watch=watch,
            )
            links = sheets.links or _links_of(last, staging)
            outputs = outputs_in(request.out, {*staging.written, *staging.kept})
            summary = result.summary() | {"prints": [_as_row(link) for link in links]}
            write_manifest(
                request.cache, request.out, Manifest(request.key(), inputs, outputs, summary)
            )
    return result


def check(request: BuildRequest) -> BuildResult:
    """Everything that a build would complain about, with nothing written."""
    watch = Stopwatch()
    content = _load(request, watch)
    sheets = _print(request, content, lambda _key, make: make(), watch)
    site = _site(content, sheets.links, {})
    with watch.step("plan"):
        plans = plan_pages(site)
        _check_links(content.practice, site, sheets.links)
    return BuildResult(
        out=request.out,
        pages=sum(plan.path.endswith(".html") for plan in plans),
        sheets=sheets.count,
        written=(),
        kept=0,
        removed=(),
        advice=content.advice,
        watch=watch,
        checked_only=True,
    )


def _load(request: BuildRequest, watch: Stopwatch) -> Content:
    with watch.step("load"):
        practice = load_practice(request.practice)
    with watch.step("advise"):
        today = practice.today(request.moment)
        problems = list(find_objections(practice, today))
        if not request.is_sample:
            problems += find_leftovers(practice)
        if problems:
            raise ContentError(problems)
        return Content(
            practice=practice,
            today=today,
            form_url=request.form_url or practice.identity.form_url,
            site_url=request.site_url or practice.identity.site_url,
            advice=advise(practice, today),
        )


def _print(
    request: BuildRequest, content: Content, cache: Cache, watch: Stopwatch
) -> PrintedSheets:
    if request.only == "site":
        return PrintedSheets({}, (), 0)
    with watch.step("sheets"):
        return print_sheets(
            content.practice,
            request,
            today=content.today,
            form_url=content.form_url,
            site_url=content.site_url,
            cache=cache,
        )


def _pages(
    content: Content,
    links: tuple[PrintLink, ...],
    cache: Cache,
    staging: Staging,
    watch: Stopwatch,
) -> int:
    """Render and stage every page and asset; returns how many of them are pages."""
    with watch.step("assets"):
        assets = collect_assets(content.practice, cache)
        for address, data in assets.files.items():
            staging.put(address.lstrip("/"), data)
    site = _site(content, links, assets.manifest)
    with watch.step("plan"):
        plans = plan_pages(site)
        _check_links(content.practice, site, links)
    with watch.step("pages"):
        for plan in plans:
            staging.put(plan.path, render_page(plan, site).encode())
    return sum(plan.path.endswith(".html") for plan in plans)


def _site(content: Content, links: tuple[PrintLink, ...], manifest: Mapping[str, str]) -> Site:
    return Site(
        practice=content.practice,
        today=content.today,
        language=content.practice.language,
        form_url=content.form_url,
        site_url=content.site_url,
        assets=manifest,
        prints=links,
    )


def _check_links(practice: Practice, site: Site, links: tuple[PrintLink, ...]) -> None:
    known = {plan.url for plan in plan_pages(site)}
    known |= {f"/{PRINT_FOLDER}/{link.filename}" for link in links}
    if dead := list(find_dead_links(practice, frozenset(known))):
        raise ContentError(dead)


def _as_row(link: PrintLink) -> dict[str, object]:
    return dict(vars(link))


def _links_of(last: Manifest | None, staging: Staging) -> tuple[PrintLink, ...]:
    """The sheets that an earlier build has left in their places."""
    rows = last.summary.get("prints", []) if last else []
    found = (PrintLink(**row) for row in rows) if isinstance(rows, list) else ()
    return tuple(one for one in found if (staging.out / PRINT_FOLDER / one.filename).is_file())
