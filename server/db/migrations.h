// SPDX-License-Identifier: GPL-3.0-or-later
// The schema as a list of steps, each run once and never changed after a release: only add to its end.
#pragma once

#include <span>
#include <string>

namespace artdag::server {

/// Step n (from 0) brings a database from schema n to n + 1.
std::span<const std::string> migrations();

} // namespace artdag::server
