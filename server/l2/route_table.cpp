// SPDX-License-Identifier: GPL-3.0-or-later
// Every route, one line each: method, template, function, who may, how the body comes, how fast, what OpenAPI says.
#include "server/l2/account_removal_routes.h"
#include "server/l2/account_routes.h"
#include "server/l2/actor_routes.h"
#include "server/l2/admin_people_routes.h"
#include "server/l2/admin_routes.h"
#include "server/l2/anchor_routes.h"
#include "server/l2/application.h"
#include "server/l2/asset_change_routes.h"
#include "server/l2/asset_routes.h"
#include "server/l2/collection_routes.h"
#include "server/l2/inbox_routes.h"
#include "server/l2/interaction_routes.h"
#include "server/l2/lineage_routes.h"
#include "server/l2/login_routes.h"
#include "server/l2/mail_routes.h"
#include "server/l2/media_routes.h"
#include "server/l2/metrics_routes.h"
#include "server/l2/oauth_routes.h"
#include "server/l2/object_routes.h"
#include "server/l2/page_routes.h"
#include "server/l2/place_routes.h"
#include "server/l2/recipe_routes.h"
#include "server/l2/removal_routes.h"
#include "server/l2/renderer_routes.h"
#include "server/l2/renditions.h"
#include "server/l2/run_routes.h"
#include "server/l2/settings_routes.h"
#include "server/l2/social_page_routes.h"
#include "server/l2/social_routes.h"
#include "server/l2/storage_routes.h"
#include "server/l2/upload_routes.h"
#include "server/l2/vouching_routes.h"
#include "server/l2/work_form_routes.h"

