"""A card that is removed is not there at the next start of the real session, even where that ended at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.capabilities import Price
from studio.domain.catalogue import problem
from studio.domain.ids import JobId, ModelId, ProviderId
from studio.domain.job import OutcomeUnknown, Queued, Submitting
from studio.domain.request import EditRequest
from tests.core.storage.shelf import folders_in, opened
from tests.whole.app.test_main_job import on_a_loop, studio_at

if TYPE_CHECKING:
    from pathlib import Path


@on_a_loop
async def test_a_removed_card_is_not_there_at_the_next_start(tmp_path: Path) -> None:
    with opened(folders_in(tmp_path / "data")) as library:
        request = EditRequest(provider=ProviderId("nano"), model=ModelId("m"))
        library.journal.append(JobId("01"), Queued(request=request, price=Price(amount="0.04")))
        library.journal.append(JobId("01"), Submitting(attempt=1))
        library.journal.append(JobId("01"), OutcomeUnknown(problem=problem("outcome-unknown")))
    async with studio_at(tmp_path / "data") as (studio, _rooms):
        assert [card.job for card in studio.job_cards()] == ["01"]
        studio.results.remove_card(JobId("01"))
        assert studio.job_cards() == ()
    async with studio_at(tmp_path / "data") as (studio, _rooms):
        assert studio.job_cards() == ()
        assert studio.cards.job(JobId("01")) is not None
