// SPDX-License-Identifier: GPL-3.0-or-later
// MP4 and MOV (ISO/IEC 14496-12): an XMP packet in a `uuid` box of the file (XMP Specification part 3, 1.2.7.2), behind everything that others point to.
#include "core/embed/container.h"

#include <algorithm>
#include <array>

namespace artdag::embed {

namespace {

constexpr std::array<std::uint8_t, 16> xmpUuid{0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC};

struct Box {
    std::string type;
    std::uint64_t at = 0, head = 0, size = 0; ///< where it begins, bytes before its content, bytes in all
    bool isOpen = false;                      ///< it goes on to the end of the file, whatever is put there
    [[nodiscard]] std::uint64_t end() const { return at + size; }
};

Result<std::vector<Box>> boxesOf(const FilePlaces& file)
{
    std::vector<Box> boxes;
    for (std::uint64_t at = 0; at + 8 <= file.size();) {
        const Bytes head = TRY(file.read(at, 8));
        Box box{textOf(ByteView(head).subspan(4)), at, 8, bigEndian(ByteView(head).first(4))};
        if (box.size == 1) {
            box.head = 16;
            box.size = bigEndian(TRY(file.read(at + 8, 8)));
        }
        if (box.size == 0) {
            box.isOpen = true;
            box.size = file.size() - at;
        }
        if (box.size < box.head || box.size > file.size() - at)
            return fail(Fault::BadInput, "it ends within its box '" + box.type + "'");
        if (boxes.size() == mostParts)
            return fail(Fault::BadInput, "it has more than a million boxes");
        boxes.push_back(box);
        at = box.end();
    }
    return boxes;
}

Result<Carried> find(const FilePlaces& file)
{
    Carried carried;
    for (const Box& box : TRY(boxesOf(file))) {
        if (box.type != "uuid" || box.size < box.head + xmpUuid.size() || box.size > 2 * mostBytes)
            continue;
        const Bytes body = TRY(file.read(box.at + box.head, box.size - box.head));
        if (!std::equal(xmpUuid.begin(), xmpUuid.end(), body.begin()))
            continue;
        if (const Embedded embedded = readXmpPacket(textOf(ByteView(body).subspan(xmpUuid.size()))); !embedded.empty()) {
            carried.embedded = embedded;
            carried.undo.push_back({box.at, box.size, {}});
        }
    }
    return carried;
}

Result<std::vector<Splice>> put(const FilePlaces& file, const Embedded& embedded)
{
    const auto boxes = TRY(boxesOf(file));
    if (boxes.empty() || boxes.back().end() != file.size())
        return fail(Fault::BadInput, "its length is not the one that it names");
    if (boxes.back().isOpen)
        return fail(Fault::BadInput, "its last box goes on to the end of the file, so that nothing can be put behind it");
    const std::string packet = xmpPacket(embedded);
    Bytes box;
    addBigEndian(box, 8 + xmpUuid.size() + packet.size(), 4);
    add(box, "uuid");
    box.insert(box.end(), xmpUuid.begin(), xmpUuid.end());
    add(box, packet);
    const std::uint64_t at = boxes.back().type == "mfra" ? boxes.back().at : file.size(); // players look for that one at the very end
    return std::vector<Splice>{{at, 0, std::move(box)}};
}

} // namespace

const Container mp4{"MP4", [](ByteView start) { return textOf(start).substr(4, 4) == "ftyp"; }, find, put};

} // namespace artdag::embed
