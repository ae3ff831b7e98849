// SPDX-License-Identifier: GPL-3.0-or-later
// Every route, one line each: method, template, function, who may, how the body comes, how fast, what OpenAPI says.
#include "server/l2/account_routes.h"
#include "server/l2/actor_routes.h"
#include "server/l2/admin_routes.h"
#include "server/l2/application.h"
#include "server/l2/asset_routes.h"
#include "server/l2/login_routes.h"
#include "server/l2/media_routes.h"
#include "server/l2/oauth_routes.h"
#include "server/l2/object_routes.h"
#include "server/l2/page_routes.h"
#include "server/l2/place_routes.h"
#include "server/l2/renderer_routes.h"
#include "server/l2/settings_routes.h"

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

    {"POST", "/oauth/device_authorization", postDeviceAuthorization, Access::Anyone, Body::Memory, Pace::Slow, {"Begin to log a device in (RFC 8628); a form, as OAuth has it", "OAuth", "DeviceAsk", "DeviceCode"}},
    {"POST", "/oauth/token", postOauthToken, Access::Anyone, Body::Memory, Pace::Slow, {"Tokens for a device code, an authorization code or a refresh token; a form", "OAuth", "TokenAsk", "Tokens"}},
    {"GET",  "/oauth/authorize", getAuthorizePage, Access::Member, Body::None, Pace::Quick, {"May this program act for me? (RFC 6749 with PKCE and a loopback redirect)", "Pages", "", "", html}},
    {"POST", "/oauth/authorize", postAuthorizeForm, Access::Member, Body::Form, Pace::Slow, {"The answer", "Pages", "", "", html, 303}},
    {"GET",  "/device", getDevicePage, Access::Member, Body::None, Pace::Slow, {"Type the code that a program shows", "Pages", "", "", html}},
    {"POST", "/device", postDeviceForm, Access::Member, Body::Form, Pace::Slow, {"Allow or refuse the program", "Pages", "", "", html}},

    {"GET",  "/settings", getProfileSettings, Access::Member, Body::None, Pace::Quick, {"Profile", "Pages", "", "", html}},
    {"POST", "/settings/profile", postProfileSettings, Access::Member, Body::Form, Pace::Slow, {"Change the profile", "Pages", "", "", html, 303}},
    {"GET",  "/settings/security", getSecuritySettings, Access::Member, Body::None, Pace::Quick, {"Password, second step, recovery codes, sessions", "Pages", "", "", html}},
    {"POST", "/settings/password", postPasswordSettings, Access::Member, Body::Form, Pace::Slow, {"Change the password", "Pages", "", "", html, 303}},
    {"POST", "/settings/sessions", postSessionSettings, Access::Member, Body::Form, Pace::Slow, {"End one session or all others", "Pages", "", "", html, 303}},
    {"GET",  "/settings/two-step", getTwoStepSettings, Access::Member, Body::None, Pace::Quick, {"Set an authenticator up", "Pages", "", "", html}},
    {"POST", "/settings/two-step", postTwoStepSettings, Access::Member, Body::Form, Pace::Slow, {"Turn the second step on or off", "Pages", "", "", html, 303}},
    {"POST", "/settings/recovery", postRecoverySettings, Access::Member, Body::Form, Pace::Slow, {"Make ten recovery codes", "Pages", "", "", html}},
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
    {"POST", "/renderers/attach", postAttachForm, Access::Member, Body::Form, Pace::Slow, {"Back to the renderer with a one-time code", "Pages", "", "", html, 303}},
    {"POST", "/renderers/detach", postDetachForm, Access::Member, Body::Form, Pace::Slow, {"Detach a renderer", "Pages", "", "", html, 303}},
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
