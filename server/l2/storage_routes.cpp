// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/storage_routes.h"

#include "server/db/accounts.h"
#include "server/db/storages.h"
#include "server/l2/bodies.h"
#include "server/l2/copies.h"
#include "server/l2/form_body.h"
#include "server/l2/open_storage.h"
#include "server/l2/visits.h"
#include "server/web/form.h"
#include "server/web/storage_page.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace artdag::server {

namespace {

constexpr int mostPlanned = 10'000; // of a storage that is new; the rest follows at the next one
constexpr std::size_t mostStorages = 20;

Result<Json> jsonOf(Site& site, const Storage& storage)
{
    const Copies copies = TRY(copiesIn(*site.database, storage.id));
    Json json{{"id", storage.id}, {"type", storage.type}, {"name", storage.name}, {"settings", storage.settings}, {"has_secret", !storage.secret.empty()}, {"active", storage.active},
        {"copies", copies.count}, {"bytes", copies.bytes}, {"created_at", isoTime(storage.createdAt)}};
    json["quota"] = storage.quota < 0 ? Json() : Json(storage.quota);
    json["tested_at"] = storage.testedAt == 0 ? Json() : Json(isoTime(storage.testedAt));
    json["error"] = storage.error.empty() ? Json() : Json(storage.error);
    return json;
}

Result<Json> itemsOf(Site& site, const Request& request, std::string_view type)
{
    Json items = Json::array();
    for (const Storage& storage : TRY(listStorages(*site.database, request.caller.userId, type)))
        items.push_back(TRY(jsonOf(site, storage)));
    return items;
}

Result<Storage> storageOf(Site& site, const Request& request)
{
    const std::string& text = request.capture("id");
    std::int64_t id = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size())
        return fail(Fault::BadInput, "storage: its id is a whole number");
    return findStorage(*site.database, id, request.caller.userId);
}

Result<bool> mayLocal(Site& site, const Request& request)
{
    return TRY(findUser(*site.database, request.caller.userId)).role == "owner";
}

/// `active` and `quota`, where they are given.
Result<void> readSwitches(const Json& body, Storage& storage)
{
    if (const auto active = body.find("active"); active != body.end()) {
        if (!active->is_boolean())
            return fail(Fault::BadInput, "'active': must be true or false");
        storage.active = active->get<bool>();
    }
    if (const auto quota = body.find("quota"); quota != body.end()) {
        if (!quota->is_null() && (!quota->is_number_integer() || *quota < 0))
            return fail(Fault::BadInput, "'quota': must be a number of bytes, or null");
        storage.quota = quota->is_null() ? -1 : quota->get<std::int64_t>();
    }
    storage.name = TRY(optionalText(body, "name", 100, storage.name));
    return {};
}

Result<void> planMissing(Site& site, const Storage& storage)
{
    if (storage.active)
        for (const ContentId& id : TRY(missingIn(*site.database, storage, mostPlanned)))
            TRY(planCopies(site, id));
    return {};
}

} // namespace

Result<Response> getStorages(Site& site, const Request& request)
{
    Json items = TRY(itemsOf(site, request, ""));
    if (!prefersHtml(request))
        return jsonResponse(Json{{"items", std::move(items)}}).with("Vary", "Accept");
    const std::string done = request.parameter("done").value_or("");
    return storagePage(site, formToken(site, request), items, TRY(mayLocal(site, request)), {done == "works" ? "It works: bytes were put there, read and removed." : done == "changed" ? "Done."
                                                                                                                                                                                       : "",
                                                                                                ""});
}

Result<Response> getStoragesOfType(Site& site, const Request& request)
{
    const std::string& type = request.capture("type");
    if (type != "local" && type != "s3" && type != "ipfs")
        return fail(Fault::NotFound, "storage type '" + type.substr(0, 40) + "': there are local, s3 and ipfs");
    return jsonResponse(Json{{"items", TRY(itemsOf(site, request, type))}});
}

Result<Response> getStorage(Site& site, const Request& request)
{
    return jsonResponse(TRY(jsonOf(site, TRY(storageOf(site, request)))));
}

