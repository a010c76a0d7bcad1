"""What an account can ask about itself: NanoGPT's balance and what one request cost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from studio.playground.checks import check_key
from studio.playground.exchange import json_answer
from studio.playground.ledger import now
from studio.playground.order import key_of
from studio.playground.refusals import Dialect, refusal

if TYPE_CHECKING:
    from studio.playground.exchange import Asked, Given
    from studio.playground.world import World

_KEPT = timedelta(hours=24)


def balance(asked: Asked, world: World) -> Given:
    """POST /api/check-balance: amounts are texts. Raises Refused."""
    check_key(asked, world, Dialect.NANOGPT, x_api_key=True)
    amounts = {"usd_balance": f"{world.ledger.balance:.8f}", "nano_balance": "0.00000000", "nanoDepositAddress": "none"}
    return json_answer(amounts)


def usage(asked: Asked, world: World, request_id: str) -> Given:
    """GET /api/v1/usage/requests/{id}: what a request of the same key cost. Raises Refused."""
    check_key(asked, world, Dialect.NANOGPT, x_api_key=True)
    charge = world.ledger.of_request(request_id)
    if charge is None or charge.key != key_of(asked):
        raise refusal(Dialect.NANOGPT, 404, "request_not_found", "No billing record exists for this request.")
    made = datetime.fromtimestamp(charge.time, UTC)
    return json_answer(
        {
            "object": "request_billing",
            "request_id": request_id,
            "created_at": made.isoformat(),
            "expires_at": (made + _KEPT).isoformat(),
            "as_of": datetime.fromtimestamp(now(), UTC).isoformat(),
            "cost": f"{charge.cost:.8f}",
            "currency": "USD",
            "cost_scope": "primary_charge",
            "usage": {"images": charge.count, "model": charge.model},
        }
    )


def naga_balance(asked: Asked, world: World) -> Given:
    """GET /v1/account/balance wants a key of another kind, which says nothing of the one that came. Raises Refused."""
    raise refusal(Dialect.NAGA, 401, "invalid_provisioning_key", "A provisioning key is needed for this route.")
