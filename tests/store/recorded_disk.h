// SPDX-License-Identifier: GPL-3.0-or-later
// Records what a run does to the files below a directory, call by call, and makes every state in which a power cut could
// leave them: the calls up to some point, of which those not yet synced happened or not, each by itself, writes also in
// part. Stricter than any file system: only an fsync of the target's directory makes a rename last, and nothing is in order.
#pragma once

#include "core/base/digest.h"
#include "core/base/files.h"
#include "tests/store/file_calls.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace artdag {

/// How the disk lies, if at all; asked before each call below the directory.
using PlantedBug = std::function<file_calls::Answer(const file_calls::Call&)>;

class RecordedDisk : public file_calls::Listener {
public:
    /// What is there now is taken as synced.
    explicit RecordedDisk(std::filesystem::path root, PlantedBug bug = {});

    file_calls::Answer before(const file_calls::Call& call) override;
    void after(const file_calls::Call& call, bool done) override;
    /// How many calls were made so far: when something was acknowledged.
    [[nodiscard]] std::size_t now() const { return m_steps.size(); }

    /// The files after the first `count` calls and a power cut that `seed` decides; `choice` tells states apart.
    struct State {
        std::set<std::string> directories;
        std::map<std::string, Bytes> files;
        std::set<std::string> renders; ///< files with the attribute of a render
        Digest choice{};
    };
    [[nodiscard]] State cut(std::size_t count, std::uint64_t seed) const;

private:
    enum class What {
        Create,
        Write,
        Truncate,
        Rename,
        Unlink,
        Mkdir,
        Rmdir,
        Mark,
        Unmark,
        SyncFile, ///< bytes and length
        SyncAll,  ///< attributes too
        SyncDirectory,
    };
    struct Step {
        What what{};
        int node = -1;
        std::string path, target;
        std::int64_t at = 0;
        Bytes bytes;
        std::size_t syncedBy = std::numeric_limits<std::size_t>::max(); ///< the call that makes it last
    };
    struct Disk {
        std::set<std::string> directories;
        std::map<std::string, int> names;
        std::map<int, Bytes> nodes;
        std::set<int> renders;
    };
    void add(Step step);
    static void apply(Disk& disk, const Step& step, std::uint64_t part);
    [[nodiscard]] std::string inside(const std::string& path) const;

    std::string m_root;
    PlantedBug m_bug;
    std::mutex m_mutex;
    Disk m_start, m_live;
    int m_nextNode = 0;
    std::vector<Step> m_steps;
};

/// Makes a directory hold a state and nothing else.
void writeState(const RecordedDisk::State& state, const std::filesystem::path& directory);

} // namespace artdag
