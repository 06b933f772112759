"""What the probes do while a program runs: they keep the record of its activations.

Each probe is a function that the watched program calls under a name no program can write (see `probes`). `cur` is
the activation that is now being evaluated. Expressions end exactly: the probe that ends one is handed its Node.
Statements are kept on a stack for each frame, found by the identity of the Python frame; what a jump left open is
marked when the next probe of that frame runs, and errors are caught, noted and passed on by handlers that the
instrumenter wraps around every body, with and try."""

import builtins
import sys
import types

from .shown import Shown
from .values import GONE, Objects, is_elsewhere

OPEN, NORMAL, LEFT, RAISED, SUSPENDED = range(5)
ENDS = {LEFT: "left", RAISED: "raised", SUSPENDED: "suspended", OPEN: "suspended"}
MARK = "\u00b7mimus "


class Node:
    """One activation."""

    __slots__ = ("span", "parent", "end", "value", "binds", "heap", "out", "res", "frame", "seen", "own", "inner",
                 "index", "made", "shown", "fills", "over")

    def __init__(self, span, parent, frame):
        self.span = span
        self.parent = parent
        self.frame = frame
        self.end = OPEN
        self.value = None
        self.binds = None
        self.heap = None
        self.out = None
        self.res = None      # where to go on afterwards, if that is not the parent
        self.seen = None     # the values of its children, where they may have been changed
        self.own = None      # the closure, on the body of a function; True on another first activation in a frame
        self.inner = None    # the frame of a comprehension's variables
        self.made = None     # the number of the generator object that it made
        self.shown = None    # how the prompt would write its value down
        self.fills = None    # on the body of a generator: the number of the generator object
        self.over = None     # generator objects that came to their end because it asked for more


class Frame:
    """A scope that holds names."""

    __slots__ = ("number", "outer", "scope", "depth", "stack", "res", "suspended", "at", "comprehension", "made",
                 "delegating", "through", "leaving")

    def __init__(self, number, outer, scope, depth):
        self.number = number
        self.outer = outer
        self.scope = scope
        self.depth = depth
        self.stack = []
        self.res = None
        self.suspended = False
        self.at = None
        self.comprehension = False
        self.made = None
        self.delegating = None
        self.through = None    # the `yield from` that gives on what this gives
        self.leaving = False   # a jump may be on its way out of a `with`


class Limits:
    def __init__(self, acts=200_000, out=1_000_000, text=50_000_000):
        self.acts = acts
        self.out = out
        self.text = text


