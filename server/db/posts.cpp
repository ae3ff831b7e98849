// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/posts.h"

namespace artdag::server {

namespace {

#define POST_QUERY "SELECT " ACTOR_COLUMNS ", posts.id, posts.uri, posts.url, content, posts.summary, attachments, visibility, coalesce(boosted_by, 0), published, received_at FROM posts JOIN actors ON actors.id = actor_id "

Result<Post> postOf(const Statement& row)
{
    Post post;
    post.actor = actorOf(row);
    int column = actorColumns;
    post.id = row.integer(column++);
    post.uri = row.text(column++);
    post.url = row.text(column++);
    post.content = row.text(column++);
    post.summary = row.text(column++);
    post.attachments = TRY(readJson(row.text(column++)));
    post.visibility = row.text(column++);
    post.boostedBy = row.integer(column++);
    post.published = row.integer(column++);
    post.receivedAt = row.integer(column);
    return post;
}

} // namespace

Result<bool> addPost(Database::Lease& lease, const Post& post)
{
    auto* insert = TRY(lease.statement("INSERT INTO posts (actor_id, uri, url, content, summary, attachments, visibility, boosted_by, published, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (uri) DO NOTHING"));
    insert->bind(1, post.actor.id).bind(2, post.uri).bind(3, post.url).bind(4, post.content).bind(5, post.summary).bind(6, post.attachments.dump()).bind(7, post.visibility).bind(9, post.published).bind(10, nowMicroseconds());
    if (post.boostedBy != 0)
        insert->bind(8, post.boostedBy);
    else
        insert->bind(8, nullptr);
    TRY(insert->run());
    return insert->changes() > 0;
}

Result<std::optional<Post>> findPost(Database::Lease& lease, std::string_view uri)
{
    auto* query = TRY(lease.statement(POST_QUERY "WHERE posts.uri = $1"));
    query->bind(1, uri);
    if (!TRY(query->step()))
        return std::optional<Post>();
    Post post = TRY(postOf(*query));
    query->reset();
    return std::optional(std::move(post));
}

Result<void> updatePost(Database::Lease& lease, const Post& post)
{
    auto* update = TRY(lease.statement("UPDATE posts SET content = $2, summary = $3, attachments = $4, url = $5 WHERE id = $1"));
    update->bind(1, post.id).bind(2, post.content).bind(3, post.summary).bind(4, post.attachments.dump()).bind(5, post.url);
    return update->run();
}

Result<void> removePost(Database::Lease& lease, std::int64_t id)
{
    auto* sweep = TRY(lease.statement("DELETE FROM posts WHERE id = $1"));
    sweep->bind(1, id);
    return sweep->run();
}

Result<std::vector<Post>> homePosts(Database::Lease& lease, std::int64_t userId, std::int64_t before, int limit)
{
    auto* query = TRY(lease.statement(POST_QUERY "WHERE received_at < $2 AND coalesce(boosted_by, actor_id) IN (SELECT actor_id FROM following WHERE user_id = $1 AND state = 'accepted') "
                                                 "AND actor_id NOT IN (SELECT actor_id FROM actor_blocks WHERE user_id = $1) ORDER BY received_at DESC LIMIT $3"));
    query->bind(1, userId).bind(2, before).bind(3, limit);
    std::vector<Post> posts;
    while (TRY(query->step()))
        posts.push_back(TRY(postOf(*query)));
    return posts;
}

Result<std::vector<std::pair<std::int64_t, std::int64_t>>> homeWorks(Database::Lease& lease, std::int64_t userId, std::int64_t before, int limit)
{
    auto* query = TRY(lease.statement("SELECT works.id, works.created_at FROM works WHERE works.created_at < $2 AND works.state = 'living' AND visibility IN ('public', 'unlisted', 'followers') AND owner_id IN "
                                      "(SELECT actors.user_id FROM following JOIN actors ON actors.id = actor_id WHERE following.user_id = $1 AND following.state = 'accepted') ORDER BY works.created_at DESC LIMIT $3"));
    query->bind(1, userId).bind(2, before).bind(3, limit);
    std::vector<std::pair<std::int64_t, std::int64_t>> works;
    while (TRY(query->step()))
        works.emplace_back(query->integer(0), query->integer(1));
    return works;
}

Result<void> trimPosts(Database::Lease& lease, std::int64_t keep)
{
    auto* sweep = TRY(lease.statement("DELETE FROM posts WHERE id <= (SELECT max(id) FROM posts) - $1"));
    sweep->bind(1, keep);
    return sweep->run();
}

} // namespace artdag::server