namespace artdag::server {

namespace {

constexpr const char* html = "text/html";
constexpr const char* as2 = "application/activity+json";

// clang-format off
constexpr Route table[] = {
    {"GET",  "/", getHome, Access::Anyone, Body::None, Pace::Quick, {"Latest works", "Pages", "", "", html}},
    {"GET",  "/asset/@{user}/{name}", getAssetPage, Access::Anyone, Body::None, Pace::Quick, {"The page of a work", "Pages", "", "", html}},
    {"GET",  "/asset/@{user}/{name}/edit", getWorkForm, Access::Member, Body::None, Pace::Quick, {"Change a work of mine: the form", "Pages", "", "", html}},
    {"POST", "/asset/@{user}/{name}/edit", postWorkForm, Access::Member, Body::Form, Pace::Slow, {"Change it", "Pages", "", "", html, 303}},
    {"GET",  "/asset/@{user}/{name}/withdraw", getWithdrawForm, Access::Member, Body::None, Pace::Quick, {"Withdraw a work of mine: the question, and afterwards the way back", "Pages", "", "", html}},
    {"POST", "/asset/@{user}/{name}/withdraw", postWithdrawForm, Access::Member, Body::Form, Pace::Slow, {"Withdraw it", "Pages", "", "", html, 303}},
    {"POST", "/asset/@{user}/{name}/publish-again", postPublishAgainForm, Access::Member, Body::Form, Pace::Slow, {"Publish what I withdrew, while its bytes are kept", "Pages", "", "", html, 303}},
    {"POST", "/asset/@{user}/{name}/recipe/ask", postRecipeAskForm, Access::Member, Body::Form, Pace::Slow, {"Ask for the recipe, from the page", "Pages", "", "", html, 303}},
    {"GET",  "/asset/@{user}/{name}/recipe/requests", getRecipeRequestsPage, Access::Member, Body::None, Pace::Quick, {"Who asked for the recipe of a work of mine", "Pages", "", "", html}},
    {"POST", "/asset/@{user}/{name}/recipe/requests", postRecipeRequestsForm, Access::Member, Body::Form, Pace::Slow, {"Answer one of them", "Pages", "", "", html, 303}},
    {"GET",  "/asset/@{user}/{name}/take-down", getTakeDownForm, Access::Moderator, Body::None, Pace::Quick, {"Take a work down: the question", "Pages", "", "", html}},
    {"POST", "/asset/@{user}/{name}/take-down", postTakeDownForm, Access::Moderator, Body::Form, Pace::Slow, {"Take it down", "Pages", "", "", html, 303}},
    {"GET",  "/@{user}", getProfilePage, Access::Anyone, Body::None, Pace::Quick, {"The page of a person", "Pages", "", "", html}},
    {"GET",  "/users", getPeoplePage, Access::Anyone, Body::None, Pace::Quick, {"People on this server", "Pages", "", "", html}},
    {"GET",  "/tags/{tag}", getTagPage, Access::Anyone, Body::None, Pace::Quick, {"Works with a tag", "Pages", "", "", html}},
    {"GET",  "/style/{file}", getStyle, Access::Anyone, Body::None, Pace::Quick, {"The stylesheet", "Pages", "", "", "text/css"}},
    {"GET",  "/robots.txt", getRobots, Access::Anyone, Body::None, Pace::Quick, {"For crawlers", "Pages", "", "", "text/plain"}},

    {"GET",  "/healthz", getHealth, Access::Anyone, Body::None, Pace::Quick, {"Alive, with its database", "Service", "", "Health"}},
    {"GET",  "/l1/healthz", getHealth, Access::Anyone, Body::None, Pace::Quick, {"The same, where a renderer is named by its base URL", "Service", "", "Health"}},
    {"GET",  "/metrics", getMetrics, Access::Anyone, Body::None, Pace::Slow, {"Figures for Prometheus, for a program on this machine or with METRICS_TOKEN", "Service", "", "", "text/plain"}},
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
    {"POST", "/recover/mail", postRecoverByMail, Access::Anyone, Body::Form, Pace::Slow, {"Have a link sent to the account's address, if there is one", "Pages", "", "", html, 303}},
    {"GET",  "/reset", getResetPage, Access::Known, Body::None, Pace::Quick, {"Set a password by the link of an administrator or a mail", "Pages", "", "", html}},
    {"POST", "/reset", postResetForm, Access::Anyone, Body::Form, Pace::Slow, {"Set a password by the link of an administrator or a mail", "Pages", "", "", html, 303}},
    {"POST", "/appeal", postAppealForm, Access::Anyone, Body::Form, Pace::Slow, {"Appeal against a suspension", "Pages", "", "", html}},

    {"POST", "/media", postMedia, Access::Member, Body::File, Pace::Slow, {"Upload bytes", "Media", "", "Media", "application/json", 201}},
    {"GET",  "/media/avatars/{file}", getAvatar, Access::Anyone, Body::None, Pace::Quick, {"The picture of an account", "Media", "", "", "image/png"}},
    {"GET",  "/media/p/{file}", getPrivateMedia, Access::Anyone, Body::None, Pace::Quick, {"Bytes of a work that is not open, by the token in its Note", "Media", "", "", "*/*"}},
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

    {"GET",  "/assets/@{user}/{name}/recipe/parts/{hash}", getRecipePart, Access::Known, Body::None, Pace::Quick, {"Bytes that were baked into a recipe which is not everyone's, for whom it is", "Assets", "", "", "*/*"}},
    {"GET",  "/assets/@{user}/{name}/recipe/requests", getRecipeRequests, Access::Member, Body::None, Pace::Quick, {"Who asked for the recipe, for the owner; for others their own request", "Assets", "", "RecipeRequests"}},
    {"POST", "/assets/@{user}/{name}/recipe/requests", postRecipeRequests, Access::Member, Body::None, Pace::Slow, {"Ask for the recipe, once; 200 when it was asked for before", "Assets", "", "RecipeRequest", "application/json", 201}},
    {"PATCH", "/assets/@{user}/{name}/recipe/requests", patchRecipeRequests, Access::Member, Body::Memory, Pace::Slow, {"Let somebody who asked read the recipe, or not, or no longer", "Assets", "FollowAnswer", "RecipeRequest"}},

    {"GET",  "/assets/{name}/attestations", getAttestations, Access::Known, Body::None, Pace::Quick, {"What others say about a work: co-signatures, reverifications, disputes", "Assets", "", "Attestations"}},
    {"POST", "/assets/{name}/attestations", postAttestations, Access::Member, Body::Memory, Pace::Slow, {"Add a signed co-signature or reverification; 200 when it is known", "Assets", "Attestation", "Attestations", "application/json", 201}},
    {"POST", "/assets/{name}/disputes", postDisputes, Access::Member, Body::Memory, Pace::Slow, {"Object to a work, in public and by name", "Assets", "Dispute", "Attestations", "application/json", 201}},
    {"GET",  "/assets/@{user}/{name}/attestations", getAttestations, Access::Known, Body::None, Pace::Quick, {"What others say about a work: co-signatures, reverifications, disputes", "Assets", "", "Attestations"}},
    {"POST", "/assets/@{user}/{name}/attestations", postAttestations, Access::Member, Body::Memory, Pace::Slow, {"Add a signed co-signature or reverification; 200 when it is known", "Assets", "Attestation", "Attestations", "application/json", 201}},
    {"POST", "/assets/@{user}/{name}/disputes", postDisputes, Access::Member, Body::Memory, Pace::Slow, {"Object to a work, in public and by name", "Assets", "Dispute", "Attestations", "application/json", 201}},
    {"GET",  "/consents", getConsents, Access::Known, Body::None, Pace::Quick, {"The caller's consents to splits, or all to one claim", "Assets", "", "Consents"}},
    {"POST", "/consents", postConsents, Access::Member, Body::Memory, Pace::Slow, {"Consent to one's share of a work, or take that back; signed", "Assets", "NewConsent", "Consent", "application/json", 201}},

    {"GET",  "/anchors", getAnchors, Access::Anyone, Body::None, Pace::Quick, {"Anchors, newest first", "Anchors", "", "AnchorList"}},
    {"POST", "/anchors/create", postAnchorsCreate, Access::Member, Body::None, Pace::Slow, {"Anchor what waits now, and hand it to the calendars (administrators)", "Anchors", "", "Anchor", "application/json", 201}},
    {"GET",  "/anchors/ui", getAnchorsPage, Access::Anyone, Body::None, Pace::Quick, {"The page of the anchors", "Pages", "", "", html}},
    {"POST", "/anchors/test-ots", postTestOts, Access::Member, Body::None, Pace::Slow, {"Try the calendars and the source of block headers (administrators)", "Anchors", "", "TimeSources"}},
    {"GET",  "/anchors/verify/{activity_id}", getAnchorVerify, Access::Known, Body::None, Pace::Quick, {"Recompute an activity's leaf and its way to the root", "Anchors", "", "AnchorCheck"}},
    {"GET",  "/anchors/{merkle_root}", getAnchor, Access::Anyone, Body::None, Pace::Quick, {"One anchor", "Anchors", "", "Anchor"}},
    {"GET",  "/anchors/{merkle_root}/tree", getAnchorTree, Access::Anyone, Body::None, Pace::Quick, {"The leaves of an anchor, in order", "Anchors", "", "AnchorTree"}},
    {"POST", "/anchors/{merkle_root}/upgrade", postAnchorUpgrade, Access::Member, Body::None, Pace::Slow, {"Ask calendars and block headers again (administrators)", "Anchors", "", "Anchor"}},
    {"GET",  "/activity/{activity_id}/ots", getActivityTimestamp, Access::Known, Body::None, Pace::Quick, {"The OpenTimestamps proof of an activity's bytes", "Anchors", "", "", "application/vnd.opentimestamps.ots"}},
    {"GET",  "/activity/{activity_id}/bundle", getProofBundle, Access::Known, Body::None, Pace::Quick, {"All that proves an activity, to be checked offline", "Anchors", "", "ProofBundle"}},
    {"POST", "/assets/prepare", postPrepare, Access::Member, Body::Memory, Pace::Slow, {"The activity that POST /assets would publish, to be signed by its author", "Assets", "NewAsset", "Preparation"}},
    {"POST", "/assets/record-run", postRecordRun, Access::Member, Body::Memory, Pace::Slow, {"Record a finished run of a configured renderer as an asset; 200 when it was before, 502 when the renderer is down", "Assets", "RecordRun", "Asset", "application/json", 201}},
    {"POST", "/assets/publish-cache", postPublishCache, Access::Member, Body::Memory, Pace::Slow, {"Fetch bytes from a configured renderer, hash them here, and publish them", "Assets", "PublishCache", "Asset", "application/json", 201}},
    {"GET",  "/assets/by-run-id/{run_id}", getAssetByRun, Access::Known, Body::None, Pace::Quick, {"The asset that a run was recorded as; 300 when there are several", "Assets", "", "Asset"}},
    {"PATCH", "/assets/{name}", patchAsset, Access::Member, Body::Memory, Pace::Slow, {"Change what is said of a work, its name, or who may see it", "Assets", "AssetChange", "Asset"}},
    {"DELETE", "/assets/{name}", deleteAsset, Access::Member, Body::None, Pace::Slow, {"Withdraw a work", "Assets", "", "", "application/json", 204}},
    {"POST", "/assets/{name}/pin", postPin, Access::Member, Body::Memory, Pace::Slow, {"Pin a work to the profile", "Assets", "Empty", "Asset"}},
    {"DELETE", "/assets/{name}/pin", deletePin, Access::Member, Body::None, Pace::Slow, {"Unpin it", "Assets", "", "Asset"}},
    {"GET",  "/assets/{name}/lineage", getAssetLineage, Access::Known, Body::None, Pace::Slow, {"What it is made of and what was made of it, to a depth", "Assets", "", "Lineage"}},
    {"GET",  "/assets/{name}/used-in", getAssetUses, Access::Known, Body::None, Pace::Quick, {"Signed works that cite it, newest first", "Assets", "", "AssetList"}},
    {"PATCH", "/assets/@{user}/{name}", patchAsset, Access::Member, Body::Memory, Pace::Slow, {"Change what is said of a work, its name, or who may see it", "Assets", "AssetChange", "Asset"}},
    {"DELETE", "/assets/@{user}/{name}", deleteAsset, Access::Member, Body::None, Pace::Slow, {"Withdraw a work", "Assets", "", "", "application/json", 204}},
    {"POST", "/assets/@{user}/{name}/pin", postPin, Access::Member, Body::Memory, Pace::Slow, {"Pin a work to the profile", "Assets", "Empty", "Asset"}},
    {"DELETE", "/assets/@{user}/{name}/pin", deletePin, Access::Member, Body::None, Pace::Slow, {"Unpin it", "Assets", "", "Asset"}},
    {"GET",  "/assets/@{user}/{name}/lineage", getAssetLineage, Access::Known, Body::None, Pace::Slow, {"What it is made of and what was made of it, to a depth", "Assets", "", "Lineage"}},
    {"GET",  "/assets/@{user}/{name}/used-in", getAssetUses, Access::Known, Body::None, Pace::Quick, {"Signed works that cite it, newest first", "Assets", "", "AssetList"}},
    {"POST", "/assets/@{user}/{name}/take-down", postTakeDown, Access::Member, Body::Memory, Pace::Slow, {"Take a work down and block its bytes (moderators)", "Moderation", "TakeDown", "ModerationAction", "application/json", 201}},
    {"GET",  "/moderation/actions", getModeration, Access::Member, Body::None, Pace::Quick, {"What moderators did: everything for them, for others what was done to their works", "Moderation", "", "ModerationLog"}},
    {"POST", "/moderation/actions/{id}/appeal", postAppeal, Access::Member, Body::Memory, Pace::Slow, {"Say why it was wrong (the work's owner)", "Moderation", "Appeal", "ModerationAction", "application/json", 201}},
    {"POST", "/moderation/actions/{id}/answer", postAppealAnswer, Access::Member, Body::Memory, Pace::Slow, {"Grant or refuse an appeal (moderators)", "Moderation", "AppealAnswer", "ModerationAction"}},
    {"GET",  "/account/export", getAccountExport, Access::Member, Body::None, Pace::Slow, {"Everything that is kept about the account, as a tar archive", "Accounts", "", "", "application/x-tar"}},
    {"DELETE", "/account", deleteAccount, Access::Member, Body::Memory, Pace::Slow, {"Erase the account", "Accounts", "Erasure", "", "application/json", 204}},

    {"GET",  "/.well-known/webfinger", getWebfinger, Access::Anyone, Body::None, Pace::Quick, {"Find an account (RFC 7033)", "ActivityPub", "", "Webfinger", "application/jrd+json"}},
    {"GET",  "/.well-known/nodeinfo", getNodeinfoLinks, Access::Anyone, Body::None, Pace::Quick, {"Where NodeInfo is", "ActivityPub", "", "NodeinfoLinks"}},
    {"GET",  "/nodeinfo/2.0", getNodeinfo, Access::Anyone, Body::None, Pace::Quick, {"NodeInfo 2.0", "ActivityPub", "", "Nodeinfo"}},
    {"GET",  "/nodeinfo/2.1", getNodeinfo, Access::Anyone, Body::None, Pace::Quick, {"NodeInfo 2.1", "ActivityPub", "", "Nodeinfo"}},
    {"GET",  "/users/{user}", getActor, Access::Anyone, Body::None, Pace::Quick, {"The actor; pages for those who prefer HTML", "ActivityPub", "", "Actor", as2}},
    {"GET",  "/users/{user}/outbox", getOutbox, Access::Anyone, Body::None, Pace::Quick, {"Activities, newest first", "ActivityPub", "", "Collection", as2}},
    {"GET",  "/users/{user}/followers", getFollowers, Access::Anyone, Body::None, Pace::Quick, {"Followers", "ActivityPub", "", "Collection", as2}},
    {"GET",  "/users/{user}/following", getFollowing, Access::Anyone, Body::None, Pace::Quick, {"Following", "ActivityPub", "", "Collection", as2}},
    {"GET",  "/users/{user}/liked", getLiked, Access::Anyone, Body::None, Pace::Quick, {"Liked", "ActivityPub", "", "Collection", as2}},
    {"GET",  "/users/{user}/featured", getFeatured, Access::Anyone, Body::None, Pace::Quick, {"Pinned", "ActivityPub", "", "Collection", as2}},
    {"GET",  "/objects/{hash}", getObject, Access::Known, Body::None, Pace::Quick, {"A work as a Note; its page for those who prefer HTML", "ActivityPub", "", "Note", as2}},
    {"GET",  "/objects/{hash}/claim", getObjectClaim, Access::Known, Body::None, Pace::Quick, {"The signed claim", "ActivityPub", "", "Claim"}},
    {"GET",  "/objects/{hash}/provenance", getObjectProvenance, Access::Known, Body::None, Pace::Quick, {"The signed run manifest", "ActivityPub", "", "Manifest"}},
    {"GET",  "/objects/{hash}/replies", getReplies, Access::Known, Body::None, Pace::Quick, {"Replies", "ActivityPub", "", "Collection", as2}},
    {"GET",  "/objects/{hash}/likes", getLikes, Access::Known, Body::None, Pace::Quick, {"Likes", "ActivityPub", "", "Collection", as2}},
    {"GET",  "/objects/{hash}/shares", getShares, Access::Known, Body::None, Pace::Quick, {"Shares", "ActivityPub", "", "Collection", as2}},
    {"GET",  "/objects/{hash}/{version}", getObject, Access::Known, Body::None, Pace::Quick, {"A later work of the same bytes: 2 and so on", "ActivityPub", "", "Note", as2}},
    {"GET",  "/objects/{hash}/{version}/claim", getObjectClaim, Access::Known, Body::None, Pace::Quick, {"The signed claim", "ActivityPub", "", "Claim"}},
    {"GET",  "/objects/{hash}/{version}/provenance", getObjectProvenance, Access::Known, Body::None, Pace::Quick, {"The signed run manifest", "ActivityPub", "", "Manifest"}},
    {"GET",  "/objects/{hash}/{version}/replies", getReplies, Access::Known, Body::None, Pace::Quick, {"Replies", "ActivityPub", "", "Collection", as2}},
    {"GET",  "/objects/{hash}/{version}/likes", getLikes, Access::Known, Body::None, Pace::Quick, {"Likes", "ActivityPub", "", "Collection", as2}},
    {"GET",  "/objects/{hash}/{version}/shares", getShares, Access::Known, Body::None, Pace::Quick, {"Shares", "ActivityPub", "", "Collection", as2}},
    {"GET",  "/activities/{ref}", getActivity, Access::Known, Body::None, Pace::Quick, {"The bytes of an activity; a short form for plain JSON", "ActivityPub", "", "Create", as2}},
    {"GET",  "/activity/{index}", getActivityByIndex, Access::Known, Body::None, Pace::Quick, {"The same by its number", "ActivityPub", "", "Create", as2}},
    {"GET",  "/notes/{uuid}", getNote, Access::Anyone, Body::None, Pace::Quick, {"A reply that was written here", "ActivityPub", "", "Reply", as2}},
    {"GET",  "/actor", getInstanceActor, Access::Anyone, Body::None, Pace::Quick, {"The actor of this server, which signs what it fetches", "ActivityPub", "", "Actor", as2}},
    {"GET",  "/.well-known/host-meta", getHostMeta, Access::Anyone, Body::None, Pace::Quick, {"Where webfinger is (RFC 6415)", "ActivityPub", "", "", "application/xrd+xml"}},
    {"POST", "/inbox", postInbox, Access::Anyone, Body::Memory, Pace::Slow, {"Deliver a signed activity to everyone here", "ActivityPub", "Received", "", as2, 202}},
    {"POST", "/users/{user}/inbox", postInbox, Access::Anyone, Body::Memory, Pace::Slow, {"Deliver a signed activity", "ActivityPub", "Received", "", as2, 202}},

    {"GET",  "/follows", getFollows, Access::Member, Body::None, Pace::Quick, {"Whom I follow; ?which=followers or requests", "Social", "", "Follows"}},
    {"POST", "/follows", postFollows, Access::Member, Body::Memory, Pace::Slow, {"Follow an account; 202 until it accepts", "Social", "AccountName", "Followed"}},
    {"DELETE", "/follows", deleteFollows, Access::Member, Body::Memory, Pace::Slow, {"Follow it no more", "Social", "AccountName", "", "application/json", 204}},
    {"PATCH", "/follows", patchFollows, Access::Member, Body::Memory, Pace::Slow, {"Whether I look at each follower before it is let in", "Social", "Approval", "Approval"}},
    {"POST", "/follows/requests", postFollowRequests, Access::Member, Body::Memory, Pace::Slow, {"Let a follower in, or not", "Social", "FollowAnswer", "", "application/json", 204}},
    {"POST", "/blocks", postBlocks, Access::Member, Body::Memory, Pace::Slow, {"Have nothing to do with an account", "Social", "AccountName", "", "application/json", 204}},
    {"DELETE", "/blocks", deleteBlocks, Access::Member, Body::Memory, Pace::Slow, {"End a block", "Social", "AccountName", "", "application/json", 204}},
    {"POST", "/interactions", postInteractions, Access::Member, Body::Memory, Pace::Slow, {"Like, boost or answer something here or elsewhere; 200 when it was done before", "Social", "Interaction", "Interacted", "application/json", 201}},
    {"DELETE", "/interactions", deleteInteractions, Access::Member, Body::Memory, Pace::Slow, {"Take that back; for a reply, object is its id", "Social", "Interaction", "", "application/json", 204}},
    {"GET",  "/home", getHomeFeed, Access::Member, Body::None, Pace::Quick, {"What those whom I follow made and wrote", "Social", "", "Feed"}},
    {"GET",  "/notifications", getNotifications, Access::Member, Body::None, Pace::Quick, {"What happened while I was away", "Social", "", "Notifications"}},
    {"POST", "/notifications", postNotifications, Access::Member, Body::Memory, Pace::Slow, {"I read these", "Social", "NotificationsRead", "", "application/json", 204}},
    {"POST", "/notifications/read", postNotificationsRead, Access::Member, Body::Form, Pace::Slow, {"I read these, from the page", "Pages", "", "", html, 303}},
    {"GET",  "/authorize_interaction", getAuthorizeInteraction, Access::Member, Body::None, Pace::Slow, {"Follow or answer somebody elsewhere: where their buttons lead", "Pages", "", "", html}},
    {"POST", "/authorize_interaction", postAuthorizeInteraction, Access::Member, Body::Form, Pace::Slow, {"Do it", "Pages", "", "", html, 303}},
    {"POST", "/settings/storage", postStorageForm, Access::Member, Body::Form, Pace::Slow, {"Add, try, switch or forget a place for copies", "Pages", "", "", html, 303}},
    {"POST", "/account/aliases", postAliases, Access::Member, Body::Memory, Pace::Slow, {"Another account of mine, which may move here", "Social", "Alias", "Aliases"}},
    {"POST", "/account/move", postMove, Access::Member, Body::Memory, Pace::Slow, {"Take my followers to another account of mine", "Social", "MoveTo", "Moved"}},

    {"POST", "/oauth/device_authorization", postDeviceAuthorization, Access::Anyone, Body::Memory, Pace::Slow, {"Begin to log a device in (RFC 8628); a form, as OAuth has it", "OAuth", "DeviceAsk", "DeviceCode"}},
    {"POST", "/oauth/token", postOauthToken, Access::Anyone, Body::Memory, Pace::Slow, {"Tokens for a device code, an authorization code or a refresh token; a form", "OAuth", "TokenAsk", "Tokens"}},
    {"GET",  "/oauth/authorize", getAuthorizePage, Access::Member, Body::None, Pace::Quick, {"May this program act for me? (RFC 6749 with PKCE and a loopback redirect)", "Pages", "", "", html}},
    {"POST", "/oauth/authorize", postAuthorizeForm, Access::Member, Body::Form, Pace::Slow, {"The answer", "Pages", "", "", html, 303}},
    {"GET",  "/device", getDevicePage, Access::Member, Body::None, Pace::Slow, {"Type the code that a program shows", "Pages", "", "", html}},
    {"POST", "/device", postDeviceForm, Access::Member, Body::Form, Pace::Slow, {"Allow or refuse the program", "Pages", "", "", html}},

    {"GET",  "/settings", getProfileSettings, Access::Member, Body::None, Pace::Quick, {"Profile", "Pages", "", "", html}},
    {"POST", "/settings/profile", postProfileSettings, Access::Member, Body::Form, Pace::Slow, {"Change the profile", "Pages", "", "", html, 303}},
    {"GET",  "/settings/works", getOwnWorks, Access::Member, Body::None, Pace::Quick, {"My works, and those that I withdrew", "Pages", "", "", html}},
    {"GET",  "/settings/security", getSecuritySettings, Access::Member, Body::None, Pace::Quick, {"Password, second step, recovery codes, sessions", "Pages", "", "", html}},
    {"POST", "/settings/password", postPasswordSettings, Access::Member, Body::Form, Pace::Slow, {"Change the password", "Pages", "", "", html, 303}},
    {"POST", "/settings/sessions", postSessionSettings, Access::Member, Body::Form, Pace::Slow, {"End one session or all others", "Pages", "", "", html, 303}},
    {"GET",  "/settings/two-step", getTwoStepSettings, Access::Member, Body::None, Pace::Quick, {"Set an authenticator up", "Pages", "", "", html}},
    {"POST", "/settings/two-step", postTwoStepSettings, Access::Member, Body::Form, Pace::Slow, {"Turn the second step on or off", "Pages", "", "", html, 303}},
    {"POST", "/settings/recovery", postRecoverySettings, Access::Member, Body::Form, Pace::Slow, {"Make ten recovery codes", "Pages", "", "", html}},
    {"GET",  "/settings/mail", getMailSettings, Access::Member, Body::None, Pace::Quick, {"The address for mail", "Pages", "", "", html}},
    {"POST", "/settings/mail", postMailSettings, Access::Member, Body::Form, Pace::Slow, {"Have a link sent to an address, or have none any more", "Pages", "", "", html, 303}},
    {"GET",  "/settings/mail/confirm", getMailConfirmation, Access::Member, Body::None, Pace::Quick, {"Where the link leads", "Pages", "", "", html}},
    {"POST", "/settings/mail/confirm", postMailConfirmation, Access::Member, Body::Form, Pace::Slow, {"Confirm the address", "Pages", "", "", html, 303}},
    {"GET",  "/settings/keys", getKeySettings, Access::Member, Body::None, Pace::Quick, {"Creator keys", "Pages", "", "", html}},
    {"POST", "/settings/keys", postKeySettings, Access::Member, Body::Form, Pace::Slow, {"Revoke a key", "Pages", "", "", html, 303}},
    {"GET",  "/settings/account", getAccountSettings, Access::Member, Body::None, Pace::Quick, {"Export, decisions, leave", "Pages", "", "", html}},
    {"POST", "/settings/appeal", postAppealSettings, Access::Member, Body::Form, Pace::Slow, {"Appeal against a decision", "Pages", "", "", html, 303}},

    {"GET",  "/about", getTextPage, Access::Known, Body::None, Pace::Quick, {"About this server", "Pages", "", "", html}},
    {"GET",  "/rules", getTextPage, Access::Known, Body::None, Pace::Quick, {"Its rules", "Pages", "", "", html}},
    {"GET",  "/privacy", getTextPage, Access::Known, Body::None, Pace::Quick, {"What it keeps", "Pages", "", "", html}},
    {"GET",  "/contact", getTextPage, Access::Known, Body::None, Pace::Quick, {"Who runs it", "Pages", "", "", html}},
    {"GET",  "/.well-known/security.txt", getSecurityTxt, Access::Anyone, Body::None, Pace::Quick, {"Whom to tell of a hole (RFC 9116)", "Service", "", "", "text/plain"}},
    {"GET",  "/download/client", getClientPage, Access::Known, Body::None, Pace::Quick, {"Programs that fit this server", "Pages", "", "", html}},
    {"GET",  "/docs", getDocsPage, Access::Known, Body::None, Pace::Slow, {"This description, for people", "Pages", "", "", html}},
    {"GET",  "/activities", getActivities, Access::Known, Body::None, Pace::Quick, {"Open activities of everybody here, newest first; a page for people", "ActivityPub", "", "ActivityList"}},

    {"GET",  "/renderers", getRenderers, Access::Member, Body::None, Pace::Quick, {"Renderers that can be attached, and those that are", "Renderers", "", "Renderers"}},
    {"GET",  "/renderers/attach", getAttachPage, Access::Member, Body::None, Pace::Quick, {"Attach a renderer: the question, or the way to it", "Renderers", "", "", html}},
    {"POST", "/renderers/attach", postAttachCode, Access::Member, Body::Memory, Pace::Slow, {"A one-time code for a renderer, where a program attaches it; a form leads back there with it", "Renderers", "NewAttachment", "AttachCode", "application/json", 201}, "render"},
    {"POST", "/renderers/detach", postDetach, Access::Member, Body::Memory, Pace::Slow, {"Detach a renderer, which is told", "Renderers", "Detachment", "Detached"}, "render"},
    {"POST", "/auth/verify", postVerify, Access::Anyone, Body::Memory, Pace::Slow, {"For renderers: a one-time code, or a token to renew, signed by their key", "Renderers", "AttachWord", "Attached"}},
    {"GET",  "/auth/instance", getInstanceKey, Access::Anyone, Body::None, Pace::Quick, {"The key with which this server signs to its renderers", "Renderers", "", "PublicKey"}},

    {"GET",  "/admin", getAdminOverview, Access::Moderator, Body::None, Pace::Slow, {"Growth, jobs, storage", "Pages", "", "", html}},
    {"GET",  "/admin/accounts", getAdminAccounts, Access::Moderator, Body::None, Pace::Slow, {"Accounts and registrations", "Pages", "", "", html}},
    {"GET",  "/admin/accounts/{user}", getAdminAccount, Access::Moderator, Body::None, Pace::Quick, {"One account", "Pages", "", "", html}},
    {"POST", "/admin/accounts/{user}", postAdminAccount, Access::Moderator, Body::Form, Pace::Slow, {"Decide about an account", "Pages", "", "", html, 303}},
    {"GET",  "/admin/reports", getAdminReports, Access::Moderator, Body::None, Pace::Quick, {"Reports", "Pages", "", "", html}},
    {"POST", "/admin/reports/{id}", postAdminReport, Access::Moderator, Body::Form, Pace::Slow, {"Close a report", "Pages", "", "", html, 303}},
    {"GET",  "/admin/domains", getAdminDomains, Access::Moderator, Body::None, Pace::Quick, {"Blocked domains", "Pages", "", "", html}},
    {"GET",  "/admin/domains.csv", getAdminDomainsCsv, Access::Moderator, Body::None, Pace::Quick, {"Blocked domains in Mastodon's form", "Pages", "", "", "text/csv"}, "account"},
    {"POST", "/admin/domains", postAdminDomains, Access::Admin, Body::Form, Pace::Slow, {"Block, unblock or import", "Pages", "", "", html, 303}},
    {"GET",  "/admin/people", getAdminPeople, Access::Moderator, Body::None, Pace::Slow, {"People of other servers", "Pages", "", "", html}},
    {"GET",  "/admin/people/{id}", getAdminPerson, Access::Moderator, Body::None, Pace::Quick, {"One of them", "Pages", "", "", html}},
    {"POST", "/admin/people/{id}", postAdminPerson, Access::Moderator, Body::Form, Pace::Slow, {"Silence, suspend or restore an account of another server", "Pages", "", "", html, 303}},
    {"GET",  "/admin/hashes", getAdminHashes, Access::Moderator, Body::None, Pace::Quick, {"Blocked files", "Pages", "", "", html}},
    {"POST", "/admin/hashes", postAdminHashes, Access::Moderator, Body::Form, Pace::Slow, {"Block a file by its hash, or allow it again", "Pages", "", "", html, 303}},
    {"GET",  "/admin/log", getAdminLog, Access::Moderator, Body::None, Pace::Quick, {"What moderators did", "Pages", "", "", html}},
    {"POST", "/admin/log/{id}", postAdminAppeal, Access::Moderator, Body::Form, Pace::Slow, {"Decide an appeal", "Pages", "", "", html, 303}},
    {"GET",  "/admin/jobs", getAdminJobs, Access::Admin, Body::None, Pace::Quick, {"Jobs that wait or failed", "Pages", "", "", html}},
    {"POST", "/admin/jobs/{id}", postAdminJob, Access::Admin, Body::Form, Pace::Slow, {"Try a job again, or drop it", "Pages", "", "", html, 303}},
    {"GET",  "/admin/invitations", getAdminInvitations, Access::Admin, Body::None, Pace::Quick, {"Invitations", "Pages", "", "", html}},
    {"POST", "/admin/invitations", postAdminInvitations, Access::Admin, Body::Form, Pace::Slow, {"Invite, or withdraw an invitation", "Pages", "", "", html}},
    {"GET",  "/admin/texts", getAdminTexts, Access::Admin, Body::None, Pace::Quick, {"About, rules, privacy, contact", "Pages", "", "", html}},
    {"POST", "/admin/texts", postAdminTexts, Access::Admin, Body::Form, Pace::Slow, {"Change them", "Pages", "", "", html, 303}},
};
// clang-format on

} // namespace

std::span<const Route> routes()
{
    return table;
}

} // namespace artdag::server
