"""Makes the toolkit's enum classes in a third of the time: they are half of what a window costs beyond a bare one.

PySide makes a class for each kind of its constants, 2900 of them until the first frame, by calling the enum's base with
a name and pairs. The standard library puts each pair into the class, takes it out, makes the member and puts that in,
with checks for all that a class statement may hold. Here the library makes the class without members, and they are
added at once.
"""

from __future__ import annotations

import contextlib
import sys
from enum import EnumType, Flag, IntEnum, IntFlag
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Maker = Callable[..., Any]

TAKEN = frozenset((*dir(IntFlag), *dir(IntEnum), "mro", "name", "value"))
"""Names for which the library has rules of its own."""

_CREATE = "_create_"
"""What the library calls for an enum of pairs; not told of to type checkers."""

_SAMPLES = (
    (IntEnum, (("A", 3), ("B", 3), ("C", -2))),
    (Flag, (("A", 0), ("B", 4), ("C", 1), ("D", 5), ("E", 4), ("F", -8))),
)


def lighten_enums() -> None:
    """Make enums of pairs the short way from now on, if both ways give the same here: it leans on how the library keeps
    its members, which another Python may do otherwise."""
    plain = getattr(EnumType, _CREATE)
    if hasattr(plain, "is_lean"):
        return
    made = lean(plain)
    # What another Python does not have counts as a difference.
    with contextlib.suppress(AttributeError, KeyError, TypeError, ValueError):
        if all(facts(made(kind, "E", list(pairs))) == facts(plain(kind, "E", list(pairs))) for kind, pairs in _SAMPLES):
            setattr(EnumType, _CREATE, made)


def lean(plain: Maker) -> Maker:
    """What makes enums from pairs of name and number at once, and leaves all others to `plain`."""

    def create(kind: Any, name: str, names: Any, *, module: str | None = None, **others: Any) -> Any:
        if module is None:
            # As the library finds it: the caller of the call of the class.
            with contextlib.suppress(ValueError):
                module = sys._getframe(2).f_globals.get("__name__")
        simple = type(names) is list and others.get("type") is None and all(map(_is_simple, names))
        if not simple or len(dict(names)) < len(names):
            return plain(kind, name, names, module=module, **others)
        made = plain(kind, name, (), module=module, **others)
        _fill(made, names)
        return made

    create.is_lean = True  # pyright: ignore[reportFunctionMemberAccess]  so that it is not put around itself
    return create


def _is_simple(pair: object) -> bool:
    if type(pair) is not tuple or len(pair) != 2:
        return False
    name, value = pair
    return type(value) is int and type(name) is str and name[:1] != "_" and name not in TAKEN


def _fill(made: Any, pairs: list[tuple[str, int]]) -> None:
    new, takes_value, is_flag = made._new_member_, made._use_args_, issubclass(made, Flag)
    by_name, by_value, order = made._member_map_, made._value2member_map_, made._member_names_
    put, mask, singles = type.__setattr__, 0, 0
    for name, value in pairs:
        single = value != 0 and value & (value - 1) == 0
        mask |= value
        singles |= value if single else 0
        member = by_value.get(value)
        if member is None:
            member = new(made, value) if takes_value else new(made)
            member.__dict__.update(_value_=value, _name_=name, __objclass__=made, _sort_order_=len(order))
            by_value[value] = member
            if single or not is_flag:
                order.append(name)
        put(made, name, member)
        by_name[name] = member
    if is_flag:
        # Python 3.11.0 to 3.11.3 count single bits alone as the mask, and keep no other.
        made._flag_mask_, made._all_bits_ = singles, 2 ** mask.bit_length() - 1
        if hasattr(made, "_singles_mask_"):
            made._flag_mask_, made._singles_mask_ = mask, singles
        values = [by_name[name]._value_ for name in order]
        if values != sorted(values):
            made._iter_member_ = made._iter_member_by_def_


def facts(made: Any) -> dict[str, object]:
    """All that a class of enums holds, comparable with another's."""
    members = {name: {**vars(each), "__objclass__": name, "int": int(each._value_)} for name, each in _all(made)}
    kept = {
        "_member_map_": members,
        "_value2member_map_": {value: each._name_ for value, each in made._value2member_map_.items()},
    }
    rest = {name: value for name, value in vars(made).items() if name not in members and name not in kept}
    for name in ("__dict__", "__weakref__", "_iter_member_"):
        rest[name] = str(rest.get(name, "")).partition(" at ")[0]
    in_class = {name: getattr(vars(made).get(name), "_name_", "") for name in members}
    return {**rest, **kept, "in class": in_class, "bases": made.__mro__[1:]}


def _all(made: Any) -> list[tuple[str, Any]]:
    return list(made._member_map_.items())
