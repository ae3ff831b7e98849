// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identity/keys.h"

#include <set>

namespace artdag {

namespace {

constexpr int deepest = 64;
constexpr std::size_t mostSignatures = 16;

struct SignatureEntry {
    std::string kid, algorithm;
    Bytes value;
};

/// Strict UTF-8 (RFC 3629): no overlong forms, no surrogates. The canonical form would write all of those as U+FFFD.
bool isUtf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead >= 0xC2 && lead < 0xE0 ? 2
            : (lead & 0xF0U) == 0xE0                                             ? 3
            : lead >= 0xF0 && lead < 0xF5                                        ? 4
                                                                                 : 0;
        if (length == 0 || i + length > text.size())
            return false;
        char32_t point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xC0U) != 0x80)
                return false;
            point = point << 6 | (next & 0x3FU);
        }
        if ((length == 3 && point < 0x800) || (length == 4 && (point < 0x10000 || point > 0x10FFFF)) || (point >= 0xD800 && point < 0xE000))
            return false;
        i += length;
    }
    return true;
}

Result<void> checkSignable(const Json& value, int depth)
{
    constexpr std::int64_t limit = std::int64_t{1} << 53;
    if (depth > deepest)
        return fail(Fault::BadInput, "document: nested deeper than 64 levels");
    if (value.is_string() && !isUtf8(value.get_ref<const std::string&>()))
        return fail(Fault::BadInput, "document: a text is not UTF-8");
    if (value.is_number_unsigned() ? value.get<std::uint64_t>() > static_cast<std::uint64_t>(limit)
                                   : value.is_number_integer() && (value.get<std::int64_t>() > limit || value.get<std::int64_t>() < -limit))
        return fail(Fault::BadInput, "document: a whole number beyond ±2^53 must be written as a text");
    if (value.is_number_float() && !(value.get<double>() - value.get<double>() == 0.0))
        return fail(Fault::BadInput, "document: a number is not finite");
    if (value.is_object())
        for (const auto& [name, member] : value.items()) {
            if (!isUtf8(name))
                return fail(Fault::BadInput, "document: the name of a member is not UTF-8");
            TRY(checkSignable(member, depth + 1));
        }
    if (value.is_array())
        for (const Json& item : value)
            TRY(checkSignable(item, depth + 1));
    return {};
}

Json withoutSignatures(const Json& document)
{
    Json body = document;
    if (body.is_object())
        body.erase("sig");
    return body;
}

Result<std::string> textMember(const Json& entry, const char* name, const std::string& where, std::size_t longest)
{
    const auto member = entry.find(name);
    if (member == entry.end() || !member->is_string())
        return fail(Fault::BadInput, where + "/" + name + ": must be a text");
    const auto& text = member->get_ref<const std::string&>();
    if (text.size() > longest)
        return fail(Fault::BadInput, where + "/" + name + ": longer than " + std::to_string(longest) + " characters");
    return text;
}

Result<SignatureEntry> readEntry(const Json& entry, const std::string& where)
{
    if (!entry.is_object() || entry.size() != 3)
        return fail(Fault::BadInput, where + ": must be an object of kid, alg and value");
    SignatureEntry result;
    result.kid = TRY(textMember(entry, "kid", where, 73));
    const auto digest = digestOfText(result.kid);
    if (!digest || ContentId{*digest}.text() != result.kid)
        return fail(Fault::BadInput, where + "/kid: must be sha3-256: and 64 lower-case hexadecimal digits");
    result.algorithm = TRY(textMember(entry, "alg", where, 32));
    auto value = bytesOfBase64Url(TRY(textMember(entry, "value", where, 1024)));
    if (!value)
        return fail(Fault::BadInput, where + "/value: " + value.error().message);
    result.value = std::move(*value);
    return result;
}

Result<std::vector<SignatureEntry>> readEntries(const Json& document)
{
    if (!document.is_object())
        return fail(Fault::BadInput, "document: must be an object");
    const auto sig = document.find("sig");
    if (sig == document.end())
        return std::vector<SignatureEntry>{};
    if (!sig->is_array() || sig->size() > mostSignatures)
        return fail(Fault::BadInput, "/sig: must be a list of at most 16 signatures");
    std::vector<SignatureEntry> entries;
    std::set<std::string> kids;
    for (std::size_t i = 0; i < sig->size(); ++i) {
        entries.push_back(TRY(readEntry((*sig)[i], "/sig/" + std::to_string(i))));
        if (!kids.insert(entries.back().kid).second)
            return fail(Fault::BadInput, "/sig/" + std::to_string(i) + "/kid: this key signed twice");
    }
    return entries;
}

} // namespace

Result<std::string> signedBytes(std::string_view prefix, const Json& document)
{
    if (!document.is_object())
        return fail(Fault::BadInput, "document: must be an object");
    const Json body = withoutSignatures(document);
    TRY(checkSignable(body, 1));
    return std::string(prefix) + canonicalJson(body);
}

Result<void> signDocument(std::string_view prefix, Json& document, const SigningKey& key)
{
    const std::string message = TRY(signedBytes(prefix, document));
    const PublicKey publicKey = key.publicKey();
    const auto entries = TRY(readEntries(document));
    for (const SignatureEntry& entry : entries)
        if (entry.kid == publicKey.kid())
            return fail(Fault::Conflict, "document: key " + entry.kid + " already signed it");
    if (entries.size() == mostSignatures)
        return fail(Fault::BadInput, "/sig: must be a list of at most 16 signatures");
    const Bytes signature = TRY(key.sign(bytesOf(message)));
    if (!document.contains("sig"))
        document["sig"] = Json::array();
    document["sig"].push_back(Json{{"kid", publicKey.kid()}, {"alg", nameOf(publicKey.algorithm())}, {"value", base64Url(signature)}});
    return {};
}

Result<void> verifyDocument(std::string_view prefix, const Json& document, const std::function<Result<PublicKey>(const std::string& kid)>& find)
{
    const auto entries = TRY(readEntries(document));
    if (entries.empty())
        return fail(Fault::Denied, "document: it is not signed");
    const std::string message = TRY(signedBytes(prefix, document));
    for (const SignatureEntry& entry : entries) {
        const auto key = find(entry.kid);
        if (!key)
            return fail(key.error().fault == Fault::Unavailable ? Fault::Unavailable : Fault::Denied, "signature of " + entry.kid + ": " + key.error().message);
        if (key->kid() != entry.kid)
            return fail(Fault::Denied, "signature of " + entry.kid + ": the key at hand is another one");
        if (entry.algorithm != nameOf(key->algorithm()))
            return fail(Fault::Denied, "signature of " + entry.kid + ": made for the algorithm '" + entry.algorithm + "', the key is for " + nameOf(key->algorithm()));
        if (!key->verify(bytesOf(message), entry.value))
            return fail(Fault::Denied, "signature of " + entry.kid + ": does not match the document");
    }
    return {};
}

Result<std::vector<std::string>> signersOf(const Json& document)
{
    std::vector<std::string> kids;
    for (const SignatureEntry& entry : TRY(readEntries(document)))
        kids.push_back(entry.kid);
    return kids;
}

ManifestId documentId(const Json& document)
{
    return ManifestId{sha3(bytesOf(canonicalJson(withoutSignatures(document))))};
}

} // namespace artdag
