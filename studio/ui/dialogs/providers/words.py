"""What is said of a provider and of each of its settings, and where its own pages are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from studio.ui.translate import tr
from studio.ui.words import balance

if TYPE_CHECKING:
    from studio.session.face.providers import ProviderRow

KINDS = {"nanogpt": "NanoGPT", "naga": "Naga", "openai": "Own server"}
KIND_NOTES = {
    "nanogpt": "Many image models behind one key, paid from a balance.",
    "naga": "OpenAI's image models and others behind one key, paid from a balance.",
    "openai": "Any server that speaks as OpenAI's images API does: OpenAI itself, or a machine of yours.",
}
_HOSTS = {"nanogpt": "nano-gpt.com", "naga": "naga.ac"}
_KEY_PAGES = {"nanogpt": "https://nano-gpt.com/api", "naga": "https://naga.ac/dashboard"}
_ACCOUNT_PAGES = {"nanogpt": "https://nano-gpt.com/balance", "naga": "https://naga.ac/dashboard"}
KEY_PLACES = {
    "keyring": "In the system's keyring.",
    "session": "For this session only: it is gone when Overpaint ends.",
    "file": "In a file that only you can read. Every program that you run can read it too.",
}
SETTINGS = {
    "auth": ("How the key is sent", "Bearer is right nearly everywhere."),
    "route": ("Route", "Which of the provider's ways an order takes. Auto chooses by what is sent."),
    "edits_path": ("Path of edits", "Some servers call it edit. Change it where edits are not found."),
    "body": ("Form of the order", "Multipart sends files, JSON sends text. Auto takes what the documents name."),
    "image_field": ("Field of several pictures", "Change it where the server says that no picture arrived."),
    "reference_form": ("Form of references", "Plain data URLs, or an object around each."),
    "response_format": ("Form of the answer", "Pictures in the answer, or addresses to fetch them from."),
    "mask": ("Form of the mask", "What marks the place to change. Change it where the wrong part is redrawn."),
    "plain_http": ("Without encryption", "Allowed: key and pictures can be read on their way to another machine."),
    "parallel": ("Jobs at a time", "More are quicker, and more are refused for haste."),
    "deadline_s": ("Longest wait", "A job without an answer ends after this time, and may have been charged."),
    "max_body_bytes": (
        "Largest order",
        "What is larger is scaled down before it is sent. 0: the provider's own limit.",
    ),
}
"""Name and sentence of every setting, in the order in which they are shown."""
VALUES = {
    "auto": "Auto",
    "bearer": "Authorization: Bearer",
    "x-api-key": "x-api-key",
    "generations": "generations",
    "json": "JSON",
    "multipart": "Multipart",
    "data-url": "Data URL",
    "object": "Object",
    "url": "Address",
    "b64_json": "In the answer",
    "none": "Not asked for",
    "alpha": "Transparent (OpenAI)",
    "white": "White (NanoGPT)",
    "both": "Both in one",
    "refused": "Refused",
    "allowed": "Allowed",
}
"""Values that have a name for people; the others are the wire's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How a provider stands, in a word with its sign and the token of its colour."""

    words: str
    icon: str
    tone: str = "dim"


def state_of(row: ProviderRow) -> State:
    """The most urgent that is known of a provider."""
    if row.busy:
        return State(words=tr("Asking…"), icon="hourglass")
    if row.problem is not None:
        return State(words=tr(row.problem.title), icon="triangle-alert", tone="bad")
    if row.check is not None and row.check.good is False:
        return State(words=tr("Key was refused"), icon="circle-x", tone="bad")
    if row.key == "none":
        own = row.kind == "openai"
        return State(words=tr("No key"), icon="key-round", tone="dim" if own else "warn")
    if row.key == "file":
        return State(words=tr("Key lies in a file"), icon="triangle-alert", tone="warn")
    if row.check is not None and row.check.good:
        session = row.key == "session"
        words = tr("Key is good, this session only") if session else tr("Key is good")
        return State(words=words, icon="circle-check", tone="good")
    if row.key == "session":
        return State(words=tr("Key for this session"), icon="clock")
    if row.key == "keyring":
        told = row.check is not None
        return State(words=tr("Key cannot be checked") if told else tr("Key not checked yet"), icon="key-round")
    return State(words=tr("Looking for the key…"), icon="hourglass")


def facts_of(row: ProviderRow) -> str:
    """Balance and number of models, as far as they are known."""
    facts = list[str]()
    if row.check is not None and row.check.balance is not None:
        facts.append(tr("Balance {amount}", amount=balance(row.check.balance)))
    if row.models is not None:
        facts.append(tr("1 model") if row.models == 1 else tr("{count} models", count=row.models))
    return " · ".join(facts)


def key_page(row: ProviderRow) -> str:
    """Where its keys are made; empty where nobody knows."""
    return _KEY_PAGES.get(row.kind, "") if _at_home(row) else ""


def account_page(row: ProviderRow) -> str:
    """Where its balance is topped up; empty where nobody knows."""
    return _ACCOUNT_PAGES.get(row.kind, "") if _at_home(row) else ""


def _at_home(row: ProviderRow) -> bool:
    """Whether it is the real one: a server elsewhere that speaks like it has other pages."""
    host, home = urlsplit(row.url if "//" in row.url else f"//{row.url}").hostname or "", _HOSTS.get(row.kind)
    return home is not None and (host == home or host.endswith(f".{home}"))
