// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/circles.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>
#include <span>

namespace artdag {

namespace {

constexpr std::size_t mostCircles = 100;

template <class List>
decltype(auto) at(List& list, int i)
{
    return list[static_cast<std::size_t>(i)];
}

class Ordering {
public:
    explicit Ordering(const std::vector<std::vector<int>>& sources)
        : m_sources(sources),
          m_firstUser(sources.size() + 1),
          m_waits(sources.size(), 0),
          m_done(sources.size(), false)
    {
        const auto forEachWire = [&](const auto& use) {
            for (int i = 0; i < size(); ++i)
                for (const int source : at(m_sources, i))
                    if (source >= 0 && source < size())
                        use(source, i);
        };
        forEachWire([&](int source, int user) {
            ++at(m_firstUser, source + 1);
            ++at(m_waits, user);
        });
        std::partial_sum(m_firstUser.begin(), m_firstUser.end(), m_firstUser.begin());
        m_users.resize(m_firstUser.back());
        std::vector<std::size_t> next = m_firstUser;
        forEachWire([&](int source, int user) { m_users[at(next, source)++] = user; });
        for (int i = 0; i < size(); ++i)
            if (at(m_waits, i) == 0)
                m_ready.push(i);
    }

    SourceOrder run()
    {
        SourceOrder out;
        drain([&](int i) { out.order.push_back(i); });
        // Walking from an unfinished node to unfinished sources must come round. The circle is then taken as done, so
        // that the next one is another.
        for (int start = 0; start < size() && out.circles.size() < mostCircles; ++start) {
            while (!at(m_done, start) && out.circles.size() < mostCircles) {
                out.circles.push_back(circleBehind(start));
                for (const int i : out.circles.back())
                    finish(i);
                drain([](int) {});
            }
        }
        return out;
    }

private:
    [[nodiscard]] int size() const { return static_cast<int>(m_sources.size()); }
    void finish(int i)
    {
        if (at(m_done, i))
            return;
        m_done[static_cast<std::size_t>(i)] = true;
        for (const int user : std::span(m_users).subspan(at(m_firstUser, i), at(m_firstUser, i + 1) - at(m_firstUser, i)))
            if (--at(m_waits, user) == 0 && !at(m_done, user))
                m_ready.push(user);
    }
    void drain(const std::function<void(int)>& each)
    {
        while (!m_ready.empty()) {
            const int i = m_ready.top();
            m_ready.pop();
            if (at(m_done, i))
                continue;
            each(i);
            finish(i);
        }
    }
    std::vector<int> circleBehind(int start) const
    {
        std::vector<int> way;
        std::vector<int> placeOnWay(m_sources.size(), -1);
        for (int i = start;;) {
            if (const int begin = at(placeOnWay, i); begin >= 0) {
                std::vector<int> circle(way.begin() + begin, way.end());
                std::reverse(circle.begin(), circle.end()); // the walk goes against the wires
                std::rotate(circle.begin(), std::min_element(circle.begin(), circle.end()), circle.end());
                return circle;
            }
            placeOnWay[static_cast<std::size_t>(i)] = static_cast<int>(way.size());
            way.push_back(i);
            const auto& sources = at(m_sources, i);
            i = *std::ranges::find_if(sources, [&](int source) { return source >= 0 && source < size() && !at(m_done, source); });
        }
    }

    const std::vector<std::vector<int>>& m_sources;
    std::vector<std::size_t> m_firstUser; ///< in m_users
    std::vector<int> m_users;
    std::vector<int> m_waits;
    std::vector<bool> m_done;
    std::priority_queue<int, std::vector<int>, std::greater<>> m_ready;
};

} // namespace

SourceOrder orderSources(const std::vector<std::vector<int>>& sources)
{
    return Ordering(sources).run();
}

} // namespace artdag
