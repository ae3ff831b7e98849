// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace artdag {

/// Has the disk begin with what is written already, so that the sync at the end waits for little.
class EarlyWriting {
public:
    explicit EarlyWriting(const std::string& url)
        : m_file(::open(url.substr(std::string_view("file:").size()).c_str(), O_WRONLY | O_CLOEXEC)) {}
    ~EarlyWriting()
    {
        if (m_file >= 0)
            ::close(m_file);
    }
    EarlyWriting(const EarlyWriting&) = delete;
    EarlyWriting& operator=(const EarlyWriting&) = delete;
    void upTo(std::int64_t written)
    {
        constexpr std::int64_t worthwhile = std::int64_t{8} << 20;
        if (m_file < 0 || written - m_begun < worthwhile)
            return;
        (void)::sync_file_range(m_file, m_begun, written - m_begun, SYNC_FILE_RANGE_WRITE);
        m_begun = written;
    }

private:
    int m_file;
    std::int64_t m_begun = 0;
};

} // namespace artdag
