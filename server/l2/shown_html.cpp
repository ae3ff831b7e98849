// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/shown_html.h"

#include "core/federation/actor_document.h" // escapeHtml

namespace artdag::server {

std::string shownHtml(std::string_view received)
{
    std::string text;
    bool inTag = false;
    for (const char c : received) {
        if (c == '<')
            inTag = true;
        else if (c == '>' && inTag)
            inTag = false;
        else if (!inTag)
            text.push_back(c);
    }
    return "<p>" + escapeHtml(text) + "</p>";
}

} // namespace artdag::server
