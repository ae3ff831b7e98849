// SPDX-License-Identifier: GPL-3.0-or-later
// The picture of an account that has not chosen one: a symmetric pattern made of its name, always the same.
#pragma once

#include <string>
#include <string_view>

namespace artdag::server {

/// A PNG of 160 × 160 px.
std::string avatarPng(std::string_view user);

} // namespace artdag::server
