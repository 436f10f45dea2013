"""Run every benchmark, each in a process of its own; `python -m bench NAME` runs one.

A benchmark is a file in this folder with a `main()` that prints its figure and the
floor it was measured against. One that fails does not stop the others.
"""

import ast
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def names() -> list[str]:
    """List the benchmarks: the files here that have a `main`."""
    return [path.stem for path in sorted(HERE.glob("[!_]*.py")) if _has_main(path)]


def _has_main(path: Path) -> bool:
    body = ast.parse(path.read_text()).body
    return any(isinstance(n, ast.FunctionDef) and n.name == "main" for n in body)


def run(name: str) -> bool:
    """Run one benchmark and tell whether it got to its end."""
    print(f"\n── {name} " + "─" * (60 - len(name)), flush=True)
    call = f"from bench.{name} import main; main()"
    done = subprocess.run([sys.executable, "-c", call], cwd=HERE.parent, check=False)
    return done.returncode == 0


def main(wanted: list[str]) -> int:
    """Run the benchmarks named, or all; return how the process shall end."""
    known = names()
    if unknown := sorted(set(wanted) - set(known)):
        print(f"No benchmark called {', '.join(unknown)}. There are: {known}")
        return 2
    failing = [name for name in wanted or known if not run(name)]
    if failing:
        print(f"\nFailing: {', '.join(failing)}")
    return 1 if failing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
