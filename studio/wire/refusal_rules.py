"""Which row of the catalogue an answer belongs to: by its status where that settles it, then by the code of the
documents, then by its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.wire.faults import Fault

_CODES: Mapping[str, tuple[str, ...]] = {
    "no-image-arrived": ("missing_image_input", "missing_image", "no_image_provided"),
    "too-large-there": ("image_input_too_large", "function_payload_too_large", "payload_too_large", "file_too_large",
                        "request_too_large", "image_too_large"),
    "form-refused": ("invalid_multipart_body", "invalid_content_type", "conflicting_image_inputs", "invalid_json",
                     "unsupported_media_type"),
    "references-refused": ("invalid_input_references",),
    "parameter-refused": ("unsupported_stream", "unsupported_provider_options", "invalid_parameter_value",
                          "missing_required_parameter", "unsupported_parameter", "unknown_parameter", "invalid_value",
                          "invalid_input_fidelity_model", "unsupportedparamserror"),
    "size-refused": ("invalid_size", "invalid_resolution", "unsupported_resolution"),
    "image-refused": ("invalid_image_input", "invalid_image_file", "invalid_image", "invalid_image_format",
                      "image_processing_failed", "image_parse_error"),
    "takes-no-image": ("image_input_not_supported",),
    "mask-refused": ("invalid_mask", "invalid_mask_image", "mask_size_mismatch", "mask_not_supported"),
    "mask-wanted": ("missing_mask", "mask_required"),
    "prompt-refused-length": ("prompt_too_long", "string_above_max_length"),
    "content-refused": ("content_policy_violation", "moderation_blocked", "image_generation_user_error",
                        "content_filter", "content_filtered", "safety_violation"),
    "no-reason-given": ("empty_response", "image_generation_failed"),
    "model-wanted": ("missing_model",),
    "model-unknown": ("model_not_found", "model_not_available", "invalid_model"),
    "key-not-allowed": ("model_not_allowed", "permission_denied", "invalid_provisioning_key"),
    "key-refused": ("missing_api_key", "invalid_api_key", "incorrect_api_key", "authentication_error"),
    "no-balance": ("insufficient_quota", "insufficient_balance", "insufficient_credits", "billing_hard_limit_reached"),
    "rate-limited": ("rate_limit_exceeded", "too_many_requests", "throttling_error"),
    "quota-reached": ("daily_rpd_limit_exceeded", "daily_usd_limit_exceeded", "quota_exceeded"),
    "order-refused": ("all_fallbacks_failed",),
}  # fmt: skip
_ROW_OF = {code: row for row, codes in _CODES.items() for code in codes}

_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (row, re.compile(pattern, re.IGNORECASE))
    for row, pattern in (
        ("key-refused", r"no connected db|(?:invalid|incorrect|missing) api key"),
        ("mask-wanted", r"no mask (?:image )?(?:data )?provided|\bmask\W{0,3}(?:is )?(?:field )?required"),
        ("mask-refused", r"\bmask\b.{0,60}(?:size|dimension|match|alpha|format|invalid|support)"
         r"|(?:invalid|support|accept) (?:a )?mask"),
        ("prompt-refused-length", r"shorten it|\bprompt\b.{0,40}(?:too long|exceeds|at most)"),
        ("content-refused", r"safety|moderat|content.polic|policy violation|prohibited|nsfw|sensitive content|flagged"),
        ("no-reason-given", r"different prompt"),
        ("form-refused", r"cannot specify both|(?:parse|read) (?:the )?(?:body|multipart|form)"),
        ("no-image-arrived", r"\bno (?:input )?images? (?:data |files? |was |were ){0,2}"
         r"(?:provided|uploaded|found|sent|received|given|supplied|attached)"
         r"|images?\W{0,4}(?:is |are |field |file )?(?:required|missing)"
         r"|(?:missing|requires?|provide|at least one) (?:an |a |the )?(?:input )?(?:image|'image)"),
        ("too-large-there", r"(?:image|file|upload|body|payload|request|entity).{0,40}"
         r"(?:too large|exceeds|larger than)"),
        ("takes-no-image", r"(?:not|n't) (?:support|accept|take) (?:input )?images?\b"),
        ("image-refused", r"(?:invalid|unsupported|corrupt\w*) image|(?:decode|process|read|open).{0,20}image"),
        ("size-refused", r"\b(?:size|resolution|aspect|total pixels|width|height)\b.{0,80}"
         r"(?:support|invalid|must|between|allowed)|(?:invalid|unsupported) (?:size|resolution)"),
        ("model-unknown", r"\bmodel\b.{0,80}(?:not found|not exist|unknown|not available|unavailable)"
         r"|(?:unknown|invalid|no such) model"),
        ("parameter-refused", r"(?:unsupported|unknown|unrecogni[sz]ed|extra|unexpected) ?"
         r"(?:param|field|argument|input)|not support (?:the )?param"),
    )
)  # fmt: skip
_PICTURES = ("image", "image[]", "images", "images[]", "imagedataurl", "imagedataurls", "input_references")
_PARAMS: Mapping[str, str] = {
    **dict.fromkeys(_PICTURES, "image-refused"), "mask": "mask-refused", "maskdataurl": "mask-refused",
    "size": "size-refused", "resolution": "size-refused", "aspect_ratio": "size-refused", "model": "model-unknown",
}  # fmt: skip
_MISSING: Mapping[str, str] = {
    **dict.fromkeys(_PICTURES, "no-image-arrived"), "mask": "mask-wanted", "maskdataurl": "mask-wanted",
    "model": "model-wanted",
}  # fmt: skip

_STATUSES: Mapping[int, str] = {
    401: "key-refused", 402: "no-balance", 403: "key-not-allowed", 404: "route-unknown", 405: "route-unknown",
    413: "too-large-there", 414: "form-refused", 415: "form-refused",
}  # fmt: skip
_SETTLED = (401, 402, 413)
WRONG_KIND_OF_KEY = "invalid_provisioning_key"
"""The key is good for orders and not for the account."""
_UNSETTLED = (408, 499)
"""An answer below 500 that still leaves open what became of the order: someone's patience ended, not the work."""
_TIMEOUTS = (408, 499, 504, 522, 524)
_PROXY_STATUSES = range(520, 531)
_QUOTA = re.compile(r"quota|billing|spend|credit|(?:daily|monthly|weekly)_|balance")


