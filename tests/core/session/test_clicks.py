"""One click is one order."""

from __future__ import annotations

from studio.session.clicks import Clicks


def _counted(*at: float, button: str = "run") -> list[bool]:
    times = iter(at)
    clicks = Clicks(lambda: next(times))
    return [clicks.counts(button) for _ in at]


def test_a_second_press_within_400_ms_is_the_same_click() -> None:
    assert _counted(10.0, 10.399) == [True, False]
    assert _counted(10.0, 10.4) == [True, True]


def test_a_key_that_is_held_is_one_press() -> None:
    assert _counted(*[10.0 + 0.03 * at for at in range(60)]) == [True] + [False] * 59


def test_each_button_has_clicks_of_its_own() -> None:
    clicks = Clicks(lambda: 5.0)
    assert clicks.counts("run")
    assert clicks.counts("job 7")
    assert not clicks.counts("run")
