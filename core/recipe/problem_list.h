// SPDX-License-Identifier: GPL-3.0-or-later
// Where problems are gathered: all of them, up to a number that a hostile document cannot use to fill the memory.
#pragma once

#include "core/recipe/recipe.h"

#include <string>
#include <string_view>
#include <vector>

namespace artdag {

/// How messages write a name.
inline std::string inQuotes(std::string_view name)
{
    return "'" + std::string(name) + "'";
}

class ProblemList {
public:
    static constexpr std::size_t most = 1000;

    void error(std::string pointer, std::string message, std::string hint = {})
    {
        add(Problem::Severity::Error, std::move(pointer), std::move(message), std::move(hint));
    }
    void warning(std::string pointer, std::string message, std::string hint = {})
    {
        add(Problem::Severity::Warning, std::move(pointer), std::move(message), std::move(hint));
    }
    [[nodiscard]] bool hasErrors() const { return m_errors; }
    /// Further ones are only counted: a hint for them would be lost.
    [[nodiscard]] bool full() const { return m_problems.size() >= most; }
    /// Ends with a line that says how many are not shown, when there are more than `most`.
    std::vector<Problem> take();

private:
    void add(Problem::Severity severity, std::string pointer, std::string message, std::string hint);

    std::vector<Problem> m_problems;
    std::size_t m_left = 0;
    bool m_errors = false;
};

} // namespace artdag
