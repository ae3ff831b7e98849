// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/shown_html.h"

#include "core/federation/sanitise_html.h"

namespace artdag::server {

std::string shownHtml(std::string_view received)
{
    return sanitiseHtml(received);
}

} // namespace artdag::server
