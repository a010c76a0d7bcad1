"""OpenRaster's stack.xml: the layers as an XML tree, top layer first. https://www.openraster.org"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from studio.imaging.compose import BLENDS, NORMAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.domain.geometry import Size

SOURCE_OVER = "svg:src-over"
_BAD_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PREFIX = "svg:"


@dataclass(frozen=True, slots=True, kw_only=True)
class StackLayer:
    """A layer as stack.xml names it; `x` and `y` are its corner in the document."""

    name: str
    source: str
    x: int = 0
    y: int = 0
    opacity: float = 1.0
    visible: bool = True
    blend: str = NORMAL
    locked: bool = False
    selected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StackGroup:
    """A group, its members top first. Only one that is `isolated` keeps them from blending with what is below it. One
    that is not has no mode, and each of its members has its strength."""

    members: tuple[StackLayer | StackGroup, ...]
    name: str = ""
    opacity: float = 1.0
    visible: bool = True
    blend: str = NORMAL
    isolated: bool = False


def write_stack(size: Size, layers: Sequence[StackLayer]) -> bytes:
    """The file's bytes; layers from bottom to top."""
    image = ElementTree.Element("image", {"version": "0.0.5", "w": str(size.width), "h": str(size.height)})
    stack = ElementTree.SubElement(image, "stack", {"name": "root"})
    for layer in reversed(layers):
        ElementTree.SubElement(stack, "layer", _attributes(layer))
    return ElementTree.tostring(image, encoding="utf-8", xml_declaration=True)


def operation(blend: str) -> str:
    """OpenRaster's composite-op of a blend mode."""
    return SOURCE_OVER if blend == NORMAL or blend not in BLENDS else _PREFIX + blend


def blend_of(composite: str) -> str:
    """The blend mode of a composite-op; Normal where it is one that is not known here."""
    name = composite.removeprefix(_PREFIX)
    return name if name in BLENDS else NORMAL


def read_group(element: ElementTree.Element) -> StackGroup:
    """A `stack` element with all below it. Elements that are neither layer nor group are passed over."""
    members: list[StackLayer | StackGroup] = []
    for child in element:
        if child.tag == "stack":
            members.append(read_group(child))
        elif child.tag == "layer" and child.get("src"):
            members.append(_layer(child))
    opacity, blend = _opacity(element), blend_of(element.get("composite-op", SOURCE_OVER))
    return StackGroup(
        members=tuple(members),
        name=element.get("name", ""),
        opacity=opacity,
        visible=_visible(element),
        blend=blend,
        isolated=_isolated(element.get("isolation"), plain=opacity == 1 and blend == NORMAL),
    )


def _isolated(said: str | None, *, plain: bool) -> bool:
    """Whether a group is isolated. By the specification one with a strength or a mode always is. But those that say
    "auto" do so for groups that pass through (Krita, MyPaint, Pixelitor), and isolate all others; Krita lets even such
    a group have a strength. Those that say nothing (GIMP) mean what is specified."""
    return said == "isolate" or (said != "auto" and not plain)


def _attributes(layer: StackLayer) -> dict[str, str]:
    attributes = {
        "name": _BAD_IN_XML.sub("", layer.name),
        "src": layer.source,
        "x": str(layer.x),
        "y": str(layer.y),
        "opacity": f"{layer.opacity:.6g}",
        "visibility": "visible" if layer.visible else "hidden",
        "composite-op": operation(layer.blend),
    }
    if layer.locked:
        attributes["edit-locked"] = "true"
    if layer.selected:
        attributes["selected"] = "true"
    return attributes


def _layer(element: ElementTree.Element) -> StackLayer:
    return StackLayer(
        name=element.get("name", ""),
        source=element.get("src", ""),
        x=_whole(element.get("x", "0")),
        y=_whole(element.get("y", "0")),
        opacity=_opacity(element),
        visible=_visible(element),
        blend=blend_of(element.get("composite-op", SOURCE_OVER)),
        locked=element.get("edit-locked") == "true",
        selected=element.get("selected") == "true",
    )


def _opacity(element: ElementTree.Element) -> float:
    value = float(element.get("opacity", "1"))
    return min(1.0, max(0.0, value)) if value == value else 1.0  # a NaN is unlike itself


def _visible(element: ElementTree.Element) -> bool:
    return element.get("visibility", "visible") != "hidden"


def _whole(text: str) -> int:
    value = round(float(text))
    if abs(value) > 1 << 20:
        raise ValueError("a layer too far away")
    return value
