// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/settings_routes.h"

#include "core/base/files.h"
#include "server/db/works.h"
#include "server/l2/application.h"
#include "server/l2/form_body.h"
#include "server/l2/one_time_codes.h"
#include "server/l2/sign_in.h"
#include "server/l2/visits.h"
#include "server/web/form.h"
#include "server/web/settings_pages.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace artdag::server {

namespace {

constexpr int mostLinks = 4;

/// What `?done=` stands for: nothing that a link says is ever shown.
constexpr std::array doneWords{std::pair{"profile", "Saved."}, std::pair{"password", "The password is changed; every other login has ended."}, std::pair{"session", "Ended."}, std::pair{"sessions", "Every other login has ended."},
    std::pair{"two-step-on", "From now on a code is asked after the password."}, std::pair{"two-step-off", "The second step is off."}, std::pair{"key", "The key is revoked."}, std::pair{"appeal", "The appeal is sent."}};

SettingsFrame frameOf(const Site& site, const Request& request, std::string problem = {})
{
    SettingsFrame frame{formToken(site, request), "", std::move(problem)};
    const std::string done = request.parameter("done").value_or("");
    for (const auto& [name, words] : doneWords)
        if (done == name)
            frame.notice = words;
    return frame;
}

/// Pictures that the account published, and anybody may see.
Result<std::vector<Work>> picturesOf(Site& site, const std::string& user)
{
    WorkFilter filter;
    filter.owner = user;
    filter.limit = 100;
    std::vector<Work> works = TRY(listWorks(*site.database, filter));
    std::erase_if(works, [](const Work& work) { return work.assetType != "image" || !work.isOpen(); });
    return works;
}

Result<Profile> profileOfForm(Site& site, const Request& request, const Form& form)
{
    Profile profile;
    profile.displayName = TRY(form.line("display_name", 240));
    if (profile.displayName.empty())
        return fail(Fault::BadInput, "name to show: must not be empty");
    profile.summary = TRY(form.line("summary", 2000));
    profile.approvesFollowers = form.has("approves");
    for (int i = 1; i <= mostLinks; ++i) {
        ProfileLink link{TRY(form.line("label" + std::to_string(i), 240)), TRY(form.line("url" + std::to_string(i), 400))};
        if (link.url.empty())
            continue;
        const bool safe = (link.url.starts_with("https://") || link.url.starts_with("http://")) && link.url.find_first_of(" \"<>\\\n\t") == std::string::npos;
        if (!safe)
            return fail(Fault::BadInput, "address " + std::to_string(i) + ": must begin with https:// or http://");
        if (link.label.empty())
            link.label = link.url.substr(link.url.find("//") + 2);
        profile.links.push_back(std::move(link));
    }
    if (const std::string avatar = form.text("avatar"); !avatar.empty())
        for (const Work& work : TRY(picturesOf(site, request.caller.user)))
            if (work.content.hex() == avatar)
                profile.avatar = work.content;
    return profile;
}

Result<Response> securityPage(Site& site, const Request& request, std::string problem, int status)
{
    SecuritySettings settings;
    settings.now = nowMicroseconds();
    settings.sessions = TRY(listSessions(*site.database, request.caller.userId, settings.now));
    settings.present = sessionHash(request);
    settings.twoSteps = !TRY(totpSecret(*site.database, request.caller.userId)).empty();
    settings.recoveryCodes = TRY(countRecoveryCodes(*site.database, request.caller.userId));
    return securitySettingsPage(site, frameOf(site, request, std::move(problem)), settings, status);
}

constexpr const char* wrongPassword = "The password is wrong, or there were too many tries.";

} // namespace

Result<Response> getProfileSettings(Site& site, const Request& request)
{
    return profileSettingsPage(site, frameOf(site, request), TRY(findProfile(*site.database, request.caller.userId)), TRY(picturesOf(site, request.caller.user)));
}

Result<Response> postProfileSettings(Site& site, const Request& request)
{
    const Form form = TRY(readForm(request));
    const auto profile = profileOfForm(site, request, form);
    if (!profile) {
        Profile typed{form.text("display_name"), form.text("summary"), {}, form.has("approves"), {}};
        for (int i = 1; i <= mostLinks; ++i)
            typed.links.push_back({form.text("label" + std::to_string(i)), form.text("url" + std::to_string(i))});
        return profileSettingsPage(site, frameOf(site, request, sentence(profile.error().message)), typed, TRY(picturesOf(site, request.caller.user)), 400);
    }
    TRY(setProfile(*site.database, request.caller.userId, *profile));
    return redirect("/settings?done=profile");
}

Result<Response> getSecuritySettings(Site& site, const Request& request)
{
    return securityPage(site, request, "", 200);
}

Result<Response> postPasswordSettings(Site& site, const Request& request)
{
    const Form form = TRY(readForm(request));
    const User user = TRY(findUser(*site.database, request.caller.userId));
    if (!TRY(isConfirmed(site, request.remote, user, form.text("current"))))
        return securityPage(site, request, wrongPassword, 403);
    if (const auto good = checkPassword(form.text("password"), user.name); !good)
        return securityPage(site, request, sentence(good.error().message), 400);
    TRY(changePassword(site, user.id, form.text("password"), sessionHash(request)));
    return redirect("/settings/security?done=password");
}

