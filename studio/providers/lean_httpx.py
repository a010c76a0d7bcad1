"""httpx without its command line: where another package has brought click, rich and pygments, they are loaded with it
for that alone, and take longer than all the rest of it."""

from __future__ import annotations

import sys
from typing import Any, cast

COMMAND_LINE = "httpx._main"

_modules = cast("dict[str, Any]", sys.modules)
_modules.setdefault(COMMAND_LINE, None)  # what is None there cannot be imported, and httpx does without it
try:
    import httpx
finally:
    if _modules[COMMAND_LINE] is None:
        del _modules[COMMAND_LINE]

__all__ = ["httpx"]
