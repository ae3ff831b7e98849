// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are used before their hash is known: a random id each, in this process's memory only, and a thread that hashes.
#pragma once

#include "core/store/disk.h"

#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

namespace artdag {

/// Thread-safe. Its end stops the threads and waits for them.
class OfferedFiles {
public:
    using Hashing = std::function<Result<ContentId>(const std::stop_token& stop)>;
    ~OfferedFiles();
    /// The provisional id; the same one while the same file is being hashed.
    ContentId add(const std::string& path, const disk::FileMark& mark, Hashing hash);
    std::optional<disk::FileMark> markOf(const ContentId& id);
    /// Nothing once the file has changed.
    std::optional<std::string> pathOf(const ContentId& id);
    /// Waits. An id that was never given out here is its own answer.
    Result<ContentId> settle(const ContentId& id);

private:
    struct Offer {
        std::string path;
        disk::FileMark mark;
        std::shared_future<Result<ContentId>> hash;
        std::jthread thread;
    };
    std::mutex m_mutex;
    std::map<ContentId, Offer> m_offers;
};

} // namespace artdag
