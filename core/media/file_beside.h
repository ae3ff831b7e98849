// SPDX-License-Identifier: GPL-3.0-or-later
// A file or folder made beside its target, which it replaces when it is whole, and which vanishes otherwise.
#pragma once

#include "core/base/result.h"

#include <filesystem>

namespace artdag {

class FileBeside {
public:
    explicit FileBeside(const std::filesystem::path& target);
    ~FileBeside();
    FileBeside(const FileBeside&) = delete;
    FileBeside& operator=(const FileBeside&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

    /// Makes what was written durable and puts it in the target's place.
    Result<void> replaceTarget();
    /// The same for a folder; an old folder of the same name goes away with all that is in it.
    Result<void> replaceFolder();

private:
    [[nodiscard]] Error error(int code) const;
    Result<void> sync(const std::filesystem::path& path, int flags, int (*how)(int)) const;
    Result<void> rename(const std::filesystem::path& from, const std::filesystem::path& to) const;

    std::filesystem::path m_target;
    std::filesystem::path m_path;
    bool m_done = false;
};

} // namespace artdag
