"""The document's half of a desk for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.session.face.views import ExportOptions, ExportPreview, Recovered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.domain.geometry import Margins
    from studio.domain.ids import LayerId
    from studio.session.face.tools import Combine
    from tests.fakes.desk import Calls


class FakeDocument:
    """Notes what it is asked for: ("open", paths), ("set_layer", id, {...}) and so on."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self.left_behind: tuple[Recovered, ...] = ()
        self.weight = 1_234_567
        self.png = b""

    def open(self, paths: Sequence[str]) -> None:
        self._calls.append(("open", tuple(paths)))

    def open_bytes(self, data: bytes, name: str) -> None:
        self._calls.append(("open_bytes", data, name))

    def open_sample(self) -> None:
        self._calls.append(("open_sample",))

    def paste(self, data: bytes, name: str) -> None:
        self._calls.append(("paste", data, name))

    def paste_files(self, paths: Sequence[str]) -> None:
        self._calls.append(("paste_files", tuple(paths)))

    def close(self) -> None:
        self._calls.append(("close",))

    def save(self, path: str | None = None) -> None:
        self._calls.append(("save", path))

    def export(self, path: str, options: ExportOptions) -> None:
        self._calls.append(("export", path, options))

    def copy(self, done: Callable[[bytes], None]) -> None:
        self._calls.append(("copy",))
        done(self.png)

    def export_preview(self, options: ExportOptions, done: Callable[[ExportPreview], None]) -> None:
        self._calls.append(("export_preview", options))
        done(ExportPreview(bytes=self.weight))

    def set_layer(
        self,
        layer: LayerId,
        *,
        name: str | None = None,
        visible: bool | None = None,
        locked: bool | None = None,
        opacity: float | None = None,
        blend: str | None = None,
    ) -> None:
        named = {"name": name, "visible": visible, "locked": locked, "opacity": opacity, "blend": blend}
        self._calls.append(("set_layer", layer, {key: value for key, value in named.items() if value is not None}))

    def select_layer(self, layer: LayerId) -> None:
        self._calls.append(("select_layer", layer))

    def move_layer(self, layer: LayerId, row: int) -> None:
        self._calls.append(("move_layer", layer, row))

    def move_content(self, dx: int, dy: int) -> None:
        self._calls.append(("move_content", dx, dy))

    def delete_layer(self, layer: LayerId) -> None:
        self._calls.append(("delete_layer", layer))

    def go_to(self, history_index: int) -> None:
        self._calls.append(("go_to", history_index))

    def load_mask(self, path: str) -> None:
        self._calls.append(("load_mask", path))

    def save_mask(self, path: str) -> None:
        self._calls.append(("save_mask", path))

    def use_mask(self, name: str, combine: Combine) -> None:
        self._calls.append(("use_mask", name, combine))

    def rename_mask(self, name: str, to: str) -> None:
        self._calls.append(("rename_mask", name, to))

    def delete_mask(self, name: str) -> None:
        self._calls.append(("delete_mask", name))

    def grow_mask(self, pixels: int) -> None:
        self._calls.append(("grow_mask", pixels))

    def feather_mask(self, pixels: float) -> None:
        self._calls.append(("feather_mask", pixels))

    def set_extend(self, margins: Margins) -> None:
        self._calls.append(("set_extend", margins))

    def recovered(self) -> Sequence[Recovered]:
        return self.left_behind

    def recover(self, key: str) -> None:
        self._calls.append(("recover", key))

    def forget_recovered(self, key: str) -> None:
        self._calls.append(("forget_recovered", key))
