// SPDX-License-Identifier: GPL-3.0-or-later
// Reading activities and objects that others wrote: a member may be a text, an object with an id, or a list of these.
// Nothing here fails: what is not there or of another shape is empty.
#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

/// A text member, or empty.
std::string textOf(const Json& object, const char* name);
/// The id that a member holds: the text itself, the `id` of an object, or that of the first of a list. Empty otherwise.
std::string idOf(const Json& object, const char* name);
std::string idOf(const Json& value);
/// All ids that a member holds, at most 100.
std::vector<std::string> idsOf(const Json& object, const char* name);
/// The member when it is an object, else an empty object.
Json objectOf(const Json& object, const char* name);

/// Those in `to` and `cc`, each once, in order.
std::vector<std::string> addresseesOf(const Json& activity);
/// `https://www.w3.org/ns/activitystreams#Public`, or one of the short forms that others write.
bool isPublicCollection(std::string_view id);
/// Mastodon's rule: public, unlisted, followers, direct. `followers` is the author's collection.
std::string visibilityOf(const Json& object, std::string_view followers);
/// What an activity is about, so that all about one thing is sent in order: the object of a Create, Update, Delete or Undo,
/// else the activity itself.
std::string subjectOf(const Json& activity);

/// `https://host:port` of a URL, in lower case; empty when it is none.
std::string originOfUrl(std::string_view url);
/// `host:port` of a URL, in lower case, without the scheme's own port.
std::string hostOfUrl(std::string_view url);
/// Microseconds since 1970 of an xsd:dateTime such as `2026-11-20T10:00:00.123Z` or `…+02:00`; 0 when it is none.
std::int64_t timeOfText(const std::string& text);

} // namespace artdag
