"""Commands by their ids: what each of the table does in the session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from studio.domain.command import Needs, missing
from studio.domain.ids import ModelId
from studio.domain.settings import OVERLAY_COLOURS
from studio.session.face.commands import COMMANDS, WINDOW_COMMANDS
from studio.session.face.views import CompareMode, Notice, Readiness, Tool

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.domain.command import Command
    from studio.domain.settings import Settings
    from studio.domain.signal import Signal
    from studio.session.desks import DocumentDesk, ResultsDesk
    from studio.session.editor import Editor
    from studio.session.formdesk import FormDesk
    from studio.session.gallery import Gallery
    from studio.session.generate import Generate
    from studio.session.providersdesk import ProvidersDesk
    from studio.session.queueing import Queue
    from studio.session.remedies import Remedies
    from studio.session.results import Results
    from studio.session.tooling import Tooling

ORDERS = {"generate.run", "generate.without-mask"}
"""Commands that send what is in the tray."""
WHILE_NEEDED = {"remove", "extend", "cutout", "select", "upscale"}
OF_THE_DOCUMENT = Needs.DOCUMENT | Needs.MASK | Needs.UNDO | Needs.REDO | Needs.STAGING | Needs.LAYER | Needs.RUNNABLE
"""A command that needs any of these takes its turn: a lasso that was closed right before it is in the picture first."""


class Parts(Protocol):
    """What the commands reach of the session."""

    asked: Signal[str]
    noticed: Signal[Notice]
    document: DocumentDesk
    editor: Editor
    form: FormDesk
    gallery: Gallery
    generate: Generate
    providers: ProvidersDesk
    queue: Queue
    remedies: Remedies
    results: ResultsDesk
    staging: Results
    tooling: Tooling

    def settings(self) -> Settings:
        """All settings."""
        ...

    def change_settings(self, settings: Settings) -> None:
        """Take them over and write them down."""
        ...

    def readiness(self) -> Readiness:
        """Which needs are met."""
        ...

    def set_overlay_shown(self, shown: bool) -> None:
        """Whether the mask is seen."""
        ...

    def set_tool(self, tool: Tool) -> None:
        """Take a tool."""
        ...


def actions(studio: Parts) -> Mapping[str, Callable[[], None]]:
    """What the session itself can do, by command id."""
    return {**_document(studio), **_mask(studio), **_generate(studio), **_tools(studio), **_gallery(studio)}


def _document(studio: Parts) -> dict[str, Callable[[], None]]:
    document, layering = studio.document, studio.document.layering
    return {
        "file.sample": document.open_sample,
        "file.save": lambda: document.save() if document.files.saves_in_place() else studio.asked.emit("file.save-as"),
        "file.close": document.close,
        "edit.undo": document.undo,
        "edit.redo": studio.editor.redo,
        "layer.delete": lambda: _with_active(studio, document.delete_layer),
        "layer.duplicate": layering.duplicate,
        "layer.merge-down": layering.merge_down,
        "layer.toggle": layering.toggle,
        "layer.up": lambda: layering.shift(1),
        "layer.down": lambda: layering.shift(-1),
        "layer.variations": lambda: _with_active(studio, studio.results.edit_variations),
        "layer.mask": layering.mask_from_layer,
    }


def _with_active(studio: Parts, action: Callable[..., None]) -> None:
    state = studio.editor.state
    if state is not None:
        action(state.active)


def _mask(studio: Parts) -> dict[str, Callable[[], None]]:
    layering = studio.document.layering
    return {
        "mask.keep": studio.document.masks.keep,
        "mask.clear": layering.clear_mask,
        "mask.fill": layering.fill_mask,
        "mask.invert": layering.invert_mask,
        "mask.show": lambda: studio.set_overlay_shown(not studio.tooling.overlay_shown),
        "mask.colour": lambda: _next_colour(studio),
    }


def _next_colour(studio: Parts) -> None:
    settings = studio.settings()
    place = OVERLAY_COLOURS.index(settings.overlay.colour) if settings.overlay.colour in OVERLAY_COLOURS else -1
    colour = OVERLAY_COLOURS[(place + 1) % len(OVERLAY_COLOURS)]
    studio.change_settings(replace(settings, overlay=replace(settings.overlay, colour=colour)))


def _generate(studio: Parts) -> dict[str, Callable[[], None]]:
    staging = studio.staging
    named = {f"generate.{name}": name for name in WHILE_NEEDED}
    return {
        "generate.run": studio.generate.run,
        **{command: _runner(studio, name) for command, name in named.items()},
        "generate.cancel": studio.queue.cancel_active,
        "generate.cancel-all": studio.queue.cancel_all,
        "generate.pause": studio.queue.pause,
        "generate.go-on": studio.queue.go_on,
        "generate.send-waiting": studio.queue.send_waiting,
        "providers.try": studio.providers.start_playground,
        "generate.without-mask": lambda: studio.generate.run(masked=False),
        "generate.other-field": studio.remedies.other_field,
        "generate.shrink": studio.remedies.shrink,
        "prompt.clear": lambda: studio.form.set_prompt(""),
        "staging.apply": staging.apply,
        "staging.discard": staging.discard,
        "staging.next": lambda: staging.step(1),
        "staging.previous": lambda: staging.step(-1),
        "compare.split": lambda: staging.set_compare(
            CompareMode.OFF if staging.compare is CompareMode.SPLIT else CompareMode.SPLIT
        ),
    }


def _runner(studio: Parts, name: str) -> Callable[[], None]:
    return lambda: studio.generate.run(ModelId(name))


def _tools(studio: Parts) -> dict[str, Callable[[], None]]:
    tooling = studio.tooling
    return {
        **{f"tool.{tool.value}": _taker(studio, tool) for tool in Tool},
        "brush.smaller": lambda: tooling.resize(1 / 1.15),
        "brush.larger": lambda: tooling.resize(1.15),
        "brush.softer": lambda: tooling.harden(-0.1),
        "brush.harder": lambda: tooling.harden(0.1),
        "brush.swap": tooling.swap,
        "view.theme-dark": lambda: studio.change_settings(replace(studio.settings(), theme="dark")),
        "view.theme-light": lambda: studio.change_settings(replace(studio.settings(), theme="light")),
        "view.theme-system": lambda: studio.change_settings(replace(studio.settings(), theme="system")),
    }


def _taker(studio: Parts, tool: Tool) -> Callable[[], None]:
    return lambda: studio.set_tool(tool)


def _gallery(studio: Parts) -> dict[str, Callable[[], None]]:
    gallery = studio.gallery

    def star() -> None:
        for output in gallery.selected:
            entry = gallery.entry(output)
            if entry is not None:
                gallery.star(output, starred=not entry.starred)

    return {
        "gallery.open": lambda: gallery.open(gallery.selected[0]),
        "gallery.restore": lambda: gallery.restore(gallery.selected[0]),
        "gallery.star": star,
        "gallery.reference": lambda: gallery.as_reference(gallery.selected[0]),
        "gallery.trash": lambda: gallery.trash(gallery.selected),
        "gallery.untrash": lambda: gallery.untrash(gallery.selected),
        "gallery.untrash-last": gallery.untrash_last,
    }


class Performer:
    """Runs a command where its needs are met, else says what is missing."""

    def __init__(self, studio: Parts) -> None:
        self._studio = studio
        self._commands = {str(command.id): command for command in COMMANDS}
        self._actions = actions(studio)

    def perform(self, name: str) -> None:
        """By id. A command of the window is handed back; an unknown one is a bug (KeyError)."""
        command = self._commands[name]
        if name not in ORDERS:
            self._in_turn(name, command)
            return
        document = self._studio.editor.document

        def order() -> None:
            if self._studio.editor.document is document:  # what was opened meanwhile was not meant
                self._in_turn(name, command)
            else:
                self._studio.noticed.emit(Notice(text="Nothing was sent, as another picture was opened meanwhile."))

        self._studio.form.once_given(order)

    def _in_turn(self, name: str, command: Command) -> None:
        if command.needs & OF_THE_DOCUMENT and name not in WINDOW_COMMANDS:
            self._studio.document.editing.now(lambda: self._perform(name, command))
        else:
            self._perform(name, command)

    def _perform(self, name: str, command: Command) -> None:
        lacking = missing(command, self._studio.readiness().met)
        if lacking:
            self._studio.noticed.emit(Notice(text=lacking))
        elif name in WINDOW_COMMANDS:
            self._studio.asked.emit(name)
        else:
            self._actions[name]()

    def unmapped(self) -> frozenset[str]:
        """Commands of the table that neither the session nor the window does; none, as a test says."""
        return frozenset(self._commands) - frozenset(self._actions) - frozenset(WINDOW_COMMANDS)
