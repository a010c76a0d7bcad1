"""Jobs of a remote provider in the real session, against the playground on loopback."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain.geometry import Size
from studio.domain.ids import ModelId, ProviderId
from studio.playground.exchange import html_answer
from studio.playground.faults import Fault
from studio.playground.server import Playground
from tests.whole.app.test_main_job import on_a_loop, open_and_paint, staged, studio_at, until

if TYPE_CHECKING:
    from studio.session.application import Studio
    from studio.session.face.views import Notice

PLAY = ProviderId("play")
PHOTO = Path(__file__).parents[2] / "photos" / "life_by_Aitzol_Berasategi.jpg"


async def set_up(studio: Studio, playground: Playground, model: str) -> None:
    """A provider with its key and its models, as the settings page does it."""
    studio.providers.add("nanogpt", url=playground.url, provider=str(PLAY))
    await until(studio.providers.changed, lambda: bool(studio.providers.rows()))
    studio.providers.give_key(PLAY, f" {playground.key}\n", session_only=True)
    await until(studio.form_changed, lambda: any(each.id == model for each in studio.form_view().models))
    studio.form.set_model(ModelId(model), PLAY)


async def ready_to_edit(studio: Studio, playground: Playground) -> None:
    """A painted picture and one picture ordered of it, but for the click."""
    await open_and_paint(studio)
    await set_up(studio, playground, "gpt-image-2")
    studio.form.set_prompt("a red ball")
    studio.form.set_count(1)
    await until(studio.form_changed, lambda: studio.form_view().run.enabled)


@on_a_loop
async def test_a_masked_edit_is_sent_once_and_changes_nothing_outside_of_its_mask(tmp_path: Path) -> None:
    async with await Playground.start() as playground, studio_at(tmp_path / "data") as (studio, _rooms):
        await ready_to_edit(studio, playground)
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


async def naga_edit(studio: Studio, playground: Playground) -> None:
    """An edit with a reference of a Naga provider, refused or not; told once its job has ended."""
    studio.providers.add("naga", url=f"{playground.url}/v1", provider="naga")
    await until(studio.providers.changed, lambda: bool(studio.providers.rows()))
    naga = studio.providers.rows()[0].id
    studio.providers.give_key(naga, playground.key, session_only=True)
    await until(studio.form_changed, lambda: any(each.id == "gpt-image-1" for each in studio.form_view().models))
    studio.form.set_model(ModelId("gpt-image-1"), naga)
    studio.form.add_reference_file(str(PHOTO))
    studio.form.set_prompt("a red ball")
    studio.form.set_count(1)
    await until(studio.form_changed, lambda: bool(studio.form_view().references) and studio.form_view().run.enabled)
    studio.perform("generate.run")
    await until(studio.jobs_changed, lambda: [card.state.is_final for card in studio.job_cards()] == [True])


@on_a_loop
async def test_the_other_field_name_is_set_and_the_refused_order_sent_again_once(tmp_path: Path) -> None:
    async with await Playground.start() as playground, studio_at(tmp_path / "data") as (studio, _rooms):
        playground.rules.naga_field = "image[]"
        notices: list[Notice] = []
        studio.noticed.connect(notices.append)
        await open_and_paint(studio)
        await naga_edit(studio, playground)
        (bar,) = [each.problem for each in notices if each.problem is not None]
        assert (bar.code, bar.action, len(playground.ledger)) == ("no-image-arrived", "generate.other-field", 0)
        studio.perform("generate.other-field")
        await until(studio.staging_changed, lambda: staged(studio))
        assert dict(studio.providers.rows()[0].settings)["image_field"] == "image[]"
        assert len(playground.ledger) == 1
        studio.perform("generate.other-field")
        assert notices[-1].text == "No order was refused for this."
        assert dict(studio.providers.rows()[0].settings)["image_field"] == "image[]"


@on_a_loop
async def test_what_was_too_large_is_sent_again_smaller(tmp_path: Path) -> None:
    async with await Playground.start() as playground, studio_at(tmp_path / "data") as (studio, _rooms):
        await ready_to_edit(studio, playground)
        playground.faults.script.append(Fault(path="/images", instead=html_answer(413, "Too large", "nginx")))
        studio.perform("generate.run")
        await until(studio.jobs_changed, lambda: [card.state.is_final for card in studio.job_cards()] == [True])
        (refused,) = studio.job_cards()
        assert refused.problem is not None
        assert refused.problem.action == "generate.shrink"
        studio.perform("generate.shrink")
        await until(studio.staging_changed, lambda: staged(studio))
        limit = int(dict(studio.providers.rows()[0].settings)["max_body_bytes"])
        orders = [asked for asked in playground.requests if "/images" in asked.path and asked.method == "POST"]
        assert len(orders[-1].body) <= limit < 4_000_000
        assert len(playground.ledger) == 1


@on_a_loop
async def test_what_was_chosen_last_is_there_again_at_the_next_start(tmp_path: Path) -> None:
    async with await Playground.start() as playground:
        async with studio_at(tmp_path / "data") as (studio, _rooms):
            await set_up(studio, playground, "hidream")
        async with studio_at(tmp_path / "data") as (studio, _rooms):
            model = studio.form_view().model
            assert model is not None
            assert (model.id, model.provider) == ("hidream", PLAY)
