// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/signed_parts.h"

#include "core/base/digest.h"
#include "core/federation/structured_fields.h"

#include <algorithm>

namespace artdag {

namespace {

constexpr std::size_t longestLine = 8192;

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

Result<void> checkLine(std::string_view name, std::string_view line)
{
    const std::string object = "header '" + std::string(name.substr(0, 64)) + "': ";
    if (line.size() > longestLine)
        return fail(Fault::Denied, object + "longer than 8 kB");
    if (std::ranges::any_of(line, [](unsigned char c) { return (c < ' ' && c != '\t') || c == 0x7F; }))
        return fail(Fault::Denied, object + "holds a control character or a folded line");
    return {};
}

Result<void> checkSha256(std::string_view header, const Bytes& said, const std::string& body)
{
    if (said.size() != sizeof(Digest) || !std::ranges::equal(said, sha256(bytesOf(body))))
        return fail(Fault::Denied, "header '" + std::string(header) + "': is not the SHA-256 of the body");
    return {};
}

} // namespace

std::string lowerAscii(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

std::vector<std::string> linesOf(const SignableRequest& request, std::string_view name)
{
    std::vector<std::string> lines;
    for (const auto& [header, value] : request.headers)
        if (header.size() == name.size() && lowerAscii(header) == name)
            lines.emplace_back(trimmed(value));
    return lines;
}

Result<std::string> onlyLine(const SignableRequest& request, std::string_view name)
{
    const auto lines = linesOf(request, name);
    if (lines.size() != 1 || lines.front().empty())
        return fail(Fault::Denied, "header '" + std::string(name) + "': must be there exactly once, and not empty");
    TRY(checkLine(name, lines.front()));
    return lines.front();
}

Result<std::string> joinedLines(const SignableRequest& request, std::string_view name)
{
    std::string joined;
    const auto lines = linesOf(request, name);
    for (const std::string& line : lines)
        joined += (&line == lines.data() ? "" : ", ") + line;
    if (lines.empty())
        return fail(Fault::Denied, "header '" + std::string(name.substr(0, 64)) + "': the signature covers it, but it is not there");
    TRY(checkLine(name, joined));
    return joined;
}

std::string authorityOf(std::string_view host, std::string_view scheme)
{
    std::string authority = lowerAscii(host);
    const std::string_view port = scheme == "http" ? ":80" : ":443";
    if (authority.ends_with(port))
        authority.resize(authority.size() - port.size());
    return authority;
}

bool mustCoverBody(const SignableRequest& request)
{
    return (request.method != "GET" && request.method != "HEAD") || !request.body.empty();
}

Result<void> checkInWindow(std::string_view what, std::int64_t seconds, std::int64_t now)
{
    if (seconds < now - signatureWindow || seconds > now + signatureWindow)
        return fail(Fault::Denied, std::string(what) + ": more than an hour away from now");
    return {};
}

Result<void> checkDigest(const SignableRequest& request)
{
    const std::string line = TRY(onlyLine(request, "digest"));
    int found = 0;
    for (std::size_t start = 0; start <= line.size();) {
        const std::size_t end = std::min(line.find(',', start), line.size());
        const std::string_view entry = trimmed(std::string_view(line).substr(start, end - start));
        const std::size_t equals = std::min(entry.find('='), entry.size());
        start = end + 1;
        if (lowerAscii(entry.substr(0, equals)) != "sha-256")
            continue;
        const auto said = bytesOfBase64(entry.substr(std::min(equals + 1, entry.size())));
        if (!said || ++found > 1)
            return fail(Fault::Denied, "header 'digest': SHA-256 is malformed or there twice");
        TRY(checkSha256("digest", *said, request.body));
    }
    if (found == 0)
        return fail(Fault::Denied, "header 'digest': has no SHA-256");
    return {};
}

Result<void> checkContentDigest(const SignableRequest& request)
{
    const auto digests = readFieldDictionary(TRY(onlyLine(request, "content-digest")));
    if (!digests)
        return fail(Fault::Denied, "header 'content-digest': " + digests.error().message);
    const FieldMember* member = memberOf(*digests, "sha-256");
    const FieldItem* item = member ? std::get_if<FieldItem>(member) : nullptr;
    const Bytes* said = item ? std::get_if<Bytes>(&item->value) : nullptr;
    if (!said)
        return fail(Fault::Denied, "header 'content-digest': has no sha-256");
    return checkSha256("content-digest", *said, request.body);
}

} // namespace artdag
