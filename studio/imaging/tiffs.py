"""TIFFs that Pillow refuses or reads wrongly: deep ones of many channels, and deep ones that keep each for itself.

Pillow can unpack all their bytes, it only has no name for what they are. So it gets the same file with a directory of
ours behind it that calls them a gray picture: one channel, or all of them side by side in wide rows.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image
from PIL.ImageFile import ImageFile
from PIL.TiffImagePlugin import TiffImageFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.imaging.arrays import Bytes, Floats

Samples: TypeAlias = npt.NDArray[np.generic]
"""Of shape (height, width, channels)."""

WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, STRIPS, ORIENTATION = 256, 257, 258, 259, 262, 273, 274
CHANNELS, STRIP_ROWS, STRIP_BYTES, PLANAR, PREDICTOR = 277, 278, 279, 284, 317
TILE_WIDTH, TILE_HEIGHT, TILES, TILE_BYTES, EXTRA, FORMAT, PROFILE = 322, 323, 324, 325, 338, 339, 34675
_READ = frozenset(
    {
        WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, STRIPS, ORIENTATION, CHANNELS, STRIP_ROWS, STRIP_BYTES, PLANAR,
        PREDICTOR, TILE_WIDTH, TILE_HEIGHT, TILES, TILE_BYTES, EXTRA, FORMAT, PROFILE,
    }
)  # fmt: skip
_TYPES = {1: "B", 3: "H", 4: "L", 7: "B", 16: "Q"}
WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, INKS = 0, 1, 2, 5
_COLOURS = {WHITE_IS_ZERO: 1, BLACK_IS_ZERO: 1, RGB: 3, INKS: 4}
_LOSSLESS = frozenset({1, 5, 8, 32773, 32946, 50000})
"""None, LZW, Deflate (two numbers), PackBits, Zstandard."""
_WEBP = 50001
_UNSIGNED, _FLOAT = 1, 3
_ASSOCIATED, _STRAIGHT = 1, 2
_HORIZONTAL, _FLOATING = 2, 3
_DEPTHS = frozenset({(False, 8), (False, 16), (True, 16), (True, 32)})
"""Whether floating, and bits."""
MOST_CHANNELS = 16
LONGEST = 1 << 24
"""Numbers of one entry: more strips, or a larger profile, no picture has."""
STRIP = 512
"""Rows made bytes at a time, so that a large picture is not held thrice."""


CUT = "cut"
"""In the `info` of an image that is loaded: whether light above white was cut."""


class UnknownKind(Exception):
    """A TIFF that is whole, as far as one can see, and of a kind that is not read."""


def open_tiff(file: io.BytesIO) -> ImageFile:
    """A TIFF with its header read. Raises UnknownKind, and what Pillow does on damaged files."""
    try:
        opened = TiffImageFile(file)
    except SyntaxError:
        return OddTiff(io.BytesIO(file.getvalue()))
    tags = opened.tag_v2
    if tags.get(COMPRESSION) == _WEBP:
        raise UnknownKind("compressed as WebP")
    packed = tags.get(COMPRESSION, 1) != 1
    apart = tags.get(PLANAR) == 2 and not packed
    swapped = opened.mode == "F" and packed and tags.prefix == b"MM"
    negative = tags.get(PHOTOMETRIC) == WHITE_IS_ZERO
    deep = max(tags.get(BITS) or (1,)) > 8
    return OddTiff(io.BytesIO(file.getvalue())) if deep and (apart or swapped or negative) else opened


def tiff_bits(opened: ImageFile) -> int:
    """Bits that a channel of a file of `open_tiff` has, 8 where it has fewer."""
    if isinstance(opened, OddTiff):
        return max(8, opened.bits)
    return max((8, *(opened.tag_v2.get(BITS) or ()))) if isinstance(opened, TiffImageFile) else 8


class OddTiff(ImageFile):
    """Eight bits a channel once it is loaded: L, LA, RGB, RGBA, or CMYK, whose alpha is `info["alpha"]`."""

    format = "TIFF"

    def _open(self) -> None:
        assert self.fp is not None
        self._data = self.fp.read()
        tags = _directory(self._data)
        self._layout = layout = _layout("<" if self._data[:2] == b"II" else ">", tags)
        self._size = layout.width, layout.height
        self.bits = layout.bits
        names = {1: "L", 3: "RGB", 4: "CMYK"}
        self._mode = names[layout.colours] + ("A" if layout.alpha and layout.colours < 4 else "")
        if PROFILE in tags:
            self.info["icc_profile"] = bytes(tags[PROFILE])
        exif = Image.Exif()
        exif[ORIENTATION] = _one(tags, ORIENTATION, 1)
        self.info["exif"] = exif.tobytes()

    def load(self) -> Image.core.PixelAccess | None:
        """All of it at once."""
        if self._data:
            array, self.info[CUT] = _eight_bits(_samples(self._data, self._layout), self._layout)
            self._data = b""
            if self.mode == "CMYK" and self._layout.alpha:
                self.info["alpha"] = Image.fromarray(np.ascontiguousarray(array[..., 4]))
                array = array[..., :4]
            flat = array[..., 0] if array.shape[2] == 1 else array
            self.im = Image.frombytes(self.mode, self.size, flat.tobytes()).im
        return Image.Image.load(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """What the directory says. `alpha` is the channel that holds it, 0 for none; `tile` the size of a tile, None where
    the picture lies in strips of `rows`; `starts` and `lengths` tell where they are."""

    order: str
    width: int
    height: int
    bits: int
    floating: bool
    channels: int
    colours: int
    alpha: int
    associated: bool
    negative: bool
    apart: bool
    compression: int
    predictor: int
    rows: int
    tile: tuple[int, int] | None
    starts: tuple[int, ...]
    lengths: tuple[int, ...]

    @property
    def used(self) -> list[int]:
        """The channels that are shown."""
        return [*range(self.colours), *([self.alpha] if self.alpha else [])]


def _directory(data: bytes) -> Mapping[int, tuple[int, ...]]:
    """The entries of the first picture that count here. Raises ValueError, struct.error."""
    order = "<" if data[:2] == b"II" else ">"
    big = struct.unpack_from(order + "H", data, 2)[0] == 43
    (start,) = struct.unpack_from(order + ("Q" if big else "L"), data, 8 if big else 4)
    (count,) = struct.unpack_from(order + ("Q" if big else "H"), data, start)
    entry, head, inline = ("HHQ", 8, 8) if big else ("HHL", 2, 4)
    step = struct.calcsize(order + entry) + inline
    tags: dict[int, tuple[int, ...]] = {}
    for place in range(start + head, start + head + count * step, step):
        tag, kind, length = struct.unpack_from(order + entry, data, place)
        if tag not in _READ or kind not in _TYPES:
            continue
        size, at = length * struct.calcsize(order + _TYPES[kind]), place + step - inline
        if size > inline:
            (at,) = struct.unpack_from(order + ("Q" if big else "L"), data, at)
        if at + size > len(data) or length > LONGEST:
            raise ValueError(f"tag {tag} is cut short")
        tags[tag] = struct.unpack_from(f"{order}{length}{_TYPES[kind]}", data, at)
    return tags


def _one(tags: Mapping[int, tuple[int, ...]], tag: int, default: int = 0) -> int:
    return tags[tag][0] if tags.get(tag) else default


def _layout(order: str, tags: Mapping[int, tuple[int, ...]]) -> _Layout:
    """Raises UnknownKind where it is one that is not read, ValueError where it cannot be."""
    photometric, channels = _one(tags, PHOTOMETRIC, -1), _one(tags, CHANNELS, 1)
    colours, bits = _COLOURS.get(photometric, 0), set(tags.get(BITS, (1,)))
    floating = _one(tags, FORMAT, _UNSIGNED) == _FLOAT
    depth = max(bits)
    if not colours or not colours <= channels <= MOST_CHANNELS or len(bits) != 1:
        raise UnknownKind(f"{channels} channels of {sorted(bits)} bits, photometric {photometric}")
    if (floating, depth) not in _DEPTHS or set(tags.get(FORMAT, (_UNSIGNED,))) - {_UNSIGNED, _FLOAT}:
        raise UnknownKind(f"samples of {depth} bits, format {tags.get(FORMAT)}")
    extra = tags.get(EXTRA, ())[: channels - colours]
    found = next((place for place, kind in enumerate(extra) if kind in (_ASSOCIATED, _STRAIGHT)), None)
    tiled, apart = TILES in tags, channels > 1 and _one(tags, PLANAR, 1) == 2
    layout = _Layout(
        order=order,
        width=_one(tags, WIDTH),
        height=_one(tags, HEIGHT),
        bits=depth,
        floating=floating,
        channels=channels,
        colours=colours,
        alpha=0 if found is None else colours + found,
        associated=found is not None and extra[found] == _ASSOCIATED,
        negative=photometric == WHITE_IS_ZERO,
        apart=apart,
        compression=_one(tags, COMPRESSION, 1),
        predictor=_one(tags, PREDICTOR, 1),
        rows=min(_one(tags, STRIP_ROWS, 1 << 31), _one(tags, HEIGHT)),
        tile=(_one(tags, TILE_WIDTH), _one(tags, TILE_HEIGHT)) if tiled else None,
        starts=tags.get(TILES if tiled else STRIPS, ()),
        lengths=tags.get(TILE_BYTES if tiled else STRIP_BYTES, ()),
    )
    deep = {1, _FLOATING} if not tiled else {1}
    if layout.compression not in _LOSSLESS or layout.predictor not in (deep if depth == 32 else {1, _HORIZONTAL}):
        raise UnknownKind(f"compression {layout.compression}, predictor {layout.predictor}")
    if not layout.starts or len(layout.starts) != len(layout.lengths) or len(layout.starts) % channels * apart:
        raise ValueError("it does not say where its pixels are")
    return layout


def _samples(data: bytes, layout: _Layout) -> Samples:
    """The channels that are shown, as they are stored."""
    if not layout.apart:
        return _unpacked(data, layout, slice(None), layout.channels)[..., layout.used]
    each = len(layout.starts) // layout.channels
    parts = [slice(number * each, (number + 1) * each) for number in layout.used]
    return np.concatenate([_unpacked(data, layout, part, 1) for part in parts], axis=2)


def _unpacked(data: bytes, layout: _Layout, parts: slice, channels: int) -> Samples:
    """So many channels that lie together in some strips or tiles."""
    shape, wide = (layout.height, layout.width, channels), _gray(data, layout, parts, channels)
    if layout.predictor == _FLOATING:
        return _summed_bytes(wide, channels).reshape(shape)
    if layout.bits == 32:
        return wide.view(layout.order + "f4").astype(np.float32).reshape(shape)
    whole = wide.reshape(shape)
    if layout.predictor == _HORIZONTAL and channels > 1:
        step = layout.tile[0] if layout.tile else layout.width
        for left in range(0, layout.width, step):
            part = whole[:, left : left + step]
            np.cumsum(part, axis=1, dtype=whole.dtype, out=part)
    return whole.view(np.float16) if layout.floating else whole


def _summed_bytes(wide: Samples, channels: int) -> Samples:
    """Floating point as Adobe predicts it: differences of bytes, the first bytes of a row's numbers before the second
    ones."""
    steps = wide.reshape(wide.shape[0], -1, channels)
    np.cumsum(steps, axis=1, dtype=np.uint8, out=steps)
    planes = np.ascontiguousarray(wide.reshape(wide.shape[0], 4, -1).transpose(0, 2, 1))
    return planes.view(">f4").astype(np.float32)


def _gray(data: bytes, layout: _Layout, parts: slice, channels: int) -> Samples:
    """Some strips or tiles as one gray picture, its rows as wide as their samples; of 32 bits, as their bytes. Where
    several channels were predicted by the pixel before, the differences."""
    across, bits = (channels * 4, 8) if layout.bits == 32 else (channels, layout.bits)
    tags: dict[int, tuple[int, ...]] = {
        WIDTH: (layout.width * across,),
        HEIGHT: (layout.height,),
        BITS: (bits,),
        COMPRESSION: (layout.compression,),
        PHOTOMETRIC: (BLACK_IS_ZERO,),
        CHANNELS: (1,),
    }
    if across == 1:
        tags[PREDICTOR] = (layout.predictor,)
    if layout.tile is None:
        tags |= {STRIP_ROWS: (layout.rows,), STRIPS: layout.starts[parts], STRIP_BYTES: layout.lengths[parts]}
    else:
        width, height = layout.tile
        tags |= {TILE_WIDTH: (width * across,), TILE_HEIGHT: (height,)}
        tags |= {TILES: layout.starts[parts], TILE_BYTES: layout.lengths[parts]}
    with TiffImageFile(io.BytesIO(_with_directory(data, layout.order, tags))) as image:
        array = np.array(image)
    return array.astype(array.dtype.newbyteorder("="), copy=False)


def _with_directory(data: bytes, order: str, tags: Mapping[int, tuple[int, ...]]) -> bytes:
    """The file with another directory, which stands at its end. Where the pixels lie stays the same."""
    start = len(data) + len(data) % 2
    behind = start + 2 + 12 * len(tags) + 4
    entries, values = b"", b""
    for tag, numbers in sorted(tags.items()):
        packed = struct.pack(f"{order}{len(numbers)}L", *numbers)
        if len(packed) > 4:
            packed, values = struct.pack(order + "L", behind + len(values)), values + packed
        entries += struct.pack(order + "HHL", tag, 4, len(numbers)) + packed
    head = data[:2] + struct.pack(order + "HL", 42, start)
    directory = struct.pack(order + "H", len(tags)) + entries + bytes(4)
    return b"".join((head, data[8:], bytes(len(data) % 2), directory, values))


def _eight_bits(samples: Samples, layout: _Layout) -> tuple[Bytes, bool]:
    """The channels with 8 bits each, colours straight, 0 for black (for no ink); and whether light was cut."""
    top = 255.0 if layout.bits == 8 else 65535.0
    if layout.floating:
        top = white_of(samples)
    result, cut = np.empty(samples.shape, np.uint8), False
    colours = slice(0, layout.colours)
    for row in range(0, layout.height, STRIP):
        part: Floats = np.nan_to_num(samples[row : row + STRIP].astype(np.float32), posinf=2 * top, neginf=0.0)
        part /= np.float32(top)
        most = part[..., -1:] if layout.associated else 1.0
        cut = cut or (layout.floating and is_cut(part[..., colours], most))
        np.clip(part, 0, 1, out=part)
        if layout.associated:
            part[..., colours] = np.minimum(part[..., colours] / np.maximum(part[..., -1:], np.float32(1e-6)), 1)
        if layout.negative:
            part[..., colours] = 1 - part[..., colours]
        result[row : row + STRIP] = np.rint(part * 255)
    return result, cut and not layout.negative


def is_cut(light: Floats, most: Floats | float) -> bool:
    """Whether any is above the most that is kept of it, by more than a step of 8 bits rounds away."""
    return bool((light > most * np.float32(1 + 1 / 510)).any())


def white_of(samples: npt.NDArray[np.generic]) -> float:
    """What is white in floating point: 1, where not most of the picture is brighter, else 255."""
    some = samples[:: max(1, samples.shape[0] // 256)].astype(np.float32)
    return 1.0 if float(np.median(np.nan_to_num(some))) <= 1 else 255.0
