"""What a project file holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.document.state import DocumentState
    from studio.domain.job import Job


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Project:
    """The document, and beside it the orders of its jobs, so that a result's history travels.

    `own` is whether the file holds all that is here and nothing else, so that nothing is lost where it is written over;
    what another program made or changed is read with its groups merged and its modes guessed.
    """

    state: DocumentState
    jobs: tuple[Job, ...] = ()
    own: bool = True
