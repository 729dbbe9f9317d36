#!/usr/bin/env python3
"""Practice folder to website and printed sheets: load, check, plan, render, write.

Exit codes: 0 done; 1 the content is wrong; 2 the command line is wrong; 3 the machine failed.
"""

from __future__ import annotations

import sys
import time

from outreach_kit.publish.glance import glance


def main(arguments: list[str] | None = None) -> int:
    began_s = time.perf_counter()
    said = sys.argv[1:] if arguments is None else arguments
    record, changed = glance(said, began_s)
    if record is not None and not changed:
        return 0
    from outreach_kit.publish import commands  # late: what changes nothing needs none of it

    return commands.main(said, began_s, record, changed)


if __name__ == "__main__":
    sys.exit(main())
