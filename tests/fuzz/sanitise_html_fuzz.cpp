// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: any bytes become HTML of the allowed elements, and what was sanitised once stays as it is.
#include "core/base/result.h"
#include "core/federation/html_tokens.h"
#include "core/federation/sanitise_html.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

using namespace artdag;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view html(reinterpret_cast<const char*>(bytes), size);
    const std::string result = sanitiseHtml(html);
    CHECK(sanitiseHtml(result) == result);
    for (const HtmlToken& token : htmlTokens(result))
        for (const auto& [name, value] : token.attributes) {
            CHECK(name == "href" || name == "rel" || name == "class");
            CHECK(name != "href" || value.starts_with("https://") || value.starts_with("http://"));
        }
    CHECK(textOfHtml(html).find('\0') == std::string::npos);
    return 0;
}
