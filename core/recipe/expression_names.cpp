// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/expression_names.h"

#include <charconv>

namespace artdag {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

} // namespace

std::string replaceNames(std::string_view expression, const std::function<std::optional<std::string>(std::string_view name)>& replace)
{
    std::string out;
    for (std::size_t at = 0; at < expression.size();) {
        const char c = expression[at];
        if (isDigit(c) || c == '.') {
            double number = 0;
            const char* first = expression.data() + at;
            const auto end = std::from_chars(first, expression.data() + expression.size(), number).ptr;
            const auto length = end == first ? 1 : static_cast<std::size_t>(end - first);
            out += expression.substr(at, length);
            at += length;
            continue;
        }
        if (!isLetter(c)) {
            out.push_back(c);
            ++at;
            continue;
        }
        std::size_t length = 1;
        while (at + length < expression.size() && (isLetter(expression[at + length]) || isDigit(expression[at + length])))
            ++length;
        const std::string_view name = expression.substr(at, length);
        at += length;
        const auto next = expression.find_first_not_of(" \t\r\n", at);
        const bool isName = name != "t" && name != "frame" && (next == std::string_view::npos || expression[next] != '(');
        const auto instead = isName ? replace(name) : std::nullopt;
        out += instead ? *instead : std::string(name);
    }
    return out;
}

} // namespace artdag
