"""What a running playground can be asked and told over HTTP, for whoever does not hold the object: the ledger, the log,
and scripts of faults. None of it is a provider's route, and none of it is in the log.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from studio.playground.catalogue import mapping
from studio.playground.checks import check_key
from studio.playground.exchange import Given, Refused, json_answer
from studio.playground.faults import End, Fault, Place
from studio.playground.refusals import Dialect, refusal
from studio.playground.world import Billing

if TYPE_CHECKING:
    from studio.playground.exchange import Asked, Headers
    from studio.playground.faults import Faults
    from studio.playground.ledger import Ledger
    from studio.playground.records import Record
    from studio.playground.world import World

FOLDER = "/playground/"
_SECRET = ("authorization", "x-api-key", "cookie")
_FAULT = frozenset(
    ("path", "method", "times", "delay_s", "status", "headers", "body", "billed", "cut", "after", "pace", "length")
)


def answer(asked: Asked, world: World, faults: Faults) -> Given:
    """GET ledger (free), GET requests, POST and DELETE faults, POST models, POST rules, POST expire."""
    line = f"{asked.method} {asked.path.removeprefix(FOLDER)}"
    try:
        if line == "GET ledger":
            return json_answer(_ledger(world.ledger))
        check_key(asked, world, Dialect.OPENAI, x_api_key=True)
        if line == "GET requests":
            return json_answer([_told(each) for each in world.requests])
        if line == "DELETE faults":
            faults.clear()
            return json_answer({})
        return _changed(line, _object(asked), world, faults)
    except Refused as refused:
        return refused.given


def _changed(line: str, value: Record, world: World, faults: Faults) -> Given:
    match line:
        case "POST faults":
            faults.add(fault_of(value))
        case "POST models":
            _add_model(value, world)
        case "POST rules":
            _set_rules(value, world)
        case "POST expire":
            status = value.get("status")
            if status is not None and status not in (403, 404, 410):
                raise _wrong("status must be 403, 404, 410 or null.")
            world.results.expired = cast("int | None", status)
        case _:
            raise refusal(Dialect.OPENAI, 404, "unknown_url", f"There is no {line} here.")
    return json_answer({})


def fault_of(value: Record) -> Fault:
    """A fault as it is written in JSON: `status`, `headers` and `body` (a text, or JSON) answer in place of the server;
    `cut` is [upload|start|headers|body, reset|close|stall]; `times` null: always; the rest as `Fault` has it. Raises
    Refused."""
    strangers = sorted(set(value) - _FAULT)
    if strangers:
        raise _wrong(f"{strangers[0]} is no part of a fault.")
    times, after, length = value.get("times", 1), value.get("after"), value.get("length", 0)
    if not all(each is None or type(each) is int for each in (times, after)) or type(length) is not int:
        raise _wrong("times, after and length must be whole numbers.")
    cut, pace = _pair(value, "cut"), _pair(value, "pace")
    try:
        return Fault(
            path=str(value.get("path", "")),
            method=str(value.get("method", "POST")),
            times=cast("int | None", times),
            delay_s=float(str(value.get("delay_s", 0))),
            instead=_instead(value),
            billed=value.get("billed") is True,
            cut=None if cut is None else (Place(cut[0]), End(cut[1])),
            after=cast("int | None", after),
            pace=None if pace is None else (max(1, int(str(pace[0]))), float(str(pace[1]))),
            length=length,
        )
    except ValueError as error:
        raise _wrong(f"The fault cannot be: {error}.") from error


def _instead(value: Record) -> Given | None:
    status = value.get("status")
    if status is None:
        if "body" in value or "headers" in value:
            raise _wrong("body and headers go with a status.")
        return None
    if type(status) is not int or not 200 <= status <= 599:
        raise _wrong("status must be from 200 to 599.")
    headers: Headers = tuple((name.lower(), str(text)) for name, text in mapping(value.get("headers")).items())
    body = value.get("body", "")
    if isinstance(body, str):
        return Given(status=status, headers=headers, body=body.encode())
    return json_answer(body, status, headers)


def _pair(value: Record, name: str) -> tuple[object, object] | None:
    found = value.get(name)
    if found is None:
        return None
    items = cast("list[object]", found) if isinstance(found, list) else []
    if len(items) != 2:
        raise _wrong(f"{name} must be a list of two.")
    return items[0], items[1]


def _add_model(value: Record, world: World) -> None:
    kind, record = value.get("kind"), value.get("record")
    kinds = [each.value for each in Dialect]
    if kind not in kinds or not isinstance(mapping(record).get("id"), str):
        raise _wrong(f"kind must be one of {', '.join(kinds)}, and record an object with an id.")
    records = world.catalogue.of(Dialect(str(kind)))
    records[:] = [each for each in records if each.get("id") != mapping(record)["id"]]
    records.append(dict(mapping(record)))


def _set_rules(value: Record, world: World) -> None:
    for name, wanted in value.items():
        before = getattr(world.rules, name, None)
        found = _fitted(wanted, before)
        if before is None or type(before) is not type(found):
            raise _wrong(f"{name} is no rule, or not of this kind.")
        setattr(world.rules, name, found)


def _fitted(wanted: object, before: object) -> object:
    """JSON has neither words of its own nor two kinds of numbers."""
    if isinstance(before, Billing):
        return next((each for each in Billing if each.value == wanted), wanted)
    return float(wanted) if isinstance(before, float) and type(wanted) is int else wanted


def _object(asked: Asked) -> Record:
    try:
        value = cast("object", json.loads(asked.body))
    except ValueError as error:
        raise _wrong("The body is not JSON.") from error
    if not isinstance(value, dict):
        raise _wrong("The body is not a JSON object.")
    return cast("Record", value)


def _ledger(ledger: Ledger) -> Record:
    rows = [
        {
            "time": charge.time,
            "request_id": charge.request_id,
            "provider": charge.dialect,
            "route": charge.route,
            "model": charge.model,
            "count": charge.count,
            "cost": str(charge.cost),
        }
        for charge in ledger.charges
    ]
    return {"currency": "USD", "total": str(ledger.total), "balance": str(ledger.balance), "charges": rows}


def _told(asked: Asked) -> Record:
    """A request without its key and without its pictures."""
    headers = {name: "***" if name in _SECRET else value for name, value in asked.headers}
    files = [
        {"name": file.name, "filename": file.filename, "media_type": file.media_type, "bytes": len(file.data)}
        for file in asked.files
    ]
    fields = [[name, _short(value)] for name, value in asked.fields]
    told: Record = {"time": asked.time, "method": asked.method, "path": asked.path, "query": asked.query}
    return told | {
        "headers": headers,
        "fields": fields,
        "files": files,
        "bytes": len(asked.body),
        "status": asked.status,
        "request_id": asked.request_id,
    }


def _short(value: object) -> object:
    if isinstance(value, str) and value.startswith("data:"):
        return f"{value[:40]}... ({len(value)} characters)"
    if isinstance(value, list):
        return [_short(each) for each in cast("list[object]", value)]
    found = mapping(value)
    return {name: _short(each) for name, each in found.items()} if found else value


def _wrong(message: str) -> Refused:
    return refusal(Dialect.OPENAI, 400, "invalid_value", message)
