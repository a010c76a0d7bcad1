"""Reading the settings file. Apart from writing it, since it comes before the first frame: it loads the standard
library's TOML where there is a file, and nothing else that is large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from studio.domain.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from studio.domain.problems import Problem


# A tuple, since making a dataclass takes six times as long, and the first frame waits for it.
class Found(NamedTuple):
    """The settings as read, and what is wrong with their file."""

    settings: Settings
    problem: Problem | None = None


def read_settings(path: Path, kept: Path | None = None) -> Found:
    """The settings in a file, the program's own where it is missing or damaged. In the file `kept` it is remembered
    what the text means: loading a parser for TOML takes 4 ms."""
    try:
        return Found(settings=_parsed(path.read_text(encoding="utf-8"), kept))
    except FileNotFoundError:
        return Found(settings=Settings())
    except (OSError, ValueError, RecursionError) as error:  # damaged TOML and damaged UTF-8 are ValueErrors
        from studio.domain.catalogue import problem  # only where there is one

        return Found(settings=Settings(), problem=problem("settings-damaged", place=path, detail=str(error)))


def _parsed(text: str, kept: Path | None) -> Settings:
    from studio.storage.settings_values import settings_of  # only where there is a file

    return settings_of(_table(text, kept))


def _table(text: str, kept: Path | None) -> dict[str, Any]:
    if kept is None:
        return _read(text)
    from studio.storage.kept import read_kept, write_kept  # as above

    found = cast("Mapping[str, dict[str, Any]] | None", read_kept(kept))
    if isinstance(found, dict) and isinstance(found.get(text), dict):
        return found[text]
    table = _read(text)
    write_kept(kept, {text: table})
    return table


def _read(text: str) -> dict[str, Any]:
    import tomllib  # only where the text is new

    return tomllib.loads(text)
