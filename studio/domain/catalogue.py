"""The one catalogue of problems. A text may name facts in braces; whoever raises gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.catalogue_remote import REMOTE
from studio.domain.phrases import FREE, SAFE, UNSENT
from studio.domain.problems import (
    ImagingError,
    Problem,
    ProviderError,
    StorageError,
    StudioError,
    UsageError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.phrases import Row

CATALOGUE: Mapping[str, Row] = {
    **REMOTE,
    # pictures
    "not-an-image": (ImagingError, "Not a picture", "{name} is not a picture that can be opened here.", SAFE,
                     "Choose a JPEG, PNG, WebP, TIFF, GIF, AVIF or OpenRaster file.", "file.open", "Open"),
    "image-truncated": (ImagingError, "Picture is damaged", "{name} ends before the picture is complete.", SAFE,
                        "Get the file again from where it came.", "file.open", "Open"),
    "image-empty": (ImagingError, "File is empty", "{name} has no bytes in it.", SAFE,
                    "Get the file again from where it came.", "file.open", "Open"),
    "image-too-large": (ImagingError, "Picture is too large",
                        "{name} is {width} x {height} pixels; the limit is {limit} megapixels.", SAFE,
                        "Scale it down in another program, then open it here.", "file.open", "Open"),
    "size-for-format": (UsageError, "Too large for this format",
                        "{format} holds at most {limit} pixels a side; the picture is {width} x {height}.", SAFE,
                        "Export it as PNG or TIFF.", "file.export", "Export"),
    "image-memory": (ImagingError, "Not enough memory", "There is not enough memory to open {name}.", SAFE,
                     "Close other pictures or programs and open it again.", "file.open", "Open"),
    "is-a-folder": (UsageError, "That is a folder", "{name} is a folder.", SAFE,
                    "Choose a picture inside of it.", "file.open", "Open"),
    "file-missing": (StorageError, "File not found", "{name} is not there.", SAFE,
                     "Check whether it was moved or renamed.", "file.open", "Open"),
    "file-forbidden": (StorageError, "No permission", "{name} may not be read by you.", SAFE,
                       "Change its permissions or copy it elsewhere.", "file.open", "Open"),
    "file-too-large": (StorageError, "File is too large", "{name} is larger than {limit} GB.", SAFE,
                       "Scale it down in another program, then open it here.", "file.open", "Open"),
    "read-failed": (StorageError, "Cannot be read", "Reading {name} failed.", SAFE,
                    "Copy it to another disk, then open it from there.", "file.open", "Open"),
    "clipboard-empty": (UsageError, "Nothing to paste", "The clipboard holds no picture.", SAFE,
                        "Copy a picture, then paste again.", "", ""),
    # layers
    "layer-locked": (UsageError, "Layer is locked", "The layer {name} is locked.", SAFE,
                     "Unlock it in the layer list, or work on a copy of it.", "layer.duplicate", "Duplicate"),
    "layer-hidden": (UsageError, "Layer is hidden", "The layer {name} is hidden.", SAFE,
                     "Show it first.", "layer.toggle", "Show"),
    "layer-last": (UsageError, "Last layer", "A picture needs at least one layer.", SAFE,
                   "Close the picture, or hide the layer.", "layer.toggle", "Hide"),
    "layer-lowest": (UsageError, "Nothing below", "There is no layer below {name} to merge with.", SAFE,
                     "Move it above another layer first.", "layer.up", "Move up"),
    # masks and runs
    "mask-size": (UsageError, "Mask does not fit",
                  "The mask is {mask} and the picture is {picture}; they must be the same size.", UNSENT,
                  "Export the mask again at the size of the picture.", "", ""),
    "mask-empty": (UsageError, "Nothing is masked", "The mask is empty, so nothing would change.", UNSENT,
                   "Paint over what should change.", "tool.brush", "Brush"),
    "mask-full": (UsageError, "Everything is masked",
                  "The whole picture is masked, so there is nothing left to fill from.", UNSENT,
                  "Leave some of the picture unpainted.", "tool.eraser", "Eraser"),
    "margins-empty": (UsageError, "Nothing to extend", "No side of the picture is pulled out yet.", UNSENT,
                      "Pull an edge of the picture outwards.", "tool.extend", "Extend"),
    "no-document": (UsageError, "No picture open", "There is no picture to work on.", UNSENT,
                    "Open or drop a picture first.", "file.open", "Open"),
    "prompt-needs-provider": (UsageError, "This needs a remote provider",
                              "This engine removes and fills; it does not read prompts.", UNSENT,
                              "Clear the prompt, or use a word like remove, extend, cut out, select or upscale.",
                              "prompt.clear", "Clear prompt"),
    "unknown-model": (UsageError, "Unknown model", "{provider} has no model named {model}.", UNSENT,
                      "Choose one of: {models}.", "", ""),
    "unknown-provider": (UsageError, "Unknown provider", "There is no provider named {provider}.", UNSENT,
                         "Use one of: {providers}.", "", ""),
    "bad-parameter": (UsageError, "Parameter does not fit", "{name} cannot be {value}.", UNSENT,
                      "It takes {allowed}.", "", ""),
    "bad-arguments": (UsageError, "Arguments do not fit", "{reason}", UNSENT, "See overpaint --help.", "", ""),
    "nothing-there": (UsageError, "Nothing found there", "No object was found at that place.", UNSENT,
                      "Click nearer to its middle, or paint over it with the brush.", "tool.brush", "Brush"),
    "unknown-job": (UsageError, "No such job", "There is no job {job}.", "", "See overpaint jobs.", "", ""),
    "unknown-picture": (UsageError, "No such picture", "There is no picture {id} in the gallery.", "",
                        "See overpaint gallery.", "", ""),
    # the local engine
    "engine-died": (ProviderError, "The engine stopped", "The local engine stopped in the middle of the work.", FREE,
                    "Run it again; the engine starts anew.", "generate.run", "Run again"),
    "engine-failed": (ProviderError, "The engine could not do it", "The local engine could not finish this job.", FREE,
                      "Try again with a smaller mask.", "generate.run", "Run again"),
    "engine-memory": (ProviderError, "Not enough memory", "The local engine ran out of memory.", FREE,
                      "Close other programs or paint a smaller mask.", "generate.run", "Run again"),
    "engine-model-missing": (ProviderError, "Model file missing", "The file {name} of the local engine is missing.",
                             FREE, "Install Overpaint again to bring it back.", "", ""),
    "engine-unavailable": (ProviderError, "The engine does not start", "The local engine could not be started.", FREE,
                           "See the log, then start Overpaint again.", "help.log", "Show log"),
    "interrupted": (ProviderError, "Interrupted", "Overpaint ended while this job ran.", FREE,
                    "Run it again from the queue.", "", "Run again"),
    "result-unreadable": (ProviderError, "Result cannot be read", "The answer is not a picture that can be read.", FREE,
                          "Its bytes are kept in the library; run it again.", "generate.run", "Run again"),
    "outcome-unknown": (ProviderError, "Outcome unknown",
                        "Overpaint ended after this job was sent and before an answer came.",
                        "It may have been charged.", "Look at the provider's account before you run it again.", "", ""),
    # money
    "limit-reached": (UsageError, "Your limit is reached", "{run} {reason}", UNSENT,
                      "Raise the limit, wait, or choose what costs less.", "costs.open", "Open costs"),
    "price-unknown-limit": (UsageError, "Price is not known", "You set a limit, and {reason}.", UNSENT,
                            "Take the limit off, or allow orders whose price is not known.", "costs.open",
                            "Open costs"),
    # disk
    "disk-full": (StorageError, "Disk is full", "There is no room left in {place}.",
                  "The file that was there is unchanged.", "Make room or choose another folder.", "file.save-as",
                  "Save elsewhere"),
    "folder-read-only": (StorageError, "Folder cannot be written", "Nothing can be written in {place}.",
                         SAFE, "Choose another folder.", "file.save-as",
                         "Save elsewhere"),
    "write-failed": (StorageError, "Could not be saved", "Writing {place} failed.",
                     "The file that was there is unchanged.", "Choose another folder or try again.", "file.save-as",
                     "Save elsewhere"),
    "kept-elsewhere": (StorageError, "Saved elsewhere",
                       "{reason} The picture was saved at {place}.", "It was paid for.",
                       "Make room, then open it from there.", "file.open", "Open"),
    "nowhere-to-keep": (StorageError, "Picture cannot be saved",
                        "A picture came and no folder takes it: not the library's, nor {places}.",
                        "It was paid for.", "Choose a folder that has room.", "storage.choose-folder",
                        "Choose folder"),
    "data-in-use": (StorageError, "Already open", "Another Overpaint uses {place}.", UNSENT,
                    "Use its window or wait for its end, or give another folder with --data-dir.", "", ""),
    "library-damaged": (StorageError, "Library was damaged", "The library in {place} was damaged.",
                        "The damaged file was kept; your pictures are still on disk.",
                        "A new library was started from what could be read.", "", ""),
    "library-mended": (StorageError, "Library was behind", "The library in {place} did not know some of its pictures.",
                       "Nothing was lost.", "They were put back with their prompts; look through the gallery.", "", ""),
    "library-unreadable": (StorageError, "Library is damaged", "The library in {place} is damaged and cannot be read.",
                           "Your pictures are still on disk.",
                           "Start the window: it keeps the damaged file and makes a new library of what can be read.",
                           "", ""),
    "blob-damaged": (StorageError, "Stored picture is damaged", "A stored picture changed on the disk: {place}.", SAFE,
                     "Bring that file back from a backup, or run the job again.", "", ""),
    "library-newer": (StorageError, "Library is newer", "The library in {place} was made by a newer Overpaint.",
                      "It was not touched.", "Update Overpaint, or give another folder with --data-dir.", "", ""),
    "project-damaged": (StorageError, "Project is damaged", "{name} is not a project that can be read.", SAFE,
                        "Open its last copy, or look for a recovered one.", "file.open", "Open"),
    "settings-damaged": (StorageError, "Settings were damaged", "The settings in {place} could not be read.",
                         "The damaged file was kept.", "The program started with its own settings.", "", ""),
    "keyring-unavailable": (StorageError, "No keyring", "No keyring of the system answers.", UNSENT,
                            "Keys can be kept for this session only.", "", ""),
    "keyring-locked": (StorageError, "Keyring is locked", "The keyring of the system is locked.", UNSENT,
                       "Unlock it, or keep the key for this session only.", "", ""),
    "keyring-slow": (StorageError, "Keyring does not answer",
                     "The keyring of the system did not answer within {seconds} seconds.", UNSENT,
                     "Look for its prompt, or keep the key for this session only.", "", ""),
    "key-file-open": (UsageError, "Key file is open to others", "{name} can be read by others than you.", UNSENT,
                      "Make it a plain file that only you can read, then try again.", "", ""),
    "window-gone": (ProviderError, "The window closed", "The Overpaint window closed before it had done this.", "",
                    "See overpaint jobs before you run it again.", "", ""),
    "bug": (StudioError, "Something went wrong inside", "Overpaint made a mistake of its own.", SAFE,
            "Copy the report and send it to us.", "help.report", "Copy report"),
}  # fmt: skip


def problem(code: str, *, detail: str = "", **facts: object) -> Problem:
    """The catalogue's entry with its facts filled in. A fact that is missing is a bug (KeyError)."""
    _, title, what, cost, following, action, button = CATALOGUE[code]
    return Problem(
        code=code,
        title=title,
        what=what.format(**facts),
        cost=cost.format(**facts),
        next=following.format(**facts),
        action=action,
        button=button,
        detail=detail,
    )


def trouble(code: str, *, detail: str = "", **facts: object) -> StudioError:
    """The error to raise for an entry, of the class that the catalogue names."""
    return CATALOGUE[code][0](problem(code, detail=detail, **facts))
