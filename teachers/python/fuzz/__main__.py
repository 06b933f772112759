"""python3 fuzz SEED [FIRST]      random programs without end, a line of JSON each: the text, what it prints, the error it ends with"""

import builtins
import contextlib
import io
import json
import os
import signal
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[0] = os.path.dirname(HERE)

from fuzz.programs import write  # noqa: E402

SECONDS = 2
LONGEST = 20000        # characters of output


class TooLong(BaseException):
    """The program takes longer than is worth while."""


def stop(*_):
    raise TooLong


def run(source):
    """What a program prints and the error that it ends with; None where it takes too long."""
    out, error = io.StringIO(), None
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        with contextlib.redirect_stdout(out):
            exec(compile(source, "fuzz", "exec"), {"__name__": "__main__", "__builtins__": builtins})
    except TooLong:
        return None
    except Exception as raised:
        text = str(raised)
        error = f"{type(raised).__name__}: {text}" if text else type(raised).__name__
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return (out.getvalue(), error) if len(out.getvalue()) <= LONGEST else None


def main():
    # The order of sets of texts must be the same each time.
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.execve(sys.executable, [sys.executable, "-W", "ignore", *sys.orig_argv[1:]], {**os.environ, "PYTHONHASHSEED": "0"})
    signal.signal(signal.SIGALRM, stop)
    sys.set_int_max_str_digits(0)
    seed, number = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0
    while True:
        source = write(seed, number)
        ran = run(source)
        if ran is not None:
            print(json.dumps({"number": number, "source": source, "out": ran[0], "error": ran[1]}), flush=True)
        number += 1


try:
    main()
except BrokenPipeError:
    os._exit(0)
