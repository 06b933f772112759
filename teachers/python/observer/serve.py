"""Answers questions: one JSON object a line in, one program line out, in order."""

import json
import sys

from .child import Walls, Worker
from .program import HEADER, dump, observe, static
from .runtime import Limits
from .spans import Refused


class Teacher:
    """Reads and observes programs, within limits. Another language gives its own `reader` and `probes`."""

    def __init__(self, limits=None, walls=None, header=HEADER, **language):
        self.limits = limits or Limits()
        self.header = header
        self.language = language
        self.worker = Worker(self.work, walls or Walls())

    def program(self, name, source, only_spans=False, path="<program>"):
        """The line for one program."""
        text = self.worker.ask(json.dumps([name, source, only_spans, path]))
        if text.startswith(('{"refused"', '{"stopped"')):
            return dump({"id": name, **json.loads(text)})
        return text

    def work(self, request, stop):
        """In the worker: the line, and whether the process is as it was before."""
        name, source, only_spans, path = json.loads(request)
        try:
            if only_spans:
                return static(name, source, **{k: v for k, v in self.language.items() if k == "reader"}), True
            return observe(name, source, self.limits, stop, path, **self.language)
        except Refused as refused:
            return dump({"refused": str(refused)}), True
        except SyntaxError as error:
            return dump({"refused": f"{type(error).__name__}: {error}"}), True

    def serve(self, requests=None, out=None):
        requests = requests or sys.stdin
        out = out or sys.stdout
        print(dump(self.header), file=out, flush=True)
        for line in requests:
            if line.strip():
                print(self.respond(line), file=out, flush=True)

    def respond(self, line):
        name = None
        try:
            request = json.loads(line)
            name = request.get("id")
            source = request["source"]
            if not isinstance(source, str):
                raise TypeError("the source is no text")
            source.encode("utf-8")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            return dump({"id": name, "refused": f"not a request: {type(error).__name__}: {error}"})
        return self.program(name, source, bool(request.get("static")))
