"""The table of operations is complete and true to what the dispatcher takes."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from studio.domain.capabilities import MaskUse, ParameterKind
from studio.domain.ids import LOCAL
from studio.domain.problems import StudioError
from studio.domain.request import Outcome
from studio.engine.dispatch import Order, clicks_of, run
from studio.engine.nets import Models
from studio.engine.operations import OPERATIONS
from studio.engine.scores import SCORES
from studio.engine.select import Click

if TYPE_CHECKING:
    from pathlib import Path

PICTURE = np.full((8, 8, 3), 90, np.uint8)


def test_every_operation_says_what_it_takes_and_what_it_scored() -> None:
    assert {str(model.id) for model in OPERATIONS} == set(SCORES)
    for model in OPERATIONS:
        assert model.provider == LOCAL
        assert model.free
        assert len(model.note) > 60
        assert not model.capabilities.reads_prompt
        assert SCORES[model.id].meaning
        assert SCORES[model.id].passes


def test_parameters_start_within_their_bounds() -> None:
    for model in OPERATIONS:
        for parameter in model.capabilities.parameters:
            assert parameter.label
            assert parameter.help
            if parameter.kind is ParameterKind.CHOICE:
                assert parameter.default in parameter.values
            elif parameter.kind is not ParameterKind.TEXT:
                assert isinstance(parameter.default, (int, float))
                assert parameter.minimum is not None
                assert parameter.maximum is not None
                assert parameter.minimum <= parameter.default <= parameter.maximum


def test_outcomes_and_masks() -> None:
    rows = {str(model.id): (model.capabilities.outcome, model.capabilities.mask) for model in OPERATIONS}
    assert rows == {
        "remove": (Outcome.PASTE, MaskUse.REQUIRED),
        "extend": (Outcome.CANVAS, MaskUse.OPTIONAL),
        "select": (Outcome.MASK, MaskUse.OPTIONAL),
        "cutout": (Outcome.LAYER, MaskUse.OPTIONAL),
        "upscale": (Outcome.PICTURE, MaskUse.NONE),
    }


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (Order(operation="paint", picture=PICTURE), "unknown-model"),
        (Order(operation="remove", picture=PICTURE), "mask-empty"),
        (Order(operation="remove", picture=PICTURE, mask=np.zeros((8, 8), np.uint8)), "mask-empty"),
        (Order(operation="remove", picture=PICTURE, mask=np.full((8, 8), 255, np.uint8)), "mask-full"),
        (Order(operation="remove", picture=PICTURE, mask=np.eye(8, dtype=np.uint8), parameters={"quality": "x"}),
         "bad-parameter"),
        (Order(operation="extend", picture=PICTURE), "bad-parameter"),
        (Order(operation="extend", picture=PICTURE, parameters={"left": -4}), "bad-parameter"),
        (Order(operation="extend", picture=PICTURE, parameters={"left": "far"}), "bad-parameter"),
        (Order(operation="select", picture=PICTURE), "nothing-there"),
        (Order(operation="select", picture=PICTURE, clicks=(Click(x=1, y=1, add=False),)), "nothing-there"),
        (Order(operation="select", picture=PICTURE, parameters={"clicks": "over there"}), "bad-parameter"),
        (Order(operation="select", picture=PICTURE, parameters={"clicks": "1,1 9999,1"}), "bad-parameter"),
        (Order(operation="cutout", picture=PICTURE, parameters={"subject": "dog"}), "bad-parameter"),
        (Order(operation="upscale", picture=PICTURE, parameters={"factor": 9.0}), "bad-parameter"),
        (Order(operation="upscale", picture=np.zeros((6000, 6000, 3), np.uint8), parameters={"factor": 2.0}),
         "image-too-large"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_out_of_the_catalogue(order: Order, code: str, tmp_path: Path) -> None:
    with pytest.raises(StudioError) as caught:
        list(run(order, Models(folder=tmp_path)))
    assert caught.value.problem.code == code


def test_clicks_are_read_from_words() -> None:
    assert clicks_of("") == ()
    assert clicks_of("420,310 -500,80.5") == (Click(x=420, y=310), Click(x=500, y=80.5, add=False))


def test_table_and_vocabulary_load_no_numpy() -> None:
    code = (
        "import sys, studio.engine.operations, studio.engine.vocabulary, studio.engine.scores\n"
        "print([name for name in ('numpy', 'cv2', 'patchmatch') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
