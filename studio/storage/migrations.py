"""Bringing a library of an earlier version up to this one, a version at a time, each in a transaction of its own.

A copy of the file as it was is kept before each step. A program that ends in the midst leaves the old version or the
next one, never something between, and the next start goes on from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.storage.backups import Backups
    from studio.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """What makes the version before `version` into it. What is made from the truth is made again afterwards anyway."""

    version: int
    statements: tuple[str, ...] = ()


MIGRATIONS: tuple[Migration, ...] = (
    # No table changes: events came that a program of version 1 cannot fold, and so it must not write to the file.
    Migration(version=2),
    # Cards that the user removed, with the state in which their jobs were then.
    Migration(version=3, statements=("CREATE TABLE cards (job TEXT PRIMARY KEY, removed TEXT) STRICT, WITHOUT ROWID",)),
)


def migrate(database: Database, backups: Backups, steps: Sequence[Migration] = MIGRATIONS) -> None:
    """Take the steps that the file has not taken yet, in order. Raises StorageError; then the file is of the last
    version that was reached, whole."""
    with database.reading() as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    for step in steps:
        if step.version <= version:
            continue
        backups.keep(database, version)
        with database.transaction() as connection:
            for statement in step.statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {step.version}")
        # An earlier program looks at the file's head before it looks at its log.
        with database.reading() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        version = step.version