Result<Response> postStorage(Site& site, const Request& request)
{
    const Json body = TRY(readObject(request));
    Storage storage;
    storage.userId = request.caller.userId;
    storage.type = TRY(requiredText(body, "type", 10));
    storage.name = storage.type;
    TRY(readSwitches(body, storage));
    if (TRY(listStorages(*site.database, storage.userId, "")).size() >= mostStorages)
        return fail(Fault::Conflict, "storage: an account may have " + std::to_string(mostStorages) + "; remove one first");
    const StorageWords words = TRY(readStorageWords(site, storage.type, body, TRY(mayLocal(site, request))));
    storage.settings = words.settings;
    storage.secret = sealedFor(site, storage.userId, words.secret);
    TRY(openStorage(site, storage)); // what cannot be opened is refused now
    storage = TRY(addStorage(*site.database, std::move(storage)));
    TRY(planMissing(site, storage));
    return jsonResponse(TRY(jsonOf(site, storage)), 201).with("Location", site.instance.publicUrl + "/storage/" + std::to_string(storage.id));
}

Result<Response> patchStorage(Site& site, const Request& request)
{
    const Json body = TRY(readObject(request));
    Storage storage = TRY(storageOf(site, request));
    TRY(readSwitches(body, storage));
    // Settings change as a whole, and with the secret: who changes the host must know the key.
    if (body.contains("endpoint") || body.contains("directory") || body.contains("secret_key") || body.contains("authorization")) {
        Json all = storage.settings;
        for (const auto& [name, value] : body.items())
            all[name] = value;
        const StorageWords words = TRY(readStorageWords(site, storage.type, all, TRY(mayLocal(site, request))));
        storage.settings = words.settings;
        storage.secret = sealedFor(site, storage.userId, words.secret);
        TRY(openStorage(site, storage));
    }
    TRY(updateStorage(*site.database, storage));
    TRY(planMissing(site, storage));
    return jsonResponse(TRY(jsonOf(site, storage)));
}

Result<Response> deleteStorage(Site& site, const Request& request)
{
    TRY(removeStorage(*site.database, TRY(storageOf(site, request)).id));
    Response response;
    response.status = 204;
    return response;
}

Result<Response> postStorageTest(Site& site, const Request& request)
{
    const Storage storage = TRY(storageOf(site, request));
    auto provider = openStorage(site, storage);
    const Result<void> tried = provider ? tryProvider(**provider, site.uploads()) : tl::unexpected<Error>(provider.error());
    TRY(noteStorage(*site.database, storage.id, nowMicroseconds(), tried ? "" : tried.error().message));
    Json answer{{"ok", tried.has_value()}};
    if (!tried)
        answer["error"] = tried.error().message;
    return jsonResponse(answer);
}

Result<Response> postStorageForm(Site& site, const Request& request)
{
    const Form form = TRY(readForm(request));
    const std::string what = form.text("do");
    constexpr std::array<std::string_view, 5> deeds{"add", "on", "off", "test", "remove"};
    if (std::ranges::find(deeds, what) == deeds.end())
        return fail(Fault::BadInput, "'do': must be add, on, off, test or remove");
    Request inner = request; // what a form says goes the way of a program's request
    inner.captures = {{"id", form.text("id")}};
    std::erase_if(inner.headers, [](const auto& header) { return header.first == "content-type"; });
    inner.headers.emplace_back("content-type", "application/json");
    Json body{{"type", form.text("type")}};
    const std::string prefix = form.text("type") + "-";
    if (what == "add")
        for (const auto& [name, value] : form.fields)
            if (name.starts_with(prefix) && !value.empty())
                body[name.substr(prefix.size())] = value;
    if (what == "on" || what == "off")
        body["active"] = what == "on";
    inner.body = body.dump();
    const auto done = what == "add" ? postStorage(site, inner) : what == "test" ? postStorageTest(site, inner)
        : what == "remove"                                                      ? deleteStorage(site, inner)
                                                                                : patchStorage(site, inner);
    const bool works = done && what == "test" && done->body.find("\"ok\":true") != std::string::npos;
    if (done && (what != "test" || works))
        return redirect(works ? "/storage?done=works" : "/storage?done=changed");
    const std::string problem = done ? "It does not work; what it said stands beside it." : sentence(done.error().message);
    return storagePage(site, formToken(site, request), TRY(itemsOf(site, request, "")), TRY(mayLocal(site, request)), {"", problem});
}

} // namespace artdag::server
