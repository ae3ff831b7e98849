// SPDX-License-Identifier: GPL-3.0-or-later
// A gallery of thousands, as the first versions listed them: taken over when it is opened, in one transaction.
#pragma once

#include "core/base/files.h"
#include "core/base/json.h"

#include <filesystem>
#include <string>

namespace artdag {

/// 40 recipes; every seventh kept, every 31st of the others starred, every 13th about the sea.
inline bool writeManyRenders(const std::filesystem::path& directory, int count)
{
    Json list = Json::array();
    for (int i = 0; i < count; ++i) {
        const std::string title = std::string(i % 13 == 0 ? "About the sea " : "Film ") + std::to_string(i % 40);
        list.push_back({{"id", std::to_string(i)}, {"title", title}, {"film", "/nowhere/" + std::to_string(i)}, {"when", "2026-01-01T10:00:00Z"}, {"mark", i % 7 == 0 ? "kept" : (i % 31 == 0 ? "starred" : "")}, {"recipe", "recipe " + std::to_string(i % 40)}});
    }
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    const std::string text = list.dump();
    return writeFileAtomically(directory / "gallery.json", bytesOf(text)).has_value();
}

} // namespace artdag
