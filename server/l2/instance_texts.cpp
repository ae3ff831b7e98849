// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/instance_texts.h"

#include "server/db/overview.h"

namespace artdag::server {

namespace {

std::string_view defaultText(std::string_view name)
{
    if (name == "about")
        return "Here people publish media art with its whole history: what it was made from, by which steps, and by whom.\n\n"
               "# What can be checked\nA work is signed by a key that its creator alone holds. Its recipe tells every step, so that anyone can render it again and compare the pixels. Nothing has to be believed.\n\n"
               "# Follow from elsewhere\nThis server speaks ActivityPub. Find the people here from Mastodon, Pixelfed and others under @name@this server.\n\n"
               "# The software\nArt DAG is free software under the GNU General Public License, version 3 or later.";
    if (name == "rules")
        return "- Publish only what you made or may use, and name what you used: the claim that you sign says so.\n"
               "- Do not claim the works of others.\n- No harassment, no hate, nothing that harms children, nothing that the law of this server's place forbids.\n"
               "- Warn where a work may hurt: flashing light, violence.\n\n"
               "# When a rule is broken\nModerators may warn, limit, silence or suspend an account, or take a work down. Each decision has a reason, is logged, and can be appealed against in the settings.";
    if (name == "privacy")
        return "# What is kept\n- Of an account: name, profile, a hash of the password, public keys, when it was made; an e-mail address only if you gave one in the settings.\n- Of a login: a hash of the cookie, the kind of browser, when it was seen last. It ends after thirty days.\n"
               "- Of a work: what you publish with it, and the exact bytes of the activities that announced it.\n- Network addresses are held in memory only, to slow down those who guess passwords.\n\n"
               "# Cookies\nOne, for the login and to keep forms safe. No other server is asked for anything when you look at a page.\n\n"
               "# What leaves this server\nPublic works and replies go to the servers of those who follow you. When you withdraw a work or erase your account, those servers are asked to forget it; they may not.\n\n"
               "# Leaving\nYou can take everything with you, and erase the account. Salted hashes that were anchored stay; nobody can read from them whose they were.";
    return "Those who run this server have not said yet how to reach them.";
}

} // namespace

Result<std::string> instanceText(Site& site, std::string_view name)
{
    const std::string written = TRY(settingOr(*site.database, "text_" + std::string(name), ""));
    return written.empty() ? std::string(defaultText(name)) : written;
}

} // namespace artdag::server
