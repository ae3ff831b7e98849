// SPDX-License-Identifier: GPL-3.0-or-later
// What some peer would silently drop, found before it is sent. For tests over every document that we emit; it is no check of
// what others send.
#pragma once

#include "core/base/json.h"

#include <string>
#include <vector>

namespace artdag {

/// One line for each fault, empty when there is none: more than 8 levels, a number that is not whole or too large, an attachment
/// over 5,000 pixels, a member, type or reference that no statement covers, a text with control characters (on whose escaping
/// canonicalisers differ), addressing that differs between an activity and its object.
std::vector<std::string> lintDocument(const Json& document);

} // namespace artdag
