# Bytes, codes of characters, and simple checksums.

greeting = "Grüße"
raw = greeting.encode("utf-8")
print(raw, len(greeting), len(raw), raw.decode("utf-8") == greeting)
print([hex(b) for b in raw], raw[0], raw[1:3], list(b"abc"))
print(bytes([72, 105]), bytes(3), b"ab" + b"cd", b"-" * 5, b"b" in b"abc", 98 in b"abc")
print(raw.hex(), bytes.fromhex("4d696d7573").decode())


def to_bits(text):
    return " ".join(f"{byte:08b}" for byte in text.encode("ascii"))


def from_bits(bits):
    return bytes(int(part, 2) for part in bits.split()).decode("ascii")


bits = to_bits("Hi!")
print(bits, from_bits(bits))


def xor(data, key):
    return bytes(b ^ key[i % len(key)] for i, b in enumerate(data))


secret = xor(b"meet at noon", b"KEY")
print(secret.hex(), xor(secret, b"KEY"))


def checksum(data):
    low, high = 1, 0
    for byte in data:
        low = (low + byte) % 65521
        high = (high + low) % 65521
    return high << 16 | low


for data in (b"", b"a", b"message", bytes(range(256))):
    print(f"{len(data):3} {checksum(data):#010x}")

SYMBOLS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def base64(data):
    out = ""
    for start in range(0, len(data), 3):
        group = data[start:start + 3]
        number = int.from_bytes(group + bytes(3 - len(group)), "big")
        part = "".join(SYMBOLS[number >> shift & 63] for shift in (18, 12, 6, 0))
        out += part[:len(group) + 1] + "=" * (3 - len(group))
    return out


for text in ("", "M", "Mi", "Mim", "Mimus sings"):
    print(repr(text), base64(text.encode()))

buffer = bytearray(b"hello")
buffer[0] = ord("J")
buffer.append(33)
buffer.extend(b"??")
print(buffer, bytes(buffer), buffer.decode().upper())
print((1000).to_bytes(2, "big"), int.from_bytes(b"\x03\xe8", "little"))
print(ord("A"), chr(8364), "\u20ac" == chr(0x20AC), "tab\there", r"raw\n", 'quote"s', "it's")
try:
    b"\xff".decode("utf-8")
except UnicodeDecodeError as error:
    print(type(error).__name__, error.reason)
try:
    bytes([256])
except ValueError as error:
    print(error)
