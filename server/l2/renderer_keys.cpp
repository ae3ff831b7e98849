// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/renderer_keys.h"

#include "server/db/accounts.h"
#include "server/l1/renderer.h"
#include "server/l2/renderer_words.h"

namespace artdag::server {

namespace {

constexpr const char* setting = "renderer keys"; // {kid: {"renderer", "public", "not_before"}}: an instance has a handful

Result<Json> keptKeys(Site& site)
{
    const std::string text = TRY(keptSetting(*site.database, setting));
    return text.empty() ? Result<Json>(Json::object()) : readJson(text);
}

} // namespace

Result<void> noteRendererKey(Site& site, const std::string& renderer, const PublicKey& key)
{
    if (TRY(keptKeys(site)).contains(key.kid()))
        return {};
    const auto turn = TRY(site.database->turn(setting));
    Json kept = TRY(keptKeys(site));
    if (!kept.contains(key.kid()))
        kept[key.kid()] = Json{{"renderer", renderer}, {"public", key.pem()}, {"not_before", isoTime(nowMicroseconds())}};
    return setSetting(*site.database, setting, kept.dump());
}

Result<RendererKey> rendererKey(Site& site, const std::string& kid)
{
    if (site.renderer && site.renderer->key->publicKey().kid() == kid) { // nobody needs to attach it
        const RendererKey own{site.renderer->options.baseUrl, site.renderer->key->publicKey()};
        TRY(noteRendererKey(site, own.renderer, own.key));
        return own;
    }
    const Json kept = TRY(keptKeys(site));
    const auto known = kept.find(kid);
    if (known == kept.end() || !isConfigured(site, known->value("renderer", "")))
        return fail(Fault::Denied, "key " + kid.substr(0, 100) + ": it is neither yours nor of a renderer that is attached here");
    return RendererKey{known->value("renderer", ""), TRY(PublicKey::fromPem(known->value("public", "")))};
}

Result<Json> rendererKeys(Site& site)
{
    const Json kept = TRY(keptKeys(site)); // it must outlive the loop
    Json list = Json::array();
    for (const auto& [kid, known] : kept.items())
        list.push_back(Json{{"renderer", known.value("renderer", "")}, {"kid", kid}, {"public", known.value("public", "")}, {"not_before", known.value("not_before", "")}});
    return list;
}

} // namespace artdag::server
