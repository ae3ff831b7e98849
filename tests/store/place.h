// SPDX-License-Identifier: GPL-3.0-or-later
// A store in a directory of its own, and what tests do to it behind its back.
#pragma once

#include "core/base/files.h"
#include "core/store/store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace artdag {

namespace fs = std::filesystem;

/// Most tests make many stores, and a ballast is slow to make in memory.
inline const StoreLimits smallLimits{std::nullopt, std::uint64_t{1} << 30, 4096};

/// Whether bytes survive a power cut is asked by the crash test alone, so for all others memory will do.
inline void useMemory()
{
    if (::access("/dev/shm", W_OK) == 0)
        ::setenv("TMPDIR", "/dev/shm", 1);
}

struct Place {
    TemporaryDirectory directory = *TemporaryDirectory::make("artdag-store");
    fs::path root = directory.path() / "store";
    std::unique_ptr<Store> store = *openStore(root, smallLimits);

    void reopen()
    {
        store.reset();
        store = *openStore(root, smallLimits);
    }
    [[nodiscard]] fs::path file(const ContentId& id) const { return root / "objects" / id.hex().substr(0, 2) / id.hex().substr(2); }
    [[nodiscard]] std::vector<std::string> names(const char* folder) const
    {
        std::vector<std::string> found;
        for (const auto& entry : fs::directory_iterator(root / folder))
            found.push_back(entry.path().filename().string());
        std::ranges::sort(found);
        return found;
    }
};

inline Bytes bytes(const std::string& text)
{
    return {text.begin(), text.end()};
}

inline ContentId idOf(const std::string& text)
{
    return ContentId{sha3(bytesOf(text))};
}

inline void writeOver(const fs::path& file, const std::string& text)
{
    fs::permissions(file, fs::perms::owner_write, fs::perm_options::add);
    const int fd = ::open(file.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
    CHECK(fd >= 0 && ::write(fd, text.data(), text.size()) == ssize_t(text.size()) && ::close(fd) == 0);
}

/// 64 MiB and a little, almost all of it a hole.
inline fs::path bigFile(const Place& place, const std::string& text = "a film")
{
    const auto file = place.directory.path() / "big.mov";
    CHECK(writeFileAtomically(file, bytesOf(text)));
    fs::resize_file(file, (64U << 20) + 4096);
    return file;
}

/// Makes a file look as if it had not been changed for an hour, so that its mark is believed.
inline void age(const fs::path& file)
{
    // The change time cannot be set; only waiting moves it away from now.
    struct stat facts {};
    for (;;) {
        CHECK(::stat(file.c_str(), &facts) == 0);
        timespec now{};
        ::clock_gettime(CLOCK_REALTIME, &now);
        if (now.tv_sec - facts.st_ctim.tv_sec > 3)
            return;
        ::usleep(50'000);
    }
}

template <class T>
Fault faultOf(const Result<T>& result)
{
    return result ? Fault::Cancelled : result.error().fault;
}

} // namespace artdag
