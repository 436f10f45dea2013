"""Let the program under test know no name but this machine's, wherever tests run.

Python imports this file by itself when its folder stands in PYTHONPATH. What is asked
for in vain is written down in the file that `UPPSIKT_TEST_NAMES` names. A process that
the tests started ends with them, also when they are killed.
"""

import ctypes
import os
import signal
import socket
from pathlib import Path
from typing import Any

KNOWN = frozenset({"", "localhost", "127.0.0.1", "::1", "0.0.0.0"})
PR_SET_PDEATHSIG = 1
real = socket.getaddrinfo


def getaddrinfo(host: Any, *args: Any, **kw: Any) -> Any:
    """Answer for this machine; say of every other name that there is none."""
    name = host.decode() if isinstance(host, bytes) else host or ""
    if name in KNOWN:
        return real(host, *args, **kw)
    if asked := os.environ.get("UPPSIKT_TEST_NAMES"):
        with Path(asked).open("a") as file:
            file.write(f"{name}\n")
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


socket.getaddrinfo = getaddrinfo
if os.environ.get("UPPSIKT_TEST_PARENT") == str(os.getppid()):
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
