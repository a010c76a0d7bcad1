"""Files of documents while something else happens to the document that is open."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from studio.session.face.views import ExportOptions
from tests.core.session.scene import LEFT, RIGHT, Scene, photo

if TYPE_CHECKING:
    from tests.core.session.scene import Play


def picture(folder: Path, name: str = "other.png") -> str:
    path = folder / name
    Image.new("RGB", (40, 30), (200, 10, 10)).save(path)
    return str(path)


def test_a_document_that_is_opened_during_a_save_has_nothing_of_it(play: Play, tmp_path: Path) -> None:
    async def story(at: Scene) -> None:
        at.draw(LEFT)
        at.pool.hold()
        at.documents.save(str(tmp_path / "first.ora"))
        await at.busy()
        at.editor.open(photo(), "Second")
        at.draw(RIGHT)
        await at.rest()
        second = at.editor.document
        assert second is not None
        assert (second.path, second.title, second.saved_at) == (None, "Second", None)
        assert at.editor.dirty
        assert not at.documents.saves_in_place()
        assert (tmp_path / "first.ora").is_file()

    play(story)


def test_what_is_drawn_during_a_save_is_not_saved_and_its_copy_stays(play: Play, tmp_path: Path) -> None:
    async def story(at: Scene) -> None:
        document = at.editor.document
        assert document is not None
        at.draw(LEFT)
        at.pool.hold()
        at.documents.save(str(tmp_path / "first.ora"))
        await at.busy()
        at.draw(RIGHT)
        at.tasks.spawn(at.documents.keep())
        await at.rest()
        assert at.editor.dirty
        assert at.documents.saves_in_place()
        assert [each.key for each in at.recovery.entries()] == [document.key]
        at.documents.save()
        await at.rest()
        assert not at.editor.dirty
        assert at.recovery.entries() == ()

    play(story)


def krita_file(folder: Path) -> Path:
    """Layers in a half-strong group, one of 16 bits: more than a document here can hold."""
    path, deep, light = folder / "shoot.ora", io.BytesIO(), io.BytesIO()
    Image.new("I;16", (40, 30), 0x1234).save(deep, "PNG")
    Image.new("RGBA", (40, 30), (200, 100, 50, 90)).save(light, "PNG")
    layers = '<layer src="data/light.png" composite-op="svg:color-dodge"/><layer src="data/light.png"/>'
    stack = f'<stack><stack name="Retouch" opacity="0.5">{layers}</stack><layer src="data/deep.png"/></stack>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "image/openraster")
        archive.writestr("stack.xml", f'<image w="40" h="30" version="0.0.3">{stack}</image>')
        archive.writestr("data/deep.png", deep.getvalue())
        archive.writestr("data/light.png", light.getvalue())
    return path


def test_a_file_of_another_program_is_not_saved_over_and_it_is_said_once(play: Play, tmp_path: Path) -> None:
    path = krita_file(tmp_path)
    before = path.read_bytes()

    async def story(at: Scene) -> None:
        opened: list[str] = []
        at.documents.opened.append(opened.append)
        at.documents.open([str(path)])
        await at.tasks.settle()
        document = at.editor.document
        assert document is not None
        assert not at.documents.saves_in_place()
        assert (document.title, document.path, at.editor.dirty) == ("shoot copy.ora", None, False)
        assert opened == [str(path)]
        (notice,) = at.notices
        assert notice.words().startswith("shoot.ora was made or changed by another program.")
        at.layering.duplicate()
        await at.tasks.settle()
        await at.documents.keep()
        assert [each.path for each in at.recovery.entries()] == [None]
        at.documents.save(str(tmp_path / document.title))
        await at.tasks.settle()
        assert at.documents.saves_in_place()
        assert path.read_bytes() == before

    play(story)


def test_a_project_of_ours_is_saved_in_place_until_another_program_changes_it(play: Play, tmp_path: Path) -> None:
    path = tmp_path / "first.ora"

    async def story(at: Scene) -> None:
        at.documents.save(str(path))
        await at.tasks.settle()
        at.documents.open([str(path)])
        await at.tasks.settle()
        assert at.documents.saves_in_place()
        assert at.notices == []
        with zipfile.ZipFile(path) as archive:
            held = {name: archive.read(name) for name in archive.namelist()}
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in held.items():
                archive.writestr(name, data.replace(b'opacity="1"', b'opacity="0.5"') if name == "stack.xml" else data)
        at.documents.open([str(path)])
        await at.tasks.settle()
        assert not at.documents.saves_in_place()
        assert [layer.opacity for layer in at.state.layers] == [0.5]
        assert len(at.notices) == 1

    play(story)


def deep(folder: Path, name: str = "deep.png") -> Path:
    path = folder / name
    Image.new("I;16", (40, 30), 0x1234).save(path)
    return path


def test_a_picture_of_16_bits_is_told_once_and_its_file_stays(play: Play, tmp_path: Path) -> None:
    path = deep(tmp_path)
    before = path.read_bytes()

    async def story(at: Scene) -> None:
        at.documents.open([str(path)])
        await at.tasks.settle()
        (notice,) = at.notices
        assert notice.words() == "deep.png has 16 bits a channel and is opened with 8. Its file stays as it is."
        assert at.editor.document is not None
        assert at.editor.document.title == "deep copy.png"
        assert [layer.name for layer in at.state.layers] == ["deep.png"]
        at.layering.duplicate()
        await at.tasks.settle()
        at.documents.save()
        await at.tasks.settle()
        assert path.read_bytes() == before
        assert len(at.notices) == 1

    play(story)


def test_it_is_said_where_light_above_white_was_cut(play: Play, tmp_path: Path) -> None:
    bright, dull = Image.new("F", (40, 30), 0.5), tmp_path / "dull.tif"
    bright.save(dull)
    bright.putpixel((4, 4), 1.5)
    bright.save(tmp_path / "bright.tif")

    async def story(at: Scene) -> None:
        at.documents.open([str(dull)])
        await at.tasks.settle()
        at.documents.open([str(tmp_path / "bright.tif")])
        await at.tasks.settle()
        assert [each.words() for each in at.notices] == [
            "dull.tif has 32 bits a channel and is opened with 8. Its file stays as it is.",
            "bright.tif has 32 bits a channel and is opened with 8; what is brighter than white is cut. "
            "Its file stays as it is.",
        ]

    play(story)


def test_a_picture_of_16_bits_is_told_however_it_comes(play: Play, tmp_path: Path) -> None:
    data = deep(tmp_path, "a.png").read_bytes()

    async def story(at: Scene) -> None:
        at.documents.paste(data, "laid.png")
        await at.tasks.settle()
        at.documents.open_bytes(data, "dropped.png")
        await at.tasks.settle()
        at.documents.open([picture(tmp_path), str(deep(tmp_path, "over.tif"))])
        await at.tasks.settle()
        at.editor.close()
        at.documents.paste(data, "pasted.png")
        await at.tasks.settle()
        at.documents.open([picture(tmp_path)])
        await at.tasks.settle()
        told = [each for each in at.notices if "bits" in each.text]
        assert [each.facts["name"] for each in told] == ["laid.png", "dropped.png", "over.tif", "pasted.png"]

    play(story)


def test_a_file_holds_what_was_asked_for_right_before_it(play: Play, tmp_path: Path) -> None:
    async def story(at: Scene) -> None:
        at.pool.hold()
        at.add(LEFT)
        at.documents.save(str(tmp_path / "first.ora"))
        await at.busy()
        await at.rest()
        assert not at.editor.dirty
        at.pool.hold()
        at.add(RIGHT)
        at.layering.toggle()
        at.desk.export(str(tmp_path / "out.png"), ExportOptions())
        await at.busy()
        await at.rest()
        assert at.files.load_project(str(tmp_path / "first.ora")).state.mask.tiles
        with Image.open(tmp_path / "out.png") as out:
            assert out.getchannel("A").getextrema() == (0, 0)

    play(story)


def test_what_is_drawn_while_a_copy_is_written_is_in_it(play: Play, tmp_path: Path) -> None:
    async def story(at: Scene) -> None:
        first = at.editor.document
        assert first is not None
        at.draw(LEFT)
        at.pool.hold()
        at.documents.open([picture(tmp_path)])
        await at.come_to("save")
        at.draw(RIGHT)
        await at.rest()
        assert at.editor.document is not first
        kept = at.recovery.load(first.key)
        assert at.masked(LEFT, kept)
        assert at.masked(RIGHT, kept)

    play(story)


def test_a_picture_that_is_laid_while_a_layer_is_chosen_is_there(play: Play, tmp_path: Path) -> None:
    async def story(at: Scene) -> None:
        at.layering.duplicate()
        await at.rest()
        below = at.state.layers[0].id
        at.pool.hold()
        at.documents.paste_files([picture(tmp_path, "a.png"), picture(tmp_path, "b.png")])
        await at.come_to("<lambda>")
        at.layering.select_layer(below)
        await at.rest()
        assert {"a.png", "b.png"} < {each.name for each in at.state.layers}

    play(story)


async def overtake(at: Scene) -> None:
    """What was asked for last is done first."""
    for _ in range(8):
        at.pool.step(newest=True)
        await at.busy()


def test_a_picture_that_takes_long_does_not_come_in_the_place_of_one_asked_for_later(
    play: Play, tmp_path: Path
) -> None:
    async def story(at: Scene) -> None:
        quick = picture(tmp_path, "quick.png")
        at.pool.hold()
        at.documents.open([picture(tmp_path, "slow.png"), picture(tmp_path, "over it.png")])
        await at.busy()
        at.documents.open_bytes((tmp_path / "quick.png").read_bytes(), quick)
        await at.busy()
        await overtake(at)
        shown = at.editor.document
        assert shown is not None
        assert shown.title == quick
        await at.rest()
        assert at.editor.document is shown
        assert len(at.state.layers) == 1
        assert [each.facts["name"] for each in at.notices] == ["slow.png"]

    play(story)


def test_a_picture_that_is_pasted_before_another_is_asked_for_does_not_keep_that_out(
    play: Play, tmp_path: Path
) -> None:
    async def story(at: Scene) -> None:
        pasted, asked = (Path(picture(tmp_path, name)) for name in ("pasted.png", "asked.png"))
        at.editor.close()
        at.pool.hold()
        at.documents.paste(pasted.read_bytes(), pasted.name)
        await at.busy()
        at.documents.open([str(asked)])
        await at.busy()
        await at.rest()
        assert at.editor.document is not None
        assert at.editor.document.title == "asked.png"
        assert at.notices == []

    play(story)


def test_a_picture_asked_for_before_one_that_cannot_be_opened_is_shown(play: Play, tmp_path: Path) -> None:
    async def story(at: Scene) -> None:
        at.pool.hold()
        at.documents.open([picture(tmp_path, "slow.png")])
        await at.busy()
        at.documents.open_bytes(b"no picture", "quick.png")
        await at.busy()
        await overtake(at)
        await at.rest()
        assert [each.code for each in at.told] == ["not-an-image"]
        at.told.clear()
        assert at.editor.document is not None
        assert at.editor.document.title == "slow.png"

    play(story)


def test_a_picture_that_is_laid_while_another_document_is_opened_is_not_laid_over_that(
    play: Play, tmp_path: Path
) -> None:
    async def story(at: Scene) -> None:
        at.pool.hold()
        at.documents.paste_files([picture(tmp_path, "a.png")])
        await at.busy()
        at.editor.open(photo(), "Second")
        await at.rest()
        assert len(at.state.layers) == 1
        assert [each.facts["name"] for each in at.notices] == ["a.png"]

    play(story)


def test_a_picture_that_is_laid_while_its_document_is_closed_is_opened(play: Play, tmp_path: Path) -> None:
    async def story(at: Scene) -> None:
        at.pool.hold()
        at.documents.paste_files([picture(tmp_path, "a.png")])
        await at.busy()
        at.editor.close()
        await at.rest()
        assert at.editor.document is not None
        assert at.editor.document.title == "a.png"

    play(story)


def test_a_mask_that_is_loaded_while_another_document_is_opened_is_left_out(play: Play, tmp_path: Path) -> None:
    Image.new("L", (700, 300), 255).save(tmp_path / "mask.png")

    async def story(at: Scene) -> None:
        at.pool.hold()
        at.layering.load_mask(str(tmp_path / "mask.png"))
        await at.busy()
        at.editor.open(photo(), "Second")
        await at.rest()
        assert at.steps() == ["Open"]
        at.layering.load_mask(str(tmp_path / "mask.png"))
        await at.rest()
        assert at.steps() == ["Open", "Load mask"]

    play(story)


def test_a_copy_waits_for_what_was_asked_for_before_it(play: Play) -> None:
    async def story(at: Scene) -> None:
        copied: list[bytes] = []
        at.pool.hold()
        at.add(LEFT)
        at.layering.toggle()
        at.desk.copy(copied.append)
        await at.busy()
        await at.rest()
        (data,) = copied
        with Image.open(io.BytesIO(data)) as picture:
            assert picture.getchannel("A").getextrema() == (0, 0)

    play(story)
