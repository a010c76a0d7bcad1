"""How each provider says no: the envelopes that its documents and its clients know."""

from __future__ import annotations

from enum import Enum

from studio.playground.exchange import Headers, Refused, json_answer


class Dialect(Enum):
    """Whose rules a request is held to."""

    NANOGPT = "nanogpt"
    NAGA = "naga"
    OPENAI = "openai"


_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "insufficient_quota",
    403: "permission_error",
    404: "not_found_error",
    413: "invalid_request_error",
    415: "invalid_request_error",
    422: "invalid_request_error",
    429: "rate_limit_error",
}


def refusal(
    dialect: Dialect, status: int, code: str, message: str, param: str | None = None, headers: Headers = ()
) -> Refused:
    """The provider's usual envelope. Naga names a type and a message; the others OpenAI's four keys."""
    kind = _TYPES.get(status, "server_error")
    if dialect is Dialect.NAGA:
        return Refused(json_answer({"error": {"type": code, "message": message}}, status, headers))
    error = {"message": message, "type": kind, "param": param, "code": code}
    return Refused(json_answer({"error": error}, status, headers))


def flat(status: int, code: str, message: str) -> Refused:
    """The form that NanoGPT's image routes use for pictures that they cannot take."""
    return Refused(json_answer({"error": message, "code": code}, status))


def out_of_balance(dialect: Dialect, required: str) -> Refused:
    """402. NanoGPT's is of the old kind, without a code."""
    if dialect is Dialect.NANOGPT:
        return Refused(json_answer({"error": "Insufficient balance", "status": 402, "requiredBalance": required}, 402))
    if dialect is Dialect.NAGA:
        return refusal(dialect, 402, "insufficient_credits", "You do not have enough credits for this request.")
    message = "You exceeded your current quota, please check your plan and billing details."
    return refusal(dialect, 429, "insufficient_quota", message)
