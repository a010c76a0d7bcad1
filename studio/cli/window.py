"""What a command line without a verb asks for. Apart from the verbs, as a window is waiting."""

from __future__ import annotations

from typing import NamedTuple


# A tuple, since making a dataclass takes six times as long, and the first frame waits for it.
class OpenWindow(NamedTuple):
    """No verb was given: the window is to open with these files. With `demo` it does the main job by itself."""

    files: tuple[str, ...] = ()
    data_dir: str | None = None
    demo: bool = False
