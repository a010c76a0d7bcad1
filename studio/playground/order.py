"""What is to be drawn once a request was found good, and the answer that carries it."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.geometry import Size
from studio.imaging.demo import demo_picture
from studio.imaging.encode import encode
from studio.playground.exchange import Given, json_answer
from studio.playground.ledger import Charge, now
from studio.playground.refusals import Dialect, out_of_balance
from studio.playground.world import Billing

if TYPE_CHECKING:
    from studio.domain.pixels import Pixels
    from studio.playground.catalogue import Card
    from studio.playground.exchange import Asked
    from studio.playground.inputs import Input
    from studio.playground.world import World

_WORDS = {"1k": 1024, "2k": 2048, "4k": 4096}
_BOX = re.compile(r"(\d{1,5})[x*](\d{1,5})")
_RATIO = re.compile(r"(\d{1,2}):(\d{1,2})")
_START = Size(width=1024, height=1024)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A request that was found good. `size` and `ratio` as they were asked for; `wanted` is url or b64_json."""

    dialect: Dialect
    route: str
    card: Card
    prompt: str
    count: int
    wanted: str
    size: str = ""
    ratio: str = ""
    seed: int | None = None
    form: str = "png"
    images: tuple[Input, ...] = ()
    change: Pixels | None = None


async def carried_out(order: Order, asked: Asked, world: World) -> Given:
    """Draw, bill, answer. Raises Refused (402) where the balance does not reach."""
    count = order.card.fixed_count or order.count
    cost = order.card.price(order.size) * count
    if cost > world.ledger.balance:
        raise out_of_balance(order.dialect, str(cost))
    charge = Charge(
        time=now(),
        request_id=asked.request_id,
        dialect=order.dialect.value,
        route=order.route,
        model=order.card.id,
        count=count,
        cost=cost,
        key=key_of(asked),
    )
    at_once = world.rules.billing is Billing.ARRIVAL
    if at_once:
        world.ledger.add(charge)
    await asyncio.sleep(world.rules.work_s)
    files = await asyncio.gather(*(asyncio.to_thread(_drawn, order, number) for number in range(count)))
    if not at_once:
        world.ledger.add(charge)
    data = [_item(order, file, world) for file in files]
    body: dict[str, object] = {"created": int(now()), "data": data}
    if order.dialect is not Dialect.NANOGPT:
        tokens = {"input_tokens": 50, "output_tokens": 1056 * count, "total_tokens": 50 + 1056 * count}
        return json_answer(body | {"usage": tokens})
    left = world.ledger.balance
    money = {"cost": float(cost), "paymentSource": "USD", "remainingBalance": float(left)}
    return json_answer(body | money, headers=(("x-remaining-balance", str(left)),))


def key_of(asked: Asked) -> str:
    """The key that came with the request, by either header."""
    bearer = asked.header("authorization") or ""
    return bearer[7:].strip() if bearer.lower().startswith("bearer ") else asked.header("x-api-key") or ""


def size_of(order: Order) -> Size:
    """Width and height that come of a size as it was asked for: a box, a word, a ratio, or nothing."""
    found = order.images[0].pixels if order.images else None
    base = found.size if found is not None else _START
    box = _BOX.fullmatch(order.size)
    if box is not None:
        return Size(width=int(box[1]), height=int(box[2]))
    ratio = _RATIO.fullmatch(order.ratio or order.size)
    side = _WORDS.get(order.size.lower())
    if ratio is None and side is None:
        return base
    wide, high = (int(ratio[1]), int(ratio[2])) if ratio is not None else (base.width, base.height)
    side, longest = side or 1024, max(wide, high, 1)
    return Size(width=max(1, side * wide // longest), height=max(1, side * high // longest))


def _drawn(order: Order, number: int) -> bytes:
    told = f"{order.prompt}\0{order.seed}\0{order.card.id}"
    shade = hashlib.sha256(told.encode()).digest()[0] + number
    pictures = [image.pixels for image in order.images]
    others = [pixels for pixels in pictures[1:] if pixels is not None]
    base = pictures[0] if pictures else None
    return encode(demo_picture(base, order.change, size_of(order), shade, others), order.form)


def _item(order: Order, file: bytes, world: World) -> dict[str, object]:
    item: dict[str, object] = {}
    if order.wanted == "url":
        item["url"] = world.origin + world.results.keep(file, f"image/{order.form}")
    else:
        item["b64_json"] = base64.b64encode(file).decode()
    if world.rules.revise and order.dialect is Dialect.NAGA:
        item["revised_prompt"] = f"{order.prompt} (demo)"
    return item
