"""Run the program: `python -m uppsikt`."""

from uppsikt.web.cli import main

if __name__ == "__main__":
    main()
