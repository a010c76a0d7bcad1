"""What a program did to its disk, as the system saw it: the calls that strace wrote down, as they ended."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CALLS = (
    "openat,write,pwrite64,writev,pwritev,lseek,fsync,fdatasync,ftruncate,truncate,"
    "rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,sendto,sendmsg"
)
_CALL = re.compile(r"(\d+)\s+(\w+)\((.*)\)\s+= (-?\d+)")
_BEGUN = re.compile(r"(\d+)\s+(\w+)\((.*) <unfinished \.\.\.>")
_ENDED = re.compile(r"(\d+)\s+<\.\.\. (\w+) resumed>(.*)")
_HELD = re.compile(r"(\d+)<((?:\\x..)*)>")
_TEXT = re.compile(r'"((?:\\x..)*)"')


class Did(Enum):
    """Kinds of deeds."""

    CREATE = "create"
    WRITE = "write"
    RESIZE = "resize"
    SYNC = "sync"
    RENAME = "rename"
    REMOVE = "remove"
    FOLDER = "folder"
    SAID = "said"
    """Bytes to the standard output, by the first thread: others' may be those of other programs."""
    SENT = "sent"
    """Bytes to a socket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One of them. `number` is an offset or a size; `other` where something was renamed to."""

    did: Did
    path: str = ""
    other: str = ""
    number: int = 0
    data: bytes = b""


def command(notes: str) -> list[str]:
    """What stands before a program that is to be watched."""
    return ["strace", "-f", "-qq", "-y", "-xx", "-s", str(1 << 26), "-e", f"trace={CALLS}", "-o", notes]


def deeds(lines: Iterable[str], folder: str) -> list[Deed]:
    """What was done below a folder, said and sent. Raises ValueError where a call is not understood."""
    reader = _Reader(folder)
    return [deed for line in _joined(lines) for deed in reader.read(line)]


def _joined(lines: Iterable[str]) -> Iterator[str]:
    """Calls that another thread interrupted, made whole at the place of their end."""
    begun: dict[str, str] = {}
    for line in lines:
        if match := _BEGUN.match(line):
            begun[match[1]] = line[: line.rindex(" <unfinished ...>")]
        elif match := _ENDED.match(line):
            yield begun.pop(match[1]) + match[3]
        else:
            yield line


class _Reader:
    """Knows at which offset each open file stands."""

    def __init__(self, folder: str) -> None:
        self._folder = folder.rstrip("/") + "/"
        self._at: dict[int, int] = {}
        self._sizes: dict[str, int] = {}
        self._main = ""

    def read(self, line: str) -> Iterator[Deed]:
        match = _CALL.match(line)
        if match is None or int(match[4]) < 0:
            return
        self._main = self._main or match[1]
        name, text, result = match[2], match[3], int(match[4])
        held = _HELD.match(text)
        texts = [_bytes(each) for each in _TEXT.findall(text)]
        if name.startswith("send"):
            yield Deed(did=Did.SENT, data=b"".join(texts)[:result])
        elif name == "openat":
            yield from self._opened(text, os.fsdecode(texts[0]), result)
        elif held is not None and name not in ("unlinkat", "mkdirat", "renameat", "renameat2", "linkat"):
            if name == "write" and held[1] == "1" and match[1] == self._main:
                yield Deed(did=Did.SAID, data=texts[0][:result])
            yield from self._held(name, text, (int(held[1]), os.fsdecode(_bytes(held[2]))), texts, result)
        else:
            yield from self._named(name, [os.fsdecode(each) for each in texts], text)

    def _opened(self, text: str, path: str, held: int) -> Iterator[Deed]:
        if not self._is_ours(path):
            return
        self._at[held] = self._sizes.get(path, 0) if "O_APPEND" in text else 0
        if "O_CREAT" in text and path not in self._sizes:
            self._sizes[path] = 0
            yield Deed(did=Did.CREATE, path=path)
        elif "O_TRUNC" in text:
            self._sizes[path] = 0
            yield Deed(did=Did.RESIZE, path=path)

    def _held(self, name: str, text: str, held: tuple[int, str], texts: list[bytes], result: int) -> Iterator[Deed]:
        number, path = held
        if not self._is_ours(path):
            return
        data = b"".join(texts)[:result]
        match name:
            case "write" | "writev":
                at = self._at[number]
                self._at[number] = at + result
                yield self._wrote(path, at, data)
            case "pwrite64" | "pwritev":
                yield self._wrote(path, int(text.rsplit(",", 1)[1]), data)
            case "lseek":
                self._at[number] = result
            case "fsync" | "fdatasync":
                yield Deed(did=Did.SYNC, path=path)
            case "ftruncate":
                self._sizes[path] = size = int(text.rsplit(",", 1)[1])
                yield Deed(did=Did.RESIZE, path=path, number=size)
            case _:
                raise ValueError(f"{name} of {path}")

    def _wrote(self, path: str, at: int, data: bytes) -> Deed:
        self._sizes[path] = max(self._sizes.get(path, 0), at + len(data))
        return Deed(did=Did.WRITE, path=path, number=at, data=data)

    def _named(self, name: str, paths: list[str], text: str) -> Iterator[Deed]:
        if not paths or not self._is_ours(paths[-1]):
            return
        match name:
            case "rename" | "renameat" | "renameat2":
                self._sizes[paths[1]] = self._sizes.pop(paths[0], 0)
                yield Deed(did=Did.RENAME, path=paths[0], other=paths[1])
            case "unlink" | "unlinkat" | "rmdir":
                self._sizes.pop(paths[0], None)
                yield Deed(did=Did.REMOVE, path=paths[0])
            case "mkdir" | "mkdirat":
                yield Deed(did=Did.FOLDER, path=paths[0])
            case _:
                raise ValueError(f"{name}({text[:200]})")

    def _is_ours(self, path: str) -> bool:
        return f"{path}/".startswith(self._folder)


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
