#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The independent side of timestamp_test: python3-opentimestamps writes and reads .ots files; trees by RFC 6962's definition.

timestamps.py write COUNT: that many random files, a line each: the file in hexadecimal and what it attests.
timestamps.py read: for files in hexadecimal on standard input, the same line, written anew.
timestamps.py trees: for 1 to 33 leaves, the root.
"""
import hashlib
import io
import random
import sys
import warnings

warnings.simplefilter("ignore")
from opentimestamps.core import notary, op, serialize, timestamp  # noqa: E402


def grow(random_source, stamp, depth):
    for _ in range(random_source.randint(0, 2)):
        if random_source.random() < 0.5:
            stamp.attestations.add(notary.PendingAttestation(f"https://calendar{random_source.randint(0, 3)}.example/x"))
        else:
            stamp.attestations.add(notary.BitcoinBlockHeaderAttestation(random_source.choice([0, 1, 127, 128, 800000, 2**31])))
    if random_source.random() < 0.1:
        stamp.attestations.add(notary.UnknownAttestation(bytes(random_source.randbytes(8)), random_source.randbytes(random_source.randint(0, 20))))
    branches = random_source.randint(0, 2) if depth < 12 else 0
    if not stamp.attestations and not branches:
        stamp.attestations.add(notary.PendingAttestation("https://calendar.example"))
    for _ in range(branches):
        kinds = [op.OpSHA1, op.OpRIPEMD160, op.OpSHA256, op.OpKECCAK256, op.OpReverse, op.OpHexlify]
        kind = random_source.choice(kinds + [op.OpAppend, op.OpPrepend] * 3)
        step = kind(random_source.randbytes(random_source.randint(1, 200))) if kind in (op.OpAppend, op.OpPrepend) else kind()
        if len(stamp.msg) < 1500:
            grow(random_source, stamp.ops.add(step), depth + 1)
    if not stamp.attestations and not stamp.ops:
        stamp.attestations.add(notary.BitcoinBlockHeaderAttestation(7))


def line_of(detached):
    context = serialize.BytesSerializationContext()
    detached.serialize(context)
    said = sorted(f"{message.hex()}:{getattr(attestation, 'uri', getattr(attestation, 'height', '?'))}" for message, attestation in detached.timestamp.all_attestations())
    return context.getbytes().hex() + " " + ",".join(said)


def tree(leaves):
    """RFC 6962 §2.1, over SHA-256."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + tree(leaves[:split]) + tree(leaves[split:])).digest()


def main(mode, count="0"):
    if mode == "write":
        random_source = random.Random(20261128)
        for _ in range(int(count)):
            detached = timestamp.DetachedTimestampFile(op.OpSHA256(), timestamp.Timestamp(random_source.randbytes(32)))
            grow(random_source, detached.timestamp, 0)
            print(line_of(detached))
    elif mode == "read":
        for line in sys.stdin:
            print(line_of(timestamp.DetachedTimestampFile.deserialize(serialize.StreamDeserializationContext(io.BytesIO(bytes.fromhex(line.strip()))))))
    elif mode == "trees":
        for size in range(1, 34):
            leaves = [hashlib.sha256(b"\x00" + bytes([i]) * 16 + hashlib.sha256(b"leaf %d" % i).digest()).digest() for i in range(size)]
            print(tree(leaves).hex())


if __name__ == "__main__":
    main(*sys.argv[1:])
