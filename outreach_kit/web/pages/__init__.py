"""One module per kind of page: which files it makes, and how each becomes text."""

from outreach_kit.web.pages.registry import FILES, PAGES, plan_pages, render_page

__all__ = ["FILES", "PAGES", "plan_pages", "render_page"]
