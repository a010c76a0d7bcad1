"""Limits from a terminal: what they stop ends with status 2, and nothing was sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.whole.app.test_handover import Window

if TYPE_CHECKING:
    from pathlib import Path

    from tests.whole.conftest import Desk
    from tests.whole.terminal.visitor import Visitor

ORDER = ("--prompt", "a red fox")


def limit(settings: Path, **limits: str | bool) -> None:
    """Write limits below what stands in the settings, or in the place of earlier ones."""
    text = settings.read_text().partition("[limits]")[0] if settings.exists() else ""
    lines = [f"{name} = {json.dumps(value)}" for name, value in limits.items()]
    settings.write_text("\n".join([text.rstrip(), "", "[limits]", *lines, ""]))


def settings_of(visitor: Visitor) -> Path:
    return visitor.data / "settings.toml"


def test_a_day_is_spent_to_its_limit_and_no_further(visitor: Visitor) -> None:
    visitor.add("nanogpt", route="generations")
    limit(settings_of(visitor), day="0.025")
    ends = [visitor.order("generate", *ORDER, model="hidream") for _ in range(3)]
    assert [(each.status, each.code) for each in ends] == [(0, ""), (0, ""), (2, "limit-reached")]
    told = ends[-1].last
    assert (told["job"], told["problem"]["cost"]) == (None, "Nothing was sent.")
    assert "$0.02 is spent or set aside" in told["problem"]["what"]
    assert len(visitor.orders()) == len(visitor.playground.ledger) == 2
    assert len(visitor.run("jobs").said) == 2


def test_what_waits_counts_and_is_looked_at_again_before_it_goes(visitor: Visitor) -> None:
    visitor.add("nanogpt", route="generations")
    limit(settings_of(visitor), day="0.025")
    ends = [visitor.order("generate", *ORDER, "--no-wait", model="hidream") for _ in range(3)]
    assert [each.status for each in ends] == [0, 0, 2]
    limit(settings_of(visitor), day="0.015")
    ran = visitor.run("jobs", "run", "--key-file", visitor.key_file)
    assert ran.status == 2, ran.words
    ended = {each["job"]: each for each in ran.said if each["event"] == "ended"}
    assert sorted(each["state"] for each in ended.values()) == ["queued", "succeeded"]
    (held,) = [each for each in ended.values() if each["state"] == "queued"]
    assert (held["problem"]["code"], held["problem"]["cost"]) == ("limit-reached", "Nothing was sent.")
    assert len(visitor.orders()) == len(visitor.playground.ledger) == 1
    limit(settings_of(visitor), day="0.025")
    again = visitor.run("jobs", "run", "--key-file", visitor.key_file)
    assert (again.status, again.last["job"], again.last["state"]) == (0, held["job"], "succeeded")


def test_an_unknown_price_is_stopped_unless_it_is_allowed(visitor: Visitor) -> None:
    visitor.add("nanogpt", route="generations")
    limit(settings_of(visitor), month="5")
    stopped = visitor.order("generate", *ORDER, model="odd-prices")
    assert (stopped.status, stopped.code) == (2, "price-unknown-limit")
    assert visitor.orders() == []
    limit(settings_of(visitor), month="5", unknown_prices=True)
    assert visitor.order("generate", *ORDER, model="odd-prices").status == 0


def test_the_local_engine_is_never_stopped(visitor: Visitor) -> None:
    visitor.data.mkdir()
    limit(settings_of(visitor), click="0", day="0", month="0")
    ended = visitor.run("edit", "--prompt", "remove", "--image", visitor.photo(), "--mask", visitor.mask())
    assert ended.status == 0, ended.words


def test_limits_hold_for_what_is_handed_to_a_window(desk: Desk, visitor: Visitor) -> None:
    settings = desk.home / "data" / "settings.toml"
    settings.parent.mkdir(parents=True)
    limit(settings, day="0.015")
    window = Window(desk).listens()
    url = visitor.playground.url
    added = window.run("providers", "add", "nano", "--kind", "nanogpt", "--url", url, "--set", "route=generations")
    assert added == (0, [])
    words = ("generate", "--provider", "nano", "--model", "hidream", "--key-file", visitor.key_file, *ORDER)
    assert window.run(*words)[0] == 0
    status, said = window.run(*words)
    assert (status, said[-1]["problem"]["code"]) == (2, "limit-reached")
    assert len(visitor.orders()) == 1
    window.close()
