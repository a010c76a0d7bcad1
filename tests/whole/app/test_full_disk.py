"""A full disk under the real session: what was not saved stays unsaved, and one message names the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.session.face.views import ExportOptions, Notice
from tests.whole.app.test_main_job import on_a_loop, open_and_paint, staged, studio_at, until
from tests.whole.storage.small_disk import fill, small_disk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """One megabyte, less than the sample picture takes as a project."""
    with small_disk(tmp_path / "disk", "1m") as place:
        yield place


def files_of(disk: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in disk.iterdir()}


@on_a_loop
async def test_a_project_and_an_export_that_find_no_room(tmp_path: Path, disk: Path) -> None:
    (disk / "a.ora").write_bytes(b"old project")
    (disk / "a.png").write_bytes(b"old picture")
    fill(disk)
    before = files_of(disk)
    async with studio_at(tmp_path / "data") as (studio, _rooms):
        await open_and_paint(studio)
        studio.perform("generate.run")
        await until(studio.staging_changed, lambda: staged(studio))
        studio.perform("staging.apply")
        said: list[Notice] = []
        studio.noticed.connect(said.append)
        for write in (
            lambda: studio.document.save(str(disk / "a.ora")),
            lambda: studio.document.export(str(disk / "a.png"), ExportOptions()),
        ):
            said.clear()
            write()
            await until(studio.noticed, lambda: any(each.problem for each in said))
            told = [each.problem for each in said if each.problem is not None]
            assert [each.code for each in told] == ["disk-full"]
            assert str(disk) in told[0].what
            view = studio.document_view()
            assert view is not None
            assert view.dirty
    assert files_of(disk) == before
