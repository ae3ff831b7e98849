// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/server_conversation.h"

#include "core/base/files.h"
#include "core/identity/keys.h"
#include "core/net/no_answer.h"

#include <charconv>
#include <chrono>
#include <optional>
#include <thread>
#include <utility>

namespace artdag {

namespace {

constexpr std::uint64_t wholeUpTo = 1U << 20; // bytes; what is longer is sent so that it can be gone on with
constexpr int mostTries = 5;                  // without a byte getting through
constexpr const char* placePrefix = "/media/uploads/";

/// Uploads that were begun: {"<server> <content id>": "/media/uploads/<id>"}. A note that is lost only costs sending again.
std::filesystem::path notesFile()
{
    return artdagHome() / "uploads.json";
}

Json readNotes()
{
    const auto text = readTextFile(notesFile(), 1U << 20);
    auto notes = text ? readJson(*text) : Result<Json>(Json::object());
    return notes && notes->is_object() ? std::move(*notes) : Json::object();
}

std::string noteName(const Session& session, const ContentId& id)
{
    return session.server + " " + session.user + " " + id.text();
}

std::string noted(const std::string& name)
{
    const Json notes = readNotes();
    const auto place = notes.find(name);
    const std::string text = place != notes.end() && place->is_string() ? place->get<std::string>() : "";
    return text.starts_with(placePrefix) ? text : "";
}

void note(const std::string& name, const std::string& place)
{
    Json notes = readNotes();
    if (place.empty())
        notes.erase(name);
    else
        notes[name] = place;
    const std::string text = notes.dump(2) + "\n";
    (void)writeFileAtomically(notesFile(), bytesOf(text), 0600);
}

std::optional<std::uint64_t> offsetIn(const HttpAnswer& answer)
{
    const std::string_view text = answer.header("upload-offset");
    std::uint64_t offset = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), offset);
    return text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size() ? std::nullopt : std::optional(offset);
}

/// A moment that grows; false when the one who waits gives up.
bool waitAfter(int tries, const PublishProgress& progress, const std::string& what, std::uint64_t done, std::uint64_t total)
{
    for (int tenth = 0; tenth < (1 << tries); ++tenth) { // 0.2 s, 0.4 s, … 3.2 s
        if (progress && !progress(what, done, total))
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return true;
}

} // namespace

ServerConversation::ServerConversation(HttpClient& http, const Session& session, PublishProgress progress)
    : m_http(http),
      m_session(session),
      m_progress(std::move(progress))
{
}

Result<HttpAnswer> ServerConversation::send(HttpRequest request, std::string_view path)
{
    request.url = m_session.server + std::string(path);
    request.headers.emplace_back("Authorization", "Bearer " + m_session.token);
    request.headers.emplace_back("Accept", "application/json");
    auto answer = m_http.send(request);
    if (!answer)
        return tl::unexpected<Error>(noAnswer("server " + m_session.server, answer.error()));
    if (answer->status == 401)
        return fail(Fault::Denied, "server " + m_session.server + ": it does not take this login any more; log in again (`artdag login " + m_session.server + "`)");
    return answer;
}

Result<HttpAnswer> ServerConversation::sendJson(std::string_view method, std::string_view path, const Json& body)
{
    HttpRequest request;
    request.method = method;
    request.headers = {{"Content-Type", "application/json"}};
    request.body = body.dump();
    return send(std::move(request), path);
}

Result<Json> ServerConversation::get(std::string_view path, const std::string& what)
{
    const HttpAnswer answer = TRY(send({}, path));
    if (!answer.ok())
        return tl::unexpected<Error>(errorOfAnswer(what, answer));
    return readJson(answer.body);
}

Result<bool> ServerConversation::has(const ContentId& id)
{
    HttpRequest request;
    request.method = "HEAD";
    return TRY(send(std::move(request), "/media/" + id.hex())).ok();
}

Result<bool> ServerConversation::upload(const ContentId& id, const std::filesystem::path& path, const char* type, const std::string& what)
{
    if (TRY(has(id)))
        return false;
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    if (error)
        return fail(Fault::NotFound, "file '" + path.string() + "' cannot be read");
    if (size <= wholeUpTo)
        TRY(uploadWhole(id, path, type, what));
    else
        TRY(uploadInPieces(id, path, size, type, what));
    return true;
}

