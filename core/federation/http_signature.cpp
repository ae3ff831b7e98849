// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/http_signature.h"

#include "core/federation/cavage_signature.h"
#include "core/federation/message_signature.h"
#include "core/federation/moments.h"
#include "core/federation/signed_parts.h"
#include "core/federation/structured_fields.h"

#include <algorithm>
#include <charconv>

namespace artdag {

namespace {

constexpr std::string_view label = "sig1";
constexpr std::size_t longestKeyId = 2048;

// -- signing

Result<HeaderLines> signCavage(SignableRequest request, const std::string& keyId, const SigningKey& key, std::int64_t now)
{
    HeaderLines lines{{"Date", imfDate(now)}};
    CavageSignature signature;
    signature.covered = {"(request-target)", "host", "date"};
    if (mustCoverBody(request)) {
        lines.emplace_back("Digest", "SHA-256=" + base64(sha256(bytesOf(request.body))));
        signature.covered.emplace_back("digest");
    }
    request.headers = lines;
    request.headers.emplace_back("Host", request.authority);
    const std::string text = TRY(cavageText(request, signature, request.target));
    std::string names;
    for (const std::string& name : signature.covered)
        names += (names.empty() ? "" : " ") + name;
    lines.emplace_back("Signature", "keyId=\"" + keyId + R"(",algorithm="rsa-sha256",headers=")" + names + "\",signature=\"" + base64(TRY(key.sign(bytesOf(text)))) + "\"");
    return lines;
}

Result<HeaderLines> signMessage(SignableRequest request, const std::string& keyId, const SigningKey& key, std::int64_t now)
{
    HeaderLines lines;
    FieldList components;
    components.items = {{"@method", {}}, {"@target-uri", {}}};
    if (mustCoverBody(request)) {
        const Digest digest = sha256(bytesOf(request.body));
        lines.emplace_back("Content-Digest", fieldText(FieldDictionary{{"sha-256", FieldItem{Bytes(digest.begin(), digest.end()), {}}}}));
        components.items.push_back({"content-digest", {}});
    }
    components.parameters = {{"created", now}, {"keyid", keyId}, {"alg", std::string("rsa-v1_5-sha256")}};
    request.headers = lines;
    const std::string base = TRY(signatureBase(request, components));
    lines.emplace_back("Signature-Input", fieldText(FieldDictionary{{std::string(label), components}}));
    lines.emplace_back("Signature", fieldText(FieldDictionary{{std::string(label), FieldItem{TRY(key.sign(bytesOf(base))), {}}}}));
    return lines;
}

// -- reading

bool isPlainKeyId(std::string_view keyId)
{
    return !keyId.empty() && keyId.size() <= longestKeyId && std::ranges::all_of(keyId, [](char c) { return c > ' ' && c <= '~' && c != '"' && c != '\\'; });
}

/// The request came to a name of ours, and says so once.
Result<void> checkHost(const SignableRequest& request, const std::vector<std::string>& authorities)
{
    const std::string host = authorityOf(TRY(onlyLine(request, "host")), request.scheme);
    const bool ours = std::ranges::any_of(authorities, [&](const std::string& name) { return authorityOf(name, request.scheme) == host; });
    if (!ours || host != authorityOf(request.authority, request.scheme))
        return fail(Fault::Denied, "header 'host': the request is for another server");
    return {};
}

Result<void> checkCovers(bool covers, const char* what)
{
    if (!covers)
        return fail(Fault::Denied, std::string("header 'signature': does not cover ") + what);
    return {};
}

/// A whole number of seconds; a fraction, which the draft allows for `expires`, is cut off.
Result<std::int64_t> secondsOfText(const char* what, const std::string& text)
{
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    const bool whole = end == text.data() + text.size() || (*end == '.' && std::string_view(what) == "expires");
    if (error != std::errc() || !whole || seconds < 0)
        return fail(Fault::Denied, std::string("header 'signature': ") + what + " is not a time");
    return seconds;
}

Result<void> checkNotExpired(std::int64_t expires, std::int64_t now)
{
    if (expires < now)
        return fail(Fault::Denied, "header 'signature': has expired");
    return {};
}

Result<std::int64_t> coveredDate(const SignableRequest& request, std::int64_t now)
{
    const auto date = secondsOfImfDate(TRY(onlyLine(request, "date")));
    if (!date)
        return fail(Fault::Denied, date.error().message);
    TRY(checkInWindow("header 'date'", *date, now));
    return *date;
}

/// When a cavage signature was made, every time that it names being checked.
Result<std::int64_t> cavageTime(const SignableRequest& request, const CavageSignature& signature, std::int64_t now)
{
    std::optional<std::int64_t> made;
    if (!signature.created.empty()) {
        const std::int64_t created = TRY(secondsOfText("created", signature.created));
        TRY(checkInWindow("header 'signature': created", created, now));
        if (signature.covers("(created)"))
            made = created;
    }
    if (!signature.expires.empty())
        TRY(checkNotExpired(TRY(secondsOfText("expires", signature.expires)), now));
    if (signature.covers("date"))
        made = TRY(coveredDate(request, now));
    TRY(checkCovers(made.has_value(), "a date"));
    return *made;
}

Result<std::optional<KeyAlgorithm>> algorithmOf(std::string_view name, SignatureForm form)
{
    if (name.empty() || (name == "hs2019" && form == SignatureForm::Cavage))
        return std::optional<KeyAlgorithm>();
    if (name == (form == SignatureForm::Cavage ? "rsa-sha256" : "rsa-v1_5-sha256"))
        return std::optional(KeyAlgorithm::Rsa2048);
    if (name == "ed25519" && form == SignatureForm::Rfc9421)
        return std::optional(KeyAlgorithm::Ed25519);
    return fail(Fault::Denied, "header 'signature': algorithm '" + std::string(name.substr(0, 40)) + "' is not accepted");
}

Result<RequestSignature> readCavage(const SignableRequest& request, std::int64_t now)
{
    const CavageSignature header = TRY(readCavageSignature(TRY(onlyLine(request, "signature"))));
    RequestSignature signature{SignatureForm::Cavage, header.keyId, TRY(algorithmOf(header.algorithm, SignatureForm::Cavage)), {}, header.value};
    TRY(checkCovers(header.covers("(request-target)"), "the request's target"));
    TRY(checkCovers(header.covers("host"), "the host"));
    signature.created = TRY(cavageTime(request, header, now));
    if (mustCoverBody(request))
        TRY(checkCovers(header.covers("digest"), "the body's digest"));
    if (header.covers("digest"))
        TRY(checkDigest(request));
    signature.candidates.push_back(TRY(cavageText(request, header, request.target)));
    // Some senders leave the query out.
    if (const std::size_t question = request.target.find('?'); question != std::string::npos)
        signature.candidates.push_back(TRY(cavageText(request, header, std::string_view(request.target).substr(0, question))));
    return signature;
}

/// The only member of a dictionary header, which must be of type T.
template <class T>
Result<std::pair<std::string, T>> onlyMember(const SignableRequest& request, const std::string& header)
{
    const auto dictionary = readFieldDictionary(TRY(onlyLine(request, header)));
    if (!dictionary)
        return fail(Fault::Denied, "header '" + header + "': " + dictionary.error().message);
    const T* member = dictionary->size() == 1 ? std::get_if<T>(&dictionary->front().second) : nullptr;
    if (!member)
        return fail(Fault::Denied, "header '" + header + "': must hold exactly one signature");
    return std::pair(dictionary->front().first, *member);
}

/// A parameter of Signature-Input: none when it is not there, Denied when it has another type.
template <class T>
Result<std::optional<T>> parameterOf(const FieldList& components, const char* name)
{
    const FieldValue* value = memberOf(components.parameters, name);
    if (!value)
        return std::optional<T>();
    const T* typed = std::get_if<T>(value);
    if (!typed)
        return fail(Fault::Denied, std::string("header 'signature-input': parameter ") + name + " is malformed");
    return std::optional<T>(*typed);
}

Result<RequestSignature> readMessage(const SignableRequest& request, std::int64_t now)
{
    const auto [name, components] = TRY(onlyMember<FieldList>(request, "signature-input"));
    const auto [nameOfValue, item] = TRY(onlyMember<FieldItem>(request, "signature"));
    const Bytes* value = std::get_if<Bytes>(&item.value);
    if (name != nameOfValue || !value || value->empty())
        return fail(Fault::Denied, "header 'signature': is not the one that 'signature-input' describes");
    const auto covers = [&list = components.items](std::string_view component) {
        return std::ranges::any_of(list, [&](const FieldItem& item) {
            const auto* text = std::get_if<std::string>(&item.value);
            return text && *text == component;
        });
    };
    TRY(checkCovers(covers("@method"), "the method"));
    TRY(checkCovers(covers("@target-uri"), "the request's target"));
    if (mustCoverBody(request))
        TRY(checkCovers(covers("content-digest"), "the body's digest"));
    if (covers("content-digest"))
        TRY(checkContentDigest(request));
    if (covers("date"))
        TRY(coveredDate(request, now));
    const auto created = TRY(parameterOf<std::int64_t>(components, "created"));
    TRY(checkCovers(created.has_value(), "when it was created"));
    TRY(checkInWindow("header 'signature-input': created", *created, now));
    TRY(checkNotExpired(TRY(parameterOf<std::int64_t>(components, "expires")).value_or(now), now));
    const auto algorithm = TRY(algorithmOf(TRY(parameterOf<std::string>(components, "alg")).value_or(""), SignatureForm::Rfc9421));
    return RequestSignature{SignatureForm::Rfc9421, TRY(parameterOf<std::string>(components, "keyid")).value_or(""), algorithm, {TRY(signatureBase(request, components))}, *value, *created};
}

} // namespace

Result<HeaderLines> signRequest(const SignableRequest& request, SignatureForm form, const std::string& keyId, const SigningKey& key, std::int64_t now)
{
    if (key.publicKey().algorithm() != KeyAlgorithm::Rsa2048)
        return fail(Fault::BadInput, "key '" + keyId + "': requests are signed with RSA");
    if (!isPlainKeyId(keyId))
        return fail(Fault::BadInput, "key '" + keyId.substr(0, 200) + "': must be a URL");
    for (const char* name : {"date", "digest", "content-digest", "signature", "signature-input"})
        if (!linesOf(request, name).empty())
            return fail(Fault::BadInput, std::string("header '") + name + "': is there before the request is signed");
    return form == SignatureForm::Cavage ? signCavage(request, keyId, key, now) : signMessage(request, keyId, key, now);
}

Result<RequestSignature> readRequestSignature(const SignableRequest& request, const std::vector<std::string>& authorities, std::int64_t now)
{
    if (linesOf(request, "signature").empty())
        return fail(Fault::Denied, "request: is not signed");
    if (!linesOf(request, "transfer-encoding").empty())
        return fail(Fault::Denied, "header 'transfer-encoding': a signed request says its length");
    TRY(checkHost(request, authorities));
    RequestSignature signature = linesOf(request, "signature-input").empty() ? TRY(readCavage(request, now)) : TRY(readMessage(request, now));
    if (!isPlainKeyId(signature.keyId))
        return fail(Fault::Denied, "header 'signature': its key has no name that could be one");
    return signature;
}

bool isSignedBy(const RequestSignature& signature, const PublicKey& key)
{
    return isSignedBy(signature, VerifyingKey::of(key));
}

bool isSignedBy(const RequestSignature& signature, const VerifyingKey& key)
{
    if (signature.algorithm && *signature.algorithm != key.algorithm())
        return false;
    return std::ranges::any_of(signature.candidates, [&](const std::string& text) { return key.verify(bytesOf(text), signature.value); });
}

} // namespace artdag