Result<Response> postSessionSettings(Site& site, const Request& request)
{
    const Form form = TRY(readForm(request));
    if (form.text("session") == "all") {
        TRY(endLogins(*site.database, request.caller.userId, sessionHash(request)));
        return redirect("/settings/security?done=sessions");
    }
    const Bytes bytes = TRY(bytesOfHex(form.text("session")));
    Digest hash{};
    if (bytes.size() != hash.size())
        return problem(400, "There is no such session.");
    std::ranges::copy(bytes, hash.begin());
    TRY(endSession(*site.database, request.caller.userId, hash));
    return redirect("/settings/security?done=session");
}

Result<Response> getTwoStepSettings(Site& site, const Request& request)
{
    return twoStepPage(site, frameOf(site, request), request.caller.user, base32(secureRandom(20)));
}

Result<Response> postTwoStepSettings(Site& site, const Request& request)
{
    const Form form = TRY(readForm(request));
    const User user = TRY(findUser(*site.database, request.caller.userId));
    const std::int64_t now = nowMicroseconds() / 1'000'000;
    if (form.text("do") == "off") {
        const Bytes secret = TRY(totpSecret(*site.database, user.id));
        const auto step = totpStep(secret, form.text("off_code"), now);
        const bool good = waitFor(site, user.name, request.remote) == 0 && ((step && TRY(useTotpStep(*site.database, user.id, *step))) || TRY(useRecoveryCode(*site.database, user.id, hashOfSecret(plainCode(form.text("off_code"))))));
        if (!good) {
            noteFailure(site, user.name, request.remote);
            return securityPage(site, request, "This code is not right, or it was used before.", 403);
        }
        TRY(setTotpSecret(*site.database, user.id, {}));
        return redirect("/settings/security?done=two-step-off");
    }
    const auto secret = bytesOfBase32(form.text("secret"));
    if (!secret || secret->size() != 20)
        return problem(400, "This is not a key of ours. Begin again.");
    const auto step = totpStep(*secret, form.text("code"), now);
    const bool confirmed = TRY(isConfirmed(site, request.remote, user, form.text("confirm")));
    if (!confirmed || !step)
        return twoStepPage(site, frameOf(site, request, confirmed ? "The code is not right. Is the clock of the phone?" : wrongPassword), user.name, form.text("secret"), 403);
    TRY(setTotpSecret(*site.database, user.id, *secret));
    TRY(useTotpStep(*site.database, user.id, *step));
    return redirect("/settings/security?done=two-step-on");
}

Result<Response> postRecoverySettings(Site& site, const Request& request)
{
    const Form form = TRY(readForm(request));
    const User user = TRY(findUser(*site.database, request.caller.userId));
    if (!TRY(isConfirmed(site, request.remote, user, form.text("confirm"))))
        return securityPage(site, request, wrongPassword, 403);
    const std::vector<std::string> codes = newRecoveryCodes();
    std::vector<Digest> hashes;
    for (const std::string& code : codes)
        hashes.push_back(hashOfSecret(plainCode(code)));
    TRY(setRecoveryCodes(*site.database, user.id, hashes));
    return recoveryCodesPage(site, frameOf(site, request), codes);
}

Result<Response> getKeySettings(Site& site, const Request& request)
{
    return keySettingsPage(site, frameOf(site, request), request.caller.user, TRY(keysOf(*site.database, request.caller.userId)));
}

Result<Response> postKeySettings(Site& site, const Request& request)
{
    if (!TRY(revokeKey(*site.database, request.caller.userId, TRY(readForm(request)).text("kid"))))
        return problem(404, "There is no such key in use.");
    return redirect("/settings/keys?done=key");
}

Result<Response> getAccountSettings(Site& site, const Request& request)
{
    AccountSettings settings{TRY(findUser(*site.database, request.caller.userId)), TRY(actionsAbout(*site.database, "user", request.caller.user))};
    for (ModerationAction& action : TRY(actionsOnWorksOf(*site.database, request.caller.userId, 0, 100))) {
        const Work work = TRY(findWork(*site.database, std::stoll(action.target)));
        action.target = work.title;
        settings.actions.push_back(std::move(action));
    }
    settings.canExport = matchRoute(routes(), "GET", "/account/export").route != nullptr;
    settings.canErase = matchRoute(routes(), "GET", "/settings/erase").route != nullptr;
    return accountSettingsPage(site, frameOf(site, request), settings);
}

Result<Response> postAppealSettings(Site& site, const Request& request)
{
    const Form form = TRY(readForm(request));
    const std::string text = form.text("action");
    std::int64_t id = 0;
    std::from_chars(text.data(), text.data() + text.size(), id);
    const auto action = TRY(findAction(*site.database, id));
    const std::string words = TRY(form.line("appeal" + text, 8000));
    const bool isMine = action && (action->targetKind == "user" ? action->target == request.caller.user : action->action == "take_down" && TRY(findWork(*site.database, std::stoll(action->target))).ownerId == request.caller.userId);
    if (!isMine || words.empty())
        return problem(400, "There is nothing to appeal against, or no words were given.");
    TRY(appealAction(*site.database, id, words));
    return redirect("/settings/account?done=appeal");
}

} // namespace artdag::server
