"""Markdown on a page that has headings of its own: its levels are counted anew, so that none is skipped."""

from __future__ import annotations

from outreach_kit.practice.prose import Node, parse_prose

_LEVELS = {f"h{level}": level for level in range(1, 7)}


def blocks_of(text: str, top: int = 1) -> list[Node]:
    """The text's blocks in order; its first heading stands at level `top`, and deeper ones below it.

    A PDF that skips a level is not accessible, and a page is not to fail by what its author left out.
    """
    open_levels: list[int] = []

    def settle(node: Node) -> Node:
        tag, attributes, *children = node
        if tag in _LEVELS:
            while open_levels and open_levels[-1] >= _LEVELS[tag]:
                open_levels.pop()
            open_levels.append(_LEVELS[tag])
            tag = f"h{min(6, top - 1 + len(open_levels))}"
        return [
            tag,
            attributes,
            *(settle(one) if isinstance(one, list) else one for one in children),
        ]

    return [settle(block) for block in parse_prose(text)[2:]]
