// SPDX-License-Identifier: GPL-3.0-or-later
// Every route, one line each: method, template, function, who may, how the body comes, how fast, what OpenAPI says.
#include "server/l2/account_routes.h"
#include "server/l2/actor_routes.h"
#include "server/l2/application.h"
#include "server/l2/asset_routes.h"
#include "server/l2/login_routes.h"
#include "server/l2/media_routes.h"
#include "server/l2/object_routes.h"
#include "server/l2/page_routes.h"

namespace artdag::server {

namespace {

constexpr const char* html = "text/html";
constexpr const char* as2 = "application/activity+json";

// clang-format off
constexpr Route table[] = {
    {"GET",  "/", getHome, Access::Anyone, Body::None, Pace::Quick, {"Latest works", "Pages", "", "", html}},
    {"GET",  "/asset/@{user}/{name}", getAssetPage, Access::Anyone, Body::None, Pace::Quick, {"The page of a work", "Pages", "", "", html}},
    {"GET",  "/@{user}", getProfilePage, Access::Anyone, Body::None, Pace::Quick, {"The page of a person", "Pages", "", "", html}},
    {"GET",  "/users", getPeoplePage, Access::Anyone, Body::None, Pace::Quick, {"People on this server", "Pages", "", "", html}},
    {"GET",  "/tags/{tag}", getTagPage, Access::Anyone, Body::None, Pace::Quick, {"Works with a tag", "Pages", "", "", html}},
    {"GET",  "/style/{file}", getStyle, Access::Anyone, Body::None, Pace::Quick, {"The stylesheet", "Pages", "", "", "text/css"}},
    {"GET",  "/robots.txt", getRobots, Access::Anyone, Body::None, Pace::Quick, {"For crawlers", "Pages", "", "", "text/plain"}},

    {"GET",  "/healthz", getHealth, Access::Anyone, Body::None, Pace::Quick, {"Alive, with its database", "Service", "", "Health"}},
    {"GET",  "/l1/healthz", getHealth, Access::Anyone, Body::None, Pace::Quick, {"The same, where a renderer is named by its base URL", "Service", "", "Health"}},
    {"GET",  "/openapi.json", getOpenApi, Access::Anyone, Body::None, Pace::Quick, {"This description", "Service", "", "OpenApi"}},

    {"POST", "/auth/register", postRegister, Access::Anyone, Body::Memory, Pace::Slow, {"Make an account; 202 while it waits for approval", "Accounts", "Credentials", "Login", "application/json", 201}},
    {"POST", "/auth/login", postLogin, Access::Anyone, Body::Memory, Pace::Slow, {"Get a token", "Accounts", "Credentials", "Login"}},
    {"GET",  "/auth/me", getMe, Access::Member, Body::None, Pace::Quick, {"Who the token says I am", "Accounts", "", "Account"}},
    {"POST", "/auth/logout", postLogout, Access::Member, Body::Memory, Pace::Slow, {"Revoke the token, or every login of the account", "Accounts", "Logout", "", "application/json", 204}, "read"},
    {"POST", "/auth/revoke", postRevoke, Access::Anyone, Body::Memory, Pace::Slow, {"End a token by holding it (RFC 7009)", "Accounts", "Revoke", "Empty"}},
    {"POST", "/auth/reset", postReset, Access::Anyone, Body::Memory, Pace::Slow, {"A new password by proof of possession of a creator key", "Accounts", "Reset", "Account"}},
    {"GET",  "/users/{user}/keys", getKeys, Access::Anyone, Body::None, Pace::Quick, {"Creator keys, current and former", "Accounts", "", "Keys"}},
    {"POST", "/users/{user}/keys", postKeys, Access::Member, Body::Memory, Pace::Slow, {"Register a key by showing that it is held", "Accounts", "KeyProof", "Key", "application/json", 201}},
    {"DELETE", "/users/{user}/keys/{kid}", deleteKey, Access::Member, Body::None, Pace::Slow, {"Revoke a key from now on; it stays published with the time in which it counted", "Accounts", "", "Key"}},

    {"GET",  "/login", getLoginPage, Access::Known, Body::None, Pace::Quick, {"Log in", "Pages", "", "", html}},
    {"POST", "/login", postLoginForm, Access::Anyone, Body::Form, Pace::Slow, {"Log in", "Pages", "", "", html, 303}},
    {"GET",  "/register", getRegisterPage, Access::Known, Body::None, Pace::Quick, {"Make an account", "Pages", "", "", html}},
    {"POST", "/register", postRegisterForm, Access::Anyone, Body::Form, Pace::Slow, {"Make an account", "Pages", "", "", html, 303}},
    {"GET",  "/logout", getLogoutPage, Access::Known, Body::None, Pace::Quick, {"Log out", "Pages", "", "", html}},
    {"POST", "/logout", postLogoutForm, Access::Known, Body::Form, Pace::Slow, {"Log out", "Pages", "", "", html, 303}},
    {"GET",  "/recover", getRecoverPage, Access::Known, Body::None, Pace::Quick, {"Get back in with a recovery code", "Pages", "", "", html}},
    {"POST", "/recover", postRecoverForm, Access::Anyone, Body::Form, Pace::Slow, {"Get back in with a recovery code", "Pages", "", "", html, 303}},
    {"GET",  "/reset", getResetPage, Access::Known, Body::None, Pace::Quick, {"Set a password by an administrator's link", "Pages", "", "", html}},
    {"POST", "/reset", postResetForm, Access::Anyone, Body::Form, Pace::Slow, {"Set a password by an administrator's link", "Pages", "", "", html, 303}},
    {"POST", "/appeal", postAppealForm, Access::Anyone, Body::Form, Pace::Slow, {"Appeal against a suspension", "Pages", "", "", html}},

    {"POST", "/media", postMedia, Access::Member, Body::File, Pace::Slow, {"Upload bytes", "Media", "", "Media", "application/json", 201}},
    {"GET",  "/media/avatars/{file}", getAvatar, Access::Anyone, Body::None, Pace::Quick, {"The picture of an account", "Media", "", "", "image/png"}},
    {"GET",  "/media/{file}", getMedia, Access::Known, Body::None, Pace::Quick, {"Bytes by content id, with or without the right extension", "Media", "", "", "*/*"}},

    {"POST", "/assets", postAssets, Access::Member, Body::Memory, Pace::Slow, {"Publish a work; 200 when it was published before", "Assets", "NewAsset", "Asset", "application/json", 201}},
    {"GET",  "/assets", getAssets, Access::Known, Body::None, Pace::Quick, {"Published works, newest first", "Assets", "", "AssetList"}},
    {"GET",  "/assets/{name}", getAssetByName, Access::Known, Body::None, Pace::Quick, {"The caller's own work of that name, else the only one, else 300", "Assets", "", "Asset"}},
    {"GET",  "/assets/{name}/claim", getAssetClaim, Access::Known, Body::None, Pace::Quick, {"The signed claim", "Assets", "", "Claim"}},
    {"GET",  "/assets/{name}/provenance", getAssetProvenance, Access::Known, Body::None, Pace::Quick, {"The signed run manifest", "Assets", "", "Manifest"}},
    {"GET",  "/assets/{name}/recipe", getAssetRecipe, Access::Known, Body::None, Pace::Quick, {"The recipe's document", "Assets", "", "", "application/vnd.artdag.recipe+json"}},
    {"GET",  "/assets/@{user}/{name}", getAsset, Access::Known, Body::None, Pace::Quick, {"One work", "Assets", "", "Asset"}},
    {"GET",  "/assets/@{user}/{name}/claim", getAssetClaim, Access::Known, Body::None, Pace::Quick, {"The signed claim", "Assets", "", "Claim"}},
    {"GET",  "/assets/@{user}/{name}/provenance", getAssetProvenance, Access::Known, Body::None, Pace::Quick, {"The signed run manifest", "Assets", "", "Manifest"}},
    {"GET",  "/assets/@{user}/{name}/recipe", getAssetRecipe, Access::Known, Body::None, Pace::Quick, {"The recipe's document", "Assets", "", "", "application/vnd.artdag.recipe+json"}},

    {"GET",  "/.well-known/webfinger", getWebfinger, Access::Anyone, Body::None, Pace::Quick, {"Find an account (RFC 7033)", "ActivityPub", "", "Webfinger", "application/jrd+json"}},
    {"GET",  "/.well-known/nodeinfo", getNodeinfoLinks, Access::Anyone, Body::None, Pace::Quick, {"Where NodeInfo is", "ActivityPub", "", "NodeinfoLinks"}},
    {"GET",  "/nodeinfo/2.0", getNodeinfo, Access::Anyone, Body::None, Pace::Quick, {"NodeInfo 2.0", "ActivityPub", "", "Nodeinfo"}},
    {"GET",  "/nodeinfo/2.1", getNodeinfo, Access::Anyone, Body::None, Pace::Quick, {"NodeInfo 2.1", "ActivityPub", "", "Nodeinfo"}},
    {"GET",  "/users/{user}", getActor, Access::Anyone, Body::None, Pace::Quick, {"The actor; pages for those who prefer HTML", "ActivityPub", "", "Actor", as2}},
    {"GET",  "/users/{user}/outbox", getOutbox, Access::Anyone, Body::None, Pace::Quick, {"Activities, newest first", "ActivityPub", "", "Collection", as2}},
    {"GET",  "/users/{user}/followers", getEmptyCollection, Access::Anyone, Body::None, Pace::Quick, {"Followers", "ActivityPub", "", "Collection", as2}},
    {"GET",  "/users/{user}/following", getEmptyCollection, Access::Anyone, Body::None, Pace::Quick, {"Following", "ActivityPub", "", "Collection", as2}},
    {"GET",  "/users/{user}/liked", getEmptyCollection, Access::Anyone, Body::None, Pace::Quick, {"Liked", "ActivityPub", "", "Collection", as2}},
    {"GET",  "/users/{user}/featured", getEmptyCollection, Access::Anyone, Body::None, Pace::Quick, {"Pinned", "ActivityPub", "", "Collection", as2}},
    {"GET",  "/objects/{hash}", getObject, Access::Known, Body::None, Pace::Quick, {"A work as a Note; its page for those who prefer HTML", "ActivityPub", "", "Note", as2}},
    {"GET",  "/objects/{hash}/claim", getObjectClaim, Access::Known, Body::None, Pace::Quick, {"The signed claim", "ActivityPub", "", "Claim"}},
    {"GET",  "/objects/{hash}/provenance", getObjectProvenance, Access::Known, Body::None, Pace::Quick, {"The signed run manifest", "ActivityPub", "", "Manifest"}},
    {"GET",  "/objects/{hash}/replies", getObjectCollection, Access::Known, Body::None, Pace::Quick, {"Replies", "ActivityPub", "", "Collection", as2}},
    {"GET",  "/objects/{hash}/likes", getObjectCollection, Access::Known, Body::None, Pace::Quick, {"Likes", "ActivityPub", "", "Collection", as2}},
    {"GET",  "/objects/{hash}/shares", getObjectCollection, Access::Known, Body::None, Pace::Quick, {"Shares", "ActivityPub", "", "Collection", as2}},
    {"GET",  "/activities/{ref}", getActivity, Access::Known, Body::None, Pace::Quick, {"The bytes of an activity; a short form for plain JSON", "ActivityPub", "", "Create", as2}},
    {"GET",  "/activity/{index}", getActivityByIndex, Access::Known, Body::None, Pace::Quick, {"The same by its number", "ActivityPub", "", "Create", as2}},
};
// clang-format on

} // namespace

std::span<const Route> routes()
{
    return table;
}

} // namespace artdag::server
