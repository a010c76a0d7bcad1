"""Writing settings into the text of a TOML file, leaving everything else in it as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import tomlkit

from studio.domain.profile import CHOICES, RANGES
from studio.domain.settings import Settings
from studio.storage.settings_values import TABLES, values_of

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    Values = Mapping[str, object]
    Text = MutableMapping[str, object]


_PROFILE = frozenset((*CHOICES, *RANGES, "name"))


def changed_text(text: str, settings: Settings) -> str:
    """The file's text with these settings in it. Values equal to the program's own are written only where the file
    names them already."""
    document = tomlkit.parse(text)
    place = cast("Text", document)
    wanted, own = values_of(settings), values_of(Settings())
    _change(place, {name: value for name, value in wanted.items() if name not in TABLES}, own)
    for name in (each for each in TABLES if each != "providers"):
        _change_table(place, name, cast("Values", wanted[name]), cast("Values", own[name]))
    _change_providers(place, cast("Mapping[str, Values]", wanted["providers"]))
    return tomlkit.dumps(document)


def _change_providers(document: Text, wanted: Mapping[str, Values]) -> None:
    """A table of tables, in the order in which they stand here; what a person wrote into one stays."""
    held = document.get("providers")
    tables = cast("Text", held) if isinstance(held, dict) else None
    if tables is None:
        if not wanted:
            return
        document["providers"] = tomlkit.table(is_super_table=True)
        tables = cast("Text", document["providers"])
    for name in [each for each in tables if each not in wanted]:
        del tables[name]
    for name, values in wanted.items():
        if not isinstance(tables.get(name), dict):
            tables[name] = tomlkit.table()
        table = cast("Text", tables[name])
        for gone in [key for key in table if key in _PROFILE and key not in values]:
            del table[gone]
        for key, value in values.items():
            if key not in table or table[key] != value:
                table[key] = value


def _change_table(document: Text, name: str, wanted: Values, own: Values) -> None:
    if not isinstance(document.get(name), dict):
        if wanted == own:
            return
        document[name] = tomlkit.table()
    table = cast("Text", document[name])
    _change(table, wanted, own)
    if name == "keys":  # a table without names of its own: what is not wanted any more goes
        for gone in [key for key, value in table.items() if key not in wanted and isinstance(value, str)]:
            del table[gone]


def _change(place: Text, wanted: Values, own: Values) -> None:
    for name, value in wanted.items():
        if value is None:
            place.pop(name, None)
        elif name in place:
            if place[name] != value or isinstance(place[name], bool) != isinstance(value, bool):
                place[name] = value
        elif value != own.get(name):
            place[name] = value
