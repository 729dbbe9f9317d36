"""What the many Flask apps of the tests would each make anew: compiled templates and compiled addresses.

A test has an app of its own, and nine tenths of making one is compiling what the last one compiled. In
one process of tests each template and each rule is compiled once; which app it is for changes nothing
in it. `share_what_is_compiled` says so to Flask in the places that Flask keeps for it.
"""

from __future__ import annotations

from collections.abc import Hashable
from types import CodeType, MethodType
from typing import Any, Final

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

_RULES: Final[dict[Hashable, dict[str, Any]]] = {}
_COMPILED: Final = ("_parts", "_trace", "_converters", "_build", "_build_unknown")


def share_what_is_compiled() -> None:
    """For every app that is made from now on."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Templates()}
    Flask.url_rule_class = RememberedRule


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
