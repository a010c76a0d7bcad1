"""The main job done by itself, through the same face as a person does it: open, paint, run, apply, export.

It proves an installation without a key, a network or a screen.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studio.domain.job import JobState
from studio.domain.pen import Brush, PenSample
from studio.session.face.views import ExportOptions, Tool

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from studio.session.face.desk import Desk
    from studio.session.face.views import DocumentView, FormView, JobCard, Notice, StagingView

GIVE_UP_MS = 180_000


class Demo(QObject):
    """Runs once. `finished` carries what was made (name, path), `failed` a sentence."""

    finished = Signal(list)
    failed = Signal(str)

    def __init__(self, window: QWidget, desk: Desk, stroke: Path, folder: Path) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._folder = folder
        self._recipe = json.loads(stroke.read_text(encoding="utf-8"))
        self._step = "open"
        self._links = [
            desk.document_changed.connect(self._on_document),
            desk.form_changed.connect(self._on_form),
            desk.staging_changed.connect(self._on_staging),
            desk.jobs_changed.connect(self._on_jobs),
            desk.noticed.connect(self._on_notice),
        ]
        self._watch = QTimer(self)
        self._watch.setSingleShot(True)
        self._watch.timeout.connect(lambda: self._fail(f"nothing happened after the step “{self._step}”"))

    def start(self) -> None:
        """Open the sample picture; everything else follows from what the session tells."""
        self._watch.start(GIVE_UP_MS)
        self._desk.document.open_sample()

    def _on_document(self, view: DocumentView | None) -> None:
        if view is None:
            return
        if self._step == "open":
            self._step = "paint"
            QTimer.singleShot(0, self._paint)
        elif self._step == "apply" and len(view.layers) > 1:
            self._step = "export"
            QTimer.singleShot(0, self._export)

    def _paint(self) -> None:
        self._desk.set_tool(Tool.BRUSH)
        self._desk.set_brush(Brush(size=float(self._recipe["size"]), hardness=0.9, pressure_size=False))
        for stroke in self._recipe["strokes"]:
            samples = [PenSample(x=float(x), y=float(y)) for x, y in stroke]
            self._desk.canvas.begin(samples[0])
            self._desk.canvas.move(samples[1:])
            self._desk.canvas.end()
        self._step = "run"
        self._on_form(self._desk.form_view())

    def _on_form(self, view: FormView) -> None:
        if self._step == "run" and view.run.enabled:
            self._step = "wait"
            self._desk.form.set_count(1)
            QTimer.singleShot(0, lambda: self._desk.perform("generate.run"))

    def _on_staging(self, view: StagingView | None) -> None:
        if self._step == "wait" and view is not None and not view.running and view.can_apply:
            self._step = "apply"
            QTimer.singleShot(0, lambda: self._desk.perform("staging.apply"))

    def _on_jobs(self, cards: tuple[JobCard, ...]) -> None:
        if self._step == "wait" and cards and cards[0].state is JobState.FAILED:
            problem = cards[0].problem
            self._fail(problem.what if problem else "the job failed")

    def _export(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._desk.document.export(str(self._folder / "overpaint-demo.png"), ExportOptions(format="png"))

    def _on_notice(self, notice: Notice) -> None:
        if notice.problem is not None:
            self._fail(notice.problem.what)
        elif self._step == "export" and notice.path:
            self._step = "look"
            # A moment for the canvas to take in the applied layer before its picture is taken.
            QTimer.singleShot(500, lambda: self._finish(notice.path))

    def _finish(self, export: str) -> None:
        screenshot = self._folder / "overpaint-demo-window.png"
        if not self._window.grab().save(str(screenshot)):
            self._fail(f"the screenshot could not be written to {screenshot}")
            return
        self._end()
        self.finished.emit([("export", export), ("screenshot", str(screenshot))])

    def _fail(self, sentence: str) -> None:
        self._end()
        self.failed.emit(sentence)

    def _end(self) -> None:
        self._step = "over"
        self._watch.stop()
        for unlink in self._links:
            unlink()
        self._links = []
