"""What the user's files are called, and what is made of their names."""

from __future__ import annotations

import os

PROJECT_ENDING = ".ora"


def absolute(path: str) -> str:
    """The whole path, a leading ~ put in full."""
    return os.path.abspath(os.path.expanduser(path))


def is_project(path: str) -> bool:
    """Whether it is called as a project is."""
    return path.lower().endswith(PROJECT_ENDING)


def project_path(path: str) -> str:
    """The whole path of a project, with its ending."""
    whole = absolute(path)
    return whole if is_project(whole) else whole + PROJECT_ENDING


def titled(name: str, more: str) -> str:
    """The name with a word more before its ending, nothing more where there is no word."""
    stem, ending = os.path.splitext(name)
    return f"{stem} {more}{ending}" if more else name
