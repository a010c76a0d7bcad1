"""Krita as the judge of our project files: it shows what we show, and we open what it saves."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studio.document.edits import new_document
from studio.document.layer import Layer, LayerKind
from studio.document.pictures import flattened
from studio.document.project import Project
from studio.domain.geometry import Point, Rect, Size
from studio.imaging.compose import BLENDS, WHOLE_BLOCK
from studio.imaging.decode import decode
from studio.imaging.masks import feather, rectangle
from studio.imaging.png import png
from studio.imaging.resample import resize
from studio.imaging.tiles import raster_of
from studio.storage.blobs import BlobStore
from studio.storage.user_files import UserFiles
from tests.core.storage.pages import noise

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.document.state import DocumentState
    from studio.domain.pixels import Pixels
    from tests.whole.conftest import Desk

    Convert = Callable[[Path, str], Path]

pytestmark = [pytest.mark.krita, pytest.mark.timeout(300)]

PHOTOS = Path(__file__).parents[2] / "photos"
STRIP = 32
KRITAS_OWN = frozenset({"plus", "dst-out"})
"""Krita 5 weighs "plus" by alpha and knows no "dst-out". Neither is offered for new layers."""


def photo(name: str, width: int, height: int) -> Pixels:
    """A photograph, opaque, at this size."""
    (path,) = PHOTOS.glob(f"{name}*.jpg")
    return resize(decode(path.read_bytes(), name).pixels, Size(width=width, height=height))


def everyday() -> DocumentState:
    """A photo, a masked fill at its edge, translucent and darkening layers, a hidden one, an umlaut.

    Krita rounds to a byte after each layer, we once at the end: where two translucent layers that blend lie over one
    another they may differ by two levels (in 52 of 240,000 pixels), so the two here lie apart.
    """
    base = new_document(photo("seeding", 600, 400), "Photo")
    upper = photo("Wine", 300, 240)
    mask = feather(rectangle(upper.size, Rect(x=40, y=30, width=200, height=160)), 9)
    layers = (
        Layer(raster=raster_of(upper), name="Füllung", offset=Point(x=420, y=-60), mask=mask, kind=LayerKind.GENERATED),
        Layer(raster=raster_of(upper), name="Half", offset=Point(x=-33, y=250), opacity=0.5),
        Layer(raster=raster_of(upper), name="Dark", offset=Point(x=101, y=77), blend="multiply"),
        Layer(raster=raster_of(noise(90, 60, 3)), name="Weak", offset=Point(x=5, y=9), blend="multiply", opacity=0.8),
        Layer(raster=raster_of(upper), name="Hidden", visible=False),
    )
    return replace(base, layers=(*base.layers, *layers))


def strips(modes: tuple[str, ...]) -> DocumentState:
    """A photo with a strip for each blend mode, half of it transparent in steps."""
    base = new_document(photo("friends", 256, STRIP * len(modes)), "Photo")
    layers = tuple(
        Layer(raster=raster_of(noise(256, STRIP, row)), name=mode, blend=mode, offset=Point(x=0, y=row * STRIP))
        for row, mode in enumerate(modes)
    )
    return replace(base, layers=(*base.layers, *layers))


@pytest.fixture(scope="module")
def krita_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for all of Krita's starts: the first unpacks its brushes there, which takes ten times as long as a
    conversion."""
    return tmp_path_factory.mktemp("krita")


def files_in(root: Path) -> UserFiles:
    return UserFiles(blobs=BlobStore(root / "blobs"), sample=root, handed_out=root / "out")


@pytest.fixture
def convert(desk: Desk, krita_home: Path) -> Convert:
    """Reads a file in Krita and writes it again."""

    def convert(source: Path, suffix: str) -> Path:
        target = desk.home / f"converted{suffix}"
        krita = desk.launch("krita", source, "--export", "--export-filename", target, HOME=str(krita_home))
        _, errors = krita.communicate(timeout=240)
        assert target.exists(), errors[-2000:]
        return target

    return convert


def saved(desk: Desk, state: DocumentState) -> Path:
    """The project as we write it."""
    path = desk.home / "project.ora"
    files_in(desk.home).save_project(str(path), Project(state=state))
    return path


