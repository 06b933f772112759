# Own exceptions, causes, groups of handlers; ends with one nobody catches.


class ConfigError(Exception):
    """Something is wrong with a setting."""


class MissingKey(ConfigError, KeyError):
    def __str__(self):
        return "missing " + ", ".join(repr(a) for a in self.args)


class BadValue(ConfigError):
    def __init__(self, key, value, *, hint=None):
        self.key, self.value, self.hint = key, value, hint
        super().__init__(f"{key} cannot be {value!r}")


def read(text):
    settings = {}
    for number, line in enumerate(text.split(";"), 1):
        try:
            key, value = line.split("=")
        except ValueError as error:
            raise ConfigError(f"line {number} is no setting: {line!r}") from error
        settings[key.strip()] = value.strip()
    return settings


def port(settings):
    try:
        value = settings["port"]
    except KeyError as error:
        raise MissingKey("port") from error
    try:
        number = int(value)
    except ValueError:
        raise BadValue("port", value, hint="use digits") from None
    if not 0 < number < 65536:
        raise BadValue("port", number)
    return number


def causes(error):
    chain = []
    while error is not None:
        chain.append(type(error).__name__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return " <- ".join(chain)


for text in ["port=80", "host=a; port = 8080", "host=b", "port=eighty", "port=70000", "port"]:
    try:
        print(text, "->", port(read(text)))
    except MissingKey as error:
        print("key:", error, "|", causes(error))
    except BadValue as error:
        print("value:", error, "| hint:", error.hint, "|", causes(error))
    except ConfigError as error:
        print("config:", error, "|", causes(error))

try:
    try:
        {}["a"]
    except KeyError:
        [][0]
except IndexError as error:
    print(causes(error), repr(error.__context__))

error = BadValue("size", -1)
print(error.args, isinstance(error, ConfigError), MissingKey.__mro__[1].__name__)
try:
    raise error
except (MissingKey, BadValue) as same:
    print(same is error)
try:
    same
except NameError:
    print("the name is gone after the handler")


def cleanup(steps):
    done = []
    try:
        for step in steps:
            done.append(step())
    except Exception as error:
        error.add_note("while cleaning")
        done.append(f"{type(error).__name__}: {error.__notes__[0]}")
    else:
        done.append("all fine")
    finally:
        done.append("finished")
    return done


print(cleanup([lambda: 1, lambda: 2]))
print(cleanup([lambda: 1, lambda: 1 // 0, lambda: 3]))
port(read("port=http"))
