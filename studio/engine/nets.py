"""The three neural nets, loaded from their files on first use and run by OpenCV."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import cv2
import numpy as np

from studio.domain.catalogue import trouble
from studio.engine.arrays import Bytes, Floats, shrunk

if TYPE_CHECKING:
    from pathlib import Path

SUBJECT = "u2netp.onnx"
PEOPLE = "selfie.tflite"
UPSCALE = "w2x_photo.onnx"

_SUBJECT_SIDE = 320
_PEOPLE_SIDE = 256
_MEAN = np.array([0.485, 0.456, 0.406], np.float32)
_DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)


@dataclass(slots=True, kw_only=True)
class Models:
    """The model files of a folder, each loaded when it is first needed. For one thread at a time."""

    folder: Path
    _loaded: dict[str, cv2.dnn.Net] = field(default_factory=dict[str, cv2.dnn.Net])

    def has(self, name: str) -> bool:
        """Whether the file is there. Without it the operations that need it are not to be offered."""
        return (self.folder / name).is_file()

    def subject(self, picture: Bytes) -> Floats:
        """How much each pixel belongs to what stands out: 0 to 1, of shape (320, 320) whatever the picture's shape.

        Input and output as U^2-Net was trained (Qin et al., 2020): values over the largest one, less the mean of
        ImageNet, and the first output stretched over its range. Raises ProviderError where the file is missing.
        """
        small = shrunk(picture, _SUBJECT_SIDE, _SUBJECT_SIDE).astype(np.float32)
        scaled = (small / max(float(small.max()), 1.0) - _MEAN) / _DEVIATION
        net = self._net(SUBJECT)
        net.setInput(scaled.transpose(2, 0, 1)[np.newaxis])
        raw = np.asarray(net.forward(net.getUnconnectedOutLayersNames()[0]), dtype=np.float32)[0, 0]
        low, high = float(raw.min()), float(raw.max())
        return np.asarray((raw - low) / max(high - low, 1e-6), dtype=np.float32)

    def people(self, picture: Bytes) -> Floats:
        """How much each pixel belongs to a person: 0 to 1, of shape (256, 256). Raises as `subject` does."""
        small = shrunk(picture, _PEOPLE_SIDE, _PEOPLE_SIDE).astype(np.float32) / 255
        net = self._net(PEOPLE)
        net.setInput(np.ascontiguousarray(small.transpose(2, 0, 1)[np.newaxis]))
        raw = np.asarray(net.forward(), dtype=np.float32).reshape(_PEOPLE_SIDE, _PEOPLE_SIDE)
        return np.asarray(raw.clip(0, 1), dtype=np.float32)

    def doubled(self, tile: Floats) -> Floats:
        """A tile of shape (height, width, 3), values 0 to 1, at twice its size, less 7 pixels of its own each side."""
        net = self._net(UPSCALE)
        net.setInput(np.ascontiguousarray(tile.transpose(2, 0, 1)[np.newaxis]))
        raw = np.asarray(net.forward(), dtype=np.float32)[0]
        return np.ascontiguousarray(raw.transpose(1, 2, 0))

    def _net(self, name: str) -> cv2.dnn.Net:
        if name not in self._loaded:
            self._loaded[name] = self._read(name)
        return self._loaded[name]

    def _read(self, name: str) -> cv2.dnn.Net:
        path = self.folder / name
        if not path.is_file():
            raise trouble("engine-model-missing", name=name)
        try:
            return cv2.dnn.readNetFromTFLite(str(path)) if name == PEOPLE else cv2.dnn.readNetFromONNX(str(path))
        except cv2.error as error:
            raise trouble("engine-model-missing", name=name, detail=f"damaged: {error}") from error
