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


def main(arguments: list[str] | None = None) -> int:
    began_s = time.perf_counter()
    gc.disable()  # what is loaded stays; looking through it for rubbish takes a tenth of a short build
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

    gc.enable()
    return commands.main(said, began_s)


if __name__ == "__main__":
    sys.exit(main())
