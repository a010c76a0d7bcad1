"""What is lost where a picture is opened: its file may hold more than is kept here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.session.face.views import Notice

if TYPE_CHECKING:
    from studio.imaging.decode import Decoded

KEPT = 8
"""Bits of a channel."""


def loses(picture: Decoded) -> bool:
    """Whether the file holds more than is kept of it."""
    return picture.bits > KEPT


def lost(picture: Decoded, name: str) -> Notice:
    """Tells what is, of the file of this name."""
    text = "{name} has {bits} bits a channel and is opened with 8. Its file stays as it is."
    if picture.cut:
        text = (
            "{name} has {bits} bits a channel and is opened with 8; "
            "what is brighter than white is cut. Its file stays as it is."
        )
    return Notice(text=text, facts={"name": name, "bits": picture.bits})
