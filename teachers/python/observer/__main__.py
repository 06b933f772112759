"""python3 observer FILE...            writes the trace of the programs to standard output
python3 observer --static FILE...   their spans only
python3 observer --serve            answers questions from standard input"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[0] = os.path.dirname(HERE)

from observer.command import main  # noqa: E402
from observer.program import environment  # noqa: E402

environment()
sys.path.pop(0)
sys.exit(main(__doc__))
