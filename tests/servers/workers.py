"""Start workers quickly: the program is read in once, and each worker is a fork of it.

python -m tests.servers.workers       a line `start` answers with a process id, and a
line `wait` when that process has ended. What runs in it is the command `uppsikt work`.
"""

import os
import sys

import django


def main() -> None:
    """Start and await workers as standard input says."""
    django.setup()
    from uppsikt.web import worker  # noqa: F401 (read in, so that each fork has it)

    pid = 0
    for line in sys.stdin:
        if line.strip() == "start":
            pid = _start()
        else:
            os.waitpid(pid, 0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def _start() -> int:
    if pid := os.fork():
        return pid
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, sys.stdin.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.argv = ["uppsikt", "work"]
    from uppsikt.web.cli import main as uppsikt

    uppsikt()
    os._exit(0)


if __name__ == "__main__":
    main()
