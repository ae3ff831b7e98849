// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/store/recorded_disk.h"

#include "core/base/random.h"

#include <fcntl.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace artdag {

using file_calls::Answer;
using file_calls::Call;
using file_calls::Kind;
namespace fs = std::filesystem;

namespace {

constexpr const char* classAttribute = "user.artdag.class";

std::string parentOf(const std::string& path)
{
    return fs::path(path).parent_path().string();
}

bool isRender(const fs::path& file)
{
    return ::getxattr(file.c_str(), classAttribute, nullptr, 0) == 6;
}

} // namespace

RecordedDisk::RecordedDisk(fs::path root, PlantedBug bug)
    : m_root(root.string() + "/"),
      m_bug(std::move(bug))
{
    m_start.directories.insert("");
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        const std::string name = inside(entry.path());
        if (entry.is_directory()) {
            m_start.directories.insert(name);
            continue;
        }
        m_start.names[name] = m_nextNode;
        m_start.nodes[m_nextNode] = *readFile(entry.path());
        if (isRender(entry.path()))
            m_start.renders.insert(m_nextNode);
        ++m_nextNode;
    }
    m_live = m_start;
}

/// Relative to the directory; empty for what lies elsewhere. SQLite's shared memory is nothing that a disk keeps.
std::string RecordedDisk::inside(const std::string& path) const
{
    return path.starts_with(m_root) && !path.ends_with("-shm") ? path.substr(m_root.size()) : "";
}

Answer RecordedDisk::before(const Call& call)
{
    return m_bug && (call.path + "/").starts_with(m_root) ? m_bug(call) : Answer();
}

void RecordedDisk::add(Step step)
{
    apply(m_live, step, 1);
    const std::size_t at = m_steps.size();
    for (Step& earlier : m_steps) {
        const bool isData = earlier.what == What::Write || earlier.what == What::Truncate;
        const bool isMark = earlier.what == What::Mark || earlier.what == What::Unmark;
        const bool isName = !isData && !isMark;
        const bool covers = step.what == What::SyncDirectory ? isName && parentOf(earlier.what == What::Rename ? earlier.target : earlier.path) == step.path
            : step.what == What::SyncAll                     ? earlier.node == step.node && (isData || isMark)
            : step.what == What::SyncFile                    ? earlier.node == step.node && isData
                                                             : false;
        if (covers)
            earlier.syncedBy = std::min(earlier.syncedBy, at);
    }
    m_steps.push_back(std::move(step));
}

void RecordedDisk::after(const Call& call, bool done)
{
    const std::scoped_lock lock(m_mutex);
    const std::string path = inside(call.path);
    if (!done || (path.empty() && call.path + "/" != m_root))
        return;
    const auto known = m_live.names.find(path);
    const int node = known == m_live.names.end() ? -1 : known->second;
    switch (call.kind) {
    case Kind::Open:
        if ((call.at & O_CREAT) != 0 && node < 0)
            add({What::Create, m_nextNode++, path, {}, 0, {}});
        if ((call.at & O_TRUNC) != 0 && node >= 0)
            add({What::Truncate, node, path, {}, 0, {}});
        break;
    case Kind::Write:
    case Kind::Pwrite:
        if (node >= 0)
            add({What::Write, node, path, {}, call.at >= 0 ? call.at : ::lseek(call.fd, 0, SEEK_CUR) - static_cast<std::int64_t>(call.bytes.size()), Bytes(call.bytes.begin(), call.bytes.end())});
        break;
    case Kind::Truncate:
        if (node >= 0)
            add({What::Truncate, node, path, {}, call.at, {}});
        break;
    case Kind::Fdatasync:
    case Kind::Fsync:
        if (m_live.directories.contains(path))
            add({What::SyncDirectory, -1, path, {}, 0, {}});
        else if (node >= 0)
            add({call.kind == Kind::Fsync ? What::SyncAll : What::SyncFile, node, path, {}, 0, {}});
        break;
    case Kind::Rename:
    case Kind::RenameNoReplace:
        if (node >= 0)
            add({What::Rename, node, path, inside(call.target), 0, {}});
        break;
    case Kind::Unlink:
        if (node >= 0)
            add({What::Unlink, node, path, {}, 0, {}});
        break;
    case Kind::Mkdir:
        add({What::Mkdir, -1, path, {}, 0, {}});
        break;
    case Kind::Rmdir:
        add({What::Rmdir, -1, path, {}, 0, {}});
        break;
    case Kind::SetAttribute:
    case Kind::RemoveAttribute:
        if (node >= 0 && call.target == classAttribute)
            add({call.kind == Kind::SetAttribute ? What::Mark : What::Unmark, node, path, {}, 0, {}});
        break;
    default:
        break;
    }
}

