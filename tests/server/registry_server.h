// SPDX-License-Identifier: GPL-3.0-or-later
// A server with two people and a key of the first: what the tests of works that change, go and come again begin with.
#pragma once

#include "server/db/database.h"
#include "tests/server/server_process.h"
#include "tests/server/signed_work.h"

#include <optional>

namespace artdag {

struct RegistryServer : ServerProcess {
    std::string giles, carol; ///< tokens; giles came first and owns the server
    std::optional<SigningKey> key, carolKey;

    bool begin(const QStringList& more = {})
    {
        if (!start(more))
            return false;
        giles = tokenOf("giles");
        carol = tokenOf("carol");
        key = *SigningKey::generate(KeyAlgorithm::Ed25519);
        carolKey = *SigningKey::generate(KeyAlgorithm::Ed25519);
        const std::string now = server::isoTime(server::nowMicroseconds());
        return post("/users/giles/keys", keyProof(*key, account("giles"), now), giles).status == 201 && post("/users/carol/keys", keyProof(*carolKey, account("carol"), now), carol).status == 201;
    }
    std::string account(const std::string& user) { return "@" + user + "@" + domain(); }
    static std::string png(const std::string& seed) { return "\x89PNG\r\n\x1a\n " + seed; }

    /// A registered picture with its bytes; its content id.
    ContentId publish(const std::string& name, const std::string& token, Json more = Json::object(), const std::string& seed = {})
    {
        const ContentId id = upload(png(seed.empty() ? name : seed), token);
        Json body{{"name", name}, {"content_hash", id.text()}, {"asset_type", "image"}};
        body.update(more);
        const HttpAnswer answer = post("/assets", body, token);
        return answer.status == 201 ? id : ContentId{};
    }
    void sendBytes(const SignedWork& work, const std::string& token)
    {
        upload(work.film, token);
        upload(work.recipe, token, "application/vnd.artdag.recipe+json");
        upload(work.digests, token, "application/vnd.artdag.frames");
        upload(work.input, token);
    }
    static Json bodyOf(const SignedWork& work, const std::string& name)
    {
        return {{"name", name}, {"content_hash", work.run.output.contentHash.text()}, {"asset_type", "video"}, {"claim", work.claim}, {"manifest", work.manifest}};
    }
    HttpAnswer patch(const std::string& path, const Json& body, const std::string& token) { return call("PATCH", path, body.dump(), token, {{"Content-Type", "application/json"}, {"Accept", "application/json"}}); }
    HttpAnswer remove(const std::string& path, const std::string& token, const Json& body = nullptr) { return call("DELETE", path, body.is_null() ? "" : body.dump(), token, {{"Content-Type", "application/json"}, {"Accept", "application/json"}}); }
    Json json(const std::string& path, const std::string& token = {}) { return parsed(get(path, "application/json", token)); }
    Json note(const std::string& path) { return parsed(get(path, "application/activity+json")); }
    int status(const std::string& path, const std::string& accept = "application/json", const std::string& token = {}) { return get(path, accept, token).status; }
    Json newest(const std::string& user) { return note("/users/" + user + "/outbox?page=true")["orderedItems"][0]; }

    static Json parsed(const HttpAnswer& answer)
    {
        const auto value = readJson(answer.body);
        return value ? *value : Json{{"unreadable", answer.body}, {"status", answer.status}};
    }
};

} // namespace artdag
