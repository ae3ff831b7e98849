// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/cavage_signature.h"

#include "core/federation/signed_parts.h"

#include <algorithm>
#include <map>

namespace artdag {

namespace {

constexpr std::size_t mostCovered = 32;

tl::unexpected<Error> refuse(const std::string& why)
{
    return fail(Fault::Denied, "header 'signature': " + why);
}

void skipBlanks(std::string_view& rest)
{
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t'))
        rest.remove_prefix(1);
}

/// The value at the front: in quotes without escapes, or a number without.
Result<std::string> takeValue(std::string_view& rest)
{
    const bool quoted = rest.starts_with('"');
    rest.remove_prefix(quoted ? 1 : 0);
    const std::size_t end = quoted ? rest.find('"') : std::min(rest.find_first_of(", \t"), rest.size());
    if (end == std::string_view::npos)
        return refuse("a quote has no end");
    std::string value(rest.substr(0, end));
    const auto allowed = [&](char c) { return quoted ? c >= ' ' && c <= '~' && c != '\\' : (c >= '0' && c <= '9') || c == '.'; };
    if (value.empty() || !std::ranges::all_of(value, allowed))
        return refuse("a value is malformed");
    rest.remove_prefix(end + (quoted ? 1 : 0));
    return value;
}

Result<std::map<std::string, std::string>> readParameters(std::string_view rest)
{
    std::map<std::string, std::string> parameters;
    while (true) {
        skipBlanks(rest);
        const std::size_t equals = rest.find('=');
        const std::string name(rest.substr(0, equals));
        if (equals == std::string_view::npos || name.empty() || !std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }))
            return refuse("a parameter is malformed");
        rest.remove_prefix(equals + 1);
        if (!parameters.emplace(name, TRY(takeValue(rest))).second)
            return refuse("parameter '" + name.substr(0, 40) + "' is there twice");
        skipBlanks(rest);
        if (rest.empty())
            return parameters;
        if (!rest.starts_with(','))
            return refuse("a comma is missing");
        rest.remove_prefix(1);
    }
}

Result<std::vector<std::string>> namesIn(std::string_view list)
{
    std::vector<std::string> names;
    for (std::size_t start = 0; start <= list.size();) {
        const std::size_t end = std::min(list.find(' ', start), list.size());
        std::string name = lowerAscii(list.substr(start, end - start));
        if (name.empty() || std::ranges::find(names, name) != names.end() || names.size() == mostCovered)
            return refuse("the list of headers has an empty or repeated name, or more than 32");
        names.push_back(std::move(name));
        start = end + 1;
    }
    return names;
}

Result<std::string> pseudoHeader(const SignableRequest& request, const CavageSignature& signature, const std::string& name, std::string_view target)
{
    if (name == "(request-target)")
        return lowerAscii(request.method) + " " + std::string(target);
    const std::string& value = name == "(created)" ? signature.created : signature.expires;
    if ((name != "(created)" && name != "(expires)") || value.empty())
        return refuse("covers '" + name.substr(0, 40) + "', which it does not have");
    // §2.3: the names of the older algorithms promise the older rules.
    if (!signature.algorithm.empty() && signature.algorithm != "hs2019")
        return refuse("covers '" + name + "', which only hs2019 may");
    return value;
}

} // namespace

bool CavageSignature::covers(std::string_view name) const
{
    return std::ranges::find(covered, name) != covered.end();
}

Result<CavageSignature> readCavageSignature(std::string_view header)
{
    auto parameters = TRY(readParameters(header));
    CavageSignature signature;
    signature.keyId = parameters["keyId"];
    signature.algorithm = parameters["algorithm"];
    signature.created = parameters["created"];
    signature.expires = parameters["expires"];
    if (signature.keyId.empty() || parameters["headers"].empty())
        return refuse("has no keyId or no list of headers");
    signature.covered = TRY(namesIn(parameters["headers"]));
    auto value = bytesOfBase64(parameters["signature"]);
    if (!value || value->empty())
        return refuse("its signature is missing or not base64");
    signature.value = std::move(*value);
    return signature;
}

Result<std::string> cavageText(const SignableRequest& request, const CavageSignature& signature, std::string_view target)
{
    std::string text;
    for (const std::string& name : signature.covered) {
        const std::string value = name.starts_with('(') ? TRY(pseudoHeader(request, signature, name, target)) : TRY(joinedLines(request, name));
        text += (text.empty() ? "" : "\n") + name + ": " + value;
    }
    return text;
}

} // namespace artdag
