"""`python -m studio` and the command `overpaint`."""

from __future__ import annotations

import sys

INTERRUPTED = 130


def main() -> None:
    """Run and end with the status that says how it went. An interruption that nobody below has made their own, most of
    all while modules are loaded, ends it without a word."""
    try:
        from studio.app.run import run  # within, as even this takes a moment

        status = run(sys.argv[1:])
    except KeyboardInterrupt:
        status = INTERRUPTED
    sys.exit(status)


if __name__ == "__main__":
    main()
