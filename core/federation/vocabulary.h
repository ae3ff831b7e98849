// SPDX-License-Identifier: GPL-3.0-or-later
// Names of the ActivityPub world that must be byte for byte the same everywhere: contexts, the public collection, media
// types, our own namespace.
#pragma once

#include "core/base/json.h"

#include <string_view>

namespace artdag {

inline constexpr std::string_view activityStreams = "https://www.w3.org/ns/activitystreams";
inline constexpr std::string_view publicCollection = "https://www.w3.org/ns/activitystreams#Public";
inline constexpr std::string_view activityType = "application/activity+json";
/// The namespace of our extension terms: one constant for all servers, always written inline, never fetched.
inline constexpr std::string_view artdagNamespace = "https://artdag.rose-ash.com/ns#";

/// The `@context` of actors and of published works: every extension term that can appear, now or later, is defined in it
/// (`generator` is ActivityStreams' own, so it is not).
Json actorContext();
Json noteContext();

} // namespace artdag
