// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formula/formula_words.h"

#include <algorithm>
#include <charconv>

namespace artdag {

namespace {

constexpr std::size_t longestText = 16384;
constexpr std::string_view pairs[] = {"<=", ">=", "==", "!=", "&&", "||", "..", "+=", "-=", "*=", "/="};
constexpr std::string_view signs = "+-*/%^()[]{},;=<>!?:.";

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Bytes of a UTF-8 letter after its first do not count as columns.
bool continues(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

} // namespace

tl::unexpected<Error> formulaFault(int column, std::string what, std::string_view hint)
{
    std::string text = "formula: column " + std::to_string(column) + ": " + std::move(what);
    if (!hint.empty())
        text += "; " + std::string(hint);
    return fail(Fault::BadInput, std::move(text));
}

Result<std::vector<FormulaWord>> formulaWords(std::string_view text)
{
    if (text.size() > longestText)
        return formulaFault(1, "a formula may have " + std::to_string(longestText) + " bytes, this one has " + std::to_string(text.size()));
    std::vector<FormulaWord> words;
    int column = 1;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t length = 1;
        const char c = text[at];
        if (c == '#') {
            length = std::min(text.find('\n', at), text.size()) - at;
        } else if (isLetter(c)) {
            while (at + length < text.size() && (isLetter(text[at + length]) || isDigit(text[at + length])))
                ++length;
            words.push_back({FormulaWord::Kind::Name, text.substr(at, length), 0, column});
        } else if (isDigit(c) || (c == '.' && at + 1 < text.size() && isDigit(text[at + 1]))) {
            // The two dots of a range end a number: `0..8`.
            const std::size_t range = text.find("..", at);
            const char* end = text.data() + std::min(range, text.size());
            double number = 0;
            const auto read = std::from_chars(text.data() + at, end, number);
            if (read.ec != std::errc())
                return formulaFault(column, "this number is too large or too small");
            length = static_cast<std::size_t>(read.ptr - (text.data() + at));
            words.push_back({FormulaWord::Kind::Number, text.substr(at, length), number, column});
        } else if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
            if (std::ranges::find(pairs, text.substr(at, 2)) != std::end(pairs))
                length = 2;
            else if (signs.find(c) == std::string_view::npos)
                return formulaFault(column, "this sign means nothing here");
            words.push_back({FormulaWord::Kind::Sign, text.substr(at, length), 0, column});
        }
        column += static_cast<int>(std::ranges::count_if(text.substr(at, length), [](char each) { return !continues(each); }));
        at += length;
    }
    words.push_back({FormulaWord::Kind::End, {}, 0, column});
    return words;
}

} // namespace artdag
