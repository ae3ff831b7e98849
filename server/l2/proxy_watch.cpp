// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/proxy_watch.h"

#include "server/operation/log.h"

namespace artdag::server {

namespace {

constexpr std::int64_t hour = 3600LL * 1'000'000;

bool isThisMachine(std::string_view host)
{
    return host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]");
}

} // namespace

bool isFromSilentProxy(const Site& site, const Request& request)
{
    if (!request.isUnnamed)
        return false;
    std::string_view host = site.options.publicUrl;
    if (const auto scheme = host.find("//"); scheme != std::string_view::npos)
        host.remove_prefix(scheme + 2);
    return !isThisMachine(host) && request.header("host") == host;
}

void watchProxy(Site& site, const Request& request)
{
    if (!isFromSilentProxy(site, request))
        return;
    const std::int64_t now = nowMicroseconds();
    std::int64_t before = site.silentProxyAt;
    if (now - before < hour || !site.silentProxyAt.compare_exchange_strong(before, now))
        return;
    LogLine(LogLevel::Warning, "proxy").text("client", request.peer).text("what", "it asks for others and does not say for whom: let it send X-Forwarded-For; until then nobody is limited, and the log has no addresses").write();
    if (const auto kept = setSetting(*site.database, silentProxySetting, isoTime(now) + " " + request.peer); !kept)
        logTrouble("proxy", kept.error().message);
}

} // namespace artdag::server
