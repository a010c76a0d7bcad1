"""Recovery copies: cheap to write, whole at every moment, gone only when told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.document.edits import new_document
from studio.document.masked import with_mask
from studio.domain.geometry import Rect
from studio.domain.problems import StorageError
from studio.domain.recovery import RecoveryEntry
from studio.imaging.masks import combine, rectangle
from studio.storage.recovery import RecoveryStore
from tests.core.storage.pages import differences, noise, rich_document

if TYPE_CHECKING:
    from pathlib import Path

    from studio.document.state import DocumentState


def entry(state: DocumentState, at: float = 1.0, key: str = "one") -> RecoveryEntry:
    return RecoveryEntry(key=key, title="Photo", saved_at=at, size=state.size, path="/a.jpg", thumbnail=b"small")


def painted(state: DocumentState, x: int) -> DocumentState:
    """A small dab more on the mask."""
    dab = rectangle(state.size, Rect(x=x, y=5, width=20, height=20))
    return with_mask(state, combine(state.mask, dab, "add"))


@pytest.fixture
def store(tmp_path: Path) -> RecoveryStore:
    return RecoveryStore(tmp_path)


def test_everything_comes_back_in_another_process(store: RecoveryStore, tmp_path: Path) -> None:
    state = rich_document()
    store.save(entry(state), state)
    other = RecoveryStore(tmp_path)
    assert other.entries() == (entry(state),)
    assert differences(state, other.load("one")) == []


def test_only_new_tiles_are_written(store: RecoveryStore, tmp_path: Path) -> None:
    state = new_document(noise(1100, 600, 1, opaque=True), "Photo")
    store.save(entry(state), state)
    (first,) = (tmp_path / "one").glob("*.pack")
    after = painted(state, 10)
    store.save(entry(after, 2.0), after)
    second = max((tmp_path / "one").glob("*.pack"))
    assert second != first
    assert second.stat().st_size < 1000 < first.stat().st_size
    store.save(entry(after, 3.0), after)
    assert max((tmp_path / "one").glob("*.pack")) == second
    resumed = RecoveryStore(tmp_path)
    loaded = resumed.load("one")
    assert differences(after, loaded) == []
    more = painted(loaded, 900)
    resumed.save(entry(more, 4.0), more)
    assert max((tmp_path / "one").glob("*.pack")).stat().st_size < 1000
    assert differences(more, RecoveryStore(tmp_path).load("one")) == []


def test_two_generations_are_kept_and_what_none_needs_goes(store: RecoveryStore, tmp_path: Path) -> None:
    states = [new_document(noise(300, 300, seed), "Photo") for seed in range(5)]
    for number, state in enumerate(states):
        store.save(entry(state, float(number)), state)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == ["000004.json", "000004.pack", "000005.json", "000005.pack", "thumbnail"]


def test_a_pack_of_mostly_dead_tiles_is_given_up(store: RecoveryStore, tmp_path: Path) -> None:
    state = new_document(noise(1100, 300, 1), "Photo")
    store.save(entry(state), state)
    top = replace(state.layers[0], raster=new_document(noise(1100, 300, 2), "").layers[0].raster)
    mixed = replace(top.raster, tiles={**top.raster.tiles, (0, 0): state.layers[0].raster.tiles[0, 0]})
    after = replace(state, layers=(replace(top, raster=mixed),))
    for at in (2.0, 3.0, 4.0):
        store.save(entry(after, at), after)
    assert not (tmp_path / "one" / "000001.pack").exists()
    assert differences(after, RecoveryStore(tmp_path).load("one")) == []


@pytest.mark.parametrize("name", ["000002.json", "000002.pack"])
@pytest.mark.parametrize("damage", [b"", b"{}", None])
def test_a_damaged_generation_leaves_the_one_before(
    store: RecoveryStore, tmp_path: Path, name: str, damage: bytes | None
) -> None:
    state = new_document(noise(300, 300, 1), "Photo")
    store.save(entry(state), state)
    after = painted(state, 10)
    store.save(entry(after, 2.0), after)
    if damage is None:
        (tmp_path / "one" / name).unlink()
    else:
        (tmp_path / "one" / name).write_bytes(damage)
    again = RecoveryStore(tmp_path)
    assert [each.key for each in again.entries()] == ["one"]
    assert differences(state, again.load("one")) == []
    again.save(entry(after, 3.0), after)
    assert differences(after, RecoveryStore(tmp_path).load("one")) == []


def test_documents_are_listed_newest_first_and_forgotten_one_by_one(store: RecoveryStore, tmp_path: Path) -> None:
    state = new_document(noise(10, 10, 1), "Photo")
    for at, key in ((1.0, "one"), (3.0, "three"), (2.0, "two")):
        store.save(entry(state, at, key), state)
    (tmp_path / "empty").mkdir()
    assert [each.key for each in store.entries()] == ["three", "two", "one"]
    store.forget("three")
    store.forget("never")
    assert [each.key for each in RecoveryStore(tmp_path).entries()] == ["two", "one"]
    with pytest.raises(StorageError):
        store.load("three")
    store.save(entry(state, 9.0, "three"), state)
    assert differences(state, store.load("three")) == []


@pytest.mark.parametrize("key", ["../up", "", "a/b", ".", "x" * 101])
def test_a_key_leads_nowhere_else(store: RecoveryStore, key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        store.load(key)
