"""Bytes are judged by themselves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.wire.sniffing import extension, media_type
from tests.core.wire.received import JPEG, PNG

BMP = b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"
AVIF = b"\0\0\0\x20ftypavif\0\0\0\0avifmif1"
OTHER_BRAND = b"\0\0\0\x20ftypmif1\0\0\0\0mif1avifmiaf"


@pytest.mark.parametrize(
    ("data", "kind", "suffix"),
    [
        (PNG, "image/png", ".png"),
        (JPEG, "image/jpeg", ".jpg"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp", ".webp"),
        (b"GIF89a\x01\0\x01\0", "image/gif", ".gif"),
        (b"GIF87a\x01\0\x01\0", "image/gif", ".gif"),
        (AVIF, "image/avif", ".avif"),
        (OTHER_BRAND, "image/avif", ".avif"),
        (BMP, "image/bmp", ".bmp"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", ".svg"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- made --><!DOCTYPE svg>\n<SVG >", "image/svg+xml", ".svg"),
    ],
)
def test_edge_34_the_bytes_say_what_they_are(data: bytes, kind: str, suffix: str) -> None:
    assert media_type(data) == kind
    assert extension(kind) == suffix


@pytest.mark.parametrize(
    "data",
    [b"", b"BM and so on, a text", b"RIFF\0\0\0\0WAVE", b"\0\0\0\x18ftypisom", b"<html><svg/></html>", b'{"a":1}',
     b"\x89PNG", b"<svgx>", b"%PDF-1.7"],
)  # fmt: skip
def test_edge_34_what_is_no_picture_is_none(data: bytes) -> None:
    assert media_type(data) is None


def test_what_has_no_suffix_gets_a_plain_one() -> None:
    assert extension("text/html") == ".bin"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=64))
def test_any_bytes_are_something_or_nothing(data: bytes) -> None:
    assert media_type(data) is None or media_type(data + b"more") is not None
