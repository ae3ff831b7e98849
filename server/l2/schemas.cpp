// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/openapi.h"

namespace artdag::server {

namespace {

/// `?` after a type: may be null. `…[]`: a list of it. `a: text, b: text?` is turned into a schema, so that the table below
/// stays readable; a member is required unless its name ends in `?`.
Json typeOf(std::string_view type)
{
    if (type.ends_with("[]"))
        return {{"type", "array"}, {"items", typeOf(type.substr(0, type.size() - 2))}};
    if (type.ends_with("?")) {
        Json inner = typeOf(type.substr(0, type.size() - 1));
        if (inner.contains("type"))
            inner["type"] = Json::array({inner["type"], "null"});
        return inner;
    }
    if (type == "hash")
        return {{"type", "string"}, {"pattern", "^sha3-256:[0-9a-f]{64}$"}};
    if (type == "text")
        return {{"type", "string"}};
    if (type == "time")
        return {{"type", "string"}, {"format", "date-time"}};
    if (type == "whole")
        return {{"type", "integer"}};
    if (type == "flag")
        return {{"type", "boolean"}};
    if (type == "object")
        return {{"type", "object"}};
    if (type == "any")
        return Json::object();
    return {{"$ref", "#/components/schemas/" + std::string(type)}};
}

Json schema(std::string_view members, std::string_view example)
{
    Json properties = Json::object();
    Json required = Json::array();
    while (!members.empty()) {
        const auto end = std::min(members.find(", "), members.size());
        const std::string_view member = members.substr(0, end);
        members = end == members.size() ? std::string_view{} : members.substr(end + 2);
        const auto colon = member.find(": ");
        std::string name(member.substr(0, colon));
        const bool optional = name.ends_with('?');
        if (optional)
            name.pop_back();
        else
            required.push_back(name);
        properties[name] = typeOf(member.substr(colon + 2));
    }
    Json schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty())
        schema["required"] = std::move(required);
    schema["examples"] = Json::array({Json::parse(example)});
    return schema;
}

#define H "sha3-256:9f2c41d0a7c2b1e0f3a4958677a1b2c3d4e5f60718293a4b5c6d7e8f9001e81b"
#define H2 "sha3-256:03bb7a52c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d77f0"

Json makeSchemas()
{
    return {
        {"Empty", schema("", "{}")},
        {"Health", schema("status: text, version: text", R"({"status":"ok","version":"0.1.0"})")},
        {"OpenApi", schema("openapi: text, info: object, paths: object", R"({"openapi":"3.1.0","info":{},"paths":{}})")},
        {"Problem", schema("type: text, title: text, status: whole, detail: text", R"({"type":"about:blank","title":"Not Found","status":404,"detail":"There is nothing here."})")},
        {"Credentials", schema("user: text, password: text", R"({"user":"giles","password":"correct horse battery staple"})")},
        {"Account", schema("user: text, account: text, actor: text, role: text, state: text, created_at: time", R"({"user":"giles","account":"@giles@artdag.example","actor":"https://artdag.example/users/giles","role":"member","state":"active","created_at":"2026-11-20T10:00:00Z"})")},
        {"Login", schema("user: text, account: text, actor: text, role: text, state: text, created_at: time, token?: text, token_type?: text, expires?: whole", R"({"user":"giles","account":"@giles@artdag.example","actor":"https://artdag.example/users/giles","role":"member","state":"active","created_at":"2026-11-20T10:00:00Z","token":"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.…","token_type":"Bearer","expires":1795125600})")},
        {"Key", schema("kid: hash, alg: text, public: text, not_before: time, revoked_at: time?", R"({"kid":")" H R"(","alg":"ed25519","public":"-----BEGIN PUBLIC KEY-----\n…","not_before":"2026-03-01T12:00:00Z","revoked_at":null})")},
        {"Keys", schema("account: text, keys: Key[]", R"({"account":"@giles@artdag.example","keys":[]})")},
        {"KeyProof", schema("type: text, account: text, created: time, public: text, sig: object[]", R"({"type":"artdag.key-proof","account":"@giles@artdag.example","created":"2026-11-20T10:00:00Z","public":"-----BEGIN PUBLIC KEY-----\n…","sig":[{"kid":")" H R"(","alg":"ed25519","value":"…"}]})")},
        {"Media", schema("content_hash: hash, sha256: text, size: whole, media_type: text, media: object, url: text, problem?: text, warnings?: text[]", R"({"content_hash":")" H R"(","sha256":"44f1…","size":1234567,"media_type":"video/mp4","media":{"type":"video/mp4","width":1920,"height":1080,"rate":"30/1","frames":300},"url":"https://artdag.example/media/9f2c….mp4"})")},
        {"Upload", schema("length: whole, offset: whole, done: flag, content_hash?: hash", R"({"length":1234567,"offset":65536,"done":false})")},
        {"Renditions", schema("renditions: object, waiting: flag", R"({"renditions":{"poster":{"url":"https://artdag.example/media/9f2c….jpg"}},"waiting":false})")},
        {"NewStorage", schema("type: text, name?: text, quota?: whole?, active?: flag, directory?: text, endpoint?: text, bucket?: text, prefix?: text, region?: text, access_key?: text, secret_key?: text, authorization?: text", R"({"type":"s3","name":"off-site","endpoint":"https://s3.example","bucket":"art","access_key":"AKIA…","secret_key":"…"})")},
        {"StorageChange", schema("name?: text, quota?: whole?, active?: flag, endpoint?: text, secret_key?: text", R"({"active":false})")},
        {"Storage", schema("id: whole, type: text, name: text, settings: object, has_secret: flag, active: flag, quota: whole?, copies: whole, bytes: whole, created_at: time, tested_at: time?, error: text?", R"({"id":1,"type":"s3","name":"off-site","settings":{"endpoint":"https://s3.example","bucket":"art","access_key":"AKIA…"},"has_secret":true,"active":true,"quota":null,"copies":12,"bytes":1234567,"created_at":"2026-11-20T10:00:00Z","tested_at":null,"error":null})")},
        {"StorageList", schema("items: Storage[]", R"({"items":[]})")},
        {"StorageTest", schema("ok: flag, error?: text", R"({"ok":true})")},
        {"NewAsset", schema("name: text, content_hash: text, asset_type: text, title?: text, description?: text, tags?: text[], license?: text, visibility?: text, alt?: text, frames_hash?: text, poster?: text, claim?: object, manifest?: object, provenance?: object", R"({"name":"my-video","content_hash":")" H R"(","asset_type":"video","tags":["art","generated"]})")},
        {"AssetProvenance", schema("inputs: text[], effects: text[], recipe?: text?, l1_server?: text?, run_id?: text?, manifest: hash?, claim: hash?", R"({"inputs":[],"recipe":"beat-sync","effects":[],"l1_server":null,"run_id":null,"manifest":null,"claim":null})")},
        {"Asset", schema("name: text, title: text, content_hash: hash, frames_hash: hash?, asset_type: text, owner: text, created_at: time, provenance: AssetProvenance, tags: text[], license: text, visibility: text, proof: text, description: text, alt: text, media: object, links: object", R"({"name":"my-video","title":"My video","content_hash":")" H R"(","frames_hash":")" H2 R"(","asset_type":"video","owner":"@giles@artdag.example","created_at":"2026-11-20T10:00:00Z","provenance":{"inputs":[],"recipe":"beat-sync","effects":[],"l1_server":null,"run_id":null,"manifest":null,"claim":null},"tags":["art"],"license":"CC-BY-4.0","visibility":"public","proof":"server_attested","description":"","alt":"","media":{},"links":{}})")},
        {"AssetList", schema("items: Asset[], next: text?", R"({"items":[],"next":null})")},
        {"Claim", schema("v: whole, type: text, work: text, version: whole, content_hash: hash, sig: object[]", R"({"v":1,"type":"artdag.claim","work":"0193…","version":1,"content_hash":")" H R"(","sig":[]})")},
        {"Manifest", schema("v: whole, type: text, run_key: hash, recipe: object, output: object, sig: object[]", R"({"v":1,"type":"artdag.run","run_key":")" H R"(","recipe":{},"output":{},"sig":[]})")},
        {"Webfinger", schema("subject: text, aliases: text[], links: object[]", R"({"subject":"acct:giles@artdag.example","aliases":["https://artdag.example/users/giles"],"links":[]})")},
        {"NodeinfoLinks", schema("links: object[]", R"({"links":[{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.1","href":"https://artdag.example/nodeinfo/2.1"}]})")},
        {"Nodeinfo", schema("version: text, software: object, protocols: text[], services: object, openRegistrations: flag, usage: object, metadata: object", R"({"version":"2.1","software":{"name":"artdagd","version":"0.1.0"},"protocols":["activitypub"],"services":{},"openRegistrations":false,"usage":{},"metadata":{}})")},
        {"Actor", schema("@context: any, id: text, type: text, preferredUsername: text, inbox: text, outbox: text, publicKey: object", R"({"@context":["https://www.w3.org/ns/activitystreams"],"id":"https://artdag.example/users/giles","type":"Person","preferredUsername":"giles","inbox":"https://artdag.example/users/giles/inbox","outbox":"https://artdag.example/users/giles/outbox","publicKey":{}})")},
        {"Collection", schema("@context: any, id: text, type: text, totalItems?: whole, first?: text, orderedItems?: any", R"({"@context":"https://www.w3.org/ns/activitystreams","id":"https://artdag.example/users/giles/outbox","type":"OrderedCollection","totalItems":1,"first":"https://artdag.example/users/giles/outbox?page=true"})")},
        {"Note", schema("@context: any, id: text, type: text, attributedTo: text, published: time, content: text, attachment: object[], contentHash: hash", R"({"@context":["https://www.w3.org/ns/activitystreams"],"id":"https://artdag.example/objects/9f2c…","type":"Note","attributedTo":"https://artdag.example/users/giles","published":"2026-11-20T10:00:00Z","content":"<p>My video</p>","attachment":[],"contentHash":")" H R"("})")},
        {"Create", schema("@context: any, type: text, actor: text, object: object, published: time, id?: text", R"({"@context":"https://www.w3.org/ns/activitystreams","type":"Create","actor":"https://artdag.example/users/giles","object":{"type":"Document","name":"my-video","content":")" H R"(","attributedTo":"https://artdag.example/users/giles"},"published":"2026-11-20T10:00:00Z"})")},
    };
}

} // namespace

const Json& schemas()
{
    static const Json all = makeSchemas();
    return all;
}

} // namespace artdag::server
