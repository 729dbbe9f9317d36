"""The files that machines ask for: robots.txt, sitemap.xml, and the headers a static host adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from outreach_kit.web.plan import PagePlan
from outreach_kit.web.site import Site


def render_robots(site: Site) -> str:
    lines = ["User-agent: *", "Allow: /"]
    if site.site_url:
        lines.append(f"Sitemap: {site.site_url}/sitemap.xml")
    return "\n".join(lines) + "\n"


def render_sitemap(site: Site, plans: Iterable[PagePlan]) -> str:
    """The listed pages; `site.site_url` must be set, because a sitemap holds whole addresses.

    Each names itself in every language that has it, as search engines ask for it.
    """
    listed = [plan for plan in plans if plan.listed]
    told: dict[str, list[PagePlan]] = {}
    for plan in listed:
        told.setdefault(plan.page, []).append(plan)
    is_bilingual = len(site.practice.languages) > 1
    rows = (_row(site, plan, told[plan.page] if is_bilingual else ()) for plan in listed)
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


def _row(site: Site, plan: PagePlan, told: Sequence[PagePlan]) -> str:
    address = escape(site.address_of(plan.url) or "")
    if len(told) < 2:
        return f"  <url><loc>{address}</loc></url>"
    whole = [(one.language, site.address_of(one.url) or "") for one in told]
    links = "".join(
        f'\n    <xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(href)}/>'
        for language, href in (*whole, ("x-default", whole[0][1]))
    )
    return f"  <url>\n    <loc>{address}</loc>{links}\n  </url>"


def page_headers(form_url: str | None) -> Mapping[str, str]:
    """What every page is served with. Nothing inline runs, nothing of other companies loads, and
    the only foreign address is the form server's, for sending the form.

    The referrer is cut to the origin and not left out: a form sent with none arrives with the
    origin “null”, and the server could not tell its own site from a stranger's.
    """
    form = f" {_origin(form_url)}" if form_url else ""
    policy = (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        f"connect-src 'self'{form}",
        f"form-action 'self'{form}",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }


ASSET_CACHING = "public, max-age=31536000, immutable"
"""Assets carry a hash of their content in the name, so a browser may keep them for a year."""


def render_headers(site: Site) -> str:
    """`_headers` as Netlify, Cloudflare Pages and others read it."""
    rows = [f"  {name}: {value}" for name, value in page_headers(site.form_url).items()]
    return "\n".join(("/*", *rows, "", "/assets/*", f"  Cache-Control: {ASSET_CACHING}", ""))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
