"""The open document as the window sees it."""

from __future__ import annotations

import asyncio

import pytest

from studio.session.editor import Editor
from studio.session.rows import Rows
from studio.session.tasks import Tasks
from tests.core.session.scene import photo
from tests.fakes.offload import AtOnce


def test_two_documents_of_one_name_can_be_told_apart_and_one_that_is_saved_stays_itself() -> None:
    async def scene() -> list[str]:
        editor, keys = Editor(), list[str]()
        tasks = Tasks(lambda problem: pytest.fail(problem.what))
        rows = Rows(editor, AtOnce(), tasks, str, lambda: None)

        def note() -> None:
            view = rows.view()
            assert view is not None
            keys.append(view.key)

        first = editor.open(photo(), "holiday.png")
        note()
        editor.mark_saved(first, photo(), "/pictures/summer.ora", 1.0)
        note()
        editor.open(photo(), "holiday.png")
        note()
        await tasks.settle()
        return keys

    before, saved, other = asyncio.run(scene())
    assert before == saved
    assert before != other
