"""Static files under an address that changes when the program does."""

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

from django.contrib.staticfiles.storage import StaticFilesStorage


@lru_cache(maxsize=1)
def _ours() -> str:
    try:
        return version("uppsikt")
    except PackageNotFoundError:  # run from the source, not installed
        return "source"


class VersionedFiles(StaticFilesStorage):
    """Adds the program's version to each address, so that no old one is kept."""

    def url(self, name: str | None) -> str:
        """Return where the browser finds `name`, for this version of the program."""
        return f"{super().url(name)}?v={_ours()}"
