"""`python -m tests.translations STEP`: from the sources to the catalogues that are committed.

extract prints the template of all messages; update lays the sources over each catalogue, so that new
messages wait there for their words; compile writes the tables; check tells what is amiss.
"""

from __future__ import annotations

import argparse
import sys

from babel.messages.pofile import write_po

from tests.translations.catalogues import compiled, homes, renew, spoken
from tests.translations.faults import find_faults
from tests.translations.sources import gather


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.translations")
    parser.add_argument("step", choices=("extract", "update", "compile", "check"))
    step = parser.parse_args().step
    gathered = gather()
    if step == "extract":
        write_po(sys.stdout.buffer, gathered, include_lineno=False)
        return 0
    faults = 0
    for home in homes():
        kept = home.read()
        if step == "update":
            home.write(renew(kept, gathered))
            waiting = sum(1 for one in home.read() if one.id and not one.string)
            print(f"{home.language}: {len(kept)} messages, {waiting} without words")
        elif step == "compile":
            home.compile(kept)
            print(f"{home.language}: {len(kept)} messages")
        else:
            for fault in find_faults(kept, gathered):
                print(f"{home.language}: {fault}")
                faults += 1
            if spoken(compiled(kept)) != spoken(home.table.read_bytes()):
                print(f"{home.language}: {home.table.name} is older than {home.text.name}")
                faults += 1
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
