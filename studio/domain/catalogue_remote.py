"""The catalogue's rows for what happens between here and a remote provider. `said` is the provider's own sentence,
with everything cut out that must not be shown; `when` says when it may be asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.phrases import FREE, KEYS, MAYBE, PAID, UNSENT
from studio.domain.problems import Offline, OutcomeLost, ProviderError, ResultExpired, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.phrases import Row

_ACCOUNT = "Look at the provider's account before you run it again."
_PROVIDERS = ("providers.open", "Open providers")
_AGAIN = ("generate.run", "Try again")
_SHRINK = ("generate.shrink", "Shrink and ask again")
_PROMPT = ("prompt.focus", "Change prompt")
_NONE = ("", "")

_BEFORE: Mapping[str, Row] = {
    "key-missing": (UsageError, "Key is missing", "There is no key for {provider} yet.", UNSENT,
                    "Paste one in the provider's settings.", *KEYS),
    "bad-key": (UsageError, "That is no key", "The key holds {found}, which no key does.", UNSENT,
                "Copy it again from the provider's page, whole and alone.", *KEYS),
    "insecure-address": (UsageError, "Address is not secure",
                         "{url} would send the key and the pictures unencrypted to another machine.", UNSENT,
                         "Use an https address, or allow plain http in its settings.", *_PROVIDERS),
    "provider-model-missing": (UsageError, "No model chosen", "{provider} needs a model to be chosen.", UNSENT,
                               "Choose one of its models or type its id.", *_NONE),
    "no-mask-slot": (UsageError, "Takes no mask", "{model} takes no mask on this route.", UNSENT,
                     "Send the crop alone; the answer is pasted back under the mask.", "generate.without-mask",
                     "Send without mask"),
    "route-unfit": (UsageError, "Route does not fit", "The route {route} cannot carry this order: {reason}.", UNSENT,
                    "Set the provider's route to auto.", *_PROVIDERS),
    "prompt-empty": (UsageError, "Prompt is empty", "{model} needs a prompt.", UNSENT,
                     "Write what should be made.", "prompt.focus", "Write prompt"),
    "prompt-over-limit": (UsageError, "Prompt is too long",
                          "The prompt has {length} {unit}; {model} takes {limit}.", UNSENT,
                          "Shorten it.", *_PROMPT),
    "too-many-references": (UsageError, "Too many pictures",
                            "{count} pictures would be sent; {model} takes {limit}.", UNSENT,
                            "Switch some off in the reference tray.", *_NONE),
    "too-few-references": (UsageError, "Pictures are missing",
                           "{model} needs references: at least {limit}, and there are {count}.", UNSENT,
                           "Add references to the tray.", *_NONE),
    "picture-over-limit": (UsageError, "Too large to send",
                           "The order is {size} and {provider} takes {limit}; it cannot be made smaller here.", UNSENT,
                           "Crop the picture, or send fewer references.", *_NONE),
}  # fmt: skip

_CARRIER: Mapping[str, Row] = {
    "unreachable": (ProviderError, "Cannot be reached", "{provider} at {host} cannot be reached: {reason}.", FREE,
                    "Check the network and the address, then try again.", *_AGAIN),
    "tls-refused": (ProviderError, "Not who it says it is",
                    "The certificate of {provider} at {host} is not good: {reason}.", FREE,
                    "Nothing leaves until it is; check the address and this computer's clock.", *_PROVIDERS),
    "redirected": (ProviderError, "Sent elsewhere", "{provider} sends orders on to {host}; this is not followed.", FREE,
                   "Where {host} is right, set it as the provider's address.", *_PROVIDERS),
    "connection-lost": (OutcomeLost, "No answer came", "The connection to {provider} broke after the order was sent.",
                        MAYBE, _ACCOUNT, *_NONE),
    "answer-cut": (OutcomeLost, "Not all of it came",
                   "{reason} {came} of {ordered} pictures came whole and can be found in the gallery.",
                   MAYBE, _ACCOUNT, *_NONE),
    "deadline-passed": (OutcomeLost, "No answer in time", "{provider} did not answer within {seconds} seconds.", MAYBE,
                        _ACCOUNT, *_NONE),
    "nothing-to-fetch": (UsageError, "Nothing more to fetch", "All that can be had of this job is here.", UNSENT,
                         "Run it again for new pictures; that is charged anew.", *_NONE),
    "offline": (Offline, "No network", "This computer has no network; {provider} cannot be reached.", UNSENT,
                "It goes on by itself when there is one again.", *_NONE),
    "answer-too-large": (OutcomeLost, "Answer is too large", "The answer of {provider} is larger than {limit} MB.",
                         MAYBE, _ACCOUNT, *_NONE),
    "server-failed": (OutcomeLost, "Failed at the provider", "{provider} failed while it had the order. {said}", MAYBE,
                      _ACCOUNT, *_NONE),
    "server-timeout": (OutcomeLost, "Took too long there", "{provider} gave up waiting for its own result.", MAYBE,
                       _ACCOUNT, *_NONE),
    "proxy-failed": (OutcomeLost, "Stopped on the way",
                     "A proxy in front of {provider} answered with a page of its own ({status}).", MAYBE, _ACCOUNT,
                     *_NONE),
    "answer-unreadable": (OutcomeLost, "Answer cannot be read", "What {provider} answered is not what was agreed on.",
                          MAYBE, _ACCOUNT, *_NONE),
    "answer-refusal": (OutcomeLost, "No picture came", "{provider} said yes and sent no picture. {said}", MAYBE,
                       _ACCOUNT, *_NONE),
    "answer-empty": (OutcomeLost, "No picture came", "The answer of {provider} holds no picture.", MAYBE, _ACCOUNT,
                     *_NONE),
    "provider-unwell": (ProviderError, "Provider is unwell", "{provider} answered {status} to a free question.", FREE,
                        "Ask again later.", *_NONE),
    "results-gone": (ResultExpired, "Pictures are gone",
                     "{provider} made the pictures, and {host} no longer has them.", PAID,
                     "Run it again for new ones; that is charged anew.", *_AGAIN),
    "result-not-fetched": (OutcomeLost, "Picture not fetched",
                           "{provider} made the pictures, and fetching them from {host} failed.", PAID,
                           "Their address lasts about an hour; the provider's page may still show them.",
                           "providers.top-up", "Open page"),
    "pictures-unreadable": (OutcomeLost, "Pictures cannot be read",
                            "{provider} made the pictures, and what came is no picture that can be read.", PAID,
                            "Its bytes are kept in the library; ask the provider, or run it again for new ones.",
                            *_AGAIN),
    "result-address": (OutcomeLost, "Address refused",
                       "{provider} has put the pictures at an address that is not safe to open: {host}.", PAID,
                       "Ask the provider, and do not trust this server.", *_NONE),
}  # fmt: skip

_REFUSED: Mapping[str, Row] = {
    "key-refused": (ProviderError, "Key was refused", "{provider} does not accept the key.", FREE,
                    "Check the key, or make a new one on the provider's page.", *KEYS),
    "key-not-allowed": (ProviderError, "Not allowed", "{provider} does not allow this with your key. {said}", FREE,
                        "Check what the key may do, or choose another model.", *KEYS),
    "no-balance": (ProviderError, "Balance is used up", "The balance at {provider} does not cover this order.", FREE,
                   "Top up there, then run it again.", "providers.top-up", "Top up"),
    "rate-limited": (ProviderError, "Too many orders at once", "{provider} takes no more orders right now.", FREE,
                     "It can be asked again {when}.", *_AGAIN),
    "quota-reached": (ProviderError, "Limit is reached", "The limit of this key at {provider} is reached.", FREE,
                      "It can be asked again {when}, or raise the limit there.", "providers.top-up", "Raise limit"),
    "model-unknown": (ProviderError, "Model is not there", "{provider} does not have this model. {said}", FREE,
                      "Choose another model.", *_NONE),
    "model-wanted": (ProviderError, "Model is missing", "{provider} wants to be told a model.", FREE,
                     "Choose one of its models or type its id.", *_NONE),
    "route-unknown": (ProviderError, "Wrong address", "{provider} does not know the address that was asked.", FREE,
                      "Check the provider's address and route.", *_PROVIDERS),
    "no-image-arrived": (ProviderError, "No picture arrived", "{provider} found no picture in the order.", FREE,
                         "Add a picture; where one was sent, send it under the other name.", "generate.other-field",
                         "Send with the other field name"),
    "too-large-there": (ProviderError, "Too large for the provider", "The order is larger than {provider} takes.", FREE,
                        "Make the pictures smaller and ask again.", *_SHRINK),
    "image-refused": (ProviderError, "Picture was refused", "{provider} cannot use a picture of the order. {said}",
                      FREE, "Try another picture, or a smaller one.", *_SHRINK),
    "takes-no-image": (ProviderError, "Takes no pictures", "This model of {provider} takes no pictures.", FREE,
                       "Choose a model that edits pictures.", *_NONE),
    "mask-wanted": (ProviderError, "Mask is missing", "This model of {provider} needs a mask.", FREE,
                    "Paint over what should change.", "tool.brush", "Brush"),
    "mask-refused": (ProviderError, "Mask was refused", "{provider} cannot use the mask. {said}", FREE,
                     "Choose another form of mask in the provider's settings, or another model.", *_PROVIDERS),
    "form-refused": (ProviderError, "Order was not understood",
                     "{provider} cannot read orders in the form that was sent. {said}", FREE,
                     "Choose another body or route in the provider's settings.", *_PROVIDERS),
    "references-refused": (ProviderError, "References were refused",
                           "{provider} does not take references in the form that was sent. {said}", FREE,
                           "Choose the other reference form in the provider's settings.", *_PROVIDERS),
    "parameter-refused": (ProviderError, "Parameter was refused", "{provider} does not take what was set. {said}", FREE,
                          "Change that parameter, or unset it.", *_NONE),
    "size-refused": (ProviderError, "Size was refused", "This model of {provider} does not make that size. {said}",
                     FREE, "Choose another size.", *_NONE),
    "prompt-refused-length": (ProviderError, "Prompt is too long", "The prompt is too long for this model. {said}",
                              FREE, "Shorten it.", *_PROMPT),
    "content-refused": (ProviderError, "Not allowed there", "{provider} does not make this: its rules forbid it.", FREE,
                        "Change the prompt or the picture.", *_PROMPT),
    "no-reason-given": (ProviderError, "Provider made no picture",
                        "{provider} made no picture of this and does not say why; often its rules forbid it.", FREE,
                        "Change the prompt or the picture.", *_PROMPT),
    "order-refused": (ProviderError, "Order was refused", "{provider} refused the order. {said}", FREE,
                      "Change the order, or choose another model.", *_NONE),
    "catalogue-unreadable": (ProviderError, "List cannot be read",
                             "What {provider} sent is no list of models.", FREE,
                             "The last good list stays in use; a model's id can be typed.", *_PROVIDERS),
}  # fmt: skip

_CHECKED: Mapping[str, Row] = {
    "check-refused": (ProviderError, "Key cannot be checked", "{provider} answered {answer}.", FREE,
                      "Check the address, or ask again later; an order tells too.", *_PROVIDERS),
    "check-too-often": (ProviderError, "Asked too often", "{provider} was asked too often; ask again in a while.", FREE,
                        "Ask again in a while; orders can go meanwhile.", *_NONE),
    "check-not-known": (ProviderError, "Key cannot be checked", "{provider} does not answer this question.", FREE,
                        "Check the address; where it is right, an order tells whether the key is good.", *_PROVIDERS),
    "check-proves-nothing": (ProviderError, "Key cannot be checked",
                             "{provider} shows its models to anyone; only an order can tell.", FREE,
                             "Send an order; where the key is refused nothing is charged.", *_NONE),
    "balance-unreadable": (ProviderError, "Balance cannot be read", "What {provider} sent is no balance.", FREE,
                           "Check the provider's address, or ask again later.", *_PROVIDERS),
    "balance-elsewhere": (ProviderError, "Balance is not told",
                          "{provider} tells the balance only to a provisioning key.", FREE,
                          "Look at the provider's page; the key may be good all the same.", *_NONE),
}  # fmt: skip
"""Why a free question told nothing of a key."""

REMOTE: Mapping[str, Row] = {**_BEFORE, **_CARRIER, **_REFUSED, **_CHECKED}
