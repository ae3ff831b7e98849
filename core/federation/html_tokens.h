// SPDX-License-Identifier: GPL-3.0-or-later
// HTML as tokens, by the tokenization rules of the HTML standard (§13.2.5) as far as a sanitiser needs them: it must see tags
// where browsers see them. Never fails, whatever the bytes.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace artdag {

struct HtmlToken {
    enum class Kind {
        Text,
        Start,
        End,
    };
    Kind kind = Kind::Text;
    std::string name;                                            ///< of the element, lower case
    std::string text;                                            ///< decoded, valid UTF-8, without NUL
    std::vector<std::pair<std::string, std::string>> attributes; ///< names in lower case, values decoded; of two alike the first
};

/// Comments, doctypes and processing instructions are dropped, and with their tags the contents of elements whose text is not for
/// reading: script, style, title, textarea, iframe, noscript, svg, math …
std::vector<HtmlToken> htmlTokens(std::string_view html);

/// `&lt;`, `&#60;`, `&#x3c;` and the named ones that texts of the fediverse use; what is none stays as written.
std::string decodeCharacters(std::string_view text);

} // namespace artdag
