// SPDX-License-Identifier: GPL-3.0-or-later
// What the people somebody follows on other servers published: the page /home. Only text and links are kept, no media.
#pragma once

#include "core/base/json.h"
#include "server/db/actors.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

struct Post {
    std::int64_t id = 0;
    Actor actor; ///< only its id counts when one is added
    std::string uri, url;
    std::string content;              ///< HTML as received; never shown unsanitised
    std::string summary;              ///< a content warning, plain text
    Json attachments = Json::array(); ///< {type, url, alt}
    std::string visibility = "public";
    std::int64_t boostedBy = 0; ///< an actor's id; 0: by its author
    std::int64_t published = 0, receivedAt = 0;
};

/// False when it was there already.
Result<bool> addPost(Database::Lease& lease, const Post& post);
Result<std::optional<Post>> findPost(Database::Lease& lease, std::string_view uri);
Result<void> updatePost(Database::Lease& lease, const Post& post);
Result<void> removePost(Database::Lease& lease, std::int64_t id);
/// Of those that an account follows, latest received first, received before that time.
Result<std::vector<Post>> homePosts(Database::Lease& lease, std::int64_t userId, std::int64_t before, int limit);
/// Works of people of this server whom an account follows, as {id, time of publication}, newest first.
Result<std::vector<std::pair<std::int64_t, std::int64_t>>> homeWorks(Database::Lease& lease, std::int64_t userId, std::int64_t before, int limit);
/// Posts that nobody reads again: the oldest beyond `keep`.
Result<void> trimPosts(Database::Lease& lease, std::int64_t keep);

} // namespace artdag::server
