// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/domain_block_csv.h"

#include <algorithm>
#include <optional>

namespace artdag::server {

namespace {

using Row = std::vector<std::string>;

std::string quoted(const std::string& text)
{
    if (text.find_first_of(",\"\n\r") == std::string::npos)
        return text;
    std::string out = "\"";
    for (const char c : text)
        out += c == '"' ? "\"\"" : std::string(1, c);
    return out + "\"";
}

/// The next row of RFC 4180 text, taken off its front; nothing when a quote is not closed.
std::optional<Row> takeRow(std::string_view& csv)
{
    Row row(1);
    bool inside = false;
    while (!csv.empty()) {
        const char c = csv.front();
        csv.remove_prefix(1);
        if (inside) {
            if (c == '"' && csv.starts_with('"')) {
                row.back() += '"';
                csv.remove_prefix(1);
            } else if (c == '"') {
                inside = false;
            } else {
                row.back() += c;
            }
        } else if (c == '"' && row.back().empty()) {
            inside = true;
        } else if (c == ',') {
            row.emplace_back();
        } else if (c == '\n') {
            break;
        } else if (c != '\r') {
            row.back() += c;
        }
    }
    return inside ? std::nullopt : std::optional(std::move(row));
}

bool isTrue(const std::string& text)
{
    return text == "True" || text == "true" || text == "TRUE" || text == "1";
}

bool namesColumns(const Row& row)
{
    return std::ranges::find(row, "#domain") != row.end() || std::ranges::find(row, "domain") != row.end();
}

} // namespace

std::string csvOfBlocks(const std::vector<DomainBlock>& blocks)
{
    std::string csv = "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\n";
    auto flag = [](bool value) { return value ? "true" : "false"; };
    for (const DomainBlock& block : blocks)
        csv += quoted(block.domain) + "," + block.severity + "," + flag(block.rejectMedia) + "," + flag(block.rejectReports) + "," + quoted(block.publicComment) + "," + flag(block.obfuscate) + "\n";
    return csv;
}

Result<std::vector<DomainBlock>> blocksOfCsv(std::string_view csv)
{
    if (csv.starts_with("\xEF\xBB\xBF"))
        csv.remove_prefix(3);
    if (csv.empty())
        return fail(Fault::BadInput, "list: it is empty");
    std::vector<DomainBlock> blocks;
    Row columns{"domain"};
    for (int line = 1; !csv.empty(); ++line) {
        const auto row = takeRow(csv);
        const std::string place = "list: row " + std::to_string(line);
        if (!row)
            return fail(Fault::BadInput, place + " has a quote that is not closed");
        if (row->size() == 1 && row->front().empty())
            continue;
        if (line == 1 && namesColumns(*row)) {
            columns = *row;
            for (std::string& column : columns)
                column.erase(0, column.starts_with('#') ? 1 : 0);
            continue;
        }
        if (row->size() > columns.size())
            return fail(Fault::BadInput, place + " has more fields than its first row names");
        DomainBlock block;
        for (std::size_t i = 0; i < row->size(); ++i) {
            const std::string& value = (*row)[i];
            const std::string& column = columns[i];
            if (column == "domain")
                block.domain = value;
            else if (column == "severity")
                block.severity = value;
            else if (column == "reject_media")
                block.rejectMedia = isTrue(value);
            else if (column == "reject_reports")
                block.rejectReports = isTrue(value);
            else if (column == "public_comment")
                block.publicComment = value;
            else if (column == "obfuscate")
                block.obfuscate = isTrue(value);
        }
        if (block.severity.empty())
            block.severity = "suspend";
        if (block.severity != "suspend" && block.severity != "silence" && block.severity != "noop")
            return fail(Fault::BadInput, place + ": severity must be suspend, silence or noop");
        if (block.domain.empty() || block.domain.find_first_of(" /@*") != std::string::npos)
            return fail(Fault::BadInput, place + " has no domain");
        blocks.push_back(std::move(block));
    }
    return blocks;
}

} // namespace artdag::server
