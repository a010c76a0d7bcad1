"""Closing the window with changes that are in no file: kept where that works, told where it does not."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from PIL import Image

from studio.session.face.views import ExportOptions
from tests.whole.app.test_kill import stroke
from tests.whole.app.test_main_job import on_a_loop, studio_at, until
from tests.whole.app.voices import PHOTO, watched

if TYPE_CHECKING:
    from pathlib import Path

    from tests.whole.conftest import Desk


def test_a_window_whose_changes_cannot_be_kept_comes_back_once(desk: Desk) -> None:
    data = desk.home / "data"
    data.mkdir()
    (data / "settings.toml").write_text("autosave_seconds = 600\n", encoding="utf-8")
    voice = watched(desk, PHOTO)
    stroke(desk, voice.show_picture(PHOTO.name))
    voice.until("mask ")
    shutil.rmtree(data / "recovery")
    (data / "recovery").write_text("no folder", encoding="utf-8")
    desk.point("key", "ctrl+q")
    voice.where("Changes could not be kept")
    assert voice.process.poll() is None
    voice.quit()
    assert (data / "recovery").read_text(encoding="utf-8") == "no folder"


@on_a_loop
async def test_a_picture_with_clear_parts_is_kept_and_comes_back_as_it_was(tmp_path: Path) -> None:
    picture = Image.new("RGBA", (700, 500), (200, 40, 10, 255))
    picture.paste((10, 200, 90, 80), (100, 100, 400, 300))
    picture.paste((0, 0, 0, 0), (500, 0, 700, 500))
    picture.save(tmp_path / "clear.png")
    async with studio_at(tmp_path / "data") as (studio, _rooms):
        studio.document.open([str(tmp_path / "clear.png")])
        await until(studio.document_changed, lambda: studio.document_view() is not None)
        studio.perform("mask.fill")
        await until(studio.document_changed, lambda: bool((view := studio.document_view()) and view.dirty))
        studio.document.close()
        await until(studio.document_changed, lambda: studio.document_view() is None)
        (kept,) = studio.document.recovered()
        assert kept.thumbnail is not None
        studio.document.recover(kept.key)
        await until(studio.document_changed, lambda: studio.document_view() is not None)
        studio.document.export(str(tmp_path / "back.png"), ExportOptions())
        await until(studio.noticed, (tmp_path / "back.png").exists)
    assert Image.open(tmp_path / "back.png").tobytes() == picture.tobytes()
