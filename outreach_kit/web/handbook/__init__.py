"""The project’s own documentation as a website: the Markdown of `docs/`, in the order of its contents."""

from outreach_kit.web.handbook.book import Book, Chapter, Part, load_book
from outreach_kit.web.handbook.pages import render_book

__all__ = ["Book", "Chapter", "Part", "load_book", "render_book"]
