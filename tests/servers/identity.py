"""A real identity provider on this machine, and the made-up people it knows."""

import json
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx

from tests.servers import processes

CLIENT: Final = "uppsikt"
SECRET: Final = "not-a-secret-on-loopback"
PEOPLE: Final[Mapping[str, Mapping[str, object]]] = {
    "cecilia": {"email": "cecilia@exempelby.example", "amr": ["pwd", "mfa"]},
    "anna": {"email": "anna@exempelby.example", "amr": ["pwd"]},
    "okand": {"email": "okand@exempelby.example", "amr": ["pwd", "mfa"]},
    "bengt": {"email": "bengt@exempelby.example", "amr": ["mfa"], "verified": False},
}
"""By name: the address it has verified, unless it says not, and how it asks."""


@contextmanager
def provider(folder: Path, home: str) -> Iterator[dict[str, str]]:
    """Run the provider; yield what the program at `home` is told of it."""
    (port,) = processes.free_ports(1)
    issuer, log = f"http://localhost:{port}", folder / "provider.log"
    env = {
        "ISSUER": issuer,
        "CLIENT": CLIENT,
        "SECRET": SECRET,
        "PEOPLE": json.dumps({name: _claims(told) for name, told in PEOPLE.items()}),
        "REDIRECTS": json.dumps([f"{home}/konto/oidc/kommunen/login/callback/"]),
        "AFTER": json.dumps([f"{home}/konto/logga-in/"]),
    }
    process = processes.start(_command(), log=log, cwd=_installed(), env=env)
    try:
        ready = lambda: _answers(issuer)  # noqa: E731
        processes.wait(process, ready, log=log, seconds=60)
        yield _told(issuer)
    finally:
        processes.stop(process, signal.SIGTERM)


def _claims(told: Mapping[str, object]) -> dict[str, object]:
    return {
        "email": told["email"],
        "email_verified": told.get("verified", True),
        "amr": told["amr"],
    }


def _told(issuer: str) -> dict[str, str]:
    return {
        "UPPSIKT_OIDC_ISSUER": issuer,
        "UPPSIKT_OIDC_CLIENT": CLIENT,
        "UPPSIKT_OIDC_SECRET": SECRET,
        "UPPSIKT_OIDC_NAME": "Exempelby kommun",
        "UPPSIKT_OIDC_TWO_STEPS": "mfa",
        "UPPSIKT_OIDC_PRIVATE_HOSTS": "localhost",
    }


def _installed() -> Path:
    folder = processes.cache() / "oidc"
    if not (folder / ".fingerprint").exists():
        raise processes.NotStarted("run tests/servers/setup.sh")
    return folder


def _command() -> list[str]:
    """Return the command; Node resolves modules from where the script lies."""
    nodes = sorted(processes.cache().glob("node-*/bin/node"))
    if not nodes:
        raise processes.NotStarted("run tests/servers/setup.sh")
    source = (processes.HERE / "oidc" / "provider.mjs").read_text()
    return [str(nodes[-1]), "--input-type=module", "--eval", source]


def _answers(issuer: str) -> bool:
    known = f"{issuer}/.well-known/openid-configuration"
    try:
        return httpx.get(known, timeout=2, trust_env=False).is_success
    except httpx.HTTPError:
        return False
