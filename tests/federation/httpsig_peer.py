#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""draft-cavage by Debian's python3-httpsig: verifies the request in a folder, refuses it with another body's digest, and signs it itself."""
import json
import pathlib
import sys

import httpsig

folder = pathlib.Path(sys.argv[1])
request = json.loads((folder / "request.json").read_text())
secret = (folder / "secret.pem").read_text()
public = (folder / "public.pem").read_text()
required = ["(request-target)", "host", "date", "digest"]


def verifies(headers):
    verifier = httpsig.HeaderVerifier(headers, public, required_headers=required, method=request["method"], path=request["path"], host=request["host"], sign_header="signature")
    return bool(verifier.verify())


answer = {"verified": verifies(dict(request["headers"])), "refused": not verifies({**request["headers"], "Digest": "SHA-256=AAAA"})}
for algorithm in ("rsa-sha256", "hs2019"):
    signer = httpsig.HeaderSigner("https://l2.example/users/alice#main-key", secret, algorithm="rsa-sha256", headers=required, sign_header="signature")
    signed = signer.sign({"host": request["host"], "date": request["date"], "digest": request["digest"]}, method=request["method"], path=request["path"])
    text = signed["signature"].removeprefix("Signature ")
    answer[algorithm] = text.replace('algorithm="rsa-sha256"', f'algorithm="{algorithm}"')
print(json.dumps(answer))
