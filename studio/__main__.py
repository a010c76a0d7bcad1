"""`python -m studio` and the command `overpaint`."""

from __future__ import annotations

import sys

from studio.app.run import run


def main() -> None:
    """Run and end with the status that says how it went."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
