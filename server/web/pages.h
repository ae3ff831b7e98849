// SPDX-License-Identifier: GPL-3.0-or-later
// What people see: whole pages from facts that were already looked up. Server-rendered, no script, one stylesheet, light and
// dark. All text goes through escapeHtml.
#pragma once

#include "core/recipe/recipe.h"
#include "server/db/members.h"
#include "server/db/works.h"
#include "server/http/message.h"
#include "server/l2/site.h"
#include "server/web/answers.h"
#include "server/web/recipe_page.h"

#include <optional>
#include <string>
#include <vector>

namespace artdag::server {

struct WorkPage {
    Work work;
    std::string mediaUrl, mediaType; ///< empty: the bytes are not here
    std::string posterUrl;
    std::string streamUrl, shareUrl; ///< what is easier to play than the bytes themselves; may be empty
    std::string recipeUrl;           ///< empty: the one who looks may not read it
    RecipeDoor door;                 ///< what they can do about that
    std::optional<Recipe> recipe;    ///< to draw "How it was made"
    Json claim = nullptr, manifest = nullptr;
    std::vector<UserKey> keys; ///< of the owner
    std::vector<Work> uses;
    Answers answers;
    std::string vouching;                        ///< section of vouchingSection; may be empty
    bool moreUses = false;                       ///< than are listed
    bool mayChange = false, mayTakeDown = false; ///< the one who looks: its owner, a moderator
};
Response workPage(const Site& site, const WorkPage& page);

struct ListPage {
    std::string title;
    std::string words; ///< under the title, may be empty
    std::vector<Work> works;
    std::string next;  ///< URL of the following page, may be empty
    std::string empty; ///< what to say when there are none
};
Response listPage(const Site& site, const ListPage& page);
Response homePage(const Site& site, const std::vector<Work>& latest, std::int64_t users, std::int64_t works);
Response profilePage(const Site& site, const User& user, const Profile& profile, const std::vector<Work>& works, const std::vector<UserKey>& keys);
Response peoplePage(const Site& site, const std::vector<User>& users);
Response problemPage(const Site& site, int status, const std::string& detail);

/// The stylesheet, and the URL under which it never changes.
const std::string& styleSheet();
const std::string& styleUrl();

} // namespace artdag::server
