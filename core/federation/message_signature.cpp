// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/message_signature.h"

#include "core/federation/signed_parts.h"

#include <algorithm>
#include <set>

namespace artdag {

namespace {

constexpr std::size_t mostComponents = 32;

tl::unexpected<Error> refuse(const std::string& why)
{
    return fail(Fault::Denied, "header 'signature-input': " + why);
}

/// RFC 9421 §2.2.
Result<std::string> derivedComponent(const SignableRequest& request, const std::string& name)
{
    const std::string authority = authorityOf(request.authority, request.scheme);
    const std::size_t question = std::min(request.target.find('?'), request.target.size());
    if (name == "@method")
        return request.method;
    if (name == "@target-uri")
        return lowerAscii(request.scheme) + "://" + authority + request.target;
    if (name == "@authority")
        return authority;
    if (name == "@scheme")
        return lowerAscii(request.scheme);
    if (name == "@request-target")
        return request.target;
    if (name == "@path")
        return request.target.substr(0, question);
    if (name == "@query")
        return question == request.target.size() ? "?" : request.target.substr(question);
    return refuse("covers '" + name.substr(0, 40) + "', which is not known");
}

} // namespace

Result<std::string> signatureBase(const SignableRequest& request, const FieldList& components)
{
    std::string base;
    std::set<std::string> names;
    for (const FieldItem& item : components.items) {
        const std::string* name = std::get_if<std::string>(&item.value);
        if (!name || name->empty() || !item.parameters.empty() || lowerAscii(*name) != *name)
            return refuse("a component is malformed or has parameters");
        if (!names.insert(*name).second || names.size() > mostComponents)
            return refuse("covers '" + name->substr(0, 40) + "' twice, or more than 32 components");
        const std::string value = name->starts_with('@') ? TRY(derivedComponent(request, *name)) : TRY(joinedLines(request, *name));
        base += "\"" + *name + "\": " + value + "\n";
    }
    return base + "\"@signature-params\": " + fieldText(components);
}

} // namespace artdag