/// `part` of a write: 1 all of it, 2 its first half in sectors, 3 as many zeros (the length came, the bytes did not).
void RecordedDisk::apply(Disk& disk, const Step& step, std::uint64_t part)
{
    switch (step.what) {
    case What::Create:
        disk.names[step.path] = step.node;
        disk.nodes.try_emplace(step.node);
        break;
    case What::Write: {
        Bytes& bytes = disk.nodes[step.node];
        const std::size_t count = part == 2 ? step.bytes.size() / 2 / 512 * 512 : step.bytes.size();
        const auto at = static_cast<std::size_t>(step.at);
        bytes.resize(std::max(bytes.size(), at + count));
        if (part == 3)
            std::fill_n(bytes.begin() + step.at, count, std::uint8_t{0});
        else
            std::copy_n(step.bytes.begin(), count, bytes.begin() + step.at);
        break;
    }
    case What::Truncate:
        disk.nodes[step.node].resize(static_cast<std::size_t>(step.at));
        break;
    case What::Rename:
        if (const auto old = disk.names.find(step.path); old != disk.names.end() && old->second == step.node)
            disk.names.erase(old);
        disk.names[step.target] = step.node;
        break;
    case What::Unlink:
        if (const auto old = disk.names.find(step.path); old != disk.names.end() && old->second == step.node)
            disk.names.erase(old);
        break;
    case What::Mkdir:
        disk.directories.insert(step.path);
        break;
    case What::Rmdir:
        disk.directories.erase(step.path);
        break;
    case What::Mark:
        disk.renders.insert(step.node);
        break;
    case What::Unmark:
        disk.renders.erase(step.node);
        break;
    case What::SyncFile:
    case What::SyncAll:
    case What::SyncDirectory:
        break;
    }
}

RecordedDisk::State RecordedDisk::cut(std::size_t count, std::uint64_t seed) const
{
    Disk disk = m_start;
    Hasher choice;
    choice.addU64(count);
    // Seeds 0 and 1: all that was not synced is lost, or all of it came.
    for (std::size_t i = 0; i < count; ++i) {
        const Step& step = m_steps[i];
        const bool isWrite = step.what == What::Write;
        const std::uint64_t part = step.syncedBy < count ? 1 : seed <= 1 ? seed
                                                                         : randomBits(seed, count, i) % (isWrite ? 4 : 2);
        if (step.syncedBy >= count && step.what < What::SyncFile)
            choice.addU16(static_cast<std::uint16_t>(part));
        if (part != 0)
            apply(disk, step, part);
    }
    State state{std::move(disk.directories), {}, {}, choice.finish()};
    for (const auto& [name, node] : disk.names)
        if (state.directories.contains(parentOf(name))) {
            state.files[name] = disk.nodes[node];
            if (disk.renders.contains(node))
                state.renders.insert(name);
        }
    return state;
}

void writeState(const RecordedDisk::State& state, const fs::path& directory)
{
    std::vector<fs::path> old;
    if (fs::exists(directory))
        for (const auto& entry : fs::recursive_directory_iterator(directory))
            if (!entry.is_directory() || !state.directories.contains(fs::relative(entry.path(), directory).string()))
                old.push_back(entry.path());
    for (const auto& path : old)
        fs::remove_all(path);
    fs::create_directories(directory);
    for (const auto& name : state.directories)
        if (!name.empty())
            fs::create_directories(directory / name);
    for (const auto& [name, bytes] : state.files) {
        std::ofstream(directory / name, std::ios::binary).write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        if (state.renders.contains(name))
            (void)::setxattr((directory / name).c_str(), classAttribute, "render", 6, 0);
    }
}

} // namespace artdag
