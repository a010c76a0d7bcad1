"""Reading the settings file. Apart from writing it, since it comes before the first frame: it loads the standard
library's TOML where there is a file, and nothing else that is large."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.domain.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from studio.domain.problems import Problem


# A tuple, since making a dataclass takes six times as long, and the first frame waits for it.
class Found(NamedTuple):
    """The settings as read, and what is wrong with their file."""

    settings: Settings
    problem: Problem | None = None


def read_settings(path: Path) -> Found:
    """The settings in a file, the program's own where it is missing or damaged; nothing is written."""
    try:
        return Found(settings=_parsed(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Found(settings=Settings())
    except (OSError, ValueError, RecursionError) as error:  # damaged TOML and damaged UTF-8 are ValueErrors
        from studio.domain.catalogue import problem  # only where there is one

        return Found(settings=Settings(), problem=problem("settings-damaged", place=path, detail=str(error)))


def _parsed(text: str) -> Settings:
    import tomllib  # only where there is a file

    from studio.storage.settings_values import settings_of  # as above

    return settings_of(tomllib.loads(text))
