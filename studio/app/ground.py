"""What window and terminal stand on: the files that come with the program."""

from __future__ import annotations

from pathlib import Path


def resources() -> Path:
    """`resources` of a checkout, `studio_resources` beside an installed package."""
    root = Path(__file__).resolve().parents[2]
    return root / "resources" if (root / "resources").is_dir() else root / "studio_resources"
