"""Where the files are that are shipped with the program."""

from __future__ import annotations

import os

_ROOM = os.path.dirname(os.path.abspath(__file__))
_CHECKOUT = os.path.join(os.path.dirname(os.path.dirname(_ROOM)), "resources")
_INSTALLED = os.path.join(os.path.dirname(os.path.dirname(_ROOM)), "studio_resources")
FOLDER = _CHECKOUT if os.path.isdir(_CHECKOUT) else _INSTALLED
"""`resources` of a checkout, `studio_resources` beside the installed package."""


def path(*parts: str) -> str:
    """The full path of a shipped file."""
    return os.path.join(FOLDER, *parts)
