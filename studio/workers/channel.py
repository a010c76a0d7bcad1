"""Messages between this process and its children: one JSON object a line.

JSON, because a child that reads untrusted files may have been taken over by one: nothing it says is executed here,
and every field is looked at before it is used. Pixels do not travel here but by `shared.py`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from studio.domain.catalogue import CATALOGUE
from studio.domain.problems import Problem, StudioError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]

LONGEST = 1 << 24
"""No message is longer, in bytes; a line that is ends the conversation."""


class BadMessage(ValueError):
    """The other side said something that makes no sense."""


class Fields:
    """A message with its fields looked at. Each reader raises BadMessage where the field is not of that kind."""

    __slots__ = ("_fields",)

    def __init__(self, fields: Mapping[str, Json]) -> None:
        self._fields = fields

    def text(self, name: str) -> str:
        """A text."""
        value = self._fields.get(name)
        if not isinstance(value, str):
            raise BadMessage(f"{name} is no text")
        return value

    def whole(self, name: str) -> int:
        """A whole number from 0 on."""
        value = self._fields.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise BadMessage(f"{name} is no whole number")
        return value

    def number(self, name: str) -> float | None:
        """A number, None where there is none."""
        value = self._fields.get(name)
        if value is not None and (not isinstance(value, int | float) or isinstance(value, bool)):
            raise BadMessage(f"{name} is no number")
        return value

    def flag(self, name: str) -> bool:
        """Yes or no."""
        value = self._fields.get(name)
        if not isinstance(value, bool):
            raise BadMessage(f"{name} is neither yes nor no")
        return value

    def inner(self, name: str) -> Fields | None:
        """Fields of their own, None where there are none."""
        value = self._fields.get(name)
        if value is not None and not isinstance(value, dict):
            raise BadMessage(f"{name} has no fields")
        return None if value is None else Fields(value)

    def plain(self) -> list[tuple[str, str | int | float | bool]]:
        """All fields, each a text, a number, or yes or no."""
        found: list[tuple[str, str | int | float | bool]] = []
        for name, value in self._fields.items():
            if not isinstance(value, str | int | float):
                raise BadMessage(f"{name} is no plain value")
            found.append((name, value))
        return found

    def rows(self, name: str) -> list[Json]:
        """A list."""
        value = self._fields.get(name)
        if not isinstance(value, list):
            raise BadMessage(f"{name} is no list")
        return value


def write(stream: IO[bytes], message: Mapping[str, Json]) -> None:
    """Say something. Raises OSError where nobody listens."""
    stream.write(json.dumps(message).encode() + b"\n")
    stream.flush()


def read(stream: IO[bytes]) -> Fields | None:
    """Hear something; None where the other side is gone. Raises BadMessage."""
    line = stream.readline(LONGEST)
    if not line.endswith(b"\n"):
        return None
    try:
        value = cast("Json", json.loads(line))
    except ValueError as error:
        raise BadMessage(str(error)) from error
    if not isinstance(value, dict):
        raise BadMessage("the message has no fields")
    return Fields(value)


def trouble_told(error: StudioError) -> dict[str, Json]:
    """An error as a message of kind "trouble"."""
    told = error.problem
    return {
        "kind": "trouble",
        "code": told.code,
        "what": told.what,
        "cost": told.cost,
        "next": told.next,
        "detail": told.detail,
    }


def trouble_heard(fields: Fields) -> StudioError:
    """The error of such a message; its title and button are the catalogue's. Raises BadMessage for a strange code."""
    code = fields.text("code")
    if code not in CATALOGUE:
        raise BadMessage(f"no problem is called {code}")
    kind, title, _, _, _, action, button = CATALOGUE[code]
    return kind(
        Problem(
            code=code,
            title=title,
            what=fields.text("what"),
            cost=fields.text("cost"),
            next=fields.text("next"),
            action=action,
            button=button,
            detail=fields.text("detail"),
        )
    )
