"""The commands, each a few lines around a function found elsewhere."""

from __future__ import annotations


def main() -> None:
    """Run the command line; exit codes are in docs/cli.md."""
    from detente.cli.app import run

    run()
