// SPDX-License-Identifier: GPL-3.0-or-later
// A program that compiles file_calls.cpp has its system calls on files pass through here first, those of SQLite too, so
// that a test can count, record, refuse, falsify or end the program at any one of them.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace artdag::file_calls {

enum class Kind {
    Open,
    Write,
    Pwrite,
    Fdatasync,
    Fsync,
    Rename,
    RenameNoReplace,
    Unlink,
    Mkdir,
    Rmdir,
    Truncate,
    Fchmod,
    Close,
    Flock,
    Fallocate,
    SetAttribute,
    RemoveAttribute,
};
inline constexpr int kinds = 17;

struct Call {
    Kind kind{};
    int fd = -1;         ///< of the call; of Open: what it returned, in `after` only
    std::string path;    ///< absolute; of a call on a descriptor: what it was opened by
    std::string target;  ///< of a rename; the name of an attribute
    std::int64_t at = 0; ///< offset, or -1 for the end of what is written; size of Truncate and Fallocate; flags of Open
    std::span<const std::uint8_t> bytes;
};

/// What becomes of a call.
struct Answer {
    enum class Way {
        Perform,
        Fail,    ///< with `code`
        Pretend, ///< success, and nothing is done
        Shorten, ///< write half of the bytes and say so
        Cheat,   ///< write half of the bytes and say that all were written
    };
    Way way = Way::Perform;
    int code = 0;
};

/// Called on the thread of the call. What it does itself to files passes it by.
class Listener {
public:
    virtual ~Listener() = default;
    virtual Answer before(const Call& call) = 0;
    virtual void after(const Call& /*call*/, bool /*done*/) {}
};

/// Null: no one. Not while calls are under way on other threads.
void listen(Listener* listener);

} // namespace artdag::file_calls
