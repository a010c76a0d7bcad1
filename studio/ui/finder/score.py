"""How well what was typed fits a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.domain.command import Command

WORD_START, IN_ROW, FIRST = 8, 5, 6


def fit(typed: str, text: str) -> int:
    """How well the letters of `typed`, in order, occur in `text`; 0 where they do not. Letters in a row, at the
    beginning of words and of the text count more, as in the finders of editors."""
    typed, text = typed.lower().strip(), text.lower()
    if not typed:
        return 1
    if typed in text:
        at = text.index(typed)
        starts = at == 0 or not text[at - 1].isalnum()
        return 100 + 20 * starts + FIRST * (at == 0) + len(typed) - len(text) // 8
    points, at, row = 1, -1, 0
    for letter in typed:
        if letter == " ":
            continue
        found = text.find(letter, at + 1)
        if found < 0:
            return 0
        row = row + 1 if found == at + 1 and at >= 0 else 0
        points += 1 + row * IN_ROW
        points += WORD_START if found == 0 or not text[found - 1].isalnum() else 0
        at = found
    return points if points >= 4 * len(typed.replace(" ", "")) else 0


def ranked(typed: str, rows: Iterable[Command], recent: Sequence[str]) -> list[Command]:
    """The rows that fit, best first; where nothing is typed, those that were used last come first."""
    known = {command: place for place, command in enumerate(recent)}
    scored = [(_points(typed, row), -known.get(row.id, 999), row) for row in rows]
    found = [each for each in scored if each[0] > 0]
    found.sort(key=lambda each: (each[0], each[1]) if typed.strip() else (0, each[1]), reverse=True)
    return [row for _, _, row in found]


def _points(typed: str, row: Command) -> int:
    names = max(fit(typed, tr(row.title)), fit(typed, row.title))
    others = max((fit(typed, word) for word in row.words), default=0)
    menu = fit(typed, f"{row.menu} {row.title}")
    return max(names, others - 10, menu - 20)
