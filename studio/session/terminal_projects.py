"""Project files for a terminal: what they hold, and their picture. Runs in the pool."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.imaging.masks import share
from studio.session.exporting import ENDINGS, exported
from studio.session.face.terminal import ProjectInfo, ProjectLayer
from studio.session.face.views import ExportOptions

if TYPE_CHECKING:
    from studio.document.project import Project
    from studio.session.ports import Files


def project_info(path: str, project: Project) -> ProjectInfo:
    """What is told of a project, its top layer first."""
    state = project.state
    layers = [
        ProjectLayer(
            name=layer.name,
            visible=layer.visible,
            opacity=layer.opacity,
            blend=layer.blend,
            size=layer.raster.size,
        )
        for layer in reversed(state.layers)
    ]
    return ProjectInfo(
        path=path, size=state.size, layers=tuple(layers), masked=share(state.mask), jobs=len(project.jobs)
    )


def flattened_file(files: Files, path: str, output: str) -> bytes:
    """The project's picture in the format that `output` ends with. Raises UsageError, StorageError, ImagingError."""
    options = ExportOptions(format=_format(output))
    return exported(files.load_project(path).state, options)


def _format(output: str) -> str:
    ending = os.path.splitext(output)[1].lower()
    for name, endings in ENDINGS.items():
        if ending in endings:
            return name
    known = ", ".join(each for endings in ENDINGS.values() for each in endings)
    raise trouble("bad-arguments", reason=f"{os.path.basename(output)} must end with one of {known}.")
