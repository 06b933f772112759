"""python3 alien --language NAME --translate OUTDIR FILE...   writes Python lessons down in another language
python3 alien --language NAME FILE...                      writes the trace of its programs to standard output
python3 alien --language NAME --serve                      answers questions from standard input
python3 alien --list                                       names the languages"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[0] = os.path.dirname(HERE)

from alien.command import main  # noqa: E402
from observer.program import environment  # noqa: E402

environment()
sys.path.pop(0)
sys.exit(main(__doc__))
