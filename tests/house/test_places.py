"""Nothing in the repository tells of one machine, or of where packages come from."""

import re
import subprocess
from collections.abc import Iterator

import pytest

from tests.house.source import ROOT

# Put together here, so that this file does not hold what it looks for.
FOLDERS = [
    "".join(("/", name, "/")) for name in ("work", "root", "home/[a-z]+", "opt/wheels")
]
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs"),
        ("registry", "yarnpkg"),
        ("deb", "debian"),
        ("proxy", "golang"),
    )
]
TELLS = re.compile(
    r"(?<![\w.}$*-])(?:"
    + "|".join(FOLDERS)
    + ")|"
    + "|".join(re.escape(host) for host in HOSTS)
)


def tracked() -> list[str]:
    """List the files that git keeps."""
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return [name for name in done.stdout.split("\0") if (ROOT / name).is_file()]


def telling(text: str) -> Iterator[str]:
    """Yield each machine's path or registry's address in a text."""
    yield from TELLS.findall(text)


def test_no_file_tells_of_a_machine_or_a_registry() -> None:
    found = {
        name: hits
        for name in tracked()
        if (hits := list(telling((ROOT / name).read_bytes().decode(errors="replace"))))
    }
    assert found == {}


@pytest.mark.parametrize("name", ["work", "root", "home/anna"])
def test_a_path_on_a_machine_is_seen(name: str) -> None:
    assert list(telling(f"see /{name}/main"))
    assert not list(telling(f"see uppsikt/{name}/main"))


@pytest.mark.parametrize("host", HOSTS)
def test_an_address_of_a_registry_is_seen(host: str) -> None:
    assert list(telling(f"index-url = https://{host}/simple"))
