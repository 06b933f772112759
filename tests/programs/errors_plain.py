# Errors that are raised, caught, passed on and cleaned up after.

log = []


def risky(kind):
    log.append("enter " + kind)
    try:
        if kind == "zero":
            return 1 / 0
        elif kind == "index":
            return [1, 2][7]
        elif kind == "key":
            return {"a": 1}["b"]
        elif kind == "type":
            return "2" + 2
        elif kind == "value":
            return int("twelve")
        elif kind == "name":
            return undefined_thing
        elif kind == "attribute":
            return (5).upper()
        elif kind == "unpack":
            a, b = [1, 2, 3]
        elif kind == "assert":
            assert kind == "fine", "it was not fine"
        return "nothing happened"
    finally:
        log.append("leave " + kind)


for kind in ["zero", "index", "key", "type", "value", "name", "attribute", "unpack", "assert", "fine"]:
    try:
        print(kind, "->", risky(kind))
    except (ZeroDivisionError, ValueError) as error:
        print(kind, "gave", type(error).__name__, "-", error)
    except LookupError as error:
        print(kind, "could not be found:", repr(error))
    except Exception as error:
        print(kind, "raised", repr(error), error.args)
    else:
        log.append("else")
print(len(log), log[-3:])


def order():
    for i in range(4):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            yield_value = i * 10
        finally:
            print("finally", i)
        print("after", i, yield_value)
    else:
        print("never printed")


order()


def last_word():
    try:
        return "try"
    finally:
        print("on the way out")


def nested():
    try:
        try:
            raise ValueError("inner")
        except ValueError as error:
            raise KeyError("outer") from error
        finally:
            print("inner finally")
    except KeyError as error:
        return error, error.__cause__


print(last_word())
outer, inner = nested()
print(repr(outer), repr(inner), isinstance(outer, LookupError))


def again(times):
    for attempt in range(1, times + 1):
        try:
            if attempt < 3:
                raise RuntimeError(f"attempt {attempt} failed")
            return f"worked at attempt {attempt}"
        except RuntimeError as error:
            print(error)
            if attempt == times:
                raise


print(again(5))
print(again(2))
