// SPDX-License-Identifier: GPL-3.0-or-later
// Another server of the fediverse on loopback: it has actors, signs what it delivers, keeps what is delivered to it, and
// misbehaves when it is told to.
#pragma once

#include "core/federation/http_signature.h"
#include "tests/server/server_process.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <ctime>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace artdag {

/// How a delivery is signed.
struct PeerSigning {
    std::string keyId;               ///< empty: of the activity's actor
    const SigningKey* key = nullptr; ///< null: the peer's
    std::int64_t secondsAgo = 0;
    SignatureForm form = SignatureForm::Cavage;
    std::string type = "application/activity+json";
};

class FakePeer {
public:
    struct Got {
        std::string method, path;
        HeaderLines headers;
        std::string body;
        Json json = nullptr; ///< of the body, when it is some
        [[nodiscard]] std::string header(const std::string& name) const
        {
            for (const auto& [key, value] : headers)
                if (key == name)
                    return value;
            return {};
        }
    };
    struct Reply {
        int status = 202;
        std::string type = "application/activity+json", body;
        HeaderLines headers{};
    };

    /// One for all: it takes long to make.
    static const SigningKey& usualKey()
    {
        static const SigningKey key = *SigningKey::generate(KeyAlgorithm::Rsa2048);
        return key;
    }
    FakePeer()
        : m_key(usualKey())
    {
        m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        CHECK(::bind(m_socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 && ::listen(m_socket, 64) == 0);
        ::getsockname(m_socket, reinterpret_cast<sockaddr*>(&address), &length);
        m_host = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
        m_listener = std::thread([this] { listen(); });
    }
    ~FakePeer()
    {
        m_stopping = true;
        release();
        ::shutdown(m_socket, SHUT_RDWR);
        m_listener.join();
        ::close(m_socket);
        for (std::thread& thread : m_connections)
            thread.join();
    }
    FakePeer(const FakePeer&) = delete;
    FakePeer& operator=(const FakePeer&) = delete;

    [[nodiscard]] std::string url() const { return "http://" + m_host; }
    [[nodiscard]] const std::string& host() const { return m_host; }
    [[nodiscard]] std::string actor(const std::string& name = "bob") const { return url() + "/users/" + name; }
    [[nodiscard]] const SigningKey& key() const { return m_key; }
    [[nodiscard]] Json actorDocument(const std::string& name) const
    {
        const std::string id = actor(name);
        return {{"@context", Json::array({"https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"})}, {"id", id}, {"type", "Person"}, {"preferredUsername", name}, {"name", name}, {"inbox", id + "/inbox"}, {"outbox", id + "/outbox"},
            {"followers", id + "/followers"}, {"endpoints", Json{{"sharedInbox", url() + "/inbox"}}}, {"publicKey", Json{{"id", id + "#main-key"}, {"owner", id}, {"publicKeyPem", m_key.publicKey().pem()}}}};
    }

    /// What a path answers instead of the usual.
    void serve(const std::string& path, Reply reply)
    {
        const std::lock_guard lock(m_mutex);
        m_replies[path] = std::move(reply);
    }
    void serve(const std::string& path, const Json& document) { serve(path, Reply{200, "application/activity+json", document.dump()}); }
    /// A path whose requests are not answered before release().
    void hang(const std::string& path)
    {
        const std::lock_guard lock(m_mutex);
        m_hanging[path] = true;
    }
    void release()
    {
        const std::lock_guard lock(m_mutex);
        m_hanging.clear();
        m_changed.notify_all();
    }
    void replaceKey() { m_key = *SigningKey::generate(KeyAlgorithm::Rsa2048); }

    std::vector<Got> got(const std::string& method = "POST")
    {
        const std::lock_guard lock(m_mutex);
        std::vector<Got> all;
        for (const Got& one : m_got)
            if (one.method == method)
                all.push_back(one);
        return all;
    }
    /// The first delivered activity that fits; null when none comes in time.
    Json waitFor(const std::function<bool(const Json&)>& fits, int seconds = 10)
    {
        std::unique_lock lock(m_mutex);
        Json found = nullptr;
        m_changed.wait_for(lock, std::chrono::seconds(seconds), [&] {
            for (const Got& one : m_got)
                if (one.method == "POST" && one.json.is_object() && fits(one.json)) {
                    found = one.json;
                    return true;
                }
            return false;
        });
        return found;
    }
    Json waitForType(const std::string& type, int seconds = 10)
    {
        return waitFor([&](const Json& activity) { return activity.value("type", "") == type; }, seconds);
    }
    /// True when so many requests of that path came in time.
    bool waitForRequests(const std::string& path, std::size_t count, int seconds = 10)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(seconds), [&] { return static_cast<std::size_t>(std::count_if(m_got.begin(), m_got.end(), [&](const Got& one) { return one.path == path; })) >= count; });
    }
    void forget()
    {
        const std::lock_guard lock(m_mutex);
        m_got.clear();
    }

    /// An activity of one of its actors, with a fresh id.
    Json activity(const std::string& type, Json object, const std::string& name = "bob")
    {
        return {{"@context", "https://www.w3.org/ns/activitystreams"}, {"id", url() + "/activities/" + std::to_string(++m_ids)}, {"type", type}, {"actor", actor(name)}, {"to", Json::array({"https://www.w3.org/ns/activitystreams#Public"})}, {"object", std::move(object)}};
    }
    Json note(const std::string& id, const std::string& content, const std::string& inReplyTo = {}, const std::string& name = "bob")
    {
        Json note{{"id", url() + "/notes/" + id}, {"type", "Note"}, {"attributedTo", actor(name)}, {"content", content}, {"published", "2026-11-20T10:00:00Z"}, {"to", Json::array({"https://www.w3.org/ns/activitystreams#Public"})}};
        if (!inReplyTo.empty())
            note["inReplyTo"] = inReplyTo;
        return note;
    }

    using Signing = PeerSigning;
    /// The request that delivers an activity, signed.
    HttpRequest request(const std::string& inbox, const std::string& body, Signing signing) const
    {
        HttpRequest request;
        request.method = "POST";
        request.url = inbox;
        request.body = body;
        request.headers = {{"Content-Type", signing.type}};
        const auto path = inbox.find('/', 8);
        const SignableRequest signable{"POST", "http", inbox.substr(7, path - 7), inbox.substr(path), {{"content-type", signing.type}}, body};
        const HeaderLines lines = *signRequest(signable, signing.form, signing.keyId, signing.key != nullptr ? *signing.key : m_key, ::time(nullptr) - signing.secondsAgo);
        request.headers.insert(request.headers.end(), lines.begin(), lines.end());
        return request;
    }
    /// A signed GET by one of its actors.
    HttpAnswer fetch(ServerProcess& server, const std::string& path, const std::string& name = "bob") const
    {
        HttpRequest request;
        request.url = server.url() + path;
        request.headers = {{"Accept", "application/activity+json"}};
        const HeaderLines lines = *signRequest({"GET", "http", server.domain(), path, {}, ""}, SignatureForm::Cavage, actor(name) + "#main-key", m_key, ::time(nullptr));
        request.headers.insert(request.headers.end(), lines.begin(), lines.end());
        auto answer = server.http().send(request);
        return answer ? std::move(*answer) : HttpAnswer{};
    }
    int deliver(ServerProcess& server, const Json& activity, Signing signing = {}, const std::string& path = "/inbox")
    {
        if (signing.keyId.empty())
            signing.keyId = activity.value("actor", "") + "#main-key";
        const auto answer = server.http().send(request(server.url() + path, activity.dump(), signing));
        return answer ? answer->status : 0;
    }