class Runtime:
    """The record of one run, and the probes that write it."""

    def __init__(self, plan, spans, limits, stop):
        """`stop` is called with the reason when a limit is reached; it does not come back."""
        self.nodes = []
        self.printed = []
        self.length = 0
        self.limits = limits
        self.stop = stop
        self.objects = Objects(limits.text, stop)
        self.depth_limit = sys.getrecursionlimit()
        self.probes = self.make_probes(plan, spans)

    def make_probes(self, plan, spans):
        nodes = self.nodes
        objects = self.objects
        limit = self.limits.acts
        encode = objects.value
        look = objects.look
        shown = Shown().text
        stop = self.stop
        getframe = sys._getframe
        exc_info = sys.exc_info
        parents = []
        for row in spans:
            parent = row[2]
            while parent >= 0 and spans[parent][3] == "part":
                parent = spans[parent][2]
            parents.append(parent)
        frames = {}
        generators = {}
        known = set()    # generator objects whose maker was seen
        makers = {}
        names_in = plan.names_in
        names_out = plan.names_out
        gone = plan.gone
        gone_after = plan.gone_after
        withs = plan.withs
        function_type = types.FunctionType
        watched = plan.watched
        builtin_type = types.BuiltinFunctionType
        module_type = types.ModuleType
        harmless = {list, dict, set, tuple, str, int, float, bool, bytes, frozenset, range, type(None), function_type}
        method_type = types.MethodType
        generator_type = types.GeneratorType
        cur = None
        counter = 0

        def add(span, parent, frame):
            node = Node(span, parent, frame)
            node.index = len(nodes)
            nodes.append(node)
            return node

        # ---------------------------------------------------------- names

        def holder(frame, mode):
            """The number of the frame that holds a name: mode 0 own, 1 the program's, else the scope's span."""
            if mode == 0:
                return frame.number
            if mode == 1:
                return 0
            if mode == "out":
                while frame.comprehension:
                    frame = frame.outer
                return frame.number
            while frame is not None and (frame.comprehension or frame.scope != mode):
                frame = frame.outer
            return frame.number if frame is not None else 0

        def bind(node, when, names, values):
            if node.binds is None:
                node.binds = []
            frame = node.frame
            for (name, mode), v in zip(names, values):
                node.binds.append([when, name, encode(v, node), holder(frame, mode)])

        def new_function(function, node):
            makers[id(function)] = node.frame

        objects.new_function = new_function

        # ---------------------------------------------------------- statements

        def reach(frame, span):
            """Takes what was left open from the stack, down to the activation of a span."""
            stack = frame.stack
            top = stack[-1]
            while top.span != span:
                if top.end == OPEN:
                    top.end = LEFT
                stack.pop()
                top = stack[-1]
            return top

        def begin(span, *values):
            nonlocal cur
            frame = frames[id(getframe(1))]
            if frame.suspended:
                frame.suspended = False
                frame.res = cur
            parent = reach(frame, parents[span])
            node = Node(span, parent, frame)
            node.index = len(nodes)
            nodes.append(node)
            if node.index > limit:
                stop("too many activations")
            frame.stack.append(node)
            if values:
                bind(node, "entry", names_in[span], values)
            if span in gone_after:
                node.binds.append(["exit", *gone_after[span], GONE, node.binds[-1][3]])
            cur = node

        def begin_watched(span):
            nonlocal cur
            frame = frames[id(getframe(1))]
            if frame.suspended:
                frame.suspended = False
                frame.res = cur
            node = add(span, reach(frame, parents[span]), frame)
            node.seen = []
            frame.stack.append(node)
            cur = node

        def finish(span, *values):
            nonlocal cur
            frame = frames[id(getframe(1))]
            node = reach(frame, span)
            stack = frame.stack
            stack.pop()
            node.end = NORMAL
            if values:
                bind(node, "exit", names_out[span], values)
                if len(values) == 1:
                    look(values[0], node)
            if span in gone:
                if node.binds is None:
                    node.binds = []
                for name, mode in gone[span]:
                    node.binds.append(["exit", name, GONE, holder(frame, mode)])
            if node.seen is not None:
                for v in node.seen:
                    look(v, node)
                node.seen = None
            cur = stack[-1] if stack else frame.res

        def text(statement, expression, v):
            """A statement that is only a text, which stays where it is."""
            frame = frames[id(getframe(1))]
            node = add(statement, reach(frame, parents[statement]), frame)
            node.end = NORMAL
            leaf = add(expression, node, frame)
            leaf.end = NORMAL
            leaf.value = encode(v, leaf)

        def past(statement):
            """A statement that has to stay at the head of the program."""
            node = add(statement, cur, cur.frame)
            node.end = NORMAL

        def jump(span, target):
            """break and continue."""
            nonlocal cur
            frame = frames[id(getframe(1))]
            node = add(span, reach(frame, parents[span]), frame)
            node.end = LEFT
            cur = node
            if target is not None:
                cur = reach(frame, target)
            else:
                go_to_with(frame, node)

        def result(v):
            """The value of a return statement."""
            nonlocal cur
            frame = frames[id(getframe(1))]
            node = frame.stack[-1]
            node.value = encode(v, node)
            node.end = LEFT
            go_to_with(frame, node)
            return v

        def go_to_with(frame, node):
            """What a jump leaves on its way runs inside the innermost `with`."""
            nonlocal cur
            for outer in reversed(frame.stack):
                if outer.span in withs:
                    frame.leaving = True
                    cur = outer
                    return

        def left(span):
            """A `with`, or the end of a `try`, is over: a jump out of it may go on to a `with` around."""
            nonlocal cur
            frame = frames[id(getframe(1))]
            if not frame.leaving:
                return
            stack = frame.stack
            i = len(stack) - 1
            while i >= 0 and stack[i].span != span:
                i -= 1
            for outer in reversed(stack[:max(i, 0)]):
                if outer.span in withs:
                    cur = outer
                    return

        def note(span):
            """An error passes through: marks all that is open in this frame, down to a block."""
            nonlocal cur
            error = exc_info()[1]
            if type(error) is MemoryError:
                stop("too much memory")
            frame = frames[id(getframe(1))]
            frame.leaving = False
            stack = frame.stack
            top = stack[-1]
            end = RAISED
            node = cur
            if frame.suspended:
                node = frame.at
                frame.suspended = False
                frame.res = cur
                if type(error) is GeneratorExit:
                    end = SUSPENDED
            path = []
            while node is not None and node is not top:
                path.append(node)
                node = node.res if node.res is not None else node.parent
            if node is None:
                path = []
            value = encode(error, path[0] if path else top)
            for node in path:
                abandon(node, end, value)
            while stack:
                node = stack.pop()
                abandon(node, end, value)
                if node.span == span:
                    break
            cur = stack[-1] if stack else frame.res

        def abandon(node, end, value):
            if node.end == OPEN:
                node.end = end
                node.value = value
                if node.seen is not None:
                    for v in node.seen:
                        look(v, node)
                    node.seen = None

        # ---------------------------------------------------------- frames

        def callee(code, call):
            """The function whose body begins: several may share the code."""
            sharing = objects.functions.get(code)
            if not sharing:
                return None
            if len(sharing) == 1:
                return sharing[0]
            for v in call.seen or ():
                if type(v) is method_type:
                    v = v.__func__
                if type(v) is function_type and v.__code__ is code:
                    return v
            f = getframe(2)
            local = f.f_locals
            for function in reversed(sharing):
                cells = function.__closure__ or ()
                if all(same_cell(cell, local, name) for cell, name in zip(cells, code.co_freevars)):
                    return function
            return sharing[-1]

        def same_cell(cell, local, name):
            try:
                return cell.cell_contents is local.get(name)
            except ValueError:
                return name not in local

        def enter(span, parent, f, function):
            nonlocal counter
            if parent is None:
                frame = Frame(0, None, span, 0)
            else:
                counter += 1
                outer = makers.get(id(function)) if function is not None else parent.frame
                frame = Frame(counter, outer, span, cur.frame.depth + 1)
                if frame.depth > self.depth_limit - 2:
                    raise RecursionError("maximum recursion depth exceeded")
            frame.res = cur
            node = add(span, parent, frame)
            node.own = function if function is not None else True
            frame.stack.append(node)
            if node.index > limit:
                stop("too many activations")
            return node

        def program(span):
            nonlocal cur
            f = getframe(1)
            node = enter(span, None, f, None)
            frames[id(f)] = node.frame
            node.own = None
            cur = node

        def body(span, *values):
            """The body of a function begins."""
            nonlocal cur
            f = getframe(1)
            code = f.f_code
            parent = cur
            made = generators.pop(id(f), None) if code.co_flags & 0x20 else None
            if made is not None:
                parent = made
            node = enter(span, parent, f, callee(code, parent))
            node.frame.made = node.fills = made.made if made is not None else None
            frames[id(f)] = node.frame
            if values:
                bind(node, "entry", names_in[span], values)
            cur = node

        def class_body(span):
            nonlocal cur
            f = getframe(1)
            node = enter(span, cur, f, None)
            frames[id(f)] = node.frame
            objects.class_frames[f.f_locals["__qualname__"]] = node.frame.number
            cur = node

        def leave():
            """The body of a function ends, in whatever way."""
            nonlocal cur
            frame = frames.pop(id(getframe(1)))
            for node in frame.stack:
                if node.end == OPEN:
                    node.end = LEFT
            if frame.suspended:
                frame.res = cur
            cur = frame.res
            if frame.made is not None and not frame.suspended:
                if cur.over is None:
                    cur.over = []
                cur.over.append(frame.made)

        def lambda_body(span, *values):
            nonlocal cur
            res = cur
            f = getframe(1)
            node = enter(span, cur, f, callee(f.f_code, cur))
            node.res = res
            if span in watched:
                node.seen = []
            if values:
                bind(node, "entry", names_in[span], values)
            cur = node
            return node

        def made(function):
            """A function on its way to its decorators: what made it is told by contents that are none."""
            written = encode(function, cur)
            if "object" in written:
                objects.change(cur, written["object"], 0, 0, [])
            return function

        # ---------------------------------------------------------- expressions

        def e(span):
            nonlocal cur
            node = Node(span, cur, cur.frame)
            node.index = len(nodes)
            nodes.append(node)
            cur = node
            return node

        def e_watched(span):
            nonlocal cur
            node = Node(span, cur, cur.frame)
            node.index = len(nodes)
            nodes.append(node)
            node.seen = []
            cur = node
            return node

        def e_again(span, loop):
            """The test of a loop: first marks what a jump left open in the loop."""
            nonlocal cur
            frame = frames[id(getframe(1))]
            if frame.suspended:
                frame.suspended = False
                frame.res = cur
            cur = reach(frame, loop)
            if len(nodes) > limit:
                stop("too many activations")
            node = e(span)
            if span in watched:
                node.seen = []
            return node

        def e_bound(span, *values):
            """An expression before which names got values (the guard of a case)."""
            nonlocal cur
            node = e(span)
            if span in watched:
                node.seen = []
            bind(node, "entry", names_in[span], values)
            return node

        def e_inner(span, *values):
            """An expression in a comprehension."""
            nonlocal cur, counter
            parent = cur
            node = e(span)
            inside(node, parent, span, values)
            return node

        def inside(node, parent, span, values):
            nonlocal counter
            if parent.inner is None:
                counter += 1
                parent.inner = Frame(counter, parent.frame, None, parent.frame.depth + 1)
                parent.inner.comprehension = True
            node.frame = parent.inner
            node.own = True
            if span in watched:
                node.seen = []
            if node.index > limit:
                stop("too many activations")
            if values:
                bind(node, "entry", names_in[span], values)

        def e_late(parent, span, *values):
            """An expression in a generator expression."""
            nonlocal cur
            node = add(span, parent, None)
            node.res = cur
            inside(node, parent, span, values)
            parent.inner.at = cur = node
            return node

        def x(node, v):
            nonlocal cur
            node.value = encode(v, node)
            node.end = NORMAL
            node.shown = shown(v)
            if node.res is not None:
                cur = node.res
                return v
            cur = parent = node.parent
            if parent.seen is not None:
                parent.seen.append(v)
            return v

        def x_watched(node, v):
            """A call."""
            x(node, v)
            look_at_call(node)
            if type(v) is generator_type and v.gi_frame is not None and not is_elsewhere(v) and node.value["object"] not in known:
                node.made = node.value["object"]
                known.add(node.made)
                generators[id(v.gi_frame)] = node
            return v

        def look_at_call(node):
            """Looks at what a call may have changed, were it not seen to change inside."""
            seen = node.seen
            node.seen = None
            if not seen:
                return
            function = seen[0]
            kind = type(function)
            if kind is function_type:
                if function.__code__ in objects.functions:
                    return
            elif kind is builtin_type:
                owner = function.__self__
                if owner is builtins:
                    look_at_strange(seen, node)
                    return
                if not isinstance(owner, module_type):
                    look(owner, node)
                    look_at_strange(seen, node)
                    return
            elif kind is type and function.__module__ == "builtins":
                look_at_strange(seen, node)
                return
            for v in seen:
                look(v, node)

        def look_at_strange(seen, node):
            """Builtin functions leave plain containers among their arguments alone."""
            for i in range(1, len(seen)):
                if type(seen[i]) not in harmless:
                    look(seen[i], node)

        def x_item(node, v):
            """A subscript: reading changes nothing, but in unusual containers."""
            x(node, v)
            if type(node.seen[0]) not in harmless:
                look(node.seen[0], node)
            node.seen = None
            return v

        def grows(node, v):
            """A generator expression gives an element."""
            grow(node.made, node.inner.at, v)
            pass_on(node.inner, node.inner.at, v)
            return v

        def x_name(node, v):
            """`(name := value)`"""
            x(node, v)
            bind(node, "exit", names_out[node.span], (v,))
            return v

        def constant(span, v):
            node = Node(span, cur, cur.frame)
            node.index = len(nodes)
            nodes.append(node)
            node.value = encode(v, node)
            node.end = NORMAL
            node.shown = shown(v)
            if cur.seen is not None:
                cur.seen.append(v)
            return v

        def free(span, v):
            """Free text of a formatted literal; the literal itself has it, too."""
            constant(span, v)
            return ""

        def second(_shown, v):
            return v

        def generator(make, node, iterable):
            """A generator expression."""
            v = make(node, iterable)
            x(node, v)
            node.made = node.value["object"]
            known.add(node.made)
            return v

        # ---------------------------------------------------------- generators

        grown = {}

        def grow(number, node, v):
            if number is not None:
                count = grown.get(number, 0)
                grown[number] = count + 1
                objects.change(node, number, count, 0, [v])

        def give(v):
            """A generator is about to give a value and to sleep."""
            nonlocal cur
            frame = frames.get(id(getframe(1)))
            if frame is None:
                return v
            node = cur
            grow(frame.made, node, v)
            frame.suspended = True
            frame.at = node
            cur = frame.res
            pass_on(frame, node, v)
            return v

        def pass_on(frame, node, v):
            """What gets a value by `yield from` gives it on, and sleeps too. Asked again, it sleeps on, and gives on what comes."""
            nonlocal cur
            while True:
                if cur.frame.delegating is cur:
                    frame.through = cur
                    cur.frame.suspended = True
                    cur.frame.at = cur
                    cur = cur.frame.res
                if frame.through is None:
                    return
                frame = frame.through.frame
                grow(frame.made, node, v)

        def wake(node, v):
            """It goes on."""
            nonlocal cur
            frame = frames.get(id(getframe(1)))
            if frame is not None and frame.suspended:
                frame.suspended = False
                frame.res = cur
            return x(node, v)

        def delegate(v):
            """`yield from`"""
            frame = frames.get(id(getframe(1)))
            if frame is None or hasattr(v, "send"):
                if frame is not None:
                    frame.delegating = cur
                return v
            return one_by_one(v, frame, cur)

        def one_by_one(values, frame, node):
            """Nothing is seen to run for all but the first: they are told of by what asks for them."""
            nonlocal cur
            teller = node
            for v in values:
                grow(frame.made, teller, v)
                frame.suspended = True
                frame.at = node
                cur = frame.res
                pass_on(frame, teller, v)
                yield v
                frame.suspended = False
                frame.res = teller = cur
                cur = node

        def wake_from(node, v):
            frame = frames.get(id(getframe(1)))
            if frame is not None:
                frame.delegating = None
                if frame.suspended:
                    frame.suspended = False
                    frame.res = cur
            return x(node, v)

        def show(text):
            node = cur
            node.out = text if node.out is None else node.out + text
            self.printed.append(text)
            self.length += len(text)
            if self.length > self.limits.out:
                stop("too much output")

        self.show = show
        probes = (begin, begin_watched, finish, text, past, jump, result, left, note, program, body, class_body, leave,
                  lambda_body, made, e, e_watched, e_again, e_bound, e_inner, e_late, x, x_watched, x_item, x_name,
                  grows, constant, free, second, generator, give, wake, delegate, wake_from)
        return {MARK + probe.__name__: probe for probe in probes}
