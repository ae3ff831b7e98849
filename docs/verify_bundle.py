#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks a proof bundle of an Art DAG server, offline: verify_bundle.py FILE [--block-hash HEX]

A bundle (`GET /activity/N/bundle`, described in docs/formats/anchors.md) says: these bytes were published, and they existed before that
Bitcoin block. This script believes nothing of it. It computes the leaf from the bytes and the salt, climbs to the Merkle root, follows
the OpenTimestamps proof from the bytes to the block's own Merkle root, and hashes the block's header. What is left to you is one question
that needs the world: is this block hash in the Bitcoin chain? Any block explorer tells; give its answer as --block-hash.

Signatures are checked with the `openssl` command. Needs nothing else but Python; with python3-opentimestamps installed, the .ots file is
parsed by that as well. Exit code 0: all that can be checked holds; 1: something does not; 3: it holds, but is not in a block yet.
"""
import argparse
import base64
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
PENDING, BITCOIN = bytes.fromhex("83dfe30d2ef90c8e"), bytes.fromhex("0588960d73d71901")


class Wrong(Exception):
    pass


def sha256(data):
    return hashlib.sha256(data).digest()


def need(condition, words):
    if not condition:
        raise Wrong(words)


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        need(self.at + count <= len(self.data), "the .ots file is cut short")
        self.at += count
        return self.data[self.at - count:self.at]

    def number(self):
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def counted(self):
        return self.take(self.number())


def attestations(reader, message, depth=0):
    """(message, height) of what Bitcoin blocks attest below a message; height None: a calendar's promise."""
    need(depth < 256, "the .ots file is too deep")
    found, more = [], True
    while more:
        tag = reader.take(1)[0]
        more = tag == 0xFF
        if more:
            tag = reader.take(1)[0]
        if tag == 0:
            kind, payload = reader.take(8), reader.counted()
            if kind in (PENDING, BITCOIN):
                found.append((message, Reader(payload).number() if kind == BITCOIN else None))
            continue
        if tag in (0xF0, 0xF1):
            argument = reader.counted()
            result = message + argument if tag == 0xF0 else argument + message
        elif tag in (0x02, 0x03, 0x08):
            result = hashlib.new({0x02: "sha1", 0x03: "ripemd160", 0x08: "sha256"}[tag], message).digest()
        else:
            raise Wrong(f"the .ots file uses operation {tag:#x}, which this script does not know")
        found += attestations(reader, result, depth + 1)
    return found


def read_ots(data, digest):
    reader = Reader(data)
    need(reader.take(len(MAGIC)) == MAGIC and reader.number() == 1 and reader.take(1) == b"\x08", "the .ots file is none, or not about a SHA-256")
    need(reader.take(32) == digest, "the .ots file is about other bytes")
    found = attestations(reader, digest)
    need(reader.at == len(data), "something follows the .ots file's end")
    try:
        from opentimestamps.core import serialize, timestamp
    except ImportError:
        return found
    theirs = timestamp.DetachedTimestampFile.deserialize(serialize.BytesDeserializationContext(data))
    need(theirs.file_digest == digest, "python3-opentimestamps reads another digest")
    ours = sorted((message, height) for message, height in found if height is not None)
    need(ours == sorted((message, a.height) for message, a in theirs.timestamp.all_attestations() if a.TAG == BITCOIN), "python3-opentimestamps reads other attestations")
    print("  python3-opentimestamps reads the same")
    return found


def canonical(value):
    """RFC 8785 for what claims and manifests hold: texts, whole numbers, lists, objects, null."""
    if isinstance(value, dict):
        return "{" + ",".join(json.dumps(name, ensure_ascii=False) + ":" + canonical(value[name]) for name in sorted(value, key=lambda name: name.encode("utf-16-be"))) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    need(not isinstance(value, float), "a signed document has a number that is not whole")
    return json.dumps(value, ensure_ascii=False)


