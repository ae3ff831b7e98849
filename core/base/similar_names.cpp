// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/similar_names.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace artdag {

namespace {

int allowedDistance(std::string_view name)
{
    return name.size() < 3 ? 1 : name.size() < 6 ? 2
                                                 : 3;
}

std::string quotedList(std::span<const std::string_view> names)
{
    std::string out;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i != 0)
            out += i + 1 == names.size() ? " or " : ", ";
        out.append("'").append(names[i]).append("'");
    }
    return out;
}

} // namespace

int editDistance(std::string_view a, std::string_view b, int limit)
{
    const int over = limit + 1;
    // Names are short; anything long is far from all of them, and must not cost a quadratic table.
    if (a.size() > 64 || b.size() > 64 || std::abs(static_cast<int>(a.size()) - static_cast<int>(b.size())) > limit)
        return a == b ? 0 : over;
    std::vector<int> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        last[j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = static_cast<int>(i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = std::min(now[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, now);
    }
    return std::min(last[b.size()], over);
}

std::vector<std::string_view> similarNames(std::string_view name, std::span<const std::string_view> candidates)
{
    const int limit = allowedDistance(name);
    std::vector<std::pair<int, std::string_view>> near;
    for (const std::string_view candidate : candidates)
        if (const int distance = editDistance(name, candidate, limit); distance <= limit)
            near.emplace_back(distance, candidate);
    std::ranges::stable_sort(near, {}, [](const auto& entry) { return entry.first; });
    std::vector<std::string_view> names;
    for (const auto& [distance, candidate] : near)
        names.push_back(candidate);
    return names;
}

std::string didYouMean(std::string_view name, std::span<const std::string_view> candidates)
{
    auto near = similarNames(name, candidates);
    if (!near.empty())
        return "did you mean " + quotedList(std::span(near).first(std::min<std::size_t>(near.size(), 2))) + "?";
    constexpr std::size_t few = 8;
    return candidates.empty() || candidates.size() > few ? std::string() : "known here: " + quotedList(candidates);
}

} // namespace artdag