Result<void> ServerConversation::uploadWhole(const ContentId& id, const std::filesystem::path& path, const char* type, const std::string& what)
{
    HttpRequest request;
    request.method = "POST";
    request.bodyFile = path;
    request.headers = {{"Content-Type", type}};
    if (m_progress)
        request.progress = [this, &what](std::uint64_t done, std::uint64_t total) { return m_progress(what, done, total); };
    const HttpAnswer answer = TRY(send(std::move(request), "/media?content_hash=" + id.text()));
    if (!answer.ok())
        return tl::unexpected<Error>(errorOfAnswer("upload of " + what, answer));
    return {};
}

Result<std::string> ServerConversation::beginPieces(const ContentId& id, std::uint64_t size, const char* type, const std::string& what)
{
    HttpRequest request;
    request.method = "POST";
    request.headers = {{"Tus-Resumable", "1.0.0"}, {"Upload-Length", std::to_string(size)},
        {"Upload-Metadata", "content-id " + base64(bytesOf(id.text())) + ",filetype " + base64(bytesOf(std::string_view(type)))}};
    const HttpAnswer answer = TRY(send(std::move(request), "/media"));
    if (!answer.ok()) {
        Error error = errorOfAnswer("upload of " + what, answer);
        if (answer.status < 500 && error.fault == Fault::Unavailable)
            error.fault = Fault::Denied; // no room: asking again would not help
        return tl::unexpected<Error>(std::move(error));
    }
    // Its path only: what a server writes before it must not lead the token elsewhere.
    const std::string_view location = answer.header("location");
    const auto begin = location.find(placePrefix);
    if (answer.status != 201 || begin == std::string_view::npos)
        return fail(Fault::Unavailable, "upload of " + what + ": the server does not say where");
    return std::string(location.substr(begin));
}

Result<HttpAnswer> ServerConversation::askOffset(const std::string& place)
{
    HttpRequest request;
    request.method = "HEAD";
    request.headers = {{"Tus-Resumable", "1.0.0"}};
    return send(std::move(request), place);
}

Result<void> ServerConversation::uploadInPieces(const ContentId& id, const std::filesystem::path& path, std::uint64_t size, const char* type, const std::string& what)
{
    const std::string name = noteName(m_session, id);
    std::string place = noted(name);
    std::uint64_t offset = 0;
    bool known = false; // where it goes on
    const auto ask = [&]() -> Result<void> {
        const HttpAnswer there = TRY(askOffset(place));
        const auto told = there.ok() ? offsetIn(there) : std::nullopt;
        known = told.has_value();
        if (told)
            offset = *told;
        else
            place.clear(); // forgotten there
        return {};
    };
    const auto attempt = [&]() -> Result<HttpAnswer> {
        if (!place.empty() && !known)
            TRY(ask());
        if (place.empty()) {
            place = TRY(beginPieces(id, size, type, what));
            note(name, place);
            offset = 0;
            known = true;
        }
        if (offset >= size) // the answer was lost, not the bytes
            return HttpAnswer{.status = 204};
        HttpRequest request;
        request.method = "PATCH";
        request.bodyFile = path;
        request.bodyFirst = offset;
        request.headers = {{"Tus-Resumable", "1.0.0"}, {"Upload-Offset", std::to_string(offset)}, {"Content-Type", "application/offset+octet-stream"}};
        if (m_progress)
            request.progress = [this, &what, size, first = offset](std::uint64_t done, std::uint64_t) { return m_progress(what, first + done, size); };
        return send(std::move(request), place);
    };
    Error trouble;
    for (int tries = 0; tries < mostTries;) {
        const Result<HttpAnswer> answer = attempt();
        if (answer && answer->ok()) {
            note(name, "");
            return {};
        }
        if (!answer && answer.error().fault != Fault::Unavailable)
            return tl::unexpected<Error>(answer.error());
        trouble = answer ? errorOfAnswer("upload of " + what, *answer) : answer.error();
        // 423: the server has not let go of the broken connection yet; 404: it has forgotten the upload.
        const bool mayGoOn = !answer || answer->status == 404 || answer->status == 409 || answer->status == 423 || answer->status >= 500;
        if (!mayGoOn) {
            note(name, "");
            return tl::unexpected<Error>(std::move(trouble));
        }
        const std::uint64_t before = offset;
        known = false;
        if (!place.empty())
            (void)ask(); // the next attempt asks again when this was lost, too
        tries = known && offset > before ? 0 : tries + 1;
        if (!waitAfter(tries, m_progress, what, offset, size))
            return fail(Fault::Cancelled, "upload of " + what + ": cancelled");
    }
    return tl::unexpected<Error>(std::move(trouble));
}

} // namespace artdag
