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


def _members(reader: _Reader, group: StackGroup) -> Iterator[Layer]:
    """The layers of a group, lowest first."""
    for member in reversed(group.members):
        if isinstance(member, StackLayer):
            yield _layer(reader, member)
        elif _dissolves(member):
            yield from _members(reader, member)
        else:
            yield _merged(reader, member)


def _dissolves(group: StackGroup) -> bool:
    """Whether its layers look the same without the group."""
    return _plain(group) and (not group.isolated or _only_paints(group))


def _plain(group: StackGroup) -> bool:
    return group.visible and group.opacity == 1 and group.blend == NORMAL


def _only_paints(group: StackGroup) -> bool:
    """Whether nothing in it blends: painting over is associative, other modes are not. A group that becomes one layer
    paints over, whatever is in it."""
    return all(
        member.blend == NORMAL
        and (isinstance(member, StackLayer) or member.isolated or not _plain(member) or _only_paints(member))
        for member in group.members
    )


def _merged(reader: _Reader, group: StackGroup) -> Layer:
    """A group as one layer that looks like it."""
    inside = tuple(_members(reader, group))
    raster = composite(tuple(picture(layer) for layer in inside), reader.size)
    return Layer(
        raster=raster, name=group.name or "Group", opacity=group.opacity, visible=group.visible, blend=group.blend
    )


def _layer(reader: _Reader, row: StackLayer) -> Layer:
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
        opacity=row.opacity,
        blend=row.blend,
        visible=row.visible,
        locked=row.locked,
    )
    if row.selected:
        reader.selected = layer
    return layer
