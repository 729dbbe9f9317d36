"""The files that machines ask for: robots.txt, sitemap.xml, and the headers a static host adds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from outreach_kit.web.addresses import note_url
from outreach_kit.web.plan import PagePlan
from outreach_kit.web.site import Site
from outreach_kit.web.xml import escape, quoteattr


def render_robots(site: Site) -> str:
    lines = ["User-agent: *", "Allow: /"]
    if site.site_url:
        lines.append(f"Sitemap: {site.site_url}/sitemap.xml")
    return "\n".join(lines) + "\n"


def render_sitemap(site: Site, plans: Iterable[PagePlan]) -> str:
    """The listed pages; `site.site_url` must be set, because a sitemap holds whole addresses.

    Each names itself in every language that has it, as search engines ask for it. Only a note carries
    a day: of the others nobody has said when they changed, and a file's time is not that.
    """
    listed = [plan for plan in plans if plan.listed]
    told: dict[str, list[PagePlan]] = {}
    for plan in listed:
        told.setdefault(plan.page, []).append(plan)
    is_bilingual = len(site.practice.languages) > 1
    days = {
        site.in_language(note.language).at(note_url(note)): note.on for note in site.practice.notes
    }
    rows = (
        _row(site, plan, told[plan.page] if is_bilingual else (), days.get(plan.url))
        for plan in listed
    )
    links = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"' if is_bilingual else ""
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{links}>',
            *rows,
            "</urlset>",
            "",
        )
    )


def _row(site: Site, plan: PagePlan, told: Sequence[PagePlan], on: dt.date | None) -> str:
    address = escape(site.address_of(plan.url) or "")
    day = f"<lastmod>{on.isoformat()}</lastmod>" if on else ""
    if len(told) < 2:
        return f"  <url><loc>{address}</loc>{day}</url>"
    whole = [(one.language, site.address_of(one.url) or "") for one in told]
    links = "".join(
        f'\n    <xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(href)}/>'
        for language, href in (*whole, ("x-default", whole[0][1]))
    )
    day = f"\n    {day}" if day else ""
    return f"  <url>\n    <loc>{address}</loc>{day}{links}\n  </url>"


def page_headers(form_url: str | None) -> Mapping[str, str]:
    """What every page is served with. Nothing inline runs, nothing of other companies loads, and
    the only foreign address is the form server's, for sending the form.

    The referrer is cut to the origin and not left out: a form sent with none arrives with the
    origin “null”, and the server could not tell its own site from a stranger's.
    """
    policy = f"{policy_in_page(form_url)}; frame-ancestors 'none'"
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": REFERRER,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }


def policy_in_page(form_url: str | None) -> str:
    """The same for a host that adds no headers: as much of it as a page may say of itself."""
    form = f" {_origin(form_url)}" if form_url else ""
    return "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            "font-src 'self'",
            "img-src 'self'",
            f"connect-src 'self'{form}",
            f"form-action 'self'{form}",
            "base-uri 'none'",
        )
    )


REFERRER: Final = "strict-origin-when-cross-origin"
ASSET_CACHING: Final = "public, max-age=31536000, immutable"
"""Assets carry a hash of their content in the name, so a browser may keep them for a year."""


_HTTPS_ONLY: Final = "max-age=31536000"
"""A year, for this name alone: what lies under its subdomains is not ours to decide."""


def render_headers(site: Site) -> str:
    """`_headers` as Netlify, Cloudflare Pages and others read it."""
    headers = dict(page_headers(site.form_url))
    if (site.site_url or "").startswith("https://"):
        headers["Strict-Transport-Security"] = _HTTPS_ONLY
    rows = [f"  {name}: {value}" for name, value in headers.items()]
    return "\n".join(("/*", *rows, "", "/assets/*", f"  Cache-Control: {ASSET_CACHING}", ""))


def own_domain(site: Site) -> str:
    """What GitHub Pages reads in `CNAME`; empty where the site has no domain of its own there."""
    parts = urlsplit(site.site_url or "")
    host = parts.hostname or ""
    is_own = parts.path in {"", "/"} and not host.endswith(".github.io")
    return host if is_own and site.practice.identity.github_pages else ""


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
