// SPDX-License-Identifier: GPL-3.0-or-later
// MP4 and MOV (ISO/IEC 14496-12): an XMP packet in a `uuid` box of the file (XMP Specification part 3, 1.2.7.2), behind everything that others point to;
// Content Credentials in another, behind `ftyp` (C2PA 2.1 §A.5.1), for which all that is behind it moves.
#include "core/embed/mp4.h"

#include "core/credentials/binding.h"

#include <algorithm>
#include <array>

namespace artdag::embed {

namespace {

constexpr std::array<std::uint8_t, 16> xmpUuid{0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC};
constexpr std::string_view purpose{"manifest\0", 9}; // behind a version and flags; 8 bytes follow that say where a Merkle tree is

Bytes uuidBox(const std::array<std::uint8_t, 16>& uuid, std::string_view content)
{
    Bytes box;
    addBigEndian(box, 8 + uuid.size() + content.size(), 4);
    add(box, "uuid");
    box.insert(box.end(), uuid.begin(), uuid.end());
    add(box, content);
    return box;
}

Result<std::vector<Box>> wholeBoxes(const FilePlaces& file)
{
    const auto boxes = TRY(boxesIn(file, 0, file.size()));
    if (boxes.empty() || boxes.back().end() != file.size())
        return fail(Fault::BadInput, "its length is not the one that it names");
    return boxes;
}

Result<void> findStore(const FilePlaces& file, const Box& box, ByteView content, Carried& carried)
{
    const std::size_t head = 4 + purpose.size() + 8;
    if (content.size() < head || textOf(content.subspan(4, purpose.size())) != purpose)
        return {};
    const ByteView store = content.subspan(head);
    if (!TRY(noteStore(carried, Bytes(store.begin(), store.end()), box.at, box.end())))
        return {};
    carried.undo.push_back({box.at, box.size, {}});
    for (Splice& table : TRY(movedPlaces(file, box.end(), -static_cast<std::int64_t>(box.size))))
        carried.undo.push_back(std::move(table));
    return {};
}

Result<Carried> find(const FilePlaces& file)
{
    Carried carried;
    for (const Box& box : TRY(boxesIn(file, 0, file.size()))) {
        if (box.type != "uuid" || box.size < box.head + xmpUuid.size() || box.size > 2 * mostBytes)
            continue;
        const Bytes body = TRY(file.read(box.content(), box.size - box.head));
        const ByteView content = ByteView(body).subspan(xmpUuid.size());
        if (std::equal(credentialsUuid.begin(), credentialsUuid.end(), body.begin())) {
            TRY(findStore(file, box, content, carried));
            continue;
        }
        if (!std::equal(xmpUuid.begin(), xmpUuid.end(), body.begin()))
            continue;
        if (const Embedded embedded = readXmpPacket(textOf(content)); !embedded.empty()) {
            carried.embedded = embedded;
            carried.undo.push_back({box.at, box.size, {}});
        }
    }
    std::sort(carried.undo.begin(), carried.undo.end(), [](const Splice& a, const Splice& b) { return a.at < b.at; });
    return carried;
}

Result<std::vector<Splice>> put(const FilePlaces& file, const Embedded& embedded)
{
    const auto boxes = TRY(wholeBoxes(file));
    if (boxes.back().isOpen)
        return fail(Fault::BadInput, "its last box goes on to the end of the file, so that nothing can be put behind it");
    const std::uint64_t at = boxes.back().type == "mfra" ? boxes.back().at : file.size(); // players look for that one at the very end
    return std::vector<Splice>{{at, 0, uuidBox(xmpUuid, xmpPacket(embedded))}};
}

Result<PlacedStore> place(const FilePlaces& file, ByteView store)
{
    const std::uint64_t at = TRY(wholeBoxes(file)).front().end();
    const std::string content = std::string(4, '\0') + std::string(purpose) + std::string(8, '\0') + textOf(store);
    PlacedStore placed{{{at, 0, uuidBox(credentialsUuid, content)}}, 0, at, 0};
    placed.size = placed.splices[0].inserted.size();
    for (Splice& table : TRY(movedPlaces(file, at, static_cast<std::int64_t>(placed.splices[0].inserted.size()))))
        placed.splices.push_back(std::move(table));
    return placed;
}

} // namespace

const Container mp4{"MP4", [](ByteView start) { return textOf(start).substr(4, 4) == "ftyp"; }, find, put, place};

} // namespace artdag::embed
