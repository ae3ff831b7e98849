// SPDX-License-Identifier: GPL-3.0-or-later
// Work on hostile bytes by a library that may crash, hang or eat all memory: done in a forked child with limits, which gives
// its result through shared memory. Only for work that takes no lock of this program; a program that is confined itself needs none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

namespace artdag {

/// Memory that a child process shares with its parent: zeros at first, and no cost until it is written.
class SharedPages {
public:
    explicit SharedPages(std::size_t bytes);
    ~SharedPages();
    SharedPages(const SharedPages&) = delete;
    SharedPages& operator=(const SharedPages&) = delete;
    /// Null where there is none left.
    [[nodiscard]] std::uint8_t* data() const { return m_data; }

private:
    std::uint8_t* m_data = nullptr;
    std::size_t m_bytes = 0;
};

struct ApartLimits {
    int seconds = 20;
    std::size_t bytes = std::size_t{2} << 30; ///< besides what this process has already
};
enum class Ended {
    Well,
    TooLate,
    Crashed,    ///< or refused memory
    NotStarted, ///< the system has no room for a process
};
/// Waits for the end. The child has no open files but those that it opens, and is killed with its parent.
Ended runApart(const ApartLimits& limits, const std::function<void()>& work);

} // namespace artdag
