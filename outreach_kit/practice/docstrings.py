"""What stands below a key in the source of its table, for complaints and for the JSON Schema."""

from __future__ import annotations

import ast
import functools
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from itertools import pairwise


def docstrings_of(table: type) -> Mapping[str, str]:
    """By key; a class says more about the keys of those that it extends, or nothing."""
    homes = (one for one in reversed(table.__mro__) if "__annotations__" in vars(one))
    return {name: said for home in homes for name, said in _told_in(home).items()}


@functools.cache
def _told_in(home: type) -> Mapping[str, str]:
    return dict(_read(home))


def _read(home: type) -> Iterator[tuple[str, str]]:
    body = ast.parse(textwrap.dedent(inspect.getsource(home))).body[0]
    for key, below in pairwise(body.body if isinstance(body, ast.ClassDef) else ()):
        match key, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(said))),
            ):
                yield name, inspect.cleandoc(said)
