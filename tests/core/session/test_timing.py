"""How long a job will take is said from how long its like took, and not before enough of them are known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.geometry import Rect, Size
from studio.domain.ids import JobId, ModelId, ProviderId
from studio.domain.job import Job, JobState
from studio.domain.request import EditRequest, Placement
from studio.session.timing import FEWEST, Kind, Timing, kind_of


def _request(**facts: object) -> EditRequest:
    return replace(EditRequest(provider=ProviderId("nano"), model=ModelId("m")), **facts)  # pyright: ignore[reportArgumentType]  fields by name


def _placed(width: int, height: int) -> EditRequest:
    size = Size(width=width, height=height)
    return _request(placement=Placement(document=size, box=Rect.of_size(size), sent=size))


def _run(seconds: float, request: EditRequest | None = None, **facts: object) -> Job:
    job = Job(
        id=JobId("1"),
        request=request or _request(),
        created=0.0,
        state=JobState.SUCCEEDED,
        started=100.0,
        ended=100.0 + seconds,
        attempts=1,
    )
    return replace(job, **facts)  # pyright: ignore[reportArgumentType]  fields by name


def _learnt(*runs: Job) -> Timing:
    timing = Timing()
    for run in runs:
        timing.learn(run)
    return timing


def test_four_runs_say_nothing_and_five_do() -> None:
    assert _learnt(*[_run(20.0 + at) for at in range(FEWEST - 1)]).expected(kind_of(_request())) is None
    assert _learnt(*[_run(20.0 + at) for at in range(FEWEST)]).expected(kind_of(_request())) == (20.0, 25.0)


@pytest.mark.parametrize(
    "other",
    [
        _request(model=ModelId("other")),
        _request(provider=ProviderId("other")),
        _request(count=3),
        _request(parameters=(("size", "1024x1024"),)),
        _placed(1024, 1024),
    ],
)
def test_runs_of_another_kind_do_not_count(other: EditRequest) -> None:
    timing = _learnt(*[_run(20.0) for _ in range(9)])
    assert timing.expected(kind_of(_request())) is not None
    assert timing.expected(kind_of(other)) is None


def test_sizes_that_are_about_the_same_are_of_a_kind() -> None:
    timing = _learnt(*[_run(20.0, _placed(1000 + at, 1000)) for at in range(5)])
    assert timing.expected(kind_of(_placed(1020, 990))) is not None
    assert timing.expected(kind_of(_placed(2000, 2000))) is None


@pytest.mark.parametrize(
    "useless",
    [{"state": JobState.FAILED}, {"state": JobState.CANCELLED}, {"attempts": 2}, {"started": None}],
    ids=lambda facts: next(iter(facts)),
)
def test_what_did_not_succeed_at_once_says_nothing(useless: dict[str, object]) -> None:
    runs = [replace(_run(20.0), **useless) for _ in range(9)]  # pyright: ignore[reportArgumentType]  fields by name
    assert _learnt(*runs).expected(kind_of(_request())) is None


def test_one_run_that_took_an_hour_does_not_spoil_the_range() -> None:
    timing = _learnt(*[_run(20.0 + at % 5) for at in range(19)], _run(3600.0))
    assert timing.expected(kind_of(_request())) == (20.0, 25.0)


def test_what_was_usual_long_ago_is_forgotten() -> None:
    timing = _learnt(*[_run(300.0) for _ in range(40)], *[_run(12.0) for _ in range(20)])
    assert timing.expected(kind_of(_request())) == (10.0, 15.0)


@given(st.lists(st.floats(min_value=0, max_value=5000), min_size=FEWEST, max_size=40))
def test_most_of_the_latest_runs_lie_in_the_range(seconds: list[float]) -> None:
    found = _learnt(*[_run(each) for each in seconds]).expected(kind_of(_request()))
    assert found is not None
    low, high = found
    latest = seconds[-20:]
    assert 0 <= low < high
    assert sum(low - 1e-6 <= each <= high + 1e-6 for each in latest) >= 0.8 * len(latest)


def test_the_latest_runs_count_in_whatever_order_they_are_learnt() -> None:
    timing = Timing()
    for seconds in [12.0] * 20 + [300.0] * 40:
        timing.learn(_run(seconds), earlier=True)
    assert timing.expected(kind_of(_request())) == (10.0, 15.0)
    for _ in range(20):
        timing.learn(_run(40.0))
    assert timing.expected(kind_of(_request())) == (40.0, 45.0)


def test_what_would_run_is_of_a_kind_with_what_ran() -> None:
    provider, model = ProviderId("nano"), ModelId("m")
    timing = _learnt(*[_run(20.0, _placed(1000, 1000)) for _ in range(5)])
    sent = Size(width=1010, height=1010)
    assert timing.expected(Kind(provider=provider, model=model, size="auto", sent=sent)) == (20.0, 25.0)
    assert timing.expected(Kind(provider=provider, model=model, count=2, sent=sent)) is None
