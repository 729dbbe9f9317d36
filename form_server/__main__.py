"""`python -m form_server COMMAND`: the shell around the server."""

from __future__ import annotations

import sys


def main() -> int:
    try:
        from form_server.commands import cli
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith(("outreach_kit", "form_server")):
            raise
        print(  # noqa: T201 - nothing else is installed yet
            f"form_server: the package “{error.name}” is not installed. Run: "
            f"{sys.executable} -m pip install -r requirements.txt",
            file=sys.stderr,
        )
        return 3
    return cli()


if __name__ == "__main__":
    sys.exit(main())