def check_signatures(name, text, prefix, keys):
    document = json.loads(text)
    signatures = document.pop("sig")
    need(signatures, f"the {name} is not signed")
    for signature in signatures:
        need(signature["kid"] in keys, f"the {name} is signed by a key that the bundle lacks: {signature['kid']}")
        value = signature["value"]
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / "key").write_text(keys[signature["kid"]])
            der = subprocess.run(["openssl", "pkey", "-pubin", "-in", folder / "key", "-outform", "DER"], capture_output=True, check=True).stdout
            need("sha3-256:" + hashlib.sha3_256(der).hexdigest() == signature["kid"], f"a key of the {name} is not the one that it is called")
            (folder / "message").write_bytes(prefix + canonical(document).encode())
            (folder / "value").write_bytes(base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)))
            how = ["-rawin"] if signature["alg"] == "ed25519" else ["-rawin", "-digest", "sha256"]
            done = subprocess.run(["openssl", "pkeyutl", "-verify", *how, "-pubin", "-inkey", folder / "key", "-in", folder / "message", "-sigfile", folder / "value"], capture_output=True)
            need(done.returncode == 0, f"a signature of the {name} does not hold")
    print(f"  {name}: signed by {', '.join(signature['kid'][9:17] for signature in signatures)}")
    return "sha3-256:" + hashlib.sha3_256(canonical(document).encode()).hexdigest()


def check_papers(bundle, activity):
    keys = {key["kid"]: key["public"] for key in bundle["keys"]}
    if bundle["manifest"]:
        manifest = check_signatures("manifest", bundle["manifest"], b"artdag.manifest.1\n", keys)
        need(json.loads(bundle["claim"])["run"] == manifest, "the claim names another manifest")
    if bundle["claim"]:
        claim = check_signatures("claim", bundle["claim"], b"artdag.claim.1\n", keys)
        need(activity["object"].get("claimHash") == claim, "the activity names another claim")


def check_block(bundle, found, block_hash):
    header = bytes.fromhex(bundle["block"]["header"])
    need(len(header) == 80, "the block header has not 80 bytes")
    need((header[36:68], bundle["block"]["height"]) in found, "the proof does not lead to the block's Merkle root")
    name = sha256(sha256(header))[::-1].hex()
    need(name == bundle["block"]["hash"], "the block header has another hash")
    need(block_hash is None or block_hash.lower() == name, f"this is block {name}, not {block_hash}")
    print(f"  existed before Bitcoin block {bundle['block']['height']}, {bundle['block']['time']}")
    print(f"  block {name}" + (": as you said" if block_hash else ": compare it with a block explorer"))


def check(bundle, block_hash):
    need(bundle.get("artdag_proof_bundle") == 1, "this is no proof bundle")
    exact = base64.b64decode(bundle["activity"], validate=True)
    activity = json.loads(exact)
    print(f"{activity['type']} by {activity['actor']}, {activity.get('published', 'undated')}")
    at = sha256(b"\x00" + bytes.fromhex(bundle["salt"]) + sha256(exact))
    need(at.hex() == bundle["leaf"], "the activity's bytes do not give its leaf")
    check_papers(bundle, activity)
    if bundle["merkle_root"] is None:
        return False
    for step in bundle["path"]:
        beside = bytes.fromhex(step["hash"])
        at = sha256(b"\x01" + (beside + at if step["side"] == "left" else at + beside))
    need(at.hex() == bundle["merkle_root"], "the path does not lead to the Merkle root")
    print(f"  leaf {bundle['leaf'][:8]}… is under root {bundle['merkle_root'][:8]}…")
    if bundle["ots"] is None:
        return False
    found = read_ots(base64.b64decode(bundle["ots"], validate=True), sha256(exact))
    if bundle["block"] is None:
        return False
    check_block(bundle, found, block_hash)
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--block-hash", help="what a block explorer says is the hash of that block")
    options = parser.parse_args()
    try:
        dated = check(json.loads(options.file.read_text()), options.block_hash)
    except (Wrong, KeyError, TypeError, ValueError, subprocess.CalledProcessError) as problem:
        print(f"WRONG: {problem}")
        return 1
    print("It holds." if dated else "It holds so far; it is not in a confirmed block yet.")
    return 0 if dated else 3


if __name__ == "__main__":
    sys.exit(main())
