"""What a waiting result looks like, and what becomes of the document once it is applied."""

from __future__ import annotations

import pytest

from studio.document.edits import new_document
from studio.document.pictures import flattened
from studio.domain.geometry import Rect, Size
from studio.domain.ids import LOCAL, JobId, ModelId
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.request import EditRequest, Outcome, Placement
from studio.imaging.tiles import raster_of
from studio.session.projection import project
from studio.session.staging import Answer, Candidate, Staging, applied, seen

SIZE = Size(width=40, height=30)
GREY, RED, NOTHING = (90, 90, 90, 255), (10, 10, 220, 255), (0, 0, 0, 0)
SUBJECT, BESIDE = Rect(x=4, y=4, width=1, height=1), Rect(x=30, y=20, width=1, height=1)


def _picture(*, left: tuple[int, int, int, int], right: tuple[int, int, int, int]) -> Pixels:
    row = bytes(left) * (SIZE.width // 2) + bytes(right) * (SIZE.width // 2)
    return Pixels(size=SIZE, stride=SIZE.width * 4, format=PixelFormat.BGRA, data=memoryview(row * SIZE.height))


PHOTO = _picture(left=GREY, right=GREY)
CUT = _picture(left=RED, right=NOTHING)


def _waiting(outcome: Outcome) -> Staging:
    box = Rect.of_size(SIZE)
    request = EditRequest(
        provider=LOCAL,
        model=ModelId("cutout"),
        outcome=outcome,
        placement=Placement(document=SIZE, box=box, sent=SIZE),
    )
    staging = Staging(job=JobId("1"), request=request, title="Cut out", document="d")
    answer = Answer(raster=raster_of(CUT), mask=None, thumbnail=CUT)
    staging.candidates[0] = Candidate(index=0, answer=answer)
    return staging


def test_a_cut_out_that_waits_is_seen_alone_on_nothing() -> None:
    shown = seen(new_document(PHOTO, "Photo"), _waiting(Outcome.LAYER))
    assert tuple(flattened(shown, SUBJECT).data) == RED
    assert tuple(flattened(shown, BESIDE).data) == NOTHING


def test_the_canvas_gets_tiles_with_alpha_for_it() -> None:
    document = new_document(PHOTO, "Photo")
    before = project(document, None, None)
    after = project(seen(document, _waiting(Outcome.LAYER)), before, None)
    (tile,) = after.tiles(Rect.of_size(SIZE), 0)
    assert tile.pixels.format is PixelFormat.BGRA_PREMULTIPLIED
    assert bytes(tile.pixels.data[:4]) == bytes(RED)
    assert bytes(tile.pixels.data[tile.pixels.stride - 4 : tile.pixels.stride]) == bytes(NOTHING)


def test_applied_it_lies_over_the_picture_and_hides_no_layer() -> None:
    made = applied(new_document(PHOTO, "Photo"), _waiting(Outcome.LAYER))
    assert [layer.visible for layer in made.layers] == [True, True]
    assert made.layers[1].name == "Cut out"
    assert tuple(flattened(made, SUBJECT).data) == RED
    assert tuple(flattened(made, BESIDE).data) == GREY


@pytest.mark.parametrize("outcome", [Outcome.PASTE, Outcome.CANVAS, Outcome.PICTURE])
def test_anything_else_is_seen_as_it_will_be(outcome: Outcome) -> None:
    document, staging = new_document(PHOTO, "Photo"), _waiting(outcome)
    shown, made = seen(document, staging), applied(document, staging)
    assert flattened(shown).data == flattened(made).data
    assert [layer.visible for layer in shown.layers] == [layer.visible for layer in made.layers]


def test_nothing_came_yet_so_the_document_is_seen() -> None:
    document, staging = new_document(PHOTO, "Photo"), _waiting(Outcome.LAYER)
    staging.candidates.clear()
    assert seen(document, staging) is document
