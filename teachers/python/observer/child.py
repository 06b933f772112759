"""Runs one observation in a process of its own, with limits on time, memory and output."""

import gc
import json
import os
import resource
import select
import signal
import sys
import time


class Walls:
    """What a program may use up."""

    def __init__(self, seconds=10.0, memory=1 << 30):
        self.seconds = seconds
        self.memory = memory


def answer(work, walls):
    """What `work(stop)` returns, or {"stopped": why} as JSON text. `stop(why)` ends the work at once."""
    sys.stdout.flush()
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        _inside(work, walls, writer)
    os.close(writer)
    text, why = _collect(reader, walls.seconds)
    os.close(reader)
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    _, status = os.waitpid(pid, 0)
    if why is None and text[-1:] == b"\n":
        return text[:-1].decode("utf-8")
    if why is None:
        why = "the process ended"
    return json.dumps({"stopped": why})


def _inside(work, walls, writer):
    """In the child: never returns."""
    try:
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(null, number)
        resource.setrlimit(resource.RLIMIT_AS, (walls.memory, walls.memory))
        seconds = int(walls.seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        gc.disable()
        own = os.getpid()

        def send(text):
            if os.getpid() == own:
                data = text.encode("utf-8") + b"\n"
                while data:
                    data = data[os.write(writer, data):]
            os._exit(0)

        def stop(why):
            send(json.dumps({"stopped": why}))

        try:
            text = work(stop)
        except MemoryError:
            stop("too much memory")
        except RecursionError:
            stop("too deep")
        send(text)
    except BaseException as error:
        try:
            os.write(writer, json.dumps({"stopped": f"{type(error).__name__}: {error}"}).encode("utf-8") + b"\n")
        finally:
            os._exit(1)
    finally:
        os._exit(1)


def _collect(reader, seconds):
    """All that the child writes, and why it was not waited for."""
    end = time.monotonic() + seconds
    pieces = []
    while True:
        left = end - time.monotonic()
        if left <= 0:
            return b"".join(pieces), "too much time"
        ready, _, _ = select.select([reader], [], [], left)
        if not ready:
            continue
        piece = os.read(reader, 1 << 16)
        if not piece:
            return b"".join(pieces), None
        pieces.append(piece)
        if piece[-1:] == b"\n":
            return b"".join(pieces), None
