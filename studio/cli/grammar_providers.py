"""The options of `providers`, and what they come to."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from studio.cli.asked import Check, GiveKey, Providers, SetUp
from studio.cli.option_types import pair
from studio.cli.parser import refusal
from studio.session.face.terminal import ProviderChange, ProviderDo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.cli.asked import Verb

DOES = ("list", "add", "set", "remove", "key", "check")
_OPTIONS = {"kind": "add", "url": "add", "set": "add", "from_file": "key", "key_file": "check"}


def describe_providers(parser: argparse.ArgumentParser) -> None:
    """Add the options to a parser."""
    parser.add_argument("do", nargs="?", default="list", choices=DOES, help="(default: list)")
    parser.add_argument("words", nargs="*", metavar="ID", help="the provider; with set also NAME=VALUE ...")
    parser.add_argument("--kind", metavar="KIND", help="add: nanogpt, naga or openai (any server that speaks like it)")
    parser.add_argument("--url", metavar="URL", help="add: where it is (default: the kind's own address)")
    parser.add_argument(
        "--set", type=pair, action="append", default=[], metavar="NAME=VALUE", help="add: a setting of the provider"
    )
    parser.add_argument("--from-file", metavar="FILE", help="key: read it there, or from standard input with -")
    parser.add_argument("--key-file", metavar="FILE", help="check: a key for this run alone, readable by you only")


def providers(read: argparse.Namespace) -> Verb:
    """The verb that was meant. Raises UsageError (bad-arguments)."""
    _check_options(read)
    words: list[str] = read.words
    name, rest = "".join(words[:1]), words[1:]
    if (read.do == "list") == bool(name):
        raise refusal(f"providers {read.do} needs a provider's ID" if not name else "providers list takes nothing more")
    if rest and read.do != "set":
        # What was typed is not repeated: it may be a key.
        more = "; the key is asked for, or read with --from-file FILE" if read.do == "key" else " and nothing more"
        raise refusal(f"providers {read.do} takes one ID{more}")
    match read.do:
        case "add" | "set" | "remove":
            return SetUp(change=_change(read, name, rest))
        case "key":
            return GiveKey(provider=name, file=read.from_file)
        case "check":
            return Check(provider=name, key_file=read.key_file)
        case _:
            return Providers()


def _check_options(read: argparse.Namespace) -> None:
    for name, does in _OPTIONS.items():
        if getattr(read, name) and read.do != does:
            raise refusal(f"--{name.replace('_', '-')} goes with providers {does}")


def _change(read: argparse.Namespace, name: str, rest: Sequence[str]) -> ProviderChange:
    if read.do == "add" and not read.kind:
        raise refusal("providers add needs --kind")
    if read.do == "set" and not rest:
        raise refusal("providers set needs NAME=VALUE")
    try:
        settings = (*read.set, *(pair(each) for each in rest))
    except argparse.ArgumentTypeError as error:
        raise refusal(str(error)) from error
    return ProviderChange(do=ProviderDo(read.do), id=name, kind=read.kind or "", url=read.url or "", settings=settings)
