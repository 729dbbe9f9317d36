"""What an annotation of a table can say besides the type: how a value is read, and what it must be.

`Annotated[str, Before(strip), After(check), Limits(least=1)]` is read from left to right, what stands
`Before` the type first. `table` has the tables, `checking` does the work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

Method = TypeVar("Method", bound=Callable[..., object])
LAST: Final = "_asked_last"


class Before:
    """Is given the value as it was written, and returns what the type is to look at."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self.work = work


class After:
    """Is given a value of the type, and returns it or another; or raises Refused."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self.work = work


class Instead:
    """Reads the value in place of the type, which is only what comes of it."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self.work = work


class Limits:
    """`least` and `most` bound a number, or the length of a text or list; all of a text is `like` that."""

    def __init__(
        self, least: int | None = None, most: int | None = None, like: str | None = None
    ) -> None:
        self.least, self.most, self.like = least, most, like


class Schema:
    """What the JSON Schema says of it, where the type does not tell what one may write."""

    def __init__(self, said: Mapping[str, object]) -> None:
        self.said = said


class MadeFrom:
    """The default that follows from the values before it, by their names."""

    def __init__(self, make: Callable[[Mapping[str, Any]], Any]) -> None:
        self.make = make


def made_from(*, default_factory: Callable[[Mapping[str, Any]], Any]) -> Any:
    """As a field's default: `slug: Slug = made_from(default_factory=…)`."""
    return MadeFrom(default_factory)


def asked_last(method: Method) -> Method:
    """A table's own look at itself, when each of its values is right: it raises Refused or does nothing."""
    setattr(method, LAST, True)
    return method
