"""``python -m kbkit``."""

import sys

from kbkit.cli import main

if __name__ == "__main__":
    sys.exit(main())