def entry_of(status: int, fault: Fault, *, sent: bool) -> str:
    """The code of the catalogue's row."""
    if 300 <= status < 400:
        return "answer-unreadable" if sent and status == 303 else "redirected"
    if sent and (status >= 500 or status < 300 or status in _UNSETTLED):
        return _lost(status, fault)
    if status == 429:
        return "quota-reached" if any(_QUOTA.search(word) for word in fault.words) else "rate-limited"
    if WRONG_KIND_OF_KEY in fault.words:
        return "key-not-allowed"
    if status in _SETTLED:
        return _STATUSES[status]
    if not sent:
        return _STATUSES.get(status, "provider-unwell")
    return _by_code(fault) or _by_words(fault) or _STATUSES.get(status, "order-refused")


def _lost(status: int, fault: Fault) -> str:
    if status in _TIMEOUTS or "request_timeout" in fault.words:
        return "server-timeout"
    return "proxy-failed" if fault.page or status in _PROXY_STATUSES else "server-failed"


def _by_code(fault: Fault) -> str:
    row = next((_ROW_OF[word] for word in fault.words if word in _ROW_OF), "")
    if row != "parameter-refused":
        return row
    names = _MISSING if "missing_required_parameter" in fault.words else _PARAMS
    return names.get(fault.param.lower(), row)


def _by_words(fault: Fault) -> str:
    found = next((row for row, pattern in _WORDS if pattern.search(fault.message)), "")
    return found or _PARAMS.get(fault.param.lower(), "")
