"""Values as the trace writes them, and the objects among them.

Nothing here may run a line of the program that is watched: no method of one of its classes is called, no iterator is
moved, nothing is compared with `==`."""

import inspect
import sys
import types
import weakref
from collections import OrderedDict, deque
from contextlib import suppress
from operator import is_

from .iterators import ENDLESS, ITERATORS, LAZY, LONGEST, PARTED, left, parts

GONE = {"gone": True}
MAIN = "__main__"


def is_named(v):
    """Whether a module has it under its own name: `typing.List`."""
    module, name = getattr(v, "__module__", None), getattr(v, "__name__", None)
    if not isinstance(module, str) or not isinstance(name, str) or module == MAIN:
        return False
    return getattr(sys.modules.get(module), name, None) is v


def is_elsewhere(generator):
    """Whether what it runs is none of the program's."""
    return generator.gi_frame is not None and generator.gi_frame.f_globals.get("__name__") != MAIN


class Objects:
    """Numbers for the things that have identity, and what each of them held when last looked at."""

    def __init__(self, limit, stop):
        self.rows = []
        self.numbers = {}
        self.kept = []
        self.held = {}
        self.limit = limit
        self.stop = stop
        self.text = 0
        self.functions = {}
        self.class_frames = {}     # the frame of the latest class body of each name
        self.namespace = None      # the program's own names, which are no object of its making
        self.new_function = lambda function, node: None
        self.table = self.make_table()

    # ------------------------------------------------------------------ values

    def value(self, v, node):
        """The value as JSON; contents of objects not seen before go to the node's heap changes."""
        kind = type(v)
        if v is None or kind is bool:
            return v
        if kind is int:
            return v if -0x8000000000000000 <= v <= 0x7fffffffffffffff else {"int": digits(v)}
        if kind is str:
            return self.string(v)
        write = self.table.get(kind)
        if write is not None:
            return write(v, node)
        return self.other(v, kind, node)

    def string(self, v):
        if len(v) > 64:
            self.text += len(v)
            if self.text > self.limit:
                self.stop("too much text")
        if not v.isascii() and has_surrogate(v):
            return {"class": "str", "seq": [ord(c) for c in v]}
        return v

    def make_table(self):
        table = {
            float: lambda v, n: {"float": repr(v)},
            bytes: lambda v, n: {"bytes": v.hex()},
            complex: lambda v, n: {"class": "complex", "record": {"real": {"float": repr(v.real)},
                                                                  "imag": {"float": repr(v.imag)}}},
            tuple: lambda v, n: self.sequence("tuple", v, v, n),
            range: lambda v, n: self.sequence("range", v, v, n),
            frozenset: lambda v, n: {"class": "frozenset", "set": [self.value(x, n) for x in v]},
            slice: lambda v, n: self.sequence("slice", v, (v.start, v.stop, v.step), n),
            list: lambda v, n: self.object(v, "list", "seq", n),
            dict: lambda v, n: self.object(v, "dict", "map", n),
            set: lambda v, n: self.object(v, "set", "set", n),
            bytearray: lambda v, n: self.object(v, "bytearray", "seq", n),
            deque: lambda v, n: self.object(v, "deque", "seq", n),
            type(Ellipsis): lambda v, n: {"atom": "Ellipsis"},
            type(NotImplemented): lambda v, n: {"atom": "NotImplemented"},
            types.ModuleType: lambda v, n: {"atom": v.__name__},
            types.BuiltinFunctionType: self.builtin,
            types.MethodDescriptorType: self.descriptor,
            types.WrapperDescriptorType: self.descriptor,
            types.ClassMethodDescriptorType: self.descriptor,
            types.GetSetDescriptorType: self.descriptor,
            types.MemberDescriptorType: self.descriptor,
            types.MethodWrapperType: self.bound,
            types.FunctionType: self.function,
            types.MethodType: self.method,
            types.GeneratorType: self.generator,
            type({}.keys()): lambda v, n: self.sequence("dict_keys", v, v, n),
            type({}.values()): lambda v, n: self.sequence("dict_values", v, v, n),
            type({}.items()): lambda v, n: self.sequence("dict_items", v, v, n),
            type(OrderedDict().keys()): lambda v, n: self.sequence("odict_keys", v, v, n),
            type(OrderedDict().values()): lambda v, n: self.sequence("odict_values", v, v, n),
            type(OrderedDict().items()): lambda v, n: self.sequence("odict_items", v, v, n),
            super: lambda v, n: self.sequence("super", v, (v.__thisclass__, v.__self__), n),
            suppress: lambda v, n: self.sequence("suppress", v, v._exceptions, n),
            property: lambda v, n: self.sequence("property", v, (v.fget, v.fset, v.fdel), n),
            staticmethod: lambda v, n: self.sequence("staticmethod", v, (v.__func__,), n),
            classmethod: lambda v, n: self.sequence("classmethod", v, (v.__func__,), n),
        }
        for kind in ITERATORS:
            table[kind] = self.iterator
        for kind in PARTED | ENDLESS:
            table[kind] = self.parted
        return table

    def sequence(self, name, v, items, node):
        if len(items) > LONGEST:
            return self.object(v, name, "opaque", node)
        return {"class": name, "seq": [self.value(x, node) for x in items]}

    def iterator(self, v, node):
        items = left(v)
        if items is not None:
            return {"class": type(v).__name__, "seq": [self.value(x, node) for x in items]}
        held = parts(v)
        if held is not None:
            return {"class": f"lazy {type(v).__name__}", "seq": [self.value(x, node) for x in held]}
        return self.object(v, type(v).__name__, "opaque", node)

    def parted(self, v, node):
        """What is told by what it was made of: `map` is its function, and what is left of each iterable."""
        held = parts(v)
        if held is None:
            return self.object(v, type(v).__name__, "opaque", node)
        return {"class": type(v).__name__, "seq": [self.value(x, node) for x in held]}

    def builtin(self, v, node):
        owner = v.__self__
        if owner is None or isinstance(owner, types.ModuleType):
            module = v.__module__
            return {"atom": v.__qualname__ if module in ("builtins", None) else f"{module}.{v.__qualname__}"}
        return {"atom": v.__qualname__, "self": self.value(owner, node)}

    def descriptor(self, v, _node):
        return {"atom": f"{v.__objclass__.__name__}.{v.__name__}"}

    def bound(self, v, node):
        owner = type(v.__self__) if type(v.__self__).__module__ != MAIN else v.__objclass__
        return {"atom": f"{owner.__name__}.{v.__name__}", "self": self.value(v.__self__, node)}

    def function(self, v, node):
        if v.__globals__.get("__name__") != MAIN:
            return {"atom": f"{v.__module__}.{v.__qualname__}"}
        if id(v) not in self.numbers:
            self.functions.setdefault(v.__code__, []).append(v)
            self.new_function(v, node)
        return self.object(v, "function", "closure", node)

    def method(self, v, node):
        function = self.value(v.__func__, node)
        if type(function) is dict and "object" in function and len(function) == 1:
            return {**function, "self": self.value(v.__self__, node)}
        return {"class": "method", "seq": [function, self.value(v.__self__, node)]}

    def generator(self, v, node):
        """Not kept alive: its end is an event of the program. What a module's generator gives is none: it is told by what it was
        made of, until it is begun."""
        if is_elsewhere(v):
            if v.gi_suspended or v.gi_running:
                return self.object(v, v.__name__, "opaque", node)
            code = v.gi_code
            several = sum(code.co_flags & flag != 0 for flag in (inspect.CO_VARARGS, inspect.CO_VARKEYWORDS))
            operands = code.co_varnames[:code.co_argcount + code.co_kwonlyargcount + several]
            return {"class": f"lazy {v.__name__}", "seq": [self.value(v.gi_frame.f_locals[name], node) for name in operands]}
        key = id(v)
        number = self.numbers.get(key)
        if number is None:
            number = self.add(key, "generator", "seq")
            numbers = self.numbers
            self.kept.append(weakref.ref(v, lambda _: numbers.pop(key, None)))
        return {"object": number}

    def other(self, v, kind, node):
        if isinstance(v, type):
            if v.__module__ == MAIN:
                frame = self.class_frames.get(v.__qualname__)
                # What a function made (`namedtuple`) has what no text of the program says.
                if frame is None:
                    return self.object(v, kind.__name__, "opaque", node)
                return self.record(v, kind.__name__, v.__mro__[1:], node, frame)
            return {"atom": v.__qualname__ if v.__module__ == "builtins" else f"{v.__module__}.{v.__qualname__}"}
        if isinstance(v, BaseException):
            if kind.__module__ == MAIN:
                return self.record(v, "exception", kind.__mro__, node)
            return self.error(v, kind, node)
        name = kind.__name__
        for base, shape in ((list, "seq"), (dict, "map"), (set, "set"), (deque, "seq"), (bytearray, "seq")):
            if isinstance(v, base):
                return self.object(v, name, shape, node)
        if isinstance(v, tuple):
            return {"class": name, "seq": [self.value(x, node) for x in tuple.__iter__(v)]}
        if isinstance(v, frozenset):
            return {"class": name, "set": [self.value(x, node) for x in frozenset.__iter__(v)]}
        if isinstance(v, types.ModuleType):
            return {"atom": name}
        if any(b.__module__ == MAIN for b in kind.__mro__):
            return self.record(v, "object", kind.__mro__, node)
        if kind is types.SimpleNamespace:
            return self.object(v, name, "record", node)
        if is_named(v):
            return {"atom": f"{v.__module__}.{v.__name__}"}
        return self.object(v, name, "opaque", node)

    def error(self, v, kind, node):
        record = {"text": error_text(v)}
        for name, value in v.__dict__.items() if type(v.__dict__) is dict else ():
            if name not in record and name != "__notes__":
                record[name] = self.value(value, node)
        return {"class": kind.__name__, "record": record}

    # ------------------------------------------------------------------ objects

    def add(self, key, name, shape):
        number = self.numbers[key] = len(self.rows)
        self.rows.append([name, shape])
        return number

    def object(self, v, name, shape, node):
        key = id(v)
        number = self.numbers.get(key)
        if number is None:
            if v is self.namespace:
                shape = "opaque"
            number = self.add(key, name, shape)
            self.kept.append(v)
            if shape in LISTERS:
                items = LISTERS[shape](v)
                if items:
                    self.held[key] = (v, shape, items)
                    self.change(node, number, 0, 0, items)
                else:
                    self.held[key] = (v, shape, items)
        return {"object": number}

    def record(self, v, name, delegates, node, frame=None):
        """Something that takes what it lacks from others; `object`, which all end with, goes without saying."""
        number = self.numbers.get(id(v))
        if number is None:
            number = self.add(id(v), name, "record")
            self.kept.append(v)
            self.rows[number].append([self.value(d, node) for d in delegates if d is not object])
            if frame is not None:
                self.rows[number].append(frame)
            items = list_record(v)
            self.held[id(v)] = (v, "record", items)
            if items:
                self.change(node, number, 0, 0, items)
        return {"object": number}

    def change(self, node, number, position, removed, items):
        values = [self.value(x, node) for x in items]
        if node.heap is None:
            node.heap = []
        node.heap.append([number, position, removed, values])

    def look(self, v, node):
        """Writes down how an object changed since it was last looked at."""
        held = self.held.get(id(v))
        if held is None:
            if type(v) not in PLAIN:
                self.look_through(v, node)
            return
        _, shape, old = held
        new = LISTERS[shape](v)
        if len(old) == len(new) and all(map(is_, old, new)):
            return
        self.held[id(v)] = (v, shape, new)
        step = 2 if shape in ("map", "record") else 1
        first = 0
        shortest = min(len(old), len(new))
        while first < shortest and alike(old[first], new[first]):
            first += 1
        first -= first % step
        last = 0
        while last < shortest - first and alike(old[-1 - last], new[-1 - last]):
            last += 1
        last -= last % step
        removed = len(old) - first - last
        inserted = new[first:len(new) - last]
        if removed or inserted:
            self.change(node, self.numbers[id(v)], first // step, removed // step, inserted)

    def look_through(self, v, node):
        """Objects that can be changed by way of a value that is none itself."""
        kind = type(v)
        if kind is tuple:
            if len(v) < 64:
                for x in v:
                    self.look(x, node)
        elif kind is types.BuiltinFunctionType or kind is types.MethodWrapperType or kind is types.MethodType:
            self.look(v.__self__, node)
        elif kind in PARTED or kind in LAZY:
            for x in parts(v) or ():
                self.look(x, node)

    def look_at_all(self, node):
        for v, _, _ in list(self.held.values()):
            self.look(v, node)


PLAIN = {int, str, float, bool, type(None), bytes, range}


def alike(a, b):
    if a is b:
        return True
    kind = type(a)
    return kind is type(b) and (kind is int or kind is str or kind is bytes) and a == b


def list_seq(v):
    kind = type(v)
    if kind is list:
        return v[:]
    for base in (list, deque, bytearray):
        if isinstance(v, base):
            return list(base.__iter__(v))
    return []


def list_set(v):
    return list(set.__iter__(v))


def list_map(v):
    base = OrderedDict if isinstance(v, OrderedDict) else dict
    items = []
    for key, value in base.items(v):
        items.append(key)
        items.append(value)
    return items


HIDDEN = {"__module__", "__dict__", "__weakref__", "__qualname__", "__doc__", "__slots__", "__match_args__",
          "__dataclass_fields__", "__dataclass_params__", "__abstractmethods__", "_abc_impl", "__annotations__"}


def list_record(v):
    if isinstance(v, type):
        items = ["__name__", v.__name__]
        for name, value in type.__getattribute__(v, "__dict__").items():
            if name not in HIDDEN and not (name in ("__hash__",) and value is None):
                items.append(name)
                items.append(value)
        return items
    kind = type(v)
    items = ["text", error_text(v)] if isinstance(v, BaseException) else []
    for base in kind.__mro__:
        slots = base.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            member = base.__dict__.get(name)
            if isinstance(member, types.MemberDescriptorType):
                try:
                    value = member.__get__(v)
                except AttributeError:
                    continue
                items.append(name)
                items.append(value)
    try:
        fields = object.__getattribute__(v, "__dict__")
    except AttributeError:
        return items
    if type(fields) is dict:
        for name, value in fields.items():
            items.append(name)
            items.append(value)
    return items


LISTERS = {"seq": list_seq, "set": list_set, "map": list_map, "record": list_record}


def has_surrogate(text):
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def digits(v):
    """A whole number in decimals, however long."""
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        return str(v)
    finally:
        sys.set_int_max_str_digits(limit)


def error_text(error):
    """str(error), unless that would run the program's own code."""
    for base in type(error).__mro__:
        if base.__module__ != MAIN and "__str__" in base.__dict__:
            break
        if "__str__" in base.__dict__:
            return ""
    if not all(is_plain(a, 3) for a in error.args):
        return ""
    try:
        text = base.__str__(error)
    except Exception:
        return ""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def is_plain(v, depth):
    """Does nothing of the program run when this is printed?"""
    kind = type(v)
    if kind.__module__ == MAIN:
        return False
    if kind in (list, tuple, set, frozenset):
        return depth > 0 and len(v) < 1000 and all(is_plain(x, depth - 1) for x in v)
    if kind is dict:
        return depth > 0 and len(v) < 1000 and all(is_plain(x, depth - 1) for pair in v.items() for x in pair)
    return True
