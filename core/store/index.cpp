// SPDX-License-Identifier: GPL-3.0-or-later
// Connections, and the last uses.
#include "core/store/index.h"

#include <sys/stat.h>
#include <unistd.h>

namespace artdag {

using index_rows::number;

namespace {

constexpr std::size_t touchedBatch = 512;

} // namespace

Index::~Index()
{
    (void)writeTouched();
}

std::uint64_t Index::inodeNow() const
{
    struct stat facts {};
    return ::stat(file().c_str(), &facts) == 0 ? facts.st_ino : 0;
}

Result<std::unique_ptr<sqlite::Connection>> Index::takeConnection()
{
    // Rows written into a file that has lost its name would be lost with it.
    if (inodeNow() != m_inode)
        return fail(Fault::Unavailable, "store: its index was taken away or made anew; open the store again");
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_idle.empty()) {
            auto connection = std::move(m_idle.back());
            m_idle.pop_back();
            return connection;
        }
    }
    return std::make_unique<sqlite::Connection>(TRY(sqlite::Connection::open(file(), sqlite::Connection::Mode::ReadWrite)));
}

/// Last uses are numbers of a counter, never times: a clock that jumps would evict the wrong object.
Result<void> Index::flush(sqlite::Connection& connection)
{
    std::vector<ContentId> touched;
    std::vector<std::pair<ContentId, Bytes>> sums;
    {
        const std::scoped_lock lock(m_mutex);
        touched.swap(m_touched);
        sums.swap(m_sums);
        m_touchedOnce.clear();
    }
    if (!sums.empty()) {
        auto update = TRY(connection.prepare("UPDATE objects SET sums = ? WHERE id = ?"));
        for (const auto& [id, blob] : sums)
            TRY(update.bind(1, ByteView(blob)).bind(2, id.digest).run());
    }
    if (touched.empty())
        return {};
    auto use = TRY(number(connection, "SELECT value FROM counters WHERE name = 'use'"));
    const auto age = TRY(number(connection, "SELECT value FROM counters WHERE name = 'age'"));
    auto update = TRY(connection.prepare("UPDATE objects SET last_use = ?, worth = cost + ? WHERE id = ?"));
    for (const ContentId& id : touched)
        TRY(update.bind(1, ++use).bind(2, age).bind(3, id.digest).run());
    return TRY(connection.prepare("UPDATE counters SET value = ? WHERE name = 'use'")).bind(1, use).run();
}

void Index::touch(const ContentId& id)
{
    bool isFull = false;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_touchedOnce.insert(id).second)
            m_touched.push_back(id);
        isFull = m_touched.size() >= touchedBatch;
    }
    if (isFull)
        (void)writeTouched();
}

void Index::noteSums(const ContentId& id, Bytes sums)
{
    const std::scoped_lock lock(m_mutex);
    m_sums.emplace_back(id, std::move(sums)); // its reader touches it too, which writes both
}

Result<void> Index::writeTouched()
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_touched.empty() && m_sums.empty())
            return {};
    }
    return change([](sqlite::Connection&) -> Result<void> { return {}; }, Sync::Later);
}

Result<std::int64_t> Index::counter(std::string_view name)
{
    return with([&](sqlite::Connection& connection) -> Result<std::int64_t> {
        auto select = TRY(connection.prepare("SELECT value FROM counters WHERE name = ?"));
        if (!TRY(select.bind(1, name).step()))
            return fail(Fault::Corrupt, "store: a counter of the index is missing");
        return select.integer(0);
    });
}

Result<void> Index::setCounter(std::string_view name, std::int64_t value)
{
    return change([&](sqlite::Connection& connection) -> Result<void> {
        return TRY(connection.prepare("UPDATE counters SET value = ? WHERE name = ?")).bind(1, value).bind(2, name).run();
    });
}

} // namespace artdag
