// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/social_documents.h"

#include "core/federation/vocabulary.h"

namespace artdag::server {

Json answerMembers(const std::string& followId, const std::string& follower, const std::string& followed)
{
    return {{"to", Json::array({follower})}, {"object", Json{{"id", followId}, {"type", "Follow"}, {"actor", follower}, {"object", followed}}}};
}

Json towardsMembers(const std::string& object, const std::string& to)
{
    return {{"to", Json::array({to})}, {"object", object}};
}

Json boostMembers(const std::string& object, const std::string& followers, const std::string& author)
{
    Json cc = Json::array({followers});
    if (!author.empty())
        cc.push_back(author);
    return {{"to", Json::array({publicCollection})}, {"cc", std::move(cc)}, {"object", object}};
}

Json undoMembers(const Json& activity)
{
    Json members{{"to", activity.value("to", Json::array())}};
    if (activity.contains("cc"))
        members["cc"] = activity["cc"];
    members["object"] = Json{{"id", activity["id"]}, {"type", activity["type"]}, {"actor", activity["actor"]}, {"object", activity["object"]}};
    return members;
}

} // namespace artdag::server
