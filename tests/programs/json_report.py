# json there and back, copy, pprint: nested data.
import copy
import json
from pprint import pformat

ORDERS = """
[
  {"id": 1, "customer": "Ann", "items": [{"sku": "A1", "n": 2, "price": 9.5}, {"sku": "B2", "n": 1, "price": 20}]},
  {"id": 2, "customer": "Bob", "items": [], "note": null},
  {"id": 3, "customer": "Ann", "items": [{"sku": "A1", "n": 1, "price": 9.5}], "paid": true, "tags": ["x", "\\u00e9"]}
]
"""


def total(order):
    return sum(item["n"] * item["price"] for item in order["items"])


def walk(value, path="$"):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from walk(inner, f"{path}[{i}]")
    else:
        yield path, value


orders = json.loads(ORDERS)
for order in orders:
    print(order["id"], order["customer"], total(order), order.get("paid", False), order.get("note", "-"))
by_customer = {}
for order in orders:
    by_customer[order["customer"]] = by_customer.get(order["customer"], 0) + total(order)
print(json.dumps(by_customer), json.dumps(by_customer, indent=2, sort_keys=True))
print(json.dumps([1, 2.5, "quote\"", None, True, {"k": (1, 2)}], separators=(",", ":")))
print(json.dumps("é"), json.dumps("é", ensure_ascii=False), json.loads('"\\n\\t"') == "\n\t", json.loads("1e3"))
for path, value in walk(orders[2]):
    print(path, "=", repr(value))

shallow = copy.copy(orders)
deep = copy.deepcopy(orders)
orders[0]["customer"] = "Zoe"
print(shallow[0]["customer"], deep[0]["customer"], shallow is orders, shallow[1] is orders[1], deep[1] == orders[1])
print(pformat({"b": list(range(12)), "a": {"long key number one": "some text", "long key number two": "more text"}}, width=50))
for broken in ('{"a": 1,}', "[1, 2", "nothing"):
    try:
        json.loads(broken)
    except json.JSONDecodeError as error:
        print("broken:", error.msg, error.pos)
print(json.loads(json.dumps(deep)) == deep, json.loads('{"a": 1, "a": 2}'))
json.dumps({1, 2})
