// SPDX-License-Identifier: GPL-3.0-or-later
// Where films go that nobody named a place for.
#pragma once

#include <filesystem>

namespace artdag {

/// `Art DAG` in the folder for videos; ARTDAG_FILMS instead, where it is set.
std::filesystem::path filmFolder();

} // namespace artdag
