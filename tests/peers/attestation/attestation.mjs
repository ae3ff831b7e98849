// SPDX-License-Identifier: GPL-3.0-or-later
// Sigstore's reading of a DSSE envelope (standard input) by a public key (PEM, first argument): prints the payload, or why it does not hold.
import { readFileSync } from "node:fs";
import { crypto, dsse } from "@sigstore/core";

const envelope = JSON.parse(readFileSync(0, "utf8"));
const key = crypto.createPublicKey(process.argv[2]);
const payload = Buffer.from(envelope.payload, "base64");
const signed = dsse.preAuthEncoding(envelope.payloadType, payload);
const good = envelope.signatures.some((signature) => crypto.verify(signed, key, Buffer.from(signature.sig, "base64")));
console.log(JSON.stringify(good ? { payload: JSON.parse(payload) } : { error: "no signature holds" }));
