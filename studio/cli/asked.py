"""What a command line asks for where it has a verb, as nouns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from studio.session.face.terminal import EditOrder, ProviderChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """`edit`."""

    order: EditOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """`models`."""

    provider: str | None = None
    refresh: bool = False
    key_file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Providers:
    """`providers` alone: the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """`providers add`, `set` and `remove`."""

    change: ProviderChange


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveKey:
    """`providers key`. Without a `file` it is asked for on the terminal; `-` is standard input."""

    provider: str
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """`providers check`."""

    provider: str
    key_file: str | None = None


class JobsDo(Enum):
    """What to do with jobs."""

    LIST = "list"
    SHOW = "show"
    CANCEL = "cancel"
    RESUME = "resume"
    RUN = "run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Jobs:
    """`jobs`. `job` goes with SHOW and CANCEL."""

    do: JobsDo = JobsDo.LIST
    job: str = ""
    key_file: str | None = None


class GalleryDo(Enum):
    """What to do with the gallery."""

    LIST = "list"
    SEARCH = "search"
    EXPORT = "export"
    TRASH = "trash"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gallery:
    """`gallery`. `words` go with SEARCH, `ids` with the last three, `folder` and `form` with EXPORT."""

    do: GalleryDo = GalleryDo.LIST
    words: str = ""
    ids: tuple[str, ...] = ()
    folder: str = ""
    form: str = "png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """`project info` and, with an `output`, `project flatten`."""

    path: str
    output: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doctor:
    """`doctor`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """`playground`. Port 0: any that is free."""

    port: int = 0


Verb: TypeAlias = Edit | Models | Providers | SetUp | GiveKey | Check | Jobs | Gallery | Project | Doctor | Play

_FOLLOWED = (JobsDo.CANCEL, JobsDo.RESUME, JobsDo.RUN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A verb with the global options."""

    verb: Verb
    data_dir: str | None = None
    json: bool = False


def only_reads(verb: Verb) -> bool:
    """Whether it can be served while a window holds the data folder."""
    match verb:
        case Edit() | SetUp():
            return False
        case Jobs():
            return verb.do not in _FOLLOWED
        case Gallery():
            return verb.do not in (GalleryDo.TRASH, GalleryDo.RESTORE)
        case _:
            return True


def sends(verb: Verb) -> bool:
    """Whether it makes orders or sends what waits."""
    return isinstance(verb, Edit) or (isinstance(verb, Jobs) and verb.do in (JobsDo.RUN, JobsDo.RESUME))
