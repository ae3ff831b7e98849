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
        {"DeviceAsk", schema("client_id: text, scope?: text", R"({"client_id":"artdag-cli","scope":"read publish render"})")},
        {"DeviceCode", schema("device_code: text, user_code: text, verification_uri: text, verification_uri_complete: text, expires_in: whole, interval: whole", R"({"device_code":"8sK2…","user_code":"WDJB-MJHT","verification_uri":"https://artdag.example/device","verification_uri_complete":"https://artdag.example/device?user_code=WDJB-MJHT","expires_in":900,"interval":5})")},
        {"TokenAsk", schema("grant_type: text, client_id: text, device_code?: text, code?: text, code_verifier?: text, redirect_uri?: text, refresh_token?: text, scope?: text", R"({"grant_type":"urn:ietf:params:oauth:grant-type:device_code","client_id":"artdag-cli","device_code":"8sK2…"})")},
        {"Tokens", schema("access_token: text, token_type: text, expires_in: whole, refresh_token: text, scope: text, user: text, account: text", R"({"access_token":"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.…","token_type":"Bearer","expires_in":3600,"refresh_token":"q1Xv…","scope":"read publish render","user":"giles","account":"@giles@artdag.example"})")},
        {"Renderers", schema("renderers: object[]", R"({"renderers":[{"url":"https://l1.example","attached_at":null}]})")},
        {"NewAttachment", schema("renderer: text, state: text, nonce: text", R"({"renderer":"https://l1.example","state":"0123456789abcdef","nonce":"fedcba9876543210"})")},
        {"AttachCode", schema("code: text, expires_in: whole", R"({"code":"q1Xv…","expires_in":60})")},
        {"Detachment", schema("renderer: text", R"({"renderer":"https://l1.example"})")},
        {"Detached", schema("renderer: text, told: flag", R"({"renderer":"https://l1.example","told":true})")},
        {"AttachWord", schema("type: text, renderer: text, created: time, code?: text, state?: text, nonce?: text, token?: text, sig: object[]", R"({"type":"artdag.attach","renderer":"https://l1.example","created":"2026-11-20T10:00:00Z","code":"q1Xv…","state":"0123456789abcdef","nonce":"fedcba9876543210","sig":[]})")},
        {"Attached", schema("active: flag, user?: text, account?: text, scope?: text, token?: text, expires?: whole", R"({"active":true,"user":"giles","account":"@giles@artdag.example","scope":"render","token":"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.…","expires":1795125600})")},
        {"PublicKey", schema("kid: hash, alg: text, public: text", R"({"kid":")" H R"(","alg":"rsa-v1_5-sha256","public":"-----BEGIN PUBLIC KEY-----\n…"})")},
        {"ActivityList", schema("items: object[], next: text?", R"({"items":[{"index":1,"id":"https://artdag.example/activities/0193…","type":"Create","actor":"https://artdag.example/users/giles","published":"2026-11-20T10:00:00Z"}],"next":null})")},
        {"Logout", schema("everywhere?: flag", R"({"everywhere":false})")},
        {"Revoke", schema("token: text", R"({"token":"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.…"})")},
        {"Reset", schema("user: text, password: text, proof: KeyProof", R"({"user":"giles","password":"correct horse battery staple","proof":{"type":"artdag.key-proof","account":"@giles@artdag.example","created":"2026-11-20T10:00:00Z","public":"-----BEGIN PUBLIC KEY-----\n…","sig":[]}})")},
        {"Credentials", schema("user: text, password: text, code?: text, invitation?: text", R"({"user":"giles","password":"correct horse battery staple"})")},
        {"Account", schema("user: text, account: text, actor: text, role: text, state: text, created_at: time", R"({"user":"giles","account":"@giles@artdag.example","actor":"https://artdag.example/users/giles","role":"member","state":"active","created_at":"2026-11-20T10:00:00Z"})")},
        {"Login", schema("user: text, account: text, actor: text, role: text, state: text, created_at: time, token?: text, token_type?: text, expires?: whole", R"({"user":"giles","account":"@giles@artdag.example","actor":"https://artdag.example/users/giles","role":"member","state":"active","created_at":"2026-11-20T10:00:00Z","token":"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.…","token_type":"Bearer","expires":1795125600})")},
        {"Key", schema("kid: hash, alg: text, public: text, not_before: time, revoked_at: time?", R"({"kid":")" H R"(","alg":"ed25519","public":"-----BEGIN PUBLIC KEY-----\n…","not_before":"2026-03-01T12:00:00Z","revoked_at":null})")},
        {"Keys", schema("account: text, keys: Key[], transport: object[], renderers: object[]", R"({"account":"@giles@artdag.example","keys":[],"transport":[{"id":"https://artdag.example/users/giles#main-key","public":"-----BEGIN PUBLIC KEY-----\n…","not_before":"2026-03-01T12:00:00Z","replaced_at":null}],"renderers":[]})")},
        {"KeyProof", schema("type: text, account: text, created: time, public: text, sig: object[]", R"({"type":"artdag.key-proof","account":"@giles@artdag.example","created":"2026-11-20T10:00:00Z","public":"-----BEGIN PUBLIC KEY-----\n…","sig":[{"kid":")" H R"(","alg":"ed25519","value":"…"}]})")},
        {"Media", schema("content_hash: hash, sha256: text, size: whole, media_type: text, media: object, url: text, problem?: text, warnings?: text[]", R"({"content_hash":")" H R"(","sha256":"44f1…","size":1234567,"media_type":"video/mp4","media":{"type":"video/mp4","width":1920,"height":1080,"rate":"30/1","frames":300},"url":"https://artdag.example/media/9f2c….mp4"})")},
        {"Upload", schema("length: whole, offset: whole, done: flag, content_hash?: hash", R"({"length":1234567,"offset":65536,"done":false})")},
        {"Renditions", schema("renditions: object, waiting: flag", R"({"renditions":{"poster":{"url":"https://artdag.example/media/9f2c….jpg"}},"waiting":false})")},
        {"NewStorage", schema("type: text, name?: text, quota?: whole?, active?: flag, directory?: text, endpoint?: text, bucket?: text, prefix?: text, region?: text, access_key?: text, secret_key?: text, authorization?: text", R"({"type":"s3","name":"off-site","endpoint":"https://s3.example","bucket":"art","access_key":"AKIA…","secret_key":"…"})")},
        {"StorageChange", schema("name?: text, quota?: whole?, active?: flag, endpoint?: text, secret_key?: text", R"({"active":false})")},
        {"Storage", schema("id: whole, type: text, name: text, settings: object, has_secret: flag, active: flag, quota: whole?, copies: whole, bytes: whole, created_at: time, tested_at: time?, error: text?", R"({"id":1,"type":"s3","name":"off-site","settings":{"endpoint":"https://s3.example","bucket":"art","access_key":"AKIA…"},"has_secret":true,"active":true,"quota":null,"copies":12,"bytes":1234567,"created_at":"2026-11-20T10:00:00Z","tested_at":null,"error":null})")},
        {"StorageList", schema("items: Storage[]", R"({"items":[]})")},
        {"StorageTest", schema("ok: flag, error?: text", R"({"ok":true})")},
        {"NewAsset", schema("name: text, content_hash: text, asset_type: text, title?: text, description?: text, tags?: text[], license?: text, visibility?: text, alt?: text, frames_hash?: text, poster?: text, warning?: text, prepared?: text, proof?: object, claim?: object, manifest?: object, provenance?: object", R"({"name":"my-video","content_hash":")" H R"(","asset_type":"video","tags":["art","generated"]})")},
        {"AssetProvenance", schema("inputs: text[], effects: text[], recipe?: text?, l1_server?: text?, run_id?: text?, manifest: hash?, claim: hash?", R"({"inputs":[],"recipe":"beat-sync","effects":[],"l1_server":null,"run_id":null,"manifest":null,"claim":null})")},
        {"Asset", schema("name: text, title: text, content_hash: hash, frames_hash: hash?, asset_type: text, owner: text, created_at: time, provenance: AssetProvenance, tags: text[], license: text, visibility: text, proof: text, description: text, alt: text, warning?: text, updated_at?: time, pinned?: flag, activity?: whole, media: object, links: object", R"({"name":"my-video","title":"My video","content_hash":")" H R"(","frames_hash":")" H2 R"(","asset_type":"video","owner":"@giles@artdag.example","created_at":"2026-11-20T10:00:00Z","provenance":{"inputs":[],"recipe":"beat-sync","effects":[],"l1_server":null,"run_id":null,"manifest":null,"claim":null},"tags":["art"],"license":"CC-BY-4.0","visibility":"public","proof":"server_attested","description":"","alt":"","media":{},"links":{}})")},
        {"AssetChange", schema("name?: text, title?: text, description?: text, alt?: text, tags?: text[], license?: text, visibility?: text, warning?: text", R"({"description":"Second cut.\nWith sound.","visibility":"unlisted"})")},
        {"RecordRun", schema("run_id: text, output_name: text, l1_server?: text, l1_token?: text, title?: text, description?: text, tags?: text[], license?: text, visibility?: text, alt?: text, warning?: text", R"({"run_id":"uuid-from-l1","l1_server":"https://celery-artdag.example.com","output_name":"my-rendered-video"})")},
        {"PublishCache", schema("content_hash: text, name: text, asset_type: text, l1_server?: text, l1_token?: text, title?: text, description?: text, tags?: text[], license?: text, visibility?: text, alt?: text, warning?: text", R"({"content_hash":")" H R"(","l1_server":"https://celery-artdag.example.com","name":"my-asset","asset_type":"video"})")},
        {"Preparation", schema("prepared: text, activity: object, expires: time", R"({"prepared":"0193f0a1-7a10-7b2c-8d3e-4f5061728394","activity":{"type":"Create"},"expires":"2026-11-20T11:00:00Z"})")},
        {"LineageWalk", schema("works: object[], edges: object[], complete: flag", R"({"works":[],"edges":[],"complete":true})")},
        {"Lineage", schema("content_hash: hash, ancestors: LineageWalk, descendants: LineageWalk", R"({"content_hash":")" H R"(","ancestors":{"works":[],"edges":[],"complete":true},"descendants":{"works":[],"edges":[],"complete":true}})")},
        {"TakeDown", schema("reason: text", R"({"reason":"Shows somebody who did not agree to it."})")},
        {"Appeal", schema("words: text", R"({"words":"She did agree; the paper is attached to the claim."})")},
        {"AppealAnswer", schema("granted: flag, reason?: text", R"({"granted":true})")},
        {"ModerationAction", schema("id: whole, action: text, moderator: text, reason: text, created_at: time, work: hash?, owner: text?, copies_left: whole?, appeal: text?, appeal_state: text?", R"({"id":7,"action":"take_down","moderator":"giles","reason":"Shows somebody who did not agree to it.","created_at":"2026-11-20T10:00:00Z","work":")" H R"(","owner":"@carol@artdag.example","copies_left":0,"appeal":null,"appeal_state":null})")},
        {"ModerationLog", schema("items: ModerationAction[], next: text?", R"({"items":[],"next":null})")},
        {"Erasure", schema("password: text, without_export?: flag", R"({"password":"correct horse battery staple"})")},
        {"AssetList", schema("items: Asset[], next: text?", R"({"items":[],"next":null})")},
        {"Claim", schema("v: whole, type: text, work: text, version: whole, content_hash: hash, sig: object[]", R"({"v":1,"type":"artdag.claim","work":"0193…","version":1,"content_hash":")" H R"(","sig":[]})")},
        {"Manifest", schema("v: whole, type: text, run_key: hash, recipe: object, output: object, sig: object[]", R"({"v":1,"type":"artdag.run","run_key":")" H R"(","recipe":{},"output":{},"sig":[]})")},
        {"Attestations", schema("asset: text, rerendered_by: whole, differs_for: whole, disputes: whole, items: object[]", R"({"asset":"https://artdag.example/assets/@giles/my-video","rerendered_by":1,"differs_for":0,"disputes":0,"items":[]})")},
        {"Attestation", schema("artdag_cosignature?: whole, cosignature?: object, artdag_reverification?: whole, reverification?: object, keys: text[]", R"({"artdag_reverification":1,"reverification":{"v":1,"type":"artdag.reverification"},"keys":["-----BEGIN PUBLIC KEY-----\n…"]})")},
        {"Dispute", schema("reason: text", R"({"reason":"I published this picture in 2019."})")},
        {"NewConsent", schema("v: whole, type: text, claim?: hash, payee?: text, policy?: text, weight_bp?: whole, consent?: hash, created_at: time, sig: object[]", R"({"v":1,"type":"artdag.consent","claim":")" H R"(","payee":"@carol@artdag.example","policy":"art-dag-40-25-20-15@1","weight_bp":4000,"created_at":"2026-11-20T10:00:00Z","sig":[]})")},
        {"Consent", schema("id: hash, claim: hash, consent: object, received_at: time, revocation: object?, revoked_at: time?", R"({"id":")" H R"(","claim":")" H2 R"(","consent":{},"received_at":"2026-11-20T10:00:00Z","revocation":null,"revoked_at":null})")},
        {"Consents", schema("items: Consent[]", R"({"items":[]})")},
        {"Anchor", schema("merkle_root: text, status: text, leaves: whole, created_at: time, calendars: text[], bitcoin_block: whole?, block_hash: text?, block_time: time?, checked_at: time?, problem: text?, timestamp: text?, tree: text, made?: whole", R"({"merkle_root":"5f1d…","status":"confirmed","leaves":2,"created_at":"2026-11-20T10:00:00Z","calendars":["https://alice.btc.calendar.opentimestamps.org"],"bitcoin_block":800000,"block_hash":"0000…","block_time":"2026-11-20T11:04:00Z","checked_at":"2026-11-20T12:30:00Z","problem":null,"timestamp":"…","tree":"https://artdag.example/anchors/5f1d…/tree"})")},
        {"AnchorList", schema("items: Anchor[], waiting: whole, next: text?", R"({"items":[],"waiting":0,"next":null})")},
        {"AnchorTree", schema("merkle_root: text, leaves: object[]", R"({"merkle_root":"5f1d…","leaves":[{"seq":1,"kind":"activity","leaf":"77a0…","activity_id":1}]})")},
        {"AnchorCheck", schema("activity_id: whole, merkle_root: text?, status: text, bitcoin_block: whole?, verified_at: time, problem?: text", R"({"activity_id":123,"merkle_root":"5f1d…","status":"confirmed","bitcoin_block":800000,"verified_at":"2026-11-20T12:30:00Z"})")},
        {"ProofBundle", schema("artdag_proof_bundle: whole, server: text, activity_id: whole, status: text, activity: text, salt: text, leaf: text, seq: whole, path: object[], merkle_root: text?, ots: text?, block: object?, keys: object[], claim: text?, manifest: text?", R"({"artdag_proof_bundle":1,"server":"https://artdag.example","activity_id":1,"status":"confirmed","activity":"…","salt":"…","leaf":"77a0…","seq":2,"path":[{"side":"left","hash":"03bb…"}],"merkle_root":"5f1d…","ots":"…","block":{"height":800000},"keys":[],"claim":null,"manifest":null})")},
        {"TimeSources", schema("works: flag, sources: object[]", R"({"works":true,"sources":[{"url":"https://alice.btc.calendar.opentimestamps.org","works":true,"problem":null,"milliseconds":210}]})")},
        {"Webfinger", schema("subject: text, aliases: text[], links: object[]", R"({"subject":"acct:giles@artdag.example","aliases":["https://artdag.example/users/giles"],"links":[]})")},
        {"NodeinfoLinks", schema("links: object[]", R"({"links":[{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.1","href":"https://artdag.example/nodeinfo/2.1"}]})")},
        {"Nodeinfo", schema("version: text, software: object, protocols: text[], services: object, openRegistrations: flag, usage: object, metadata: object", R"({"version":"2.1","software":{"name":"artdagd","version":"0.1.0"},"protocols":["activitypub"],"services":{},"openRegistrations":false,"usage":{},"metadata":{}})")},
        {"Actor", schema("@context: any, id: text, type: text, preferredUsername: text, inbox: text, outbox: text, publicKey: object", R"({"@context":["https://www.w3.org/ns/activitystreams"],"id":"https://artdag.example/users/giles","type":"Person","preferredUsername":"giles","inbox":"https://artdag.example/users/giles/inbox","outbox":"https://artdag.example/users/giles/outbox","publicKey":{}})")},
        {"Collection", schema("@context: any, id: text, type: text, totalItems?: whole, first?: text, orderedItems?: any", R"({"@context":"https://www.w3.org/ns/activitystreams","id":"https://artdag.example/users/giles/outbox","type":"OrderedCollection","totalItems":1,"first":"https://artdag.example/users/giles/outbox?page=true"})")},
        {"Note", schema("@context: any, id: text, type: text, attributedTo: text, published: time, content: text, attachment: object[], contentHash: hash", R"({"@context":["https://www.w3.org/ns/activitystreams"],"id":"https://artdag.example/objects/9f2c…","type":"Note","attributedTo":"https://artdag.example/users/giles","published":"2026-11-20T10:00:00Z","content":"<p>My video</p>","attachment":[],"contentHash":")" H R"("})")},
        {"Create", schema("@context: any, type: text, actor: text, object: object, published: time, id?: text", R"({"@context":"https://www.w3.org/ns/activitystreams","type":"Create","actor":"https://artdag.example/users/giles","object":{"type":"Document","name":"my-video","content":")" H R"(","attributedTo":"https://artdag.example/users/giles"},"published":"2026-11-20T10:00:00Z"})")},
        {"Reply", schema("@context: any, id: text, type: text, attributedTo: text, inReplyTo: text, content: text", R"({"@context":["https://www.w3.org/ns/activitystreams"],"id":"https://artdag.example/notes/0193…","type":"Note","attributedTo":"https://artdag.example/users/giles","inReplyTo":"https://artdag.example/objects/9f2c…","content":"<p>Lovely.</p>"})")},
        {"Received", schema("id: text, type: text, actor: text, object: any", R"({"@context":"https://www.w3.org/ns/activitystreams","id":"https://elsewhere.example/likes/1","type":"Like","actor":"https://elsewhere.example/users/ada","object":"https://artdag.example/objects/9f2c…"})")},
        {"AccountName", schema("account: text", R"({"account":"@ada@elsewhere.example"})")},
        {"Followed", schema("account: text, actor: text, state: text", R"({"account":"@ada@elsewhere.example","actor":"https://elsewhere.example/users/ada","state":"pending"})")},
        {"Follows", schema("items: object[]", R"({"items":[{"account":"@ada@elsewhere.example","actor":"https://elsewhere.example/users/ada","name":"Ada","state":"accepted","since":"2026-11-20T10:00:00Z"}]})")},
        {"Approval", schema("approval: flag", R"({"approval":true})")},
        {"FollowAnswer", schema("account: text, accept: flag", R"({"account":"@ada@elsewhere.example","accept":true})")},
        {"RecipeRequest", schema("account: text, state: text, asked_at: text, decided_at: text?", R"({"account":"@ada@artdag.example","state":"asked","asked_at":"2026-03-01T12:00:00Z","decided_at":null})")},
        {"RecipeRequests", schema("items: object[]", R"({"items":[]})")},
        {"Interaction", schema("type: text, object: text, content?: text", R"({"type":"Like","object":"https://elsewhere.example/notes/1"})")},
        {"Interacted", schema("id: text, type: text, object: text", R"({"id":"https://artdag.example/activities/0193…","type":"Like","object":"https://elsewhere.example/notes/1"})")},
        {"Feed", schema("items: object[], next: text?", R"({"items":[],"next":null})")},
        {"Notifications", schema("items: object[], unread: whole, next: text?", R"({"items":[],"unread":0,"next":null})")},
        {"NotificationsRead", schema("read_up_to: whole", R"({"read_up_to":17})")},
        {"Alias", schema("account: text, remove?: flag", R"({"account":"@giles@old.example"})")},
        {"Aliases", schema("also_known_as: text[]", R"({"also_known_as":["https://old.example/users/giles"]})")},
        {"MoveTo", schema("to: text", R"({"to":"@giles@new.example"})")},
        {"Moved", schema("moved_to: text", R"({"moved_to":"https://new.example/users/giles"})")},
        {"RendererStatus", schema("status: text, version: text, role: text, runs_waiting: whole", R"({"status":"ok","version":"0.1.0","role":"l1","runs_waiting":0})")},
        {"NewRun", schema("recipe: any, inputs?: any, params?: object, output?: text, encode?: text, output_name?: text", R"({"recipe":")" H R"(","inputs":{"footage":")" H2 R"("},"params":{},"output_name":"my-rendered-video"})")},
        {"Run", schema("run_id: text, run_key: hash, status: text, title: text, output_name: text, recipe: hash, inputs: object, params: object, output: text, encode: text, frames: object, eta_seconds: any, error: text?, content_hash: hash?, frames_hash: hash?, manifest: hash?, created_at: time, started_at: time?, finished_at: time?, links: object", R"({"run_id":"9f2c41d0a7c2b1e0f3a4958677a1b2c3","run_key":")" H R"(","status":"queued","title":"Spin","output_name":"","recipe":")" H2 R"(","inputs":{},"params":{},"output":"","encode":"","frames":{"done":0,"total":300},"eta_seconds":null,"error":null,"content_hash":null,"frames_hash":null,"manifest":null,"created_at":"2026-11-20T10:00:00Z","started_at":null,"finished_at":null,"links":{}})")},
        {"RunList", schema("items: Run[], next: text?", R"({"items":[],"next":null})")},
        {"RenderPlan", schema("run_key: hash, title: text, output: text, encode: text, frames: whole, steps: object[], chunks: object[], estimated_seconds: any, cores: whole", R"({"run_key":")" H R"(","title":"Spin","output":"main","encode":"share-h264","frames":300,"steps":[],"chunks":[],"estimated_seconds":12.5,"cores":2})")},
        {"CachedObject", schema("content_hash: hash, sha256: text, size: whole, media_type: text, media: object, url: text, lineage?: any, problem?: text", R"({"content_hash":")" H R"(","sha256":"03bb7a52c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d77f0","size":300012,"media_type":"video/mp4","media":{},"url":"https://artdag.example/l1/cache/9f2c…"})")},
        {"CachedList", schema("items: object[], next: text?", R"({"items":[],"next":null})")},
        {"NewRecipe", schema("recipe: any, name?: text", R"({"name":"Spin","recipe":")" H R"("})")},
        {"KeptRecipe", schema("recipe_id: text, name: text, content_hash: hash, created_at: time, url: text, recipe?: object", R"({"recipe_id":"9f2c41d0a7c2b1e0f3a4958677a1b2c3","name":"Spin","content_hash":")" H R"(","created_at":"2026-11-20T10:00:00Z","url":"https://artdag.example/l1/recipes/9f2c…"})")},
        {"RecipeList", schema("items: KeptRecipe[], next: text?", R"({"items":[],"next":null})")},
        {"EffectList", schema("effects: Effect[]", R"({"effects":[]})")},
        {"Effect", schema("name: text, version: whole, title: text, help: text, inputs: object[], outputs: object[], params: object[]", R"({"name":"rotate","version":1,"title":"Rotate","help":"Turn a picture","inputs":[],"outputs":[],"params":[]})")},
        {"NamedAssets", schema("items: object[]", R"({"items":[]})")},
        {"Envelope", schema("payload: text, payloadType: text, signatures: object[]", R"({"payload":"eyJfdHlwZSI6…","payloadType":"application/vnd.in-toto+json","signatures":[{"keyid":")" H R"(","sig":"q1Xv…"}]})")},
        {"RendererKey", schema("renderer: text, kid: hash, alg: text, public: text", R"({"renderer":"https://artdag.example/l1","kid":")" H R"(","alg":"ed25519","public":"-----BEGIN PUBLIC KEY-----\n…"})")},
        {"Revocation", schema("type: text, registry: text, renderer: text, user: text, created: time, sig: object[]", R"({"type":"artdag.revoke","registry":"https://artdag.example","renderer":"https://render.example","user":"giles","created":"2026-11-20T10:00:00Z","sig":[]})")},
    };
}

} // namespace

const Json& schemas()
{
    static const Json all = makeSchemas();
    return all;
}

} // namespace artdag::server
