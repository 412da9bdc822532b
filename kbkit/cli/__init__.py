"""The command line: it reads arguments, calls one function, and prints."""

from kbkit.cli.app import main

__all__ = ["main"]
