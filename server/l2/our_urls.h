// SPDX-License-Identifier: GPL-3.0-or-later
// Reading content hashes out of URLs of objects.
#pragma once

#include "core/base/digest.h"
#include "core/federation/actor_document.h"

#include <optional>
#include <string_view>

namespace artdag::server {

/// The hash of `…/objects/<64 hex>[/version]` of any server.
std::optional<ContentId> contentOfUrl(std::string_view url);
/// The same, of this server alone.
std::optional<ContentId> contentOfObjectUrl(const Instance& instance, std::string_view url);
/// `https://host/objects/<hex>`
std::string objectUrlOf(const Instance& instance, const ContentId& content);

} // namespace artdag::server
