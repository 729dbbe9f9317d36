#!/usr/bin/env python3
"""Practice folder to website and printed sheets: load, check, plan, render, write.

Exit codes: 0 done; 1 the content is wrong; 2 the command line is wrong; 3 the machine failed.
"""

from __future__ import annotations

import gc
import sys
import time

from outreach_kit.publish.ahead import Ahead
from outreach_kit.publish.glance import glance

_LITTER = 100_000
"""So many objects come to be before Python looks for rubbish: nearly all that a build makes stays in use,
and to look through it at every few hundred takes a tenth of a short one."""


def main(arguments: list[str] | None = None) -> int:
    began_s = time.perf_counter()
    gc.set_threshold(_LITTER)
    said = sys.argv[1:] if arguments is None else arguments
    record, changed = glance(said, began_s)
    if record is not None and not changed:
        return 0
    if record is not None:
        ahead = Ahead(changed)
        from outreach_kit.publish.quick import renew_quickly  # late, each: to load it takes longest

        if renew_quickly(record, changed, said, ahead):
            return 0
    from outreach_kit.publish import commands

    return commands.main(said, began_s)


if __name__ == "__main__":
    code = main()
    gc.freeze()  # else all that is left is looked through once more before the process ends
    sys.exit(code)
