"""Reading options, and refusing what cannot be understood."""

from __future__ import annotations

import argparse
from typing import NoReturn


class Parser(argparse.ArgumentParser):
    """Raises UsageError instead of ending the program."""

    def error(self, message: str) -> NoReturn:
        raise refusal(message.removeprefix("argument "))


def refusal(reason: str) -> Exception:
    """The UsageError for arguments that do not fit."""
    from studio.domain.catalogue import trouble  # no part of a start that is understood

    sentence = reason[:1].upper() + reason[1:]
    return trouble("bad-arguments", reason=sentence if sentence.endswith(".") else f"{sentence}.")
