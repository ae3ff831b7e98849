// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/passwords.h"

#include "core/base/files.h"

#include <argon2.h>

#include <algorithm>
#include <array>
#include <semaphore>

namespace artdag::server {

namespace {

// OWASP's second choice of RFC 9106 parameters: 19 MiB, two passes, one lane; a small server can afford it.
constexpr std::uint32_t passes = 2;
constexpr std::uint32_t kibibytes = 19 * 1024;
constexpr std::uint32_t lanes = 1;
constexpr std::chrono::minutes window{5};
constexpr std::chrono::seconds longestWait{3600};
constexpr std::size_t mostNames = 100'000;

/// A flood of logins must not fill the memory: two at a time are as fast as the cores.
class HashingTurn {
public:
    HashingTurn() { turns().acquire(); }
    ~HashingTurn() { turns().release(); }
    HashingTurn(const HashingTurn&) = delete;
    HashingTurn& operator=(const HashingTurn&) = delete;

private:
    static std::counting_semaphore<2>& turns()
    {
        static std::counting_semaphore<2> free(2);
        return free;
    }
};

} // namespace

Result<std::string> hashPassword(const std::string& password)
{
    const HashingTurn turn;
    const Bytes salt = secureRandom(16);
    std::array<char, 160> encoded{};
    const int code = argon2id_hash_encoded(passes, kibibytes, lanes, password.data(), password.size(), salt.data(), salt.size(), 32, encoded.data(), encoded.size());
    if (code != ARGON2_OK)
        return fail(Fault::Unavailable, std::string("password: ") + argon2_error_message(code));
    return std::string(encoded.data());
}

bool isPassword(const std::string& encoded, const std::string& password)
{
    const HashingTurn turn;
    return argon2id_verify(encoded.c_str(), password.data(), password.size()) == ARGON2_OK;
}

void pretendToCheck(const std::string& password)
{
    (void)hashPassword(password);
}

std::chrono::seconds Throttle::wait(const std::string& name, Clock::time_point now)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_failures.find(name);
    if (found == m_failures.end() || found->second.until <= now)
        return std::chrono::seconds(0);
    return std::chrono::ceil<std::chrono::seconds>(found->second.until - now);
}

void Throttle::failed(const std::string& name, Clock::time_point now)
{
    const std::lock_guard lock(m_mutex);
    if (m_failures.size() > mostNames) // a flood of invented names must not fill the memory
        std::erase_if(m_failures, [&](const auto& entry) { return entry.second.until <= now; });
    Failures& failures = m_failures[name];
    if (now - failures.last > std::max<Clock::duration>(window, failures.until - failures.last + window))
        failures = {};
    failures.last = now;
    if (++failures.count < m_freeTries)
        return;
    const int doublings = std::min(failures.count - m_freeTries, 12);
    failures.until = now + std::min(longestWait, std::chrono::seconds(30) * (1 << doublings));
}

void Throttle::succeeded(const std::string& name)
{
    const std::lock_guard lock(m_mutex);
    m_failures.erase(name);
}

} // namespace artdag::server
