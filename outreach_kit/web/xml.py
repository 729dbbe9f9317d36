"""Text and values as XML has them. The standard library's own way loads what speaks with web servers."""

from __future__ import annotations

from html import escape as escape_html


def escape(text: str) -> str:
    return escape_html(text, quote=False)


def quoteattr(value: str) -> str:
    """The value of an attribute in its quotes."""
    return f'"{escape(value).replace(chr(34), "&quot;")}"'
