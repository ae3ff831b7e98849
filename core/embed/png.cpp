// SPDX-License-Identifier: GPL-3.0-or-later
// PNG (ISO/IEC 15948): international text chunks `artdag:manifest` and `artdag:recipe` after IHDR; Content Credentials in a chunk `caBX` before them (C2PA 2.1 §A.3.2).
#include "core/embed/container.h"

namespace artdag::embed {

namespace {

constexpr std::string_view signature = "\x89PNG\r\n\x1a\n";
constexpr std::uint64_t afterHeader = 8 + 25; // IHDR has 13 bytes of 25
constexpr std::string_view credentialsType = "caBX";
constexpr std::string_view manifestKeyword = "artdag:manifest", recipeKeyword = "artdag:recipe";

Bytes chunkOf(std::string_view type, ByteView content)
{
    Bytes chunk;
    addBigEndian(chunk, content.size(), 4);
    add(chunk, type);
    chunk.insert(chunk.end(), content.begin(), content.end());
    addBigEndian(chunk, crc32Of(ByteView(chunk).subspan(4)), 4);
    return chunk;
}

/// Not compressed, no language, no translated keyword (11.3.4.5).
Bytes textChunk(std::string_view keyword, std::string_view text)
{
    Bytes content;
    add(content, keyword);
    content.insert(content.end(), 5, 0);
    add(content, text);
    return chunkOf("iTXt", content);
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
        if (type == credentialsType && length <= mostBytes && TRY(noteStore(carried, TRY(file.read(at + 8, length)), at, at + length + 12)))
            carried.undo.push_back({at, length + 12, {}});
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

Result<PlacedStore> place(const FilePlaces& file, ByteView store)
{
    if (textOf(TRY(file.read(12, 4))) != "IHDR")
        return fail(Fault::BadInput, "it does not begin with IHDR");
    return PlacedStore{{{afterHeader, 0, chunkOf(credentialsType, store)}}, 0, afterHeader, store.size() + 12};
}

} // namespace

const Container png{"PNG", [](ByteView start) { return textOf(start).starts_with(signature); }, find, put, place};

} // namespace artdag::embed
