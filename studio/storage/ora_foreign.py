"""A document out of any program's OpenRaster file. Groups become part of the one stack of layers that there is here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.document.layer import Layer
from studio.document.pictures import picture
from studio.document.state import DocumentState
from studio.domain.geometry import Point, Rect
from studio.imaging.colour import profile_name
from studio.imaging.compose import NORMAL, composite
from studio.imaging.tiles import empty, empty_mask, raster_of
from studio.storage.ora_stack import StackGroup, StackLayer, read_group

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from studio.domain.geometry import Size
    from studio.storage.ora_archive import Archive

MOST_LAYERS = 2000
DEEPEST = 50


@dataclass(slots=True, kw_only=True, eq=False)
class _Reader:
    """What is gathered on the way: the profile of the first picture that has one, and which layer was selected."""

    archive: Archive
    size: Size
    icc: bytes | None = None
    selected: Layer | None = None
    count: int = 0


def plain_state(archive: Archive, size: Size, root: Element) -> DocumentState:
    """The document that stack.xml tells. Raises what `ora_archive.Damage` names, ImagingError."""
    stack = root.find("stack")
    if stack is None:
        raise ValueError("stack.xml holds no stack")
    _check_depth(stack)
    reader = _Reader(archive=archive, size=size)
    layers = tuple(_members(reader, read_group(stack)))
    if not layers:
        layers = (Layer(raster=empty(size), name="Background"),)
    selected = reader.selected if reader.selected in layers else None
    return DocumentState(
        size=size,
        layers=layers,
        active=(selected or layers[-1]).id,
        mask=empty_mask(size),
        icc=reader.icc,
        profile=profile_name(reader.icc),
    )


def _check_depth(stack: Element) -> None:
    """Refuse what would take the recursion below to its limit."""
    level = [stack]
    for _ in range(DEEPEST):
        level = [child for each in level for child in each if child.tag == "stack"]
        if not level:
            return
    raise ValueError("groups in groups in groups")


def _members(reader: _Reader, group: StackGroup, strength: float = 1.0) -> Iterator[Layer]:
    """The layers of a group, lowest first; `strength` is what they have of the groups around them that dissolved."""
    for member in reversed(group.members):
        if isinstance(member, StackLayer):
            yield _layer(reader, member, strength)
        elif _passes(member):
            yield from _members(reader, member, strength * member.opacity)
        elif strength == 1 and _dissolves(member):
            yield from _members(reader, member)
        else:
            yield _merged(reader, member, strength)


def _passes(group: StackGroup) -> bool:
    return group.visible and not group.isolated


def _dissolves(group: StackGroup) -> bool:
    """Whether the layers of an isolated group look the same without it: painting over is associative, other modes are
    not."""
    return group.visible and group.opacity == 1 and group.blend == NORMAL and all(map(_paints, group.members))


def _paints(member: StackLayer | StackGroup) -> bool:
    """Whether it blends with nothing outside of it. A group that becomes one layer does not, whatever is in it."""
    if isinstance(member, StackGroup) and _passes(member):
        return all(map(_paints, member.members))
    return member.blend == NORMAL


def _merged(reader: _Reader, group: StackGroup, strength: float) -> Layer:
    """A group as one layer that looks like it."""
    inside = tuple(_members(reader, group))
    return Layer(
        raster=composite(tuple(picture(layer) for layer in inside), reader.size),
        name=group.name or "Group",
        opacity=group.opacity * strength,
        visible=group.visible,
        blend=group.blend,
    )


def _layer(reader: _Reader, row: StackLayer, strength: float) -> Layer:
    reader.count += 1
    if reader.count > MOST_LAYERS:
        raise ValueError("too many layers")
    decoded = reader.archive.picture(row.source)
    reader.icc = reader.icc or decoded.icc
    fills = Rect(x=row.x, y=row.y, width=decoded.size.width, height=decoded.size.height) == Rect.of_size(reader.size)
    layer = Layer(
        raster=raster_of(decoded.pixels),
        name=row.name or ("Background" if fills else "Layer"),
        offset=Point(x=row.x, y=row.y),
        opacity=row.opacity * strength,
        blend=row.blend,
        visible=row.visible,
        locked=row.locked,
    )
    if row.selected:
        reader.selected = layer
    return layer
