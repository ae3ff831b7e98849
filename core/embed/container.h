// SPDX-License-Identifier: GPL-3.0-or-later
// What one kind of file must be able to do, and the helpers that they share. Only for this room.
#pragma once

#include "core/embed/embed.h"
#include "core/embed/splice.h"

#include <zlib.h>

#include <vector>

namespace artdag::embed {

/// What was found in a file, and how to take it out again.
struct Carried {
    Embedded embedded;
    Bytes store;                        ///< of Content Credentials, anybody's; empty: none
    std::vector<std::uint64_t> storeAt; ///< where its chunks begin and end: begin, end, begin, end …
    std::vector<Splice> undo;           ///< of `embedded`, and of credentials that are ours
};

/// Content Credentials as they go into a file.
struct PlacedStore {
    std::vector<Splice> splices;
    std::size_t which = 0;  ///< of the splices, that with the store
    std::uint64_t at = 0;   ///< where that will be in the new file
    std::uint64_t size = 0; ///< of what is left out of the hash
};

/// One kind of file. Both functions get a file whose first bytes are of this kind.
struct Container {
    const char* name;
    bool (*matches)(ByteView start); ///< by the first 16 bytes
    Result<Carried> (*find)(const FilePlaces& file);
    Result<std::vector<Splice>> (*put)(const FilePlaces& file, const Embedded& embedded);
    Result<PlacedStore> (*place)(const FilePlaces& file, ByteView store); ///< null: there is no place for credentials; the sizes depend on the store's size only
};
extern const Container png, jpeg, webp, mp4, matroska, wav;

/// By the first bytes; null for other kinds.
const Container* containerOf(const FilePlaces& file);
/// The result of a container, its error with the file's name before it.
template <class T>
Result<T> about(const std::filesystem::path& film, const char* kind, Result<T> result)
{
    if (!result)
        result.error().message = "file '" + film.string() + "' (" + kind + "): " + result.error().message;
    return result;
}

/// Whether JUMBF holds Content Credentials: others keep other things in it.
bool isCredentialStore(ByteView jumbf);
/// Notes what a chunk from `begin` to `end` holds. True when it is ours, and so has to go with what else we put in. BadInput for a second store.
Result<bool> noteStore(Carried& carried, Bytes store, std::uint64_t begin, std::uint64_t end);

constexpr std::uint64_t mostBytes = 16U << 20; ///< of one embedded text: a recipe of 10,000 nodes has 3 MB
constexpr std::size_t mostParts = 1'000'000;   ///< of a file, so that a list of them stays small

std::uint64_t bigEndian(ByteView bytes);    ///< of 1 to 8 bytes
std::uint64_t littleEndian(ByteView bytes); ///< of 1 to 8 bytes
void addBigEndian(Bytes& to, std::uint64_t value, int count);
void addLittleEndian(Bytes& to, std::uint64_t value, int count);
void add(Bytes& to, std::string_view text);
inline std::string textOf(ByteView bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// ISO 3309, as in PNG (Annex D) and EBML.
inline std::uint32_t crc32Of(ByteView bytes)
{
    return static_cast<std::uint32_t>(crc32_z(0, bytes.data(), bytes.size()));
}

/// An XMP packet (ISO 16684-1) with what is not empty, as RDF in the namespace `xmpNamespace`; `extension` is the GUID of an extended packet (JPEG only).
std::string xmpPacket(const Embedded& embedded, const std::string& extension = {});
/// The same without the marks that let others find a packet in a file, as an extended packet is.
std::string xmpBody(const Embedded& embedded, const std::string& extension = {});
/// What xmpPacket wrote; nothing for packets of others.
Embedded readXmpPacket(std::string_view packet);
/// The GUID that xmpPacket got; empty for none, and for packets of others.
std::string xmpExtension(std::string_view packet);

} // namespace artdag::embed
