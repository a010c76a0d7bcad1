"""Rows of the gallery for a terminal: all of them, or one by its id."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.gallery import GalleryQuery
from studio.domain.ids import OutputId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.domain.gallery import GalleryEntry
    from studio.session.ports import Library


async def all_entries(library: Library, words: str) -> Sequence[GalleryEntry]:
    """What matches, newest first, asked for page by page."""
    query = GalleryQuery(words=words)
    found: list[GalleryEntry] = []
    while True:
        page = await library.entries(query)
        found += page
        if len(page) < query.limit:
            return found
        query = replace(query, before=page[-1].id)


async def entry_of(library: Library, output: str) -> GalleryEntry:
    """Raises UsageError (unknown-picture)."""
    entry = await library.entry(OutputId(output))
    if entry is None:
        raise trouble("unknown-picture", id=output)
    return entry
