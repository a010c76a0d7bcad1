"""What the rows of the catalogue of problems are made of, and what many of them share."""

from __future__ import annotations

from studio.domain.problems import StudioError

Row = tuple[type[StudioError], str, str, str, str, str, str]
"""Error class, title, what happened, did it cost, what now, command of the button, its label."""

FREE = "Nothing was charged."
UNSENT = "Nothing was sent."
SAFE = "Your picture is as it was."
MAYBE = "It may have been charged."
PAID = "It was charged."

KEYS = ("providers.open", "Open keys")
"""The command and the label of the button that leads to where keys are."""
