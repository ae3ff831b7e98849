// SPDX-License-Identifier: GPL-3.0-or-later
// PNG (ISO/IEC 15948): international text chunks `artdag:manifest` and `artdag:recipe` after IHDR.
#include "core/embed/container.h"

namespace artdag::embed {

namespace {

constexpr std::string_view signature = "\x89PNG\r\n\x1a\n";
constexpr std::uint64_t afterHeader = 8 + 25; // IHDR has 13 bytes of 25
constexpr std::string_view manifestKeyword = "artdag:manifest", recipeKeyword = "artdag:recipe";

/// Not compressed, no language, no translated keyword (11.3.4.5).
Bytes textChunk(std::string_view keyword, std::string_view text)
{
    Bytes body;
    add(body, "iTXt");
    add(body, keyword);
    body.insert(body.end(), 5, 0);
    add(body, text);
    Bytes chunk;
    addBigEndian(chunk, body.size() - 4, 4);
    chunk.insert(chunk.end(), body.begin(), body.end());
    addBigEndian(chunk, crc32Of(body), 4);
    return chunk;
}

Result<Carried> find(const FilePlaces& file)
{
    Carried carried;
    for (std::uint64_t at = signature.size(); at < file.size();) {
        const Bytes head = TRY(file.read(at, 8));
        const std::uint64_t length = bigEndian(ByteView(head).first(4));
        const std::string type = textOf(ByteView(head).subspan(4));
        if (length > file.size() - at || file.size() - at - length < 12)
            return fail(Fault::BadInput, "it ends within its chunk " + type);
        if (type == "iTXt" && length <= mostBytes + 64) {
            const std::string body = textOf(TRY(file.read(at + 8, length)));
            for (const auto& [keyword, member] : {std::pair(manifestKeyword, &Embedded::manifest), std::pair(recipeKeyword, &Embedded::recipe)}) {
                const std::string before = std::string(keyword) + std::string(5, '\0');
                if (!body.starts_with(before))
                    continue;
                carried.embedded.*member = body.substr(before.size());
                carried.undo.push_back({at, length + 12, {}});
            }
        }
        if (type == "IEND")
            break;
        at += length + 12;
    }
    return carried;
}

Result<std::vector<Splice>> put(const FilePlaces& file, const Embedded& embedded)
{
    if (textOf(TRY(file.read(12, 4))) != "IHDR")
        return fail(Fault::BadInput, "it does not begin with IHDR");
    Bytes chunks;
    for (const auto& [keyword, text] : {std::pair(manifestKeyword, &embedded.manifest), std::pair(recipeKeyword, &embedded.recipe)})
        if (!text->empty())
            for (const std::uint8_t byte : textChunk(keyword, *text))
                chunks.push_back(byte);
    return std::vector<Splice>{{afterHeader, 0, std::move(chunks)}};
}

} // namespace

const Container png{"PNG", [](ByteView start) { return textOf(start).starts_with(signature); }, find, put};

} // namespace artdag::embed
