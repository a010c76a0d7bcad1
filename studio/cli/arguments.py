"""The command line's grammar. Loads nothing of a verb where there is none, as a window is waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from studio.cli.window import OpenWindow

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from studio.cli.asked import Asked
    from studio.cli.parser import Parser

VERBS = ("edit", "generate", "models", "providers", "jobs", "gallery", "project", "playground", "doctor")
"""The keys of `grammar.GRAMMAR`, which a window does not wait for."""

_PATHS = ("data_dir", "file", "from_file", "image", "key_file", "mask", "output")
"""What names files on this machine, as the grammar calls it. A picture may be an address, too."""
_BARE = ("do", "job", "words")
"""What stands without the name of an option."""

OVERVIEW = """\
usage: overpaint [options] [FILE ...]
       overpaint [options] VERB ...

Opens a window with these pictures or projects, or does what the verb says without one.

verbs:
  edit       edit a picture: remove, extend, select, cut out, upscale
  generate   make a picture from a prompt (needs a remote provider)
  models     list the models and what each can take
  providers  list the providers; add, set, remove, key, check
  jobs       list jobs; show, cancel, resume, run
  gallery    list the gallery; search, export, trash, restore
  project    info about a project, or flatten it to a picture
  playground a provider on this machine, to try every flow without paying
  doctor     versions, folders and limits, for a bug report

options:
  --data-dir DIR   keep settings, library, logs and recovery below this folder
  --json           print one JSON object a line on standard output
  --demo           open the sample picture and do the main job by itself
  --version        print the version
  --help           print this; after a verb, its own options

exit status: 0 succeeded, 1 a bug of ours, 2 bad usage or input, 3 failed and not charged, 4 unknown or charged
without a picture, 5 storage or keyring, 130 cancelled
"""


def asked_for(arguments: Sequence[str]) -> Asked | OpenWindow | str:
    """What is wanted; a text where nothing is but to print it. Raises UsageError (bad-arguments)."""
    head, rest = _split(arguments)
    verb = rest[0] if rest and rest[0] in VERBS else ""
    if not head and not verb:
        return OpenWindow(files=_files(rest))
    given = _globals().parse_args(head)
    if given.help:
        return OVERVIEW
    if given.version:
        from studio.domain.version import VERSION  # asked for alone

        return f"overpaint {VERSION}\n"
    if not verb:
        return OpenWindow(files=_files(rest), data_dir=given.data_dir, demo=given.demo)
    if given.demo:
        raise _refusal("--demo goes with no verb")
    return _asked(verb, rest[1:], given)


def wants_json(arguments: Sequence[str]) -> bool:
    """Whether --json stands there, known even where the rest cannot be understood."""
    return "--json" in arguments


def is_followed(arguments: Sequence[str]) -> bool:
    """Whether the verb there ends with an `ended` object, known even where the rest cannot be understood."""
    _, rest = _split(arguments)
    return rest[:1] in (["edit"], ["generate"]) or any(rest[:2] == ["jobs", do] for do in ("cancel", "resume", "run"))


def _split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """The options before the verb or the first file, and the rest."""
    place = 0
    while place < len(arguments) and arguments[place].startswith("-") and arguments[place] not in ("-", "--"):
        place += 2 if arguments[place] == "--data-dir" else 1
    return list(arguments[:place]), list(arguments[place:])


def _files(words: list[str]) -> tuple[str, ...]:
    """After a `--` everything is a file; before it what begins with a hyphen is a slip."""
    end = words.index("--") if "--" in words else len(words)
    strangers = [word for word in words[:end] if word.startswith("-") and word != "-"]
    if strangers:
        raise _refusal(f"{strangers[0]} is no option here")
    return (*words[:end], *words[end + 1 :])


def _check_texts(verb: str, read: argparse.Namespace) -> None:
    """Paths are bytes and may be any. All else is written down, sent or looked for as text."""
    for name, value in vars(read).items():
        for text in _texts(value):
            if (name in _PATHS and "://" not in text) or _is_text(text):
                continue
            # It is not repeated: nobody knows what letters were meant.
            where = f"what follows {verb}" if name in _BARE else f"--{name.replace('_', '-')}"
            raise _refusal(f"{where} holds bytes that are no text in UTF-8")


def _texts(value: object) -> Iterator[str]:
    """All that was given, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in cast("Sequence[object]", value):
            yield from _texts(each)


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refusal(reason: str) -> Exception:
    from studio.cli.parser import refusal  # as below

    return refusal(reason)


def _globals() -> Parser:
    from studio.cli.parser import Parser  # argparse is not loaded for a start without options

    parser = Parser(prog="overpaint", add_help=False, allow_abbrev=False)
    parser.add_argument("--data-dir", metavar="DIR")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--version", action="store_true")
    parser.add_argument("--help", "-h", action="store_true")
    return parser


def _asked(name: str, rest: list[str], given: argparse.Namespace) -> Asked | str:
    from studio.cli.asked import Asked  # nothing of the verbs is loaded for a window
    from studio.cli.grammar import GRAMMAR
    from studio.cli.parser import Parser

    parser = Parser(prog=f"overpaint {name}", allow_abbrev=False, add_help=False)
    parser.add_argument("--help", "-h", action="store_true", help="print this")
    parser.add_argument("--json", action="store_true", default=given.json, help="print one JSON object a line")
    parser.add_argument("--data-dir", metavar="DIR", default=given.data_dir, help="keep everything below this folder")
    describe, build = GRAMMAR[name]
    describe(parser)
    if "--help" in rest or "-h" in rest:
        return parser.format_help()
    read = parser.parse_intermixed_args(rest)
    _check_texts(name, read)
    return Asked(verb=build(read), data_dir=read.data_dir, json=read.json)
