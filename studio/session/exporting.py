"""Pictures on their way out: encoded as asked, with the profile and, by choice, word of how they were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.document.layer import LayerKind
from studio.document.pictures import flattened
from studio.imaging.colour import colour_to_srgb
from studio.imaging.decode import decode, decode_small
from studio.imaging.encode import encode
from studio.imaging.metadata import xmp_packet
from studio.session.face.views import ExportOptions, ExportPreview

if TYPE_CHECKING:
    from studio.document.state import DocumentState
    from studio.domain.gallery import GalleryEntry
    from studio.domain.pixels import Pixels

PREVIEW = 320
ENDINGS = {
    "png": (".png",),
    "jpeg": (".jpg", ".jpeg"),
    "webp": (".webp",),
    "tiff": (".tif", ".tiff"),
    "avif": (".avif",),
}


def exported(state: DocumentState, options: ExportOptions) -> bytes:
    """The flattened document as a file."""
    return _encoded(flattened(state), state.icc, options, _made_by(state))


def exported_entry(data: bytes, entry: GalleryEntry, options: ExportOptions) -> bytes:
    """A picture of the gallery as a file."""
    picture = decode(data, "The picture")
    return _encoded(picture.pixels, picture.icc, options, (entry.request.prompt, str(entry.request.model)))


def export_preview(state: DocumentState, options: ExportOptions) -> ExportPreview:
    """What the file would weigh, and the picture as it would be read back."""
    data = exported(state, options)
    return ExportPreview(bytes=len(data), picture=decode_small(data, PREVIEW, "The preview"))


def _made_by(state: DocumentState) -> tuple[str, str] | None:
    """Prompt and model of the topmost generated layer that is seen; None where all is the photograph's own."""
    for layer in reversed(state.layers):
        if layer.kind is LayerKind.GENERATED and layer.visible and layer.origin is not None:
            return layer.origin.prompt, layer.origin.model
    return None


def _encoded(pixels: Pixels, icc: bytes | None, options: ExportOptions, made_by: tuple[str, str] | None) -> bytes:
    """Without its profile the picture's numbers would mean other colours, so they are brought to sRGB then."""
    packet = xmp_packet(*made_by) if options.metadata and made_by is not None else None
    if not options.keep_profile:
        pixels, icc = colour_to_srgb(pixels, icc), None
    return encode(pixels, options.format, options.quality, icc=icc, xmp=packet)
