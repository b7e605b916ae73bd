"""`python -m extract.cli` is `extract`."""

import sys

from extract.cli.entry import main

sys.exit(main())