def furthest(one: Pixels, other: Pixels) -> int:
    """The largest difference of any channel of any pixel."""
    assert one.size == other.size
    return max(abs(a - b) for a, b in zip(bytes(one.data), bytes(other.data), strict=True))


def test_krita_shows_what_we_show(desk: Desk, convert: Convert) -> None:
    state = everyday()
    shown = decode(convert(saved(desk, state), ".png").read_bytes(), "Krita's picture").pixels
    assert furthest(flattened(state), shown) <= 1


def test_krita_shows_the_holes_of_an_answer(desk: Desk, convert: Convert) -> None:
    base = new_document(photo("seeding", 300, 200), "Photo")
    mask = feather(rectangle(base.size, Rect(x=40, y=30, width=200, height=140)), 9)
    answer = Layer(raster=raster_of(noise(300, 200, 3)), name="Cut", mask=mask, kind=LayerKind.GENERATED)
    state = replace(base, layers=(*base.layers, answer))
    shown = decode(convert(saved(desk, state), ".png").read_bytes(), "Krita's picture").pixels
    ours = flattened(state)
    clear = [bytes(each.data[3::4]) for each in (ours, shown)]
    assert min(clear[0]) == 0
    assert max(abs(a - b) for a, b in zip(*clear, strict=True)) <= 2


def test_krita_blends_as_we_do(desk: Desk, convert: Convert) -> None:
    modes = tuple(sorted(BLENDS - WHOLE_BLOCK - KRITAS_OWN))
    state = strips(modes)
    shown = decode(convert(saved(desk, state), ".png").read_bytes(), "Krita's picture").pixels
    ours = flattened(state)
    row = 256 * STRIP * 4
    far = {}
    for place, mode in enumerate(modes):
        part = slice(place * row, (place + 1) * row)
        far[mode] = max(abs(a - b) for a, b in zip(bytes(ours.data[part]), bytes(shown.data[part]), strict=True))
    assert len(far) == 16
    assert {mode: value for mode, value in far.items() if value > 1} == {}


def test_groups_of_others_open_as_krita_shows_them(desk: Desk, convert: Convert) -> None:
    """Each kind of group in a row of its own, over a photo. The layers lie apart, see `everyday`."""
    inside = '<layer src="data/b.png" x="0" y="{y}" composite-op="svg:multiply"/>'
    inside += '<layer src="data/b.png" x="50" y="{y}" composite-op="svg:screen"/>'
    passing = '<layer src="data/b.png" x="100" y="{y}" composite-op="svg:overlay"/>'
    isolated = '<layer src="data/b.png" x="155" y="{y}"/><layer src="data/b.png" x="170" y="{y}"/>'
    nested = f'<stack isolation="auto" opacity="0.7">{passing}</stack><stack isolation="isolate">{isolated}</stack>'
    modes = ("", ' opacity="0.5"', ' composite-op="svg:multiply"', ' opacity="0.5" composite-op="svg:screen"')
    kinds = [f'isolation="{said}"{mode}' for said in ("isolate", "auto") for mode in modes]
    kinds += ["", 'isolation="none"']
    rows = [f"<stack {kind}>{nested}{inside}</stack>".format(y=row * STRIP) for row, kind in enumerate(kinds)]
    stack = f'<stack>{"".join(rows)}<layer src="data/a.png"/></stack>'
    height = STRIP * len(kinds)
    source = desk.home / "groups.ora"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("mimetype", "image/openraster")
        archive.writestr("stack.xml", f'<image version="0.0.5" w="256" h="{height}">{stack}</image>')
        archive.writestr("data/a.png", png(photo("friends", 256, height)))
        archive.writestr("data/b.png", png(noise(50, STRIP, 4)))
    shown = decode(convert(source, ".png").read_bytes(), "Krita's picture").pixels
    assert furthest(flattened(files_in(desk.home).load_project(str(source)).state), shown) <= 2


def test_what_krita_saves_opens_and_looks_the_same(desk: Desk, convert: Convert) -> None:
    state = everyday()
    back = files_in(desk.home).load_project(str(convert(saved(desk, state), ".ora"))).state
    assert [layer.name for layer in back.layers] == [layer.name for layer in state.layers]
    assert [layer.visible for layer in back.layers] == [layer.visible for layer in state.layers]
    assert furthest(flattened(state), flattened(back)) <= 1
