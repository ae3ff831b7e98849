// SPDX-License-Identifier: GPL-3.0-or-later
// The frame that all pages share, and the small pieces: cards, dates, marks.
#pragma once

#include "core/federation/actor_document.h" // escapeHtml
#include "server/db/works.h"
#include "server/http/message.h"
#include "server/l2/site.h"

#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

struct PageFrame {
    std::string title;
    std::string head; ///< further elements of <head>
    std::string main; ///< a whole <main> element
    int status = 200;
    std::string formTarget; ///< a further origin that its forms may lead to, for the Content-Security-Policy
    bool hasForm = false;   ///< it has a form for strangers
};
/// The navigation is put in when it leaves (server/l2/application.cpp), since it depends on who asks.
Response pageResponse(const Site& site, const PageFrame& frame);

/// `20 November 2026`
std::string dateWords(std::int64_t microseconds);
/// `0:10` of a work's media, empty when it has no length.
std::string durationWords(const Work& work);
/// A list of works as pictures with title and author.
std::string cardsOf(const std::vector<Work>& works);
/// `sha3-256:9f2c41d0…e81b`
std::string shortHash(const std::string& hash);

} // namespace artdag::server
