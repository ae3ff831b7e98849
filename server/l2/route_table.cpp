// SPDX-License-Identifier: GPL-3.0-or-later
// Every route, one line each: method, template, function, who may, how the body comes, how fast, what OpenAPI says.
#include "server/l2/account_routes.h"
#include "server/l2/actor_routes.h"
#include "server/l2/application.h"
#include "server/l2/asset_routes.h"
#include "server/l2/media_routes.h"
#include "server/l2/object_routes.h"
#include "server/l2/page_routes.h"
#include "server/l2/renditions.h"
#include "server/l2/storage_routes.h"
#include "server/l2/upload_routes.h"

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
    {"POST", "/auth/logout", postLogout, Access::Member, Body::Memory, Pace::Slow, {"Revoke the token", "Accounts", "Empty", "", "application/json", 204}},
    {"GET",  "/users/{user}/keys", getKeys, Access::Anyone, Body::None, Pace::Quick, {"Creator keys, current and former", "Accounts", "", "Keys"}},
    {"POST", "/users/{user}/keys", postKeys, Access::Member, Body::Memory, Pace::Slow, {"Register a key by showing that it is held", "Accounts", "KeyProof", "Key", "application/json", 201}},

    {"POST", "/media", postMedia, Access::Member, Body::File, Pace::Slow, {"Upload bytes", "Media", "", "Media", "application/json", 201}},
    {"GET",  "/media/avatars/{file}", getAvatar, Access::Anyone, Body::None, Pace::Quick, {"The picture of an account", "Media", "", "", "image/png"}},
    {"GET",  "/media/{file}", getMedia, Access::Known, Body::None, Pace::Quick, {"Bytes by content id, with or without the right extension", "Media", "", "", "*/*"}},

    {"GET",  "/media/uploads/{upload}", getUpload, Access::Member, Body::None, Pace::Quick, {"How far an upload in pieces is (tus 1.0.0: HEAD)", "Media", "", "Upload"}},
    {"PATCH", "/media/uploads/{upload}", patchUpload, Access::Member, Body::File, Pace::Slow, {"The next piece of an upload", "Media", "", "", "application/json", 204}},
    {"DELETE", "/media/uploads/{upload}", deleteUpload, Access::Member, Body::None, Pace::Slow, {"Give an upload up", "Media", "", "", "application/json", 204}},
    {"GET",  "/media/{hash}/hls/{file}", getStream, Access::Known, Body::None, Pace::Quick, {"The playlist of a film's stream: index.m3u8", "Media", "", "", "application/vnd.apple.mpegurl"}},
    {"GET",  "/media/{hash}/hls/{level}/{file}", getStream, Access::Known, Body::None, Pace::Quick, {"Playlist and segments of one resolution", "Media", "", "", "*/*"}},
    {"GET",  "/media/{hash}/renditions", getRenditions, Access::Known, Body::None, Pace::Quick, {"What was made of media to show it, and what could not be", "Media", "", "Renditions"}},

    {"GET",  "/storage", getStorages, Access::Member, Body::None, Pace::Quick, {"My places for copies", "Storage", "", "StorageList"}},
    {"POST", "/storage", postStorage, Access::Member, Body::Memory, Pace::Slow, {"Add a place for copies of what I publish", "Storage", "NewStorage", "Storage", "application/json", 201}},
    {"POST", "/storage/add", postStorage, Access::Member, Body::Memory, Pace::Slow, {"The same by its older name", "Storage", "NewStorage", "Storage", "application/json", 201}},
    {"GET",  "/storage/type/{type}", getStoragesOfType, Access::Member, Body::None, Pace::Quick, {"Those of one type: local, s3, ipfs", "Storage", "", "StorageList"}},
    {"GET",  "/storage/{id}", getStorage, Access::Member, Body::None, Pace::Quick, {"One of them, without its secret", "Storage", "", "Storage"}},
    {"PATCH", "/storage/{id}", patchStorage, Access::Member, Body::Memory, Pace::Slow, {"Rename, switch on or off, limit, or give new settings", "Storage", "StorageChange", "Storage"}},
    {"DELETE", "/storage/{id}", deleteStorage, Access::Member, Body::None, Pace::Slow, {"Forget it; the copies stay there", "Storage", "", "", "application/json", 204}},
    {"POST", "/storage/{id}/test", postStorageTest, Access::Member, Body::None, Pace::Slow, {"Put, read and remove a few bytes there", "Storage", "", "StorageTest"}},

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
