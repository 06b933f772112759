"""What keeps a call that takes too much from taking the machine with it."""

import sys
import warnings

MEMORY = 2 << 30


def build():
    warnings.simplefilter("ignore")
    sys.set_int_max_str_digits(0)
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        pass
