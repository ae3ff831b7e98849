// SPDX-License-Identifier: GPL-3.0-or-later
// The list of films and looks that were made here, with what the artist thinks of them: one SQLite file beside the other
// things of the Studio. Films lie where they were written; the list never touches them.
#pragma once

#include "core/base/digest.h"
#include "core/base/sqlite.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

struct RenderRecord {
    std::string id;
    bool look = false; ///< settings that are kept without a film
    std::string title;
    std::string film, provenance, poster; ///< paths; empty where there is none
    std::string contentHash, framesHash, encode;
    int width = 0, height = 0;
    double seconds = 0;
    std::int64_t made = 0; ///< milliseconds since 1970, UTC
    std::string mark;      ///< empty, `kept`, `starred` or `discarded`
    std::string notes, tags;
    std::string page;     ///< where it was published
    std::string parent;   ///< the id of the render whose recipe this one's was made from
    std::string renderer; ///< the base URL of the one that rendered it; empty: here
    ContentId recipe;     ///< of its text: RenderCatalogue::recipeText
    bool operator==(const RenderRecord&) const = default;
};

/// Not thread-safe: it belongs to one thread, which may wait for the disk.
class RenderCatalogue {
public:
    /// Opens or makes `gallery.sqlite` in a directory. What an earlier version kept in `gallery.json` is taken over once, in one
    /// transaction; that file then stays as `gallery.json.taken-over`. Corrupt, naming the file, when it cannot be read: it is left as it is.
    static Result<RenderCatalogue> open(const std::filesystem::path& directory);

    /// Newest first.
    Result<std::vector<RenderRecord>> all();
    /// Adds a record, or replaces the one of that id. The text's content id is put into the record.
    Result<void> put(RenderRecord& record, std::string_view recipeText);
    /// Writes mark, notes, tags, page and title of records that are there.
    Result<void> update(const std::vector<RenderRecord>& records);
    Result<void> remove(const std::vector<std::string>& ids);
    /// The text of every recipe in it that has these words, each once.
    Result<std::vector<std::string>> recipesWith(std::string_view words);
    /// NotFound when no record has it.
    Result<std::string> recipeText(const ContentId& recipe);

private:
    explicit RenderCatalogue(sqlite::Connection connection)
        : m_connection(std::move(connection)) {}
    Result<void> prepareTables();
    Result<void> takeOver(const std::filesystem::path& list);
    Result<void> insert(const RenderRecord& record, std::string_view recipeText, bool replace);

    sqlite::Connection m_connection;
};

} // namespace artdag
