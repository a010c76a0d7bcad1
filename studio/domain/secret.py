"""A string that must not be printed."""

from __future__ import annotations


class Secret:
    """Holds a key. Its text forms are stars; only `reveal` gives the key away."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The key itself, for the one place that sends it."""
        return self._text

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__
