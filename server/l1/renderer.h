// SPDX-License-Identifier: GPL-3.0-or-later
// The role l1 of an instance: where renders are made and kept, what they may cost, the instance's key, the queue. What its
// routes work on besides the Site.
#pragma once

#include "core/identity/keys.h"
#include "core/net/http_client.h"
#include "server/http/router.h"
#include "server/l2/tokens.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace artdag::server {

class RenderQueue;

/// What the operator allows. 0: no limit.
struct RenderLimits {
    std::int64_t pixels = std::int64_t{4096} * 2304; ///< of a frame
    double seconds = 600;                            ///< of a film
    std::int64_t nodes = 2000;
    std::chrono::seconds wallTime{3600};
    std::chrono::seconds processorTime{4 * 3600};
    std::uint64_t memory = std::uint64_t{4} << 30; ///< bytes of the process
    std::uint64_t disk = std::uint64_t{50} << 30;  ///< bytes of rendered pieces that are kept
    std::int64_t queued = 100;                     ///< runs that wait or are under way
    std::int64_t queuedOfUser = 20;
};

struct RendererOptions {
    std::string baseUrl; ///< without a final slash: `https://artdag.example/l1`, or the public URL itself
    std::string prefix;  ///< `/l1`, or empty without the role l2
    std::filesystem::path directory;
    std::filesystem::path program;       ///< artdag-render
    std::filesystem::path worker;        ///< artdag-worker
    std::vector<std::string> registries; ///< base URLs of the L2 servers whose people may attach
    int port = 0;                        ///< in the name of the cookie
    int renders = 1;                     ///< at the same time
    int threads = 0;                     ///< of each; 0: all cores
    RenderLimits limits;
};

struct Renderer {
    explicit Renderer(RendererOptions given);
    ~Renderer();
    Renderer(const Renderer&) = delete;
    Renderer& operator=(const Renderer&) = delete;

    RendererOptions options;
    std::shared_ptr<const SigningKey> key; ///< of the instance: signs manifests and what is asked of an L2
    TokenRealm tokens;                     ///< of people who attached, and of the administrator
    std::unique_ptr<HttpClient> http;      ///< to the registries, which the operator named
    std::unique_ptr<RenderQueue> queue;    ///< last: its threads use everything else

    [[nodiscard]] std::string cookieName() const { return "artdag_l1_" + std::to_string(options.port); }
    [[nodiscard]] std::filesystem::path store() const { return options.directory / "store"; }
    [[nodiscard]] std::filesystem::path folderOf(const std::string& run) const { return options.directory / "work" / run; }

    std::mutex mutex;
    std::set<std::int64_t> planning; ///< users whose recipe is being looked at: one at a time
    Json effects;                    ///< the catalogue, once it was asked for; null before
};

/// Where tokens of a renderer are good: there alone.
TokenRealm rendererRealm(const RendererOptions& options, Bytes secret);
/// Opens the role in an instance: folders, key, tokens, queue.
Result<void> openRenderer(Site& site, RendererOptions options);

/// Every route of the role, without its prefix.
std::span<const Route> rendererRoutes();
bool isRendererRoute(const Route& route);

} // namespace artdag::server
