"""Every row of the documents and each of its forms, from a command line to finished pictures and back to what the
server saw and would bill."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from tests.whole.terminal.rows import COLOURS, LINK, ROWS, Row
from tests.whole.terminal.sent import (
    body_of,
    changed_by,
    colours_of,
    mask_of,
    masked_area,
    names_of,
    pictures_of,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studio.playground.exchange import Asked
    from studio.playground.ledger import Charge
    from tests.whole.terminal.visitor import Ended, Visitor

RIM = 16
RGB = {"red": (255, 0, 0), "lime": (0, 255, 0), "blue": (0, 0, 255)}


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_a_row_from_a_command_line_to_its_pictures(regular: Visitor, row: Row) -> None:
    name = "-".join((row.kind, *row.settings.values())).replace("_", "-").lower()
    regular.add(row.kind, name, **row.settings)
    before, billed = len(regular.orders()), len(regular.playground.ledger)
    ended = ordered(regular, row)
    assert (ended.status, ended.last["state"]) == (0, "succeeded"), ended.words
    (asked,) = regular.orders()[before:]
    assert (asked.path, asked.status) == (row.path, 200)
    check_carried(regular, row, asked)
    (charge,) = regular.playground.ledger.charges[billed:]
    check_billed(row, ended, asked, charge)
    check_outputs(regular, row, ended)


def ordered(visitor: Visitor, row: Row) -> Ended:
    references = [visitor.reference(COLOURS[number]) for number in range(row.images - 1)]
    images: list[str | Path] = [*[visitor.photo(), *references][: row.images]]
    if row.link:
        images[-1] = LINK
    words: list[str | Path] = [word for image in images for word in ("--image", image)]
    if row.mask:
        words += ["--mask", visitor.mask(), "--frame", "whole"]
    verb = "edit" if images else "generate"
    return visitor.order(verb, *words, "--prompt", "a red fox", *row.words, model=row.model)


def check_carried(visitor: Visitor, row: Row, asked: Asked) -> None:
    """Fields, pictures in their order, the mask by its pixels, and the one header with the key."""
    body: dict[str, Any] = body_of(asked)
    for name, value in row.body.items():
        assert body.get(name) == value, name
    assert tuple(names_of(asked)) == row.names
    pictures = pictures_of(asked)
    assert len(pictures) == row.images
    wanted: list[object] = [RGB[colour] for colour in COLOURS[: max(0, row.images - 1)]]
    if row.link:
        wanted[-1] = LINK
    assert colours_of(pictures[1:]) == wanted
    if row.mask:
        mask, first = mask_of(asked), pictures[0]
        assert mask is not None
        assert not isinstance(first, str)
        assert mask.size == first.size
        check_mask(changed_by(mask, row.mask), masked_area(visitor.mask()))
    other = {"authorization": "x-api-key", "x-api-key": "authorization"}[row.auth]
    assert visitor.playground.key in (asked.header(row.auth) or "")
    assert asked.header(other) is None


def check_mask(sent: NDArray[np.bool_], painted: NDArray[np.bool_]) -> None:
    """All that was painted may change, and beyond it no more than the rim that the answer is blended over."""
    assert (sent >= painted).all()
    rows, columns = np.nonzero(painted)
    rim = np.ones_like(painted)
    rim[rows.min() - RIM : rows.max() + RIM + 1, columns.min() - RIM : columns.max() + RIM + 1] = False
    assert not sent[rim].any()


def check_billed(row: Row, ended: Ended, asked: Asked, charge: Charge) -> None:
    """For what was asked, and known by the same number on both sides."""
    assert charge.model == (row.bills or row.model)
    assert charge.request_id == asked.request_id == ended.last["request_id"]
    assert charge.count == len(ended.last["outputs"])
    assert ended.last["missing"] == 0
    if row.kind == "nanogpt":
        assert float(ended.last["cost"]["amount"]) == float(charge.cost)
    if row.kind == "naga":
        assert ended.last["revised_prompt"] == "a red fox (demo)"


def check_outputs(visitor: Visitor, row: Row, ended: Ended) -> None:
    """Finished pictures are PNG; where a mask was painted they are the base but for the paste mask, bit by bit."""
    for output in ended.last["outputs"]:
        with Image.open(output["path"]) as picture:
            assert (picture.format, picture.size) == ("PNG", (output["width"], output["height"]))
            finished = np.asarray(picture.convert("RGB"))
        assert Path(output["path"]).parent == visitor.out
        assert Path(output["raw"]).stat().st_size
        if row.images:
            check_pasted(visitor, row, output, finished)


def check_pasted(visitor: Visitor, row: Row, output: dict[str, Any], finished: np.ndarray[Any, Any]) -> None:
    with Image.open(visitor.photo()) as photo:
        base = np.asarray(photo.convert("RGB"))
    assert finished.shape == base.shape
    if not row.mask:
        assert (finished != base).any()
        return
    with Image.open(output["paste_mask"]) as read:
        assert (read.mode, read.size) == ("L", (base.shape[1], base.shape[0]))
        paste = np.asarray(read)
    assert (finished[paste == 0] == base[paste == 0]).all()
    assert (finished[paste == 255] != base[paste == 255]).any()
    assert 0 < (paste == 0).mean() < 1
