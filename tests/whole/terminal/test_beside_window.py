"""Providers while a window holds the data folder: it changes the settings, and sends what is ordered beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.whole.app.test_handover import Window

if TYPE_CHECKING:
    from tests.whole.conftest import Desk
    from tests.whole.terminal.visitor import Visitor


def test_a_provider_is_set_up_used_and_removed_beside_a_window(desk: Desk, visitor: Visitor) -> None:
    window = Window(desk).listens()
    url = visitor.playground.url
    name = f"nano-{url.rpartition(':')[2]}"
    assert window.run("providers", "add", name, "--kind", "nanogpt", "--url", url) == (0, [])
    assert window.run("providers", "set", name, "parallel=3") == (0, [])
    _, (listed,) = window.run("providers")
    assert (listed["key"], listed["settings"]["parallel"]) == ("none", 3)
    assert window.run("providers", "add", name, "--kind", "nanogpt")[0] == 2
    status, said = window.run("providers", "key", name, "--from-file", visitor.key_file)
    assert (status, said) == (0, [{"id": name, "key": "keyring"}])
    assert window.run("providers", "check", name)[1][0]["good"] is True

    words = ("--provider", name, "--prompt", "a red fox", "--output", desk.home / "out")
    status, said = window.run("edit", "--image", visitor.photo(), "--mask", visitor.mask(), *words)
    assert (status, said[-1]["state"], len(said[-1]["outputs"])) == (0, "succeeded", 1)
    assert visitor.orders()[0].header("authorization") == f"Bearer {visitor.playground.key}"
    assert window.run("generate", "--model", "hidream", *words)[0] == 0
    assert len(visitor.playground.ledger) == 2

    assert window.run("providers", "remove", name) == (0, [])
    assert window.run("providers") == (0, [])
    assert window.run("generate", "--model", "hidream", *words)[1][-1]["problem"]["code"] == "unknown-provider"
    window.close()
