// SPDX-License-Identifier: GPL-3.0-or-later
// A small server of the fediverse made with Fedify: one actor, whose inbox is written down, and orders over HTTP
// (POST /control/…) that make it follow, like, answer and take back. Prints its port when it listens.
import { createServer } from "node:http";
import { createFederation, generateCryptoKeyPair, MemoryKvStore, verifyObject } from "@fedify/fedify";
import { Accept, Announce, Create, Delete, Endpoints, Follow, Like, Note, Person, PUBLIC_COLLECTION, Tombstone, Undo, Update } from "@fedify/fedify/vocab";

const received = [];
const keys = [await generateCryptoKeyPair("RSASSA-PKCS1-v1_5"), await generateCryptoKeyPair("Ed25519")];
const federation = createFederation({ kv: new MemoryKvStore(), allowPrivateAddress: true });
const notes = new Map();
const kept = new Map(); // what others published, as this server would show it now
let made = 0;

federation
  .setActorDispatcher("/users/{identifier}", async (ctx, identifier) => {
    if (identifier !== "fay") return null;
    const pairs = await ctx.getActorKeyPairs(identifier);
    return new Person({
      id: ctx.getActorUri(identifier), preferredUsername: identifier, name: "Fay", inbox: ctx.getInboxUri(identifier),
      endpoints: new Endpoints({ sharedInbox: ctx.getInboxUri() }), publicKey: pairs[0].cryptographicKey, assertionMethods: pairs.map((pair) => pair.multikey),
    });
  })
  .setKeyPairsDispatcher((_ctx, identifier) => (identifier === "fay" ? keys : []));
federation.setObjectDispatcher(Note, "/notes/{id}", (_ctx, { id }) => notes.get(id) ?? null);

/// What this server keeps of a note: its words, and what is attached with all that is said of it.
async function contentsOf(ctx, note) {
  const entry = { content: note.content?.toString() ?? null, summary: note.summary?.toString() ?? null, url: (note.url?.href ?? note.url)?.toString() ?? null, updated: note.updated?.toString() ?? null, attachments: [] };
  for await (const attachment of note.getAttachments(ctx)) {
    const icon = await attachment.getIcon?.(ctx);
    entry.attachments.push({
      mediaType: attachment.mediaType, url: attachment.url?.href?.toString() ?? null, name: attachment.name?.toString() ?? null, width: attachment.width ?? null, height: attachment.height ?? null,
      icon: icon ? { mediaType: icon.mediaType, url: icon.url?.href?.toString() ?? null } : null,
    });
  }
  return entry;
}

/// Only the one who made a note changes it or takes it away; one that is gone does not come back.
function keep(type, entry, note, contents) {
  const known = kept.get(entry.object);
  if (type === "Create" && note?.attributionId?.href === entry.actor && !known) kept.set(entry.object, { actor: entry.actor, ...contents });
  else if (type === "Update" && note?.attributionId?.href === entry.actor && known?.actor === entry.actor && !known.deleted) kept.set(entry.object, { actor: entry.actor, ...contents });
  else if (type === "Delete" && known?.actor === entry.actor) kept.set(entry.object, { actor: entry.actor, deleted: true });
}

async function write(type, ctx, activity) {
  const object = await activity.getObject({ ...ctx, suppressError: true });
  const entry = { type, id: activity.id?.href ?? null, actor: activity.actorId?.href ?? null, object: activity.objectId?.href ?? object?.id?.href ?? null };
  if (object instanceof Tombstone) entry.tombstone = true;
  const contents = object instanceof Note ? await contentsOf(ctx, object) : null;
  keep(type, entry, object, contents);
  received.push({ ...entry, ...contents });
}

const listeners = federation.setInboxListeners("/users/{identifier}/inbox", "/inbox");
for (const [type, kind] of Object.entries({ Accept, Create, Update, Delete, Like, Announce, Follow, Undo }))
  listeners.on(kind, (ctx, activity) => write(type, ctx, activity));

const orders = {
  async actor(ctx, { url }) {
    const actor = await ctx.lookupObject(url);
    return { id: actor?.id?.href ?? null, name: actor?.name?.toString() ?? null, type: actor?.constructor?.name ?? null };
  },
  async signed(ctx, { url }) {
    const loader = await ctx.getDocumentLoader({ identifier: "fay" });
    try {
      return { document: (await loader(url)).document };
    } catch (error) {
      return { error: String(error) };
    }
  },
  async unsigned(ctx, { url }) {
    try {
      return { document: (await ctx.documentLoader(url)).document };
    } catch (error) {
      return { error: String(error) };
    }
  },
  /// Whether the proof of a Create is its actor's. A linked-data signature came later, so the proof is checked without it (FEP-8b32).
  async proved(ctx, { document }) {
    const { signature, ...proved } = document;
    const loaders = { documentLoader: ctx.documentLoader, contextLoader: ctx.contextLoader };
    return { proved: (await verifyObject(Create, proved, loaders)) !== null, signed: signature !== undefined };
  },
  async traverse(ctx, { url }) {
    const collection = await ctx.lookupObject(url);
    const items = [];
    for await (const item of ctx.traverseCollection(collection)) items.push(item.id?.href ?? null);
    return { total: collection.totalItems, items };
  },
  async send(ctx, { to, type, object, content, inner }) {
    const me = ctx.getActorUri("fay");
    const id = new URL(`/activities/${++made}`, ctx.origin);
    const common = { id, actor: me, to: PUBLIC_COLLECTION };
    const target = await ctx.lookupObject(to);
    let activity;
    if (type === "Follow") activity = new Follow({ id, actor: me, object: target.id });
    else if (type === "Like") activity = new Like({ ...common, object: new URL(object) });
    else if (type === "Announce") activity = new Announce({ ...common, object: new URL(object) });
    else if (type === "Undo") {
      const kinds = { Follow, Like, Announce };
      activity = new Undo({ ...common, object: new kinds[inner]({ id: new URL(`/activities/undone-${made}`, ctx.origin), actor: me, object: new URL(object) }) });
    } else if (type === "Create") {
      const note = new Note({ id: new URL(`/notes/${made}`, ctx.origin), attribution: me, content, replyTarget: new URL(object), to: PUBLIC_COLLECTION });
      notes.set(String(made), note);
      activity = new Create({ ...common, object: note });
    }
    await ctx.sendActivity({ identifier: "fay" }, target, activity, { immediate: true });
    return { id: id.href };
  },
  async received() {
    return { received };
  },
  async kept(_ctx, { id }) {
    return { note: kept.get(id) ?? null };
  },
};

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

const server = createServer(async (incoming, outgoing) => {
  const url = new URL(incoming.url, `http://${incoming.headers.host}`);
  const body = await bodyOf(incoming);
  try {
    if (url.pathname.startsWith("/control/")) {
      const ctx = federation.createContext(url, undefined);
      const answer = await orders[url.pathname.slice(9)](ctx, body.length ? JSON.parse(body) : {});
      outgoing.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
      return;
    }
    const request = new Request(url, { method: incoming.method, headers: incoming.headers, body: ["GET", "HEAD"].includes(incoming.method) ? undefined : body });
    const answer = await federation.fetch(request, { contextData: undefined });
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()));
  } catch (error) {
    console.error(error);
    outgoing.writeHead(500, { "content-type": "application/json" }).end(JSON.stringify({ error: String(error) }));
  }
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
