"""A data folder, orders put into its queue, and lives of the program in it, each ended by a kill or by itself."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from studio.app.desks import TerminalDesks
from studio.domain.profile import new_profile, with_setting
from studio.domain.settings import Settings
from studio.session.face.terminal import EditOrder, QueuedNews
from studio.storage.folders import Folders
from studio.storage.settings import SettingsFile
from tests.kill.program import KILLED
from tests.kill.witness import MODEL, SIZES

if TYPE_CHECKING:
    import random

    from studio.domain.profile import ProviderProfile
    from tests.kill.witness import Witness

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 90.0
"""After which a life that should have ended by itself is taken for stuck."""
WHOLE, NAMED = "whole", "named"
"""The two providers: one holds its pictures in the answer, the other names them."""
ROUTES = {WHOLE: {"response_format": "b64_json"}, NAMED: {"route": "generations", "response_format": "url"}}
NO_BUS = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}
"""The key is in a file of the data folder, so no keyring is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """One run of the program. `began` in seconds since 1970; `ended` the last moment at which it was surely alive, by
    `time.monotonic`, None where it ended by itself."""

    began: float
    ended: float | None
    lasted: float
    status: int
    output: str
    errors: str
    steps: tuple[str, ...] = ()

    def said(self) -> list[dict[str, object]]:
        """The whole lines that it printed."""
        return [json.loads(line) for line in self.output.splitlines(keepends=True) if line.endswith("\n")]


@dataclass(slots=True)
class House:
    """A data folder before a witness. `lives` are all that were lived in it, `clicks` all prompts that were ordered."""

    folder: Path
    witness: Witness
    chance: random.Random
    parallel: int = 2
    clicks: dict[str, EditOrder] = field(default_factory=dict[str, EditOrder])
    lives: list[Life] = field(default_factory=list[Life])

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        folders = self.folders
        folders.make()
        profiles = tuple(self._profile(name) for name in ROUTES)
        SettingsFile(folders.settings).save(replace(Settings(), providers=profiles, key_file=True))
        place, key = self.witness.playground.url, self.witness.playground.key
        keys = os.open(folders.config / "keys.json", os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(keys, "w") as file:
            json.dump({f"{name} at {place}": key for name in ROUTES}, file)
        self._draw()

    @property
    def data(self) -> Path:
        """What `--data-dir` gets."""
        return self.folder / "data"

    @property
    def folders(self) -> Folders:
        """Where things lie in it."""
        return Folders.at(str(self.data))

    def _profile(self, name: str) -> ProviderProfile:
        profile = new_profile(name, "nanogpt", self.witness.playground.url)
        for setting, value in ROUTES[name].items():
            profile = with_setting(profile, setting, value)
        return with_setting(profile, "parallel", str(self.parallel))

    def _draw(self) -> None:
        """A picture and a mask for the orders that are pasted."""
        Image.effect_noise((160, 120), 80).convert("RGB").save(self.folder / "photo.png")
        mask = Image.new("L", (160, 120))
        ImageDraw.Draw(mask).rectangle((40, 30, 100, 90), fill=255)
        mask.save(self.folder / "mask.png")

    def order(self, provider: str | None = None) -> EditOrder:
        """An order like no other, by chance of one to four pictures, every fifth of them pasted into a photo."""
        chance = self.chance
        prompt = f"{self.folder.name}, click {len(self.clicks)}"
        provider = provider or chance.choice((WHOLE, NAMED))
        order = EditOrder(prompt=prompt, provider=provider, model=MODEL, count=chance.randint(1, 4), wait=False)
        if chance.random() < 0.2:
            pictures = (str(self.folder / "photo.png"),)
            order = replace(order, images=pictures, mask=str(self.folder / "mask.png"))
        else:
            order = replace(order, size=chance.choice(SIZES))
        self.clicks[prompt] = order
        return order

    def words(self, order: EditOrder) -> list[str]:
        """The same order as it is typed, waited for."""
        pictures = [word for image in order.images for word in ("--image", image)]
        rest = ["--mask", order.mask] if order.mask else ["--size", order.size or SIZES[0]]
        named = ["--provider", order.provider, "--model", MODEL, "--prompt", order.prompt, "--count", str(order.count)]
        return ["edit" if order.images else "generate", *named, *pictures, *rest]

    def place(self, number: int, provider: str | None = None) -> None:
        """Put orders into the queue, as `--no-wait` does; none is sent."""
        asyncio.run(self._placed([self.order(provider) for _ in range(number)]))

    async def _placed(self, orders: list[EditOrder]) -> None:
        async with TerminalDesks().writing(str(self.data), sends=True) as desk:
            for order in orders:
                news = [each async for each in desk.edit(order)]
                assert isinstance(news[0], QueuedNews), news

    def live(self, *words: str, kill_after: float | None = None) -> Life:
        """The program as it is shipped; killed after so many seconds unless it has ended by then."""
        return self._lived([sys.executable, "-P", "-m", "studio"], words, kill_after)

    def live_to(self, step: str, *words: str, times: int = 1) -> Life:
        """The program until it reaches a step for the so-manieth time; where it never does, to its end."""
        notes = self.folder / f"steps-{len(self.lives)}"
        life = self._lived([sys.executable, "-m", "tests.kill.program", str(notes), step, str(times)], words, None)
        steps = notes.read_text().splitlines() if notes.exists() else []
        if steps and steps[-1].startswith(KILLED):
            life = replace(life, ended=float(steps.pop().split()[1]))
        self.lives[-1] = replace(life, steps=tuple(steps))
        return self.lives[-1]

    def watched(self, program: list[str], *words: str) -> Life:
        """The program started by another, to its own end."""
        life = self._lived(program, words, None)
        assert life.status == 0, life.errors
        return life

    def _lived(self, program: list[str], words: tuple[str, ...], kill_after: float | None) -> Life:
        began, start = time.time(), time.monotonic()
        process = subprocess.Popen(
            [*program, "--data-dir", str(self.data), "--json", *words],
            cwd=ROOT, env=os.environ | NO_BUS | {"HOME": str(self.folder)}, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        killed: list[float] = []

        def kill() -> None:
            killed.append(time.monotonic())
            process.kill()

        timer = threading.Timer(PATIENCE_S if kill_after is None else kill_after, kill)
        timer.start()
        output, errors = process.communicate()
        timer.cancel()
        timer.join()
        lasted = time.monotonic() - start
        assert lasted < PATIENCE_S, f"{words} was stuck: {output[-500:]} {errors[-2000:]}"
        life = Life(
            began=began,
            ended=killed[0] if process.returncode < 0 and killed else None,
            lasted=lasted,
            status=process.returncode,
            output=output,
            errors=errors,
        )
        self.lives.append(life)
        return life
