"""Where things lie. With a data folder of one's own everything lies under it, else in the platform's own places."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from studio.storage.private import make_private

NAME = "overpaint"


# A tuple, since making a dataclass takes six times as long, and the first frame waits for it.
class Folders(NamedTuple):
    """The folders of one installation. `at` finds them, `make` creates them, for their owner alone."""

    config: Path
    data: Path
    cache: Path
    log: Path

    @staticmethod
    def at(data_dir: str | None) -> Folders:
        """Under `data_dir`, or where the platform keeps such things (XDG variables are followed)."""
        if data_dir is not None:
            root = Path(data_dir).expanduser().absolute()
            return Folders(config=root, data=root, cache=root / "cache", log=root / "log")
        import platformdirs  # not for a data folder of one's own

        places = platformdirs.PlatformDirs(NAME, appauthor=False)
        return Folders(
            config=Path(places.user_config_dir),
            data=Path(places.user_data_dir),
            cache=Path(places.user_cache_dir),
            log=Path(places.user_log_dir),
        )

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "settings.toml"

    @property
    def library(self) -> Path:
        """The database of jobs and gallery."""
        return self.data / "library.sqlite"

    @property
    def backups(self) -> Path:
        """Copies of the library."""
        return self.data / "backups"

    @property
    def blobs(self) -> Path:
        """Pictures and masks by their hash."""
        return self.data / "blobs"

    @property
    def sidecars(self) -> Path:
        """A small file for each output, to make the library again from."""
        return self.data / "sidecars"

    @property
    def incoming(self) -> Path:
        """Answers on their way, until their job has ended. Made when the first one comes."""
        return self.data / "incoming"

    @property
    def unread(self) -> Path:
        """Answers that came whole and that nobody could read. Made when the first one comes."""
        return self.data / "unread"

    @property
    def recovery(self) -> Path:
        """Documents that were not saved yet."""
        return self.data / "recovery"

    @property
    def thumbnails(self) -> Path:
        """Small pictures that can be made again."""
        return self.cache / "thumbnails"

    @property
    def masks(self) -> Path:
        """Masks that were made for whoever asked, and that nothing names."""
        return self.cache / "masks"

    @property
    def compiled(self) -> Path:
        """Code that has no `.pyc` file, compiled."""
        return self.cache / "compiled.code"

    def all(self) -> tuple[Path, ...]:
        """Every folder, parents first."""
        return (
            self.config,
            self.data,
            self.cache,
            self.log,
            self.backups,
            self.blobs,
            self.sidecars,
            self.recovery,
            self.thumbnails,
        )

    def make(self) -> None:
        """Create what is missing, readable by the owner alone whatever the umask. Raises StorageError."""
        for folder in self.all():
            make_private(folder)
