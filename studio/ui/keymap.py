"""Keys of commands as text: those of the table, overlaid by the user's own, which the settings hold by command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studio.domain.command import Command

BETWEEN = "; "
"""Between several keys of one command, in the settings; nothing at all is a command without a key."""
HELD = {"Space": "the hand", "\\": "hiding the mask", "Esc": "stopping what is begun"}
"""Keys of the canvas that no command can have, with what they are for."""
_CHORDED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_FIRST_UNPRINTED = 0x01000000
"""Qt's first key that types nothing (Escape); function keys and arrows come after it."""


def keys_of(row: Command, own: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that a command has now, the shown one first."""
    return split(own[row.id]) if row.id in own else row.keys


def split(text: str) -> tuple[str, ...]:
    """Several keys out of one text of the settings."""
    return tuple(part for part in text.split(BETWEEN) if part)


def plain(key: str) -> str:
    """A key as Qt writes it everywhere, so that two can be compared; empty for one that Qt does not know."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def types(key: str) -> bool:
    """Whether it writes something in a text field, and so must be dead there."""
    sequence = QKeySequence(key)
    if sequence.isEmpty():
        return False
    chord = sequence[0]  # pyright: ignore[reportIndexIssue]  the stub forgets that it is a sequence
    return not chord.keyboardModifiers() & _CHORDED and chord.key().value < _FIRST_UNPRINTED


def taken_by(rows: Sequence[Command], own: Mapping[str, str], key: str, but: str) -> Command | None:
    """Another command that has this key now."""
    wanted = plain(key)
    return next((row for row in rows if row.id != but and wanted in map(plain, keys_of(row, own))), None)


def changed(rows: Sequence[Command], own: Mapping[str, str], command: str, keys: Sequence[str]) -> dict[str, str]:
    """The user's own keys after a command was given these: whoever had one of them loses it, and what is as in the
    table needs no entry."""
    wanted = {plain(key) for key in keys}
    found = dict(own)
    for row in rows:
        had = keys_of(row, own)
        has = tuple(keys) if row.id == command else tuple(key for key in had if plain(key) not in wanted)
        if [plain(key) for key in has] == [plain(key) for key in row.keys]:
            found.pop(row.id, None)
        elif has != had:
            found[row.id] = BETWEEN.join(has)
    return found
