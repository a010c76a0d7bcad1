"""Thirty jobs from their order to their end, watched ten times a second by a clock of the test's own: a bar only where
there is a fraction, never back; a sign of life after half a second; time left only where enough past runs are known."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from studio.domain.ids import JobId, ModelId, ProviderId
from studio.domain.job import Job, JobNews, JobState, ProviderProgress
from studio.domain.request import EditRequest
from studio.session.cards import Cards
from studio.ui.gallery.queue_card import CardWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from studio.session.face.views import JobCard
    from studio.ui.theme.palette import Theme

REQUEST = EditRequest(provider=ProviderId("nano"), model=ModelId("m"))
START = 1_790_000_000.0
BEAT = 0.1


@dataclass(slots=True)
class Clock:
    now: float = START

    def __call__(self) -> float:
        return self.now


@dataclass(slots=True, kw_only=True)
class Timeline:
    """Phases with what is told of them, the seconds that all of it takes, and how long the past runs took."""

    told: list[tuple[float, ProviderProgress]]
    seconds: float
    past: list[float]


def _timeline(seed: int) -> Timeline:
    draw = random.Random(seed)
    told: list[tuple[float, ProviderProgress]] = []
    at = 0.0
    for phase in ("Preparing", "Uploading", "Waiting", "Downloading"):
        length = draw.uniform(0.2, 8.0)
        known = phase.endswith("loading") and draw.random() < 0.8
        told.append((at, ProviderProgress(phase=phase, fraction=0.0 if known else None)))
        # News may be late and out of order: what is shown still never goes back.
        told += [
            (at + draw.uniform(0, length), ProviderProgress(phase=phase, fraction=draw.random()))
            for _ in range(draw.randrange(12) if known else 0)
        ]
        at += length
    past = [draw.uniform(0.6, 1.4) * at for _ in range(draw.choice((0, 3, 4, 5, 8, 20)))]
    return Timeline(told=sorted(told, key=lambda each: each[0]), seconds=at, past=past)


class Watch:
    """What is seen of a job at every beat."""

    def __init__(self, timeline: Timeline) -> None:
        self.clock = Clock()
        self._timeline = timeline
        self.cards = Cards(str, str, clock=self.clock)
        self.cards.load(_past(at, seconds) for at, seconds in enumerate(timeline.past))
        self.job = Job(id=JobId("now"), request=REQUEST, created=START)
        self.cards.hear(JobNews(job=self.job))
        self.widget = CardWidget(self.card, self.clock)

    @property
    def card(self) -> JobCard:
        return next(card for card in self.cards.view() if card.job == "now")

    def beats(self) -> Iterator[float]:
        """Each beat's elapsed time, with all that was told until then shown."""
        self.job = replace(self.job, state=JobState.RUNNING, started=START, attempts=1)
        told = list(self._timeline.told)
        for beat in range(round(self._timeline.seconds / BEAT) + 1):
            self.clock.now = START + beat * BEAT
            while told and told[0][0] <= beat * BEAT:
                self.cards.hear(JobNews(job=self.job, progress=told.pop(0)[1]))
            self.widget.show_card(self.card)
            self.widget.tick(self.clock.now)
            yield beat * BEAT

    def end(self) -> None:
        done = replace(self.job, state=JobState.SUCCEEDED, ended=self.clock.now)
        self.cards.hear(JobNews(job=done))
        self.widget.show_card(self.card)


def _past(number: int, seconds: float) -> Job:
    job = Job(id=JobId(f"p{number}"), request=REQUEST, created=0.0, attempts=1)
    return replace(job, state=JobState.SUCCEEDED, started=1.0, ended=1.0 + seconds)


@pytest.fixture
def watch(request: pytest.FixtureRequest, qtbot: QtBot, theme: Theme) -> Watch:
    made = Watch(_timeline(int(request.param)))
    qtbot.addWidget(made.widget)
    return made


@pytest.mark.parametrize("watch", range(30), indirect=True)
def test_progress_is_true(watch: Watch) -> None:
    bars: dict[str, list[int]] = {}
    still: float | None = None
    for elapsed in watch.beats():
        card, bar = watch.card, watch.widget.bar
        assert bar.isHidden() == (card.fraction is None)
        if card.fraction is None:
            still = elapsed if still is None else still
            # A beat may fall on the very edge of the half second.
            assert abs(elapsed - still - 0.5) < 1e-6 or watch.widget.busy.is_on == (elapsed - still > 0.5)
        else:
            still = None
            assert not watch.widget.busy.is_on
            bars.setdefault(card.phase, []).append(bar.value())
    assert all(values == sorted(values) for values in bars.values())
    watch.end()
    assert watch.widget.bar.isHidden()
    assert not watch.widget.busy.is_on


@pytest.mark.parametrize("watch", range(30), indirect=True)
def test_the_time_that_is_left_is_a_range_that_only_shrinks(watch: Watch) -> None:
    expected = watch.card.expected
    before = float("inf")
    for elapsed in watch.beats():
        said = watch.widget.pace.text().partition(" · ")[2]
        if expected is None:
            assert said == ""
            continue
        low, high = expected
        if elapsed >= high:
            assert said == "longer than usual"
            continue
        numbers = [float(each) for each in re.findall(r"\d+", said)]
        most, least = numbers[-1], numbers[0] if len(numbers) > 1 else 0.0
        assert least < most <= before
        assert least <= max(0.0, low - elapsed) + 1e-6
        assert most >= high - elapsed - 1e-6
        before = most
    many = len([each for each in watch.cards.view() if each.job != "now"])
    assert (expected is not None) == (many >= 5)
