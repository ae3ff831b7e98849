// SPDX-License-Identifier: GPL-3.0-or-later
// HTML of strangers made harmless: what is not on a short list of elements and attributes goes, links go to the web only, and
// the result is always well-formed. It is read by a tokenizer of the HTML standard's states, not by patterns, because
// browsers repair what patterns miss.
#pragma once

#include <string>
#include <string_view>

namespace artdag {

/// Keeps p br a span del pre code em strong b i u ul ol li blockquote (headings become strong paragraphs); of attributes only
/// `href` of http and https with `rel="nofollow noopener noreferrer ugc"`, and the classes of mentions, hashtags and
/// microformats. The text of script, style and the like goes with them; of other elements the text stays. Nothing nests deeper
/// than 32, the rest is flattened. Sanitising again changes nothing. UTF-8; invalid bytes become U+FFFD.
std::string sanitiseHtml(std::string_view html);

/// The text that a reader sees: no tags, characters decoded, paragraphs and line breaks as `\n`. For plain-text places; escape
/// it before it goes into HTML.
std::string textOfHtml(std::string_view html);

} // namespace artdag
