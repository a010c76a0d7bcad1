"""Jobs of a remote provider in the real session, against the playground on loopback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.geometry import Size
from studio.domain.ids import ModelId, ProviderId
from studio.playground.server import Playground
from tests.whole.app.test_main_job import on_a_loop, open_and_paint, staged, studio_at, until

if TYPE_CHECKING:
    from pathlib import Path

    from studio.session.application import Studio

PLAY = ProviderId("play")


async def set_up(studio: Studio, playground: Playground, model: str) -> None:
    """A provider with its key and its models, as the settings page does it."""
    studio.providers.add("nanogpt", url=playground.url, provider=str(PLAY))
    await until(studio.providers.changed, lambda: bool(studio.providers.rows()))
    studio.providers.give_key(PLAY, f" {playground.key}\n", session_only=True)
    await until(studio.form_changed, lambda: any(each.id == model for each in studio.form_view().models))
    studio.form.set_model(ModelId(model), PLAY)


@on_a_loop
async def test_a_masked_edit_is_sent_once_and_changes_nothing_outside_of_its_mask(tmp_path: Path) -> None:
    async with await Playground.start() as playground, studio_at(tmp_path / "data") as (studio, _rooms):
        await open_and_paint(studio)
        await set_up(studio, playground, "gpt-image-2")
        studio.form.set_prompt("a red ball")
        studio.form.set_count(1)
        await until(studio.form_changed, lambda: studio.form_view().run.enabled)
        view = studio.form_view()
        assert view.run.price is not None
        assert not view.run.free
        studio.perform("generate.run")
        studio.perform("generate.run")  # the same click twice
        await until(studio.staging_changed, lambda: staged(studio))
        staging = studio.staging_view()
        assert staging is not None
        assert "nothing changed outside the mask" in staging.note
        assert len(playground.ledger) == 1
        studio.providers.check(PLAY)
        await until(studio.form_changed, lambda: studio.form_view().balance is not None)


@on_a_loop
async def test_a_run_with_nothing_open_makes_a_document_of_the_results_size(tmp_path: Path) -> None:
    async with await Playground.start() as playground, studio_at(tmp_path / "data") as (studio, _rooms):
        await set_up(studio, playground, "hidream")
        assert studio.document_view() is None
        assert not studio.form_view().run.enabled
        studio.form.set_prompt("a lighthouse")
        studio.form.set_parameter("size", "1024*768")
        studio.form.set_count(1)
        await until(studio.form_changed, lambda: studio.form_view().run.enabled)
        studio.perform("generate.run")
        await until(studio.document_changed, lambda: studio.document_view() is not None)
        document = studio.document_view()
        assert document is not None
        assert document.size == Size(width=1024, height=768)
        assert len(playground.ledger) == 1


@on_a_loop
async def test_the_playground_is_set_up_by_one_click_and_its_key_is_kept_nowhere(tmp_path: Path) -> None:
    async with studio_at(tmp_path / "data") as (studio, _rooms):
        studio.providers.start_playground()
        await until(studio.form_changed, lambda: any(each.provider != "local" for each in studio.form_view().models))
        (row,) = studio.providers.rows()
        assert (row.name, row.key, row.problem) == ("Playground", "session", None)
        texts = [path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file()]
        assert not any(b"demo-" in text for text in texts)


@on_a_loop
async def test_edge_35_an_answer_of_another_size_than_was_sent_lands_in_its_place(tmp_path: Path) -> None:
    async with await Playground.start() as playground, studio_at(tmp_path / "data") as (studio, rooms):
        await open_and_paint(studio)
        await set_up(studio, playground, "gpt-image-2")
        studio.form.set_prompt("a red ball")
        studio.form.set_count(1)
        studio.form.set_parameter("size", "1536x1024")
        await until(studio.form_changed, lambda: studio.form_view().run.enabled)
        studio.perform("generate.run")
        await until(studio.staging_changed, lambda: staged(studio))
        (job,) = await rooms.window_world().jobs.jobs()
        assert job.request.placement is not None
        assert job.outputs[0].size == Size(width=1536, height=1024) != job.request.placement.sent
        before = studio.document_view()
        studio.perform("staging.apply")
        after = studio.document_view()
        assert before is not None
        assert after is not None
        assert (after.size, len(after.layers)) == (before.size, len(before.layers) + 1)
