"""What a file may say about how it was made: an XMP packet, and where each format keeps it and the colour profile."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from xml.sax.saxutils import escape, quoteattr

DIGITAL_SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
COMPOSITE = "compositeWithTrainedAlgorithmicMedia"
"""IPTC's word for a photograph that parts of were made by a model."""
GENERATED = "trainedAlgorithmicMedia"
"""IPTC's word for a picture that a model made whole."""
ROOM, MODEL_ROOM = 61_000, 3_000
"""Bytes that a prompt, which is there twice, and a model may take: a JPEG has room for 65,502 bytes of XMP."""
_QUOTED = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}

XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
ICC_HEAD = b"ICC_PROFILE\0"
SEGMENT = 65_533
"""Bytes that one segment of a JPEG holds."""

_TEMPLATE = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
    xmp:CreatorTool="Overpaint"
    Iptc4xmpExt:DigitalSourceType={source}
    Iptc4xmpExt:AIPromptInformation={prompt}
    Iptc4xmpExt:AISystemUsed={model}>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt></dc:description>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def xmp_packet(prompt: str, model: str, *, generated: bool = False) -> bytes:
    """An XMP packet that says what a picture was made with (IPTC Photo Metadata Standard 2025.1).

    `generated` says that a model made the whole picture, else parts of a photograph. UTF-8.
    """
    text = _fitting(_clean(prompt), ROOM)
    return _TEMPLATE.format(
        source=quoteattr(DIGITAL_SOURCE + (GENERATED if generated else COMPOSITE)),
        prompt=quoteattr(text),
        model=quoteattr(_fitting(_clean(model), MODEL_ROOM)),
        text=escape(text),
    ).encode()


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


def _fitting(text: str, room: int) -> str:
    """As much of a text as fits, once quoted and once escaped: a character may take one byte or a dozen."""
    text = text[: room // 2]
    takes = {each: len((escape(each, _QUOTED) + escape(each)).encode()) for each in set(text)}
    return text[: bisect_right(list(accumulate(takes[each] for each in text)), room)]


def with_segments(jpeg: bytes, icc: bytes | None, xmp: bytes | None) -> bytes:
    """A JPEG with its profile (APP2, in as many pieces as it takes) and XMP (APP1) put in behind its JFIF head.

    Raises ValueError where it is not a JPEG, or the XMP is too long for a segment.
    """
    if not jpeg.startswith(b"\xff\xd8"):
        raise ValueError("not a JPEG")
    added = b""
    if xmp:
        if len(xmp) + len(XMP_HEAD) > SEGMENT:
            raise ValueError("the XMP packet does not fit a segment")
        added += _segment(0xE1, XMP_HEAD + xmp)
    if icc:
        room = SEGMENT - len(ICC_HEAD) - 2
        pieces = [icc[start : start + room] for start in range(0, len(icc), room)]
        for number, piece in enumerate(pieces, 1):
            added += _segment(0xE2, ICC_HEAD + bytes((number, len(pieces))) + piece)
    head = 2
    if jpeg[2:4] == b"\xff\xe0":
        head = 4 + int.from_bytes(jpeg[4:6], "big")
    return b"".join((jpeg[:head], added, jpeg[head:]))


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body
