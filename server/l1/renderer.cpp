// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l1/renderer.h"

#include "core/base/files.h"
#include "server/l1/render_queue.h"
#include "server/l2/site.h"

#include <unistd.h>

namespace artdag::server {

namespace {

/// Made at the first start and kept. Two servers of one directory that start at once keep the one that was there first.
Result<SigningKey> instanceKey(const std::filesystem::path& file)
{
    if (!std::filesystem::exists(file)) {
        const SigningKey fresh = TRY(SigningKey::generate(KeyAlgorithm::Ed25519));
        const std::filesystem::path beside = file.string() + "." + hexOf(secureRandom(8));
        TRY(writeFileAtomically(beside, bytesOf(fresh.pem()), 0600));
        (void)::link(beside.c_str(), file.c_str());
        ::unlink(beside.c_str());
    }
    return SigningKey::fromPem(TRY(readTextFile(file, 1U << 16)));
}

} // namespace

Renderer::Renderer(RendererOptions given)
    : options(std::move(given))
{
}

Renderer::~Renderer() = default;

TokenRealm rendererRealm(const RendererOptions& options, Bytes secret)
{
    return {options.baseUrl, "artdag-l1 " + options.baseUrl, std::move(secret)};
}

Result<void> openRenderer(Site& site, RendererOptions options)
{
    if (::access(options.program.c_str(), X_OK) != 0)
        return fail(Fault::NotFound, "program '" + options.program.string() + "': it renders and belongs beside artdagd; install it, or start with --role l2");
    std::error_code error;
    std::filesystem::create_directories(options.directory / "work", error);
    std::filesystem::permissions(options.directory, std::filesystem::perms::owner_all, error);
    if (error)
        return fail(Fault::Denied, "directory '" + options.directory.string() + "': " + error.message());
    auto renderer = std::make_shared<Renderer>(std::move(options));
    renderer->key = std::make_shared<const SigningKey>(TRY(instanceKey(site.options.directory / "keys" / "renderer.key")));
    renderer->tokens = rendererRealm(renderer->options, site.tokens.secret);
    renderer->http = openHttpClient();
    site.renderer = renderer;
    renderer->queue = std::make_unique<RenderQueue>(site, renderer->options.renders);
    return {};
}

} // namespace artdag::server
