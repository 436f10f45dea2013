"""Keep the Bluesky servers up for as long as somebody holds on to them.

Started by `tests.servers.shared` with the reading end of a pipe as standard input.
Each user of the servers holds a writing end, so that the system itself counts the
users: when the last is gone, also by a crash, the pipe ends and the servers stop.
"""

import fcntl
import json
import os
import shutil
import sys
from pathlib import Path

from tests.servers.network import network


def main(folder: Path) -> None:
    """Start the servers, write `state.json`, wait for the last user, stop, tidy."""
    with network(folder) as state:
        new = folder / "state.new"
        new.write_text(json.dumps(state))
        new.rename(folder / "state.json")
        wait_for_last_user(folder)
    tidy(folder)


def wait_for_last_user(folder: Path) -> None:
    """Return when no one holds the pipe, with `state.json` taken away under lock."""
    while True:
        os.set_blocking(0, True)
        while os.read(0, 64):
            pass
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if nobody_left():
                (folder / "state.json").unlink()
                return


def nobody_left() -> bool:
    """Tell whether the pipe has no writer now."""
    os.set_blocking(0, False)
    try:
        return os.read(0, 64) == b""
    except BlockingIOError:
        return False


def tidy(folder: Path) -> None:
    """Remove the folder, unless somebody has begun anew in it."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "state.json").exists():
            shutil.rmtree(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
