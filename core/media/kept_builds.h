// SPDX-License-Identifier: GPL-3.0-or-later
// What FFmpeg's libraries and encoders call their builds names keys, so every command needs it; to ask them, they must be loaded (40 ms, and a
// picture encoded for x264's). The answers are kept in a file, which holds while the files of all libraries are as they were.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace artdag {

/// From now on answers are kept in `file` too. It need not exist; one that cannot be read or written, or is stale, only costs time.
void keepBuildsIn(const std::filesystem::path& file);
/// The answer kept as `name`, else that of `ask`, which is kept. Any thread.
std::string keptBuild(const std::string& name, const std::function<std::string()>& ask);

} // namespace artdag
