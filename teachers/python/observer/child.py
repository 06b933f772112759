"""Processes with walls around them: limits on time and memory, and nothing of theirs reaches the outside."""

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
    """What `work(stop)` returns in a process of its own, or {"stopped": why} as JSON text. `stop(why)` ends it."""
    worker = Worker(lambda _request, stop: (work(stop), False), walls)
    text = worker.ask("{}")
    worker.end()
    return text


class Worker:
    """A process that answers requests one after another. It is replaced when it had to be stopped, when
    `work(request, stop)` says that it must not be used again (it returns text and a flag), and now and then."""

    TURNS = 300

    def __init__(self, work, walls):
        self.work = work
        self.walls = walls
        self.pid = None
        self.turns = 0

    def ask(self, request):
        if self.pid is None:
            self.begin()
        self.turns += 1
        try:
            send(self.requests, request.encode("utf-8") + b"\n")
        except BrokenPipeError:
            self.end()
            if self.turns == 1:
                return json.dumps({"stopped": "the process cannot begin"})
            return self.ask(request)
        text, why = self.collect()
        if text[-1:] != b"\n":
            self.end()
            return json.dumps({"stopped": why or "the process ended"})
        reusable, text = text[:1] == b"+", text[1:-1].decode("utf-8")
        if not reusable or self.turns >= self.TURNS:
            self.end()
        return text

    def begin(self):
        sys.stdout.flush()
        answers, own_answers = os.pipe()
        own_requests, requests = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(answers)
            os.close(requests)
            self.inside(own_requests, own_answers)
        os.close(own_answers)
        os.close(own_requests)
        self.pid, self.answers, self.requests, self.turns = pid, answers, requests, 0

    def end(self):
        if self.pid is None:
            return
        os.close(self.answers)
        os.close(self.requests)
        for kill, target in ((os.killpg, self.pid), (os.kill, self.pid)):
            try:
                kill(target, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass
        os.waitpid(self.pid, 0)
        self.pid = None

    def collect(self):
        """All that the process writes for one request, and why it was not waited for."""
        end = time.monotonic() + self.walls.seconds
        pieces = []
        while True:
            left = end - time.monotonic()
            if left <= 0:
                return b"".join(pieces), "too much time"
            ready, _, _ = select.select([self.answers], [], [], left)
            if not ready:
                continue
            piece = os.read(self.answers, 1 << 16)
            if not piece:
                return b"".join(pieces), None
            pieces.append(piece)
            if piece[-1:] == b"\n":
                return b"".join(pieces), None

    # ------------------------------------------------------------------ in the process itself

    def inside(self, requests, answers):
        """Never returns."""
        own = os.getpid()
        try:
            os.setsid()
            null = os.open(os.devnull, os.O_RDWR)
            for number in (0, 1, 2):
                os.dup2(null, number)
            resource.setrlimit(resource.RLIMIT_AS, (self.walls.memory, self.walls.memory))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            gc.freeze()
            gc.disable()

            def reply(text, reusable):
                if os.getpid() == own:
                    send(answers, (b"+" if reusable else b"-") + text.encode("utf-8") + b"\n")
                if os.getpid() != own or not reusable:
                    os._exit(0)

            def stop(why):
                reply(json.dumps({"stopped": why}), False)

            source = os.fdopen(requests, "rb")
            while True:
                request = source.readline()
                if not request:
                    os._exit(0)
                used = resource.getrusage(resource.RUSAGE_SELF)
                seconds = int(used.ru_utime + used.ru_stime + self.walls.seconds) + 2
                resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
                try:
                    text, reusable = self.work(request.decode("utf-8"), stop)
                except MemoryError:
                    stop("too much memory")
                except RecursionError:
                    stop("too deep")
                reply(text, reusable and used.ru_maxrss < 300_000)
                text = None
                gc.collect()
        except BaseException as error:
            if os.getpid() == own:
                try:
                    send(answers, b"-" + json.dumps({"stopped": f"{type(error).__name__}: {error}"}).encode("utf-8") + b"\n")
                finally:
                    os._exit(1)
        finally:
            os._exit(1)


def send(pipe, data):
    while data:
        data = data[os.write(pipe, data):]
