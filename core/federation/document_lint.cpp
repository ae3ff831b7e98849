// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/document_lint.h"

#include "core/federation/linked_data.h"

#include <algorithm>

namespace artdag {

namespace {

constexpr int deepest = 8;
constexpr std::int64_t largestPicture = 5000;

class Lint {
public:
    void visit(const Json& value, const std::string& path, int depth)
    {
        if (value.is_number_float())
            report(path, "a number that is not whole");
        if (value.is_string() && std::ranges::any_of(value.get_ref<const std::string&>(), [](unsigned char c) { return (c < ' ' && c != '\n') || c == 0x7F; }))
            report(path, "a text with control characters");
        if (!value.is_structured())
            return;
        if (depth > deepest)
            return report(path, "more than 8 levels deep");
        if (value.is_object())
            for (const auto& [name, member] : value.items()) {
                const bool isSize = name == "width" || name == "height";
                if (isSize && (!member.is_number_integer() || member.get<std::int64_t>() < 1 || member.get<std::int64_t>() > largestPicture))
                    report(path + "." + name, "must be 1–5000 px");
                visit(member, path + "." + name, depth + 1);
            }
        else
            for (std::size_t i = 0; i < value.size(); ++i)
                visit(value[i], path + "[" + std::to_string(i) + "]", depth + 1);
    }

    void checkTerms(const Json& document)
    {
        Json plain = document;
        plain.erase("signature"); // which is not part of what it signs
        const auto data = readLinkedData(plain);
        if (!data)
            return report("document", data.error().message);
        for (const std::string& name : data->unmapped)
            report(name, "no statement covers it");
    }

    void checkAddressing(const Json& document)
    {
        const auto object = document.find("object");
        const auto type = document.find("type");
        if (object == document.end() || !object->is_object() || type == document.end() || (*type != "Create" && *type != "Update"))
            return;
        for (const char* name : {"to", "cc"})
            if (document.value(name, Json()) != object->value(name, Json()))
                report(name, "differs between the activity and its object");
    }

    std::vector<std::string> faults;

private:
    void report(const std::string& where, const std::string& what) { faults.push_back(where + ": " + what); }
};

} // namespace

std::vector<std::string> lintDocument(const Json& document)
{
    Lint lint;
    lint.visit(document, "document", 1);
    if (document.is_object()) {
        lint.checkTerms(document);
        lint.checkAddressing(document);
    }
    return std::move(lint.faults);
}

} // namespace artdag
