"""What the many apps and ledgers of the tests would each make anew: templates, addresses, statements, sheets.

A test has an app and a ledger of its own, and nine tenths of making them is compiling what the last one
compiled. In one process of tests each template, each rule, each statement and each style sheet is
compiled once; whom it is for changes nothing in it. `share_what_is_compiled` says so to Flask in the
places that Flask keeps for it, to SQLAlchemy where an engine has its cache, and to ours in the two
places where the work is done.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from types import CodeType, MethodType
from typing import Any, Final

import sqlalchemy as sa
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from form_server.ledger.compiled import Compiled
from form_server.ledger.engine import Store
from outreach_kit.web import assets, styles

_RULES: Final[dict[Hashable, dict[str, Any]]] = {}
_STATEMENTS: Final[dict[Hashable, dict[str, Any]]] = {}
_COMPILED: Final = ("_parts", "_trace", "_converters", "_build", "_build_unknown")


def share_what_is_compiled() -> None:
    """For every app and every ledger that is made from now on."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Templates()}
    Flask.url_rule_class = RememberedRule
    Compiled.__init__ = _compile_or_remember  # type: ignore[method-assign]
    known = property(lambda engine: KnownStatements(engine.dialect), lambda _engine, _own: None)
    sa.Engine._compiled_cache = known  # type: ignore[assignment]
    squeezed_once = cache(styles.squeeze_css)
    for module in (styles, assets):
        vars(module)["squeeze_css"] = squeezed_once


_compile: Final = Compiled.__init__


def _compile_or_remember(
    self: Compiled, store: Store, statement: sa.ClauseElement, parameters: tuple[str, ...]
) -> None:
    """As the first statement of the same words, for the same database, with the same literals."""
    words = statement._generate_cache_key()
    assert words is not None, "this kind of statement cannot be told from others"
    literals = tuple(repr(one.effective_value) for one in words.bindparams)
    key = (store.engine.dialect.name, words.key, literals, parameters)
    if key not in _STATEMENTS:
        _compile(self, store, statement, parameters)
        _STATEMENTS[key] = dict(vars(self))
    vars(self).update(_STATEMENTS[key])


class KnownStatements:
    """What an engine has compiled, for every engine of the same dialect; else each begins with none."""

    _known: Final[LRUCache[Hashable, Any]] = LRUCache(5000)

    def __init__(self, dialect: sa.Dialect) -> None:
        self._of = (type(dialect), dialect.paramstyle)

    def get(self, key: tuple[Hashable, ...]) -> Any:
        """The key begins with the engine's own dialect."""
        return self._known.get((self._of, *key[1:]))

    def __setitem__(self, key: tuple[Hashable, ...], compiled: Any) -> None:
        self._known[self._of, *key[1:]] = compiled


class Templates(BytecodeCache):
    """In memory, by file and by what stands in it: a template that was changed is compiled again."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._codes[bucket.key, bucket.checksum] = bucket.code


class RememberedRule(Rule):
    """A rule that is compiled as the first one of the same words was."""

    def compile(self) -> None:
        assert self.map is not None
        kinds = tuple(self.map.converters.items())
        merges, hosts = self.merge_slashes, self.map.host_matching
        defaults = tuple(sorted((self.defaults or {}).items()))
        key = (self.rule, self.subdomain, self.host, merges, hosts, defaults, kinds)
        if key not in _RULES:
            super().compile()
            _RULES[key] = {name: getattr(self, name) for name in _COMPILED}
            return
        for name, made in _RULES[key].items():
            own = MethodType(made.__func__, self) if isinstance(made, MethodType) else made
            setattr(self, name, own)
