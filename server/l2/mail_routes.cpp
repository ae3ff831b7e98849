// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/mail_routes.h"

#include "core/net/mail.h"
#include "server/db/mail_addresses.h"
#include "server/l2/form_body.h"
#include "server/l2/mails.h"
#include "server/l2/sign_in.h"
#include "server/l2/visits.h"
#include "server/web/mail_page.h"

namespace artdag::server {

namespace {

Response noMail()
{
    return problem(404, "This server sends no mail.");
}

Response linkIsOver()
{
    return problem(404, "This link was used, is over, or belongs to another account. Ask for a new one in the settings.");
}

SettingsFrame frameOf(const Site& site, const Request& request, std::string problem = {})
{
    SettingsFrame frame{formToken(site, request), "", std::move(problem)};
    const std::string done = request.parameter("done").value_or("");
    if (done == "confirmed")
        frame.notice = "The address is confirmed.";
    else if (done == "asked")
        frame.notice = "The link is on its way.";
    else if (done == "removed")
        frame.notice = "No address is kept any more.";
    return frame;
}

Result<Response> refuse(Site& site, const Request& request, const std::string& typed, std::string why, int status)
{
    return mailSettingsPage(site, frameOf(site, request, std::move(why)), TRY(mailAddressesOf(*site.database, request.caller.userId)), typed, status);
}

} // namespace

Result<Response> getMailSettings(Site& site, const Request& request)
{
    if (!sendsMail(site))
        return noMail();
    return mailSettingsPage(site, frameOf(site, request), TRY(mailAddressesOf(*site.database, request.caller.userId)));
}

Result<Response> postMailSettings(Site& site, const Request& request)
{
    const Form form = TRY(readForm(request));
    if (!sendsMail(site))
        return noMail();
    const bool removes = form.text("do") == "remove";
    const std::string address = TRY(form.line("address", 1000));
    const User user = TRY(findUser(*site.database, request.caller.userId));
    if (!TRY(isConfirmed(site, request.remote, user, form.text(removes ? "remove_confirm" : "confirm"))))
        return refuse(site, request, address, "The password is wrong, or there were too many tries.", 403);
    if (removes) {
        TRY(removeMailAddresses(*site.database, user.id));
        return redirect("/settings/mail?done=removed");
    }
    if (!isMailAddress(address))
        return refuse(site, request, address, "This is not an address that mail can be sent to: name@domain, without spaces or accents.", 400);
    if (!TRY(askForConfirmation(site, user, address)))
        return refuse(site, request, address, "That were enough links for today. Try again tomorrow.", 429);
    return redirect("/settings/mail?done=asked");
}

Result<Response> getMailConfirmation(Site& site, const Request& request)
{
    const User user = TRY(findUser(*site.database, request.caller.userId));
    const std::string asked = TRY(mailAddressesOf(*site.database, user.id)).asked;
    const std::string ticket = request.parameter("ticket").value_or("");
    if (!isConfirmationTicket(site, user, asked, ticket))
        return linkIsOver();
    return confirmMailPage(site, frameOf(site, request), user.name, asked, ticket).with("Referrer-Policy", "no-referrer");
}

Result<Response> postMailConfirmation(Site& site, const Request& request)
{
    const Form form = TRY(readForm(request));
    const User user = TRY(findUser(*site.database, request.caller.userId));
    const std::string asked = TRY(mailAddressesOf(*site.database, user.id)).asked;
    if (!isConfirmationTicket(site, user, asked, form.text("ticket")) || !TRY(confirmMailAddress(*site.database, user.id, asked)))
        return linkIsOver();
    return redirect("/settings/mail?done=confirmed");
}

} // namespace artdag::server
