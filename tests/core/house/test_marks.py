"""A check is never switched off without naming the rule and giving the reason."""

from __future__ import annotations

import re

import pytest

from tests.core.house import source

SWITCH = re.compile(r"#\s*(?P<kind>noqa|type:\s*ignore|pyright:|pragma:\s*no cover|ruff:)(?P<rest>.*)")
RULED = {
    "noqa": re.compile(r":\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*(?P<reason>.*)"),
    "type": re.compile(r"\[[\w\-, ]+\](?P<reason>.*)"),
    "pyright": re.compile(r"\s*(?:ignore\s*\[\w+(?:\s*,\s*\w+)*\]|\w+\s*=\s*\w+|basic|standard)(?P<reason>.*)"),
    "pragma": re.compile(r"(?P<reason>.*)"),
    "ruff": re.compile(r"\s*noqa:\s*[A-Z]+\d+(?P<reason>.*)"),
}
SHORTEST_REASON = 12


def is_explained(comment: str, above: str = "") -> bool:
    """Whether a comment switches nothing off, or names the rule and has a reason beside or above it."""
    switch = SWITCH.search(comment)
    if switch is None:
        return True
    ruled = RULED[re.split(r"\W", switch["kind"])[0]].match(switch["rest"])
    if ruled is None:
        return False
    beside = ruled["reason"].strip(" #:-") or comment[: switch.start()].strip(" #")
    standing_above = above.strip().lstrip("# ") if above.strip().startswith("#") else ""
    return max(len(beside), len(standing_above)) >= SHORTEST_REASON


@pytest.mark.parametrize(
    ("comment", "good"),
    [
        ("# only a remark", True),
        ("# noqa", False),
        ("# noqa: F401", False),
        ("# noqa: F401  the import is what is tested", True),
        ("# noqa: F401, E402  # the import is what is tested", True),
        ("# type: ignore", False),
        ("# type: ignore[arg-type]", False),
        ("# type: ignore[arg-type]  the stubs leave the second form out", True),
        ("# pyright: ignore", False),
        ("# pyright: ignore[reportPrivateUsage]", False),
        ("# pyright: ignore[reportPrivateUsage]  no public way to ask", True),
        ("# pyright: basic", False),
        ("# pyright: reportMissingTypeStubs=false  this package has none", True),
    ],
)
def test_what_counts_as_explained(comment: str, good: bool) -> None:
    assert is_explained(comment) is good


def test_every_switched_off_check_names_its_rule_and_reason() -> None:
    bad: list[str] = []
    for path in source.python_files():
        if not SWITCH.search(source.text(path)):
            continue
        lines = ["", *source.text(path).splitlines()]
        bad += [
            f"{source.place(path, line)}: {comment}"
            for line, comment in source.comments(path)
            if not is_explained(comment, lines[line - 1])
        ]
    assert bad == []
