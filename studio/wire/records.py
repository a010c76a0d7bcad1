"""Lists of records as catalogues send them: an object with `data`, or a bare list; of objects, or of ids alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.problems import ProviderError
from studio.wire.lifting import NotJson, read_json
from studio.wire.plain_text import excerpt, plain
from studio.wire.values import entries, is_list, items, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.profile import ProviderProfile

_LONGEST_ID = 300
_NAME = 120
_LISTS = ("data", "models")


def records(body: bytes | None) -> dict[str, Mapping[str, object]] | None:
    """Records by id in their order, the first of each id; None where this is no list of records. Those without an id
    are left out."""
    value = _value(body)
    places = (value, *(entries(value).get(name) for name in _LISTS))
    listed = next((items(place) for place in places if is_list(place)), None)
    if listed is None:
        return None
    found: dict[str, Mapping[str, object]] = {}
    for each in listed:
        name = text(each) or text(entries(each).get("id"))
        if 0 < len(name) <= _LONGEST_ID and name.isprintable():
            found.setdefault(name, entries(each))
    return found if found or not listed else None


def record_of(body: bytes) -> Mapping[str, object]:
    """The one record of a body, out of `data` where it stands in there; empty where there is none."""
    told = entries(_value(body))
    return entries(told.get("data")) or told


def name_of(record: Mapping[str, object], name: str) -> str:
    """What people call it."""
    return plain(text(record.get("name")) or text(record.get("display_name")), _NAME) or name


def unreadable(body: bytes, profile: ProviderProfile) -> ProviderError:
    """The error for a body that is no list of models."""
    error = trouble("catalogue-unreadable", detail=excerpt(body), provider=profile.shown_name)
    assert isinstance(error, ProviderError)
    return error


def _value(body: bytes | None) -> object:
    try:
        return None if body is None else read_json(body).value
    except NotJson:
        return None
