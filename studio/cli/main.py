"""The program's entry from a terminal: understand, then carry out, or hand back that a window is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.cli.arguments import asked_for
from studio.cli.window import OpenWindow
from studio.domain.problems import StudioError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.cli.errand import Desks


def main(arguments: Sequence[str], desks: Desks) -> int | OpenWindow:
    """Do what the arguments ask for; the exit status, or what window to open where no verb was given."""
    try:
        asked = asked_for(arguments)
    except StudioError as error:
        from studio.cli.errand import refuse  # nothing of the verbs is loaded for a window

        return refuse(error.problem, arguments)
    if isinstance(asked, OpenWindow):
        return asked
    if isinstance(asked, str):
        from studio.cli.errand import show  # as above

        return show(asked)
    from studio.cli.errand import run_errand  # as above

    return run_errand(asked, desks, arguments)
