"""The operations' scores, measured again on the photographs and held against what is written down."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.engine.nets import Models
from studio.engine.scores import SCORES
from tests.whole.engine import measure

TOLERANCE = 0.03


@pytest.fixture(scope="module")
def models() -> Models:
    return Models(folder=measure.MODELS)


def _holds(operation: str, values: list[float]) -> None:
    mean = float(np.mean(values))
    assert mean >= SCORES[operation].threshold
    assert mean == pytest.approx(SCORES[operation].value, abs=TOLERANCE), "run tests.whole.engine.measure again"


def test_six_removals_look_untouched(models: Models) -> None:
    passed: list[float] = []
    for case in measure.CASES["remove"]:
        look, before, mask, after = measure.removal(case, models)
        assert np.array_equal(before[mask == 0], after[mask == 0]), case["name"]
        assert (before[mask == 255] != after[mask == 255]).any(axis=1).mean() > 0.9, case["name"]
        passed.append(float(look.passes))
    _holds("remove", passed)


def test_extended_photographs_go_on_without_a_seam(models: Models) -> None:
    _holds("extend", [float(measure.extension(case, models)[0].passes) for case in measure.CASES["extend"]])


def test_twelve_clicks_hit_what_was_meant(models: Models) -> None:
    values = {case["name"]: measure.selection(case, models) for case in measure.CASES["select"]}
    assert len(values) == 12
    for case in measure.CASES["select"]:
        assert values[case["name"]] >= case["threshold"], case["name"]
    _holds("select", list(values.values()))


def test_subjects_are_cut_out_along_their_outline(models: Models) -> None:
    _holds("cutout", [measure.cutting(case, models) for case in measure.CASES["cutout"]])


def test_upscaling_is_nearer_to_the_truth_than_resampling(models: Models) -> None:
    photos = sorted({case["photo"] for case in measure.CASES["remove"]})
    _holds("upscale", [measure.enlarging(name, models) for name in photos])


def test_the_measure_sees_a_thing_left_where_it_was_and_a_smear(models: Models) -> None:
    """Holds the yardstick itself to what it must refuse."""
    picture = measure.photo("friends_by_Aitzol_Berasategi.jpg")
    mask = measure.stored("remove-dog", picture.shape)
    assert not measure.look(picture, picture, mask, models).passes
    smear = np.asarray(cv2.inpaint(picture, mask, 3, cv2.INPAINT_TELEA), np.uint8)
    assert not measure.look(picture, smear, mask, models).passes
