// SPDX-License-Identifier: GPL-3.0-or-later
// What only the index would know is written beside it too, one small file each (`records/ab/cdef…`), so that a lost index
// loses no hit, no pin and no linked file. docs/formats/store.md. A damaged record is as good as none.
#pragma once

#include "core/store/disk.h"
#include "core/store/store.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace artdag {

/// What is known of a file outside the store.
struct FileRow {
    std::string path;
    ContentId id;
    disk::FileMark mark;
    ObjectClass kind = ObjectClass::Asset;
    std::optional<Digest> sha256;
    bool linked = false;  ///< its bytes stand for the object; else it was only copied from
    bool settled = false; ///< it was long unchanged when it was hashed, so that a later change must show in its mark
};

struct ActionRecord {
    std::string kind;
    Digest key{};
    ActionResult result;
};

using Record = std::variant<ActionRecord, Root, FileRow>;

// What a record is about; two records of one name replace each other.
Digest nameOfAction(std::string_view kind, const Digest& key);
Digest nameOfRoot(Root::Kind kind, std::string_view name);
Digest nameOfFile(std::string_view path);
Digest nameOfRecord(const Record& record);

/// BadInput for texts that are not UTF-8 in an action's facts.
Result<std::string> textOfRecord(const Record& record);
/// Corrupt for anything that textOfRecord has not written.
Result<Record> readRecord(std::string_view text);

/// Thread-safe.
class RecordFiles {
public:
    explicit RecordFiles(std::filesystem::path root)
        : m_root(std::move(root)) {}
    /// Survives a crash when it returns. `lease` begins the name of the file in `tmp/`. Lock: shared.
    Result<void> write(const std::string& lease, const Record& record);
    /// Gone for good when it returns; nothing to do when it is not there.
    Result<void> remove(const Digest& name);
    /// Gone sooner or later: for records of what is evicted, which are of no use and do no harm.
    void drop(const Digest& name);
    /// Each record that is whole; others are removed.
    Result<void> each(const std::function<Result<void>(const Record&)>& visit) const;

private:
    [[nodiscard]] std::filesystem::path pathOf(const Digest& name) const;
    std::filesystem::path m_root;
};

} // namespace artdag
