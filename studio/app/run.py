"""The entry."""

from __future__ import annotations

import gc
import os


def run(arguments: list[str]) -> int:
    """Do what the arguments ask for; the exit status."""
    # What is computed with matrices here is small: threads for it, made in each process, cost more than they ever save.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Modules stay: looking for garbage while they are loaded takes 2 ms, and finds none.
    gc.disable()
    from studio.cli.streams import mend_streams

    mend_streams()
    from studio.app.kept_methods import kept_methods, methods_files  # as late as this

    with kept_methods(methods_files):
        from studio.app.start import start

        return start(arguments)
