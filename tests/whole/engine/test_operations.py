"""The operations that need the nets, on a real photograph."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

from studio.domain.problems import StudioError
from studio.engine.arrays import Box, within
from studio.engine.blend import BlendOptions, blend
from studio.engine.cutout import cut_out
from studio.engine.dispatch import Order, run
from studio.engine.events import Preview, Progress
from studio.engine.nets import Models
from studio.engine.operations import advertised
from studio.engine.scores import SCORES, Score
from studio.engine.select import Click, Scene, select
from tests.whole.engine import measure
from tests.whole.engine.measure import results

if TYPE_CHECKING:
    from pathlib import Path

    from studio.engine.arrays import Bytes


@pytest.fixture(scope="module")
def models() -> Models:
    return Models(folder=measure.MODELS)


@pytest.fixture(scope="module")
def dogs() -> Bytes:
    return within(measure.photo("friends_by_Aitzol_Berasategi.jpg"), 900)


@pytest.fixture(scope="module")
def scene(dogs: Bytes) -> Scene:
    """Kept between clicks as the program keeps it: each crop takes the net a second."""
    return Scene.of(dogs)


def test_model_files_are_those_that_the_list_names() -> None:
    rows = re.findall(r"\| `([^`]+)` \| `([0-9a-f]{64})` \|", (measure.MODELS / "MODELS.md").read_text())
    assert {name for name, _ in rows} == {path.name for path in measure.MODELS.iterdir() if path.suffix != ".md"}
    for name, digest in rows:
        assert hashlib.sha256((measure.MODELS / name).read_bytes()).hexdigest() == digest


def test_everything_is_offered_with_all_files_and_only_filling_without(tmp_path: Path) -> None:
    assert [model.id for model in advertised(measure.MODELS)] == ["remove", "extend", "select", "cutout", "upscale"]
    assert [model.id for model in advertised(tmp_path)] == ["remove", "extend"]


def test_an_operation_below_its_threshold_is_not_offered() -> None:
    worse = {**SCORES, "select": Score(value=0.5, threshold=0.85, meaning="")}
    assert "select" not in [model.id for model in advertised(measure.MODELS, worse)]


def test_a_missing_model_file_is_told_by_name(tmp_path: Path, dogs: Bytes) -> None:
    with pytest.raises(StudioError) as caught:
        list(run(Order(operation="cutout", picture=dogs), Models(folder=tmp_path)))
    assert caught.value.problem.code == "engine-model-missing"


def test_a_damaged_model_file_is_told_by_name(tmp_path: Path, dogs: Bytes) -> None:
    (tmp_path / "u2netp.onnx").write_bytes(b"not a net")
    with pytest.raises(StudioError) as caught:
        list(run(Order(operation="cutout", picture=dogs), Models(folder=tmp_path)))
    assert caught.value.problem.code == "engine-model-missing"


def test_selection_works_without_the_subject_net(tmp_path: Path, dogs: Bytes) -> None:
    found = list(select(Scene.of(dogs), [Click(x=254, y=281)], Models(folder=tmp_path)))
    assert [candidate.part for candidate in found] == [True]


def test_a_click_has_several_meanings_and_later_clicks_add_and_take_away(models: Models, scene: Scene) -> None:
    upper, lower = Click(x=255, y=281), Click(x=342, y=468)
    single = list(select(scene, [lower], models))
    assert len(single) > 1
    both = next(select(scene, [lower, upper], models))
    less = next(select(scene, [lower, upper, Click(x=255, y=281, add=False)], models))
    assert (both.mask > 127).sum() > 1.3 * (single[0].mask > 127).sum()
    assert both.mask[281, 255] > 200
    assert less.mask[281, 255] < 50
    assert less.mask[468, 342] > 200


def test_a_box_selects_what_lies_in_it(models: Models, scene: Scene) -> None:
    box = Box(left=170, top=200, right=320, bottom=380)
    found = next(select(scene, [], models, box=box))
    outside = found.mask.copy()
    outside[195:385, 165:325] = 0
    assert found.mask[281, 255] > 200
    assert not outside.any()


def test_a_mask_says_what_is_cut_out(models: Models, scene: Scene, dogs: Bytes) -> None:
    mask = next(select(scene, [Click(x=342, y=468)], models)).mask
    cut = cut_out(dogs, models, mask=mask)
    assert cut.shape == (*dogs.shape[:2], 4)
    assert measure.overlap(np.ascontiguousarray(cut[..., 3]), mask) > 0.9


def test_nothing_stands_out_of_one_colour(models: Models) -> None:
    with pytest.raises(StudioError):
        list(run(Order(operation="cutout", picture=np.full((64, 64, 3), 90, np.uint8)), models))


@pytest.mark.parametrize("factor", [1.5, 2.0, 3.0])
def test_tiles_leave_no_seam_and_the_size_is_as_asked(models: Models, dogs: Bytes, factor: float) -> None:
    picture = np.ascontiguousarray(dogs[240:280, 150:420])
    events = list(run(Order(operation="upscale", picture=picture, parameters={"factor": factor}), models))
    large = events[-1]
    assert not isinstance(large, Progress)
    assert large.picture.shape == (round(40 * factor), round(270 * factor), 3)
    preview = next(event for event in events if isinstance(event, Preview))
    # The tiles meet at column 256 of the small picture.
    seam = round(256 * factor)
    step = np.abs(np.diff(large.picture.astype(np.int16), axis=1)).mean(axis=(0, 2))
    assert step[seam - 1] < 3 * max(1.0, float(np.median(step)))
    assert np.abs(preview.picture.astype(np.int16) - large.picture).mean() < 6


def test_where_tiles_meet_the_picture_is_as_if_there_were_none(models: Models, dogs: Bytes) -> None:
    picture = np.ascontiguousarray(dogs[240:280, 150:420])
    whole, right = (
        results(Order(operation="upscale", picture=np.ascontiguousarray(part), parameters={"factor": 2.0}), models)
        for part in (picture, picture[:, 120:])
    )
    # The right part alone is one tile. Its own left margin is out of the picture, so it is left out here.
    seen, wanted = whole[0].picture[:, 2 * 200 :], right[0].picture[:, 2 * (200 - 120) :]
    assert np.abs(seen.astype(np.int16) - wanted).max() <= 1


def test_upscaling_keeps_alpha(models: Models, dogs: Bytes) -> None:
    alpha = np.zeros((40, 60), np.uint8)
    alpha[:, 30:] = 255
    events = list(run(Order(operation="upscale", picture=np.dstack((dogs[:40, :60], alpha))), models))
    last = events[-1]
    assert not isinstance(last, Progress)
    assert last.picture[40, 20, 3] == 0
    assert last.picture[40, 100, 3] == 255


def test_what_is_blended_in_leaves_the_rest_as_it_was(models: Models, dogs: Bytes) -> None:
    ground = within(measure.photo("aitzgorri_by_Aitzol_Berasategi.jpg"), 900)
    cut = cut_out(dogs, models)
    placed = blend(ground, np.ascontiguousarray(cut[180:620, 150:450]), 300, -40, BlendOptions(shadow=0.0))
    reach = np.zeros(ground.shape[:2], np.bool_)
    reach[:400, 300:600] = cut[220:620, 150:450, 3] > 0
    assert np.array_equal(placed[~reach], ground[~reach])
    assert (placed[reach] != ground[reach]).any(axis=1).mean() > 0.9
