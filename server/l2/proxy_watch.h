// SPDX-License-Identifier: GPL-3.0-or-later
// Notices a proxy that asks for others and does not say for whom: all of them look like the proxy then, so that nobody is limited
// and the log has no addresses. It is said in the log, and by `artdagd doctor` for a day.
#pragma once

#include "server/http/message.h"
#include "server/l2/site.h"

#include <string>

namespace artdag::server {

inline constexpr const char* silentProxySetting = "silent_proxy"; ///< `2026-11-20T10:00:00Z 127.0.0.1`
inline constexpr std::int64_t silentProxyLasts = 24LL * 3600 * 1'000'000;

/// True for a request from a trusted address that says nothing about who asks, and yet was for our public host: a program on
/// this machine asks for this machine.
bool isFromSilentProxy(const Site& site, const Request& request);
/// Written down at most once an hour.
void watchProxy(Site& site, const Request& request);

} // namespace artdag::server
