// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operation/block_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace artdag::server {

namespace {

using Record = std::vector<std::string>;

/// The next record, whose fields may hold commas, quotes and lines when they are quoted.
Record nextRecord(std::string_view& csv)
{
    Record record{""};
    bool isQuoted = false;
    std::size_t at = 0;
    for (; at < csv.size(); ++at) {
        const char c = csv[at];
        if (isQuoted && c == '"' && at + 1 < csv.size() && csv[at + 1] == '"')
            record.back() += csv[at++];
        else if (c == '"')
            isQuoted = !isQuoted;
        else if (!isQuoted && c == ',')
            record.emplace_back();
        else if (!isQuoted && c == '\n')
            break;
        else if (isQuoted || c != '\r')
            record.back() += c;
    }
    csv.remove_prefix(std::min(at + 1, csv.size()));
    return record;
}

std::string fieldOf(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

bool isTrue(std::string text)
{
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text == "true" || text == "1";
}

} // namespace

Result<std::vector<DomainBlock>> readBlockList(std::string_view csv)
{
    if (csv.starts_with("\xEF\xBB\xBF"))
        csv.remove_prefix(3);
    std::map<std::string, std::size_t> columns;
    const Record names = nextRecord(csv);
    for (std::size_t i = 0; i < names.size(); ++i)
        columns[names[i].starts_with('#') ? names[i].substr(1) : names[i]] = i;
    if (!columns.contains("domain"))
        return fail(Fault::BadInput, "block list: its first line must name the columns, among them #domain");
    std::vector<DomainBlock> blocks;
    for (int line = 2; !csv.empty(); ++line) {
        const Record record = nextRecord(csv);
        auto field = [&](const char* name) { return columns.contains(name) && columns[name] < record.size() ? record[columns[name]] : std::string(); };
        if (record.size() == 1 && record.front().empty())
            continue;
        DomainBlock block;
        block.domain = field("domain");
        block.severity = field("severity").empty() ? "suspend" : field("severity");
        if (block.severity != "suspend" && block.severity != "silence" && block.severity != "noop")
            return fail(Fault::BadInput, fmt::format("block list: record {}: severity must be suspend, silence or noop", line));
        block.rejectMedia = isTrue(field("reject_media"));
        block.rejectReports = isTrue(field("reject_reports"));
        block.obfuscate = isTrue(field("obfuscate"));
        block.publicComment = field("public_comment");
        blocks.push_back(std::move(block));
    }
    return blocks;
}

std::string writeBlockList(const std::vector<DomainBlock>& blocks)
{
    std::string csv = "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\n";
    for (const DomainBlock& block : blocks)
        csv += fmt::format("{},{},{},{},{},{}\n", fieldOf(block.domain), block.severity, block.rejectMedia, block.rejectReports, fieldOf(block.publicComment), block.obfuscate);
    return csv;
}

} // namespace artdag::server
