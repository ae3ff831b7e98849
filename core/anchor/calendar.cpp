// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/anchor/calendar.h"

#include <algorithm>

namespace artdag {

namespace {

constexpr std::uint64_t longestAnswer = 10'000;

std::string_view withoutSlash(std::string_view url)
{
    while (url.ends_with('/'))
        url.remove_suffix(1);
    return url;
}

bool isAllowed(std::span<const std::string> allowed, std::string_view calendar)
{
    return std::ranges::any_of(allowed, [&](const std::string& url) { return withoutSlash(url) == withoutSlash(calendar); });
}

HttpRequest requestTo(const std::string& calendar, const std::string& path, std::chrono::seconds patience)
{
    HttpRequest request;
    request.url = std::string(withoutSlash(calendar)) + path;
    request.headers = {{"Accept", "application/vnd.opentimestamps.v1"}};
    request.limit = longestAnswer;
    request.connectTime = request.stallTime = request.totalTime = patience;
    return request;
}

tl::unexpected<Error> complaint(const std::string& calendar, Fault fault, const std::string& words)
{
    return fail(fault, "calendar '" + calendar + "': " + words);
}

Result<Timestamp> readAnswer(const std::string& calendar, const Result<HttpAnswer>& answer, ByteView message)
{
    if (!answer)
        return complaint(calendar, Fault::Unavailable, answer.error().message);
    if (!answer->ok())
        return complaint(calendar, Fault::Unavailable, "it answered " + std::to_string(answer->status));
    auto timestamp = readTimestamp(bytesOf(answer->body), Bytes(message.begin(), message.end()));
    if (!timestamp)
        return complaint(calendar, Fault::Unavailable, "its answer is no timestamp (" + timestamp.error().message + ")");
    return timestamp;
}

} // namespace

Result<Timestamp> submitDigest(HttpClient& http, const std::string& calendar, std::span<const std::string> allowed, const Digest& digest, std::chrono::seconds patience)
{
    HttpRequest request = requestTo(calendar, "/digest", patience);
    request.method = "POST";
    request.headers.emplace_back("Content-Type", "application/octet-stream");
    request.body.assign(digest.begin(), digest.end());
    Timestamp timestamp = TRY(readAnswer(calendar, http.send(request), digest));
    for (const auto& [message, attestation] : attestationsOf(timestamp))
        if (attestation.kind == TimeAttestation::Kind::Pending && !isAllowed(allowed, attestation.uri))
            return complaint(calendar, Fault::Denied, "it promises the rest at '" + attestation.uri + "', which is not configured");
    return timestamp;
}

Result<std::optional<Timestamp>> askCalendar(HttpClient& http, const std::string& calendar, ByteView message, std::chrono::seconds patience)
{
    const auto answer = http.send(requestTo(calendar, "/timestamp/" + hexOf(message), patience));
    if (answer && answer->status == 404)
        return std::optional<Timestamp>();
    return std::optional(TRY(readAnswer(calendar, answer, message)));
}

CalendarRound askCalendars(HttpClient& http, std::span<const std::string> allowed, Timestamp& timestamp, std::chrono::seconds patience)
{
    CalendarRound round;
    const std::vector<TimeAttestation> promises = timestamp.attestations;
    for (const TimeAttestation& promise : promises) {
        if (promise.kind != TimeAttestation::Kind::Pending || !isAllowed(allowed, promise.uri))
            continue;
        const auto answer = askCalendar(http, promise.uri, timestamp.message, patience);
        const Timestamp before = timestamp;
        const auto merged = !answer ? Result<void>(tl::unexpected(answer.error())) : *answer ? mergeTimestamps(timestamp, **answer)
                                                                                             : Result<void>();
        if (!merged)
            round.complaints.push_back(merged.error().message);
        round.learnt = round.learnt || timestamp != before;
    }
    for (auto& [step, after] : timestamp.branches) {
        CalendarRound below = askCalendars(http, allowed, after, patience);
        round.learnt = round.learnt || below.learnt;
        round.complaints.insert(round.complaints.end(), below.complaints.begin(), below.complaints.end());
    }
    return round;
}

} // namespace artdag
