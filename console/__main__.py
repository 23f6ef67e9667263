"""`python -m console` is the command line."""

import sys

from console.cli import main

if __name__ == "__main__":
    sys.exit(main())
