"""Which request is whose."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

from studio.playground.exchange import Refused, json_answer
from studio.playground.refusals import Dialect
from studio.playground.results import FOLDER
from studio.playground.routes import (
    account,
    downloads,
    lists,
    nanogpt_edits,
    nanogpt_generations,
    nanogpt_images,
    openai_edits,
    openai_generations,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from studio.playground.exchange import Asked, Given
    from studio.playground.world import World

_PREFIX = re.compile(r"/(nanogpt|naga|openai)(?=/)")
_ENDPOINTS = re.compile(r"/api/v1/images/models/(.+)/endpoints")
_USAGE = re.compile(r"/api/v1/usage/requests/([^/]+)")


async def answer(asked: Asked, world: World) -> Given:
    """The answer to any request. Below /nanogpt, /naga and /openai the provider is settled; elsewhere `/v1` speaks as
    the one that has the model."""
    prefix = _PREFIX.match(asked.path)
    hint = None if prefix is None else Dialect(prefix[1])
    path = asked.path if prefix is None else asked.path[prefix.end() :]
    try:
        found = _found(asked, world, f"{asked.method} {path}", hint)
        return await found if inspect.isawaitable(found) else found
    except Refused as refused:
        return refused.given


def _found(asked: Asked, world: World, line: str, hint: Dialect | None) -> Given | Awaitable[Given]:
    method, _, path = line.partition(" ")
    is_nanogpt = hint in (None, Dialect.NANOGPT)
    if is_nanogpt and path.startswith("/api/"):
        return _nanogpt(asked, world, line)
    match line:
        case "POST /v1/images/edits" if hint is not Dialect.NANOGPT:
            return openai_edits.answer(asked, world, hint)
        case "POST /v1/images/generations":
            return openai_generations.answer(asked, world, hint)
        case "GET /v1/models" if hint is not Dialect.NANOGPT:
            return lists.models(asked, world, hint)
        case "GET /v1/account/balance" if hint is not Dialect.NANOGPT:
            return account.naga_balance(asked, world)
        case _:
            if method == "GET" and path.startswith(FOLDER):
                return downloads.answer(asked, world)
            return _nowhere(line)


def _nanogpt(asked: Asked, world: World, line: str) -> Given | Awaitable[Given]:
    match line:
        case "POST /api/v1/images/edits" | "POST /api/v1/images/edit":
            return nanogpt_edits.answer(asked, world)
        case "POST /api/v1/images":
            return nanogpt_images.answer(asked, world)
        case "POST /api/v1/images/generations":
            return nanogpt_generations.answer(asked, world)
        case "GET /api/v1/images/models":
            return lists.image_api(asked, world)
        case "GET /api/v1/image-models":
            return lists.image_models(asked, world)
        case "POST /api/check-balance":
            return account.balance(asked, world)
        case _:
            return _nanogpt_named(asked, world, line)


def _nanogpt_named(asked: Asked, world: World, line: str) -> Given:
    method, _, path = line.partition(" ")
    model, request = _ENDPOINTS.fullmatch(path), _USAGE.fullmatch(path)
    if method == "GET" and model is not None:
        return lists.endpoints(asked, world, model[1])
    if method == "GET" and request is not None:
        return account.usage(asked, world, request[1])
    return _nowhere(line)


def _nowhere(line: str) -> Given:
    error = {"message": f"Invalid URL ({line})", "type": "invalid_request_error", "param": None, "code": "unknown_url"}
    return json_answer({"error": error}, 404)