private:
    void listen()
    {
        while (!m_stopping) {
            const int fd = ::accept(m_socket, nullptr, nullptr);
            if (fd < 0)
                continue;
            const std::lock_guard lock(m_mutex);
            m_connections.emplace_back([this, fd] { answer(fd); });
        }
    }
    static std::size_t lengthOf(const std::string& head)
    {
        for (std::size_t at = 0; (at = head.find("\r\n", at)) != std::string::npos; at += 2)
            if (::strncasecmp(head.c_str() + at + 2, "content-length:", 15) == 0)
                return static_cast<std::size_t>(std::stoul(head.substr(at + 17)));
        return 0;
    }
    static Got read(int fd)
    {
        std::string bytes;
        char block[16384];
        std::size_t end = std::string::npos;
        while ((end = bytes.find("\r\n\r\n")) == std::string::npos || bytes.size() < end + 4 + lengthOf(bytes.substr(0, end + 2))) {
            const ssize_t count = ::recv(fd, block, sizeof block, 0);
            if (count <= 0)
                return {};
            bytes.append(block, static_cast<std::size_t>(count));
        }
        Got got;
        got.method = bytes.substr(0, bytes.find(' '));
        got.path = bytes.substr(got.method.size() + 1, bytes.find(' ', got.method.size() + 1) - got.method.size() - 1);
        for (std::size_t at = bytes.find("\r\n") + 2; at < end;) {
            const std::string line = bytes.substr(at, bytes.find("\r\n", at) - at);
            std::string name = line.substr(0, line.find(':'));
            for (char& c : name)
                c = static_cast<char>(::tolower(c));
            got.headers.emplace_back(name, line.substr(std::min(line.find(':') + 2, line.size())));
            at += line.size() + 2;
        }
        got.body = bytes.substr(end + 4);
        if (const auto json = readJson(got.body))
            got.json = *json;
        return got;
    }
    Reply replyTo(const Got& got)
    {
        if (const auto found = m_replies.find(got.path); found != m_replies.end())
            return found->second;
        const std::string path = got.path.substr(0, got.path.find('?'));
        if (got.method == "POST")
            return {};
        if (path.starts_with("/users/") && path.find('/', 7) == std::string::npos)
            return {200, "application/activity+json", actorDocument(path.substr(7)).dump()};
        if (path == "/.well-known/webfinger") {
            const auto from = got.path.find("acct%3A") != std::string::npos ? got.path.find("acct%3A") + 7 : got.path.find("acct:") + 5;
            const std::string name = got.path.substr(from, got.path.find_first_of("@%", from) - from);
            return {200, "application/jrd+json", Json{{"subject", "acct:" + name + "@" + m_host}, {"links", Json::array({Json{{"rel", "self"}, {"type", "application/activity+json"}, {"href", actor(name)}}})}}.dump()};
        }
        return {404, "text/plain", "nothing"};
    }
    void answer(int fd)
    {
        const Got got = read(fd);
        Reply reply;
        {
            std::unique_lock lock(m_mutex);
            if (!got.method.empty()) {
                m_got.push_back(got);
                m_changed.notify_all();
            }
            m_changed.wait(lock, [&] { return m_stopping || !m_hanging.contains(got.path); });
            reply = replyTo(got);
        }
        std::string text = "HTTP/1.1 " + std::to_string(reply.status) + " Answer\r\nContent-Type: " + reply.type + "\r\nContent-Length: " + std::to_string(reply.body.size()) + "\r\nConnection: close\r\n";
        for (const auto& [name, value] : reply.headers)
            text += name + ": " + value + "\r\n";
        text += "\r\n" + reply.body;
        (void)::send(fd, text.data(), text.size(), MSG_NOSIGNAL);
        ::close(fd);
    }

    SigningKey m_key;
    int m_socket = -1;
    std::string m_host;
    std::atomic<bool> m_stopping{false};
    std::atomic<int> m_ids{0};
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<Got> m_got;
    std::map<std::string, Reply> m_replies;
    std::map<std::string, bool> m_hanging;
    std::vector<std::thread> m_connections;
    std::thread m_listener;
};

} // namespace artdag
