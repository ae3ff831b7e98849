#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Linked data by Debian's python3-pyld: canonical N-Quads of documents and graphs in a folder, and who signed them."""
import base64
import hashlib
import json
import pathlib
import sys

from Cryptodome.Hash import SHA256
from Cryptodome.PublicKey import RSA
from Cryptodome.Signature import pkcs1_15
from pyld import jsonld

folder = pathlib.Path(sys.argv[1])
contexts = json.loads((folder / "contexts.json").read_text())
key = RSA.import_key((folder / "secret.pem").read_text())


def load(url, options):
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": {"@context": contexts[url]}}


def canonical(value, **more):
    return jsonld.normalize(value, {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load, **more})


def signed_text(document):
    options = {"@context": "https://w3id.org/identity/v1", **{name: document["signature"][name] for name in ("creator", "created")}}
    plain = {name: value for name, value in document.items() if name != "signature"}
    return "".join(hashlib.sha256(canonical(part).encode()).hexdigest() for part in (options, plain)).encode()


def verifies(document):
    try:
        pkcs1_15.new(key).verify(SHA256.new(signed_text(document)), base64.b64decode(document["signature"]["signatureValue"]))
        return True
    except ValueError:
        return False


answer = {"documents": {}, "graphs": {}, "verified": {}, "signed": {}}
for path in sorted(folder.glob("*.json")):
    if path.stem == "contexts":
        continue
    document = json.loads(path.read_text())
    answer["documents"][path.stem] = canonical({name: value for name, value in document.items() if name != "signature"})
    if "signature" in document:
        answer["verified"][path.stem] = verifies(document)
        document["signature"]["created"] = "2026-11-21T00:00:00Z"
        document["signature"]["signatureValue"] = base64.b64encode(pkcs1_15.new(key).sign(SHA256.new(signed_text(document)))).decode()
        answer["signed"][path.stem] = document
for path in sorted(folder.glob("*.nq")):
    answer["graphs"][path.stem] = canonical(path.read_text(), inputFormat="application/n-quads")
print(json.dumps(answer))
