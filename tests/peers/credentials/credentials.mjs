// SPDX-License-Identifier: GPL-3.0-or-later
// The C2PA implementation of the Content Authenticity Initiative, as a program: what it says of files, and files that it signs.
//   node credentials.mjs read ROOT.pem|- FILE…        a JSON list: state, codes of failures and successes, the newest manifest
//   node credentials.mjs sign SOURCE TARGET KEY.pem LEAF.pem
import { createPrivateKey, sign, X509Certificate } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";

const kinds = { png: "image/png", jpg: "image/jpeg", wav: "audio/wav", mp4: "video/mp4", mov: "video/quicktime" };
const kindOf = (file) => kinds[file.split(".").pop()];

// Its writer takes what browsers have: bytes that are read at once, in a worker.
globalThis.Blob = class {
    constructor(parts = [], options = {}) {
        this.bytes = Buffer.concat(parts.map((part) => Buffer.from(part.bytes ?? part)));
        this.type = options.type ?? "";
    }
    get size() { return this.bytes.length; }
    slice(from, to) { return new Blob([this.bytes.subarray(from, to)]); }
};
globalThis.FileReaderSync = class {
    readAsArrayBuffer(blob) { return new Uint8Array(blob.bytes).buffer; }
};

const { default: init, WasmBuilder, WasmReader } = await import("@contentauth/c2pa-wasm");
await init({ module_or_path: await readFile(new URL(import.meta.resolve("@contentauth/c2pa-wasm/c2pa.wasm"))) });

async function read(root, file) {
    const settings = root === "-" ? undefined : JSON.stringify({ version: 1, trust: { trust_anchors: await readFile(root, "utf8") }, verify: { verify_trust: true } });
    try {
        const store = JSON.parse((await WasmReader.fromBytes(kindOf(file), await readFile(file), settings)).json());
        const codes = (what) => store.validation_results.activeManifest[what].map((one) => one.code);
        return { state: store.validation_state, failures: codes("failure"), successes: codes("success"), manifest: store.manifests[store.active_manifest] };
    } catch (error) {
        return { error: String(error?.message ?? error) };
    }
}

// CBOR as far as a COSE_Sign1 needs it: heads, byte strings, texts.
const head = (major, value) => value < 24 ? Buffer.from([major << 5 | value]) : value < 256 ? Buffer.from([major << 5 | 24, value]) : Buffer.from([major << 5 | 25, value >> 8, value & 255]);
const bytes = (value) => Buffer.concat([head(2, value.length), value]);
const text = (value) => Buffer.concat([head(3, value.length), Buffer.from(value)]);

/// ES256, with the certificate as a list and padding, unlike what artdag writes.
async function signWith(keyFile, leafFile) {
    const key = createPrivateKey(await readFile(keyFile));
    const header = Buffer.concat([head(5, 2), head(0, 1), head(1, 6), head(0, 33), head(4, 1), bytes(new X509Certificate(await readFile(leafFile)).raw)]);
    const reserveSize = 10000;
    return { alg: "es256", reserveSize, sign: async (claim) => {
        const signed = Buffer.concat([head(4, 4), text("Signature1"), bytes(header), bytes(Buffer.alloc(0)), bytes(Buffer.from(claim))]);
        const value = sign("sha256", signed, { key, dsaEncoding: "ieee-p1363" });
        const whole = (pad) => Buffer.concat([head(6, 18), head(4, 4), bytes(header), head(5, 1), text("pad"), bytes(Buffer.alloc(pad)), Buffer.from([0xf6]), bytes(value)]);
        return new Uint8Array(whole(reserveSize - whole(300).length + 300));
    } };
}

const [, , order, ...words] = process.argv;
if (order === "read") {
    const [root, ...files] = words;
    console.log(JSON.stringify(await Promise.all(files.map((file) => read(root, file)))));
} else {
    const [source, target, key, leaf] = words;
    const action = { action: "c2pa.created", digitalSourceType: "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture" };
    const builder = WasmBuilder.fromJson(JSON.stringify({ claim_generator_info: [{ name: "a camera", version: "7" }], assertions: [{ label: "c2pa.actions", data: { actions: [action] } }] }));
    await writeFile(target, await builder.sign(await signWith(key, leaf), [], kindOf(source), new Blob([await readFile(source)])));
}
