// SPDX-License-Identifier: GPL-3.0-or-later
// Linked data by npm's jsonld: canonical N-Quads of documents and graphs in a folder, and who signed them.
import canonicalize from 'canonicalize';
import crypto from 'node:crypto';
import fs from 'node:fs';
import jsonld from 'jsonld';
import path from 'node:path';

const folder = process.argv[2];
const read = name => fs.readFileSync(path.join(folder, name), 'utf8');
const contexts = JSON.parse(read('contexts.json'));
const secret = crypto.createPrivateKey(read('secret.pem'));
const publicKey = crypto.createPublicKey(secret);
const creatorKey = crypto.createPublicKey(read('creator.pem'));
const without = (object, ...names) => Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
const sha256 = text => crypto.createHash('sha256').update(text).digest();
const documentLoader = async url => ({contextUrl: null, documentUrl: url, document: {'@context': contexts[url]}});
const canonical = (value, more) => jsonld.canonize(value, {algorithm: 'URDNA2015', format: 'application/n-quads', documentLoader, safe: false, ...more});

async function signedText(document) {
    const {creator, created} = document.signature;
    const parts = [{'@context': 'https://w3id.org/identity/v1', creator, created}, without(document, 'signature')];
    return Buffer.from((await Promise.all(parts.map(async part => sha256(await canonical(part)).toString('hex')))).join(''));
}

function bytesOfBase58(text) {
    const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
    let number = 0n;
    for (const c of text)
        number = number * 58n + BigInt(alphabet.indexOf(c));
    const hex = number.toString(16);
    const zeros = text.match(/^1*/)[0].length;
    return Buffer.concat([Buffer.alloc(zeros), Buffer.from(hex.length % 2 ? '0' + hex : hex, 'hex')]);
}

function proves(document) {
    const options = {'@context': document['@context'], ...without(document.proof, 'proofValue')};
    const bytes = Buffer.concat([sha256(canonicalize(options)), sha256(canonicalize(without(document, 'proof', 'signature')))]);
    return crypto.verify(null, bytes, creatorKey, bytesOfBase58(document.proof.proofValue.slice(1)));
}

const answer = {documents: {}, graphs: {}, verified: {}, signed: {}, proved: {}};
for (const file of fs.readdirSync(folder).sort()) {
    const name = path.parse(file).name;
    if (file.endsWith('.nq'))
        answer.graphs[name] = await canonical(read(file), {inputFormat: 'application/n-quads'});
    if (!file.endsWith('.json') || name === 'contexts')
        continue;
    const document = JSON.parse(read(file));
    answer.documents[name] = await canonical(without(document, 'signature'));
    if (document.proof)
        answer.proved[name] = proves(document);
    if (document.signature) {
        answer.verified[name] = crypto.verify('sha256', await signedText(document), publicKey, Buffer.from(document.signature.signatureValue, 'base64'));
        document.signature.created = '2026-11-21T00:00:00Z';
        document.signature.signatureValue = crypto.sign('sha256', await signedText(document), secret).toString('base64');
        answer.signed[name] = document;
    }
}
console.log(JSON.stringify(answer));
