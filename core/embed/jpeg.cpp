// SPDX-License-Identifier: GPL-3.0-or-later
// JPEG: an XMP packet in an APP1 segment after the JFIF one; a recipe that is too long for it in extended packets (XMP Specification part 3, 1.1.3).
// Content Credentials are in APP11 segments at the same place (C2PA 2.1 §A.3.1, ISO/IEC 19566-5 Annex D).
#include "core/embed/container.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

namespace artdag::embed {

namespace {

const std::string packetMark = std::string("http://ns.adobe.com/xap/1.0/") + '\0';
const std::string extensionMark = std::string("http://ns.adobe.com/xmp/extension/") + '\0';
constexpr std::size_t mostOfSegment = 65533;
constexpr std::size_t mostOfExtension = 65400;
constexpr std::size_t mostOfBox = 65000; // of a box in one APP11 segment
constexpr std::uint64_t jumbfHead = 8;   // before each part: "JP", which box, which part
constexpr std::string_view jumbfMark = "JP";
constexpr std::uint8_t app0 = 0xE0, app1 = 0xE1, app11 = 0xEB, startOfScan = 0xDA;

Bytes segment(std::string_view body, std::uint8_t marker = app1)
{
    Bytes bytes{0xFF, marker};
    addBigEndian(bytes, body.size() + 2, 2);
    add(bytes, body);
    return bytes;
}

struct Segment {
    std::uint8_t marker = 0;
    std::uint64_t at = 0;     ///< of 0xFF
    std::uint64_t length = 0; ///< of its bytes, which begin 4 bytes later
    [[nodiscard]] std::uint64_t end() const { return at + 4 + length; }
};

/// The segments before the picture.
Result<std::vector<Segment>> segmentsOf(const FilePlaces& file)
{
    std::vector<Segment> segments;
    for (std::uint64_t at = 2;;) {
        const Bytes head = TRY(file.read(at, 4));
        const std::uint64_t length = bigEndian(ByteView(head).subspan(2));
        if (head[0] != 0xFF || length < 2)
            return fail(Fault::BadInput, "a segment is damaged");
        if (head[1] == startOfScan)
            return segments;
        segments.push_back({head[1], at, length - 2});
        at = segments.back().end();
    }
}

/// A box of JUMBF that is spread over segments.
struct SpreadBox {
    Bytes bytes;
    std::vector<Segment> parts;
    std::uint64_t last = 0; ///< the number of its last part
};

/// All such boxes, by their instance numbers. Each part but the first repeats the box's first 8 bytes.
Result<std::map<std::uint64_t, SpreadBox>> spreadBoxes(const FilePlaces& file, const std::vector<Segment>& segments)
{
    std::map<std::uint64_t, SpreadBox> boxes;
    std::uint64_t total = 0;
    for (const Segment& one : segments) {
        if (one.marker != app11 || one.length < jumbfHead + 8)
            continue;
        const Bytes body = TRY(file.read(one.at + 4, one.length));
        total += body.size();
        if (!textOf(body).starts_with(jumbfMark) || total > mostBytes)
            continue;
        SpreadBox& box = boxes[bigEndian(ByteView(body).subspan(2, 2))];
        const std::uint64_t number = bigEndian(ByteView(body).subspan(4, 4));
        if (number != box.last + 1)
            continue;
        box.last = number;
        box.bytes.insert(box.bytes.end(), body.begin() + jumbfHead + (box.parts.empty() ? 0 : 8), body.end());
        box.parts.push_back(one);
    }
    return boxes;
}

/// MD5 in upper-case letters, which names an extended packet.
std::string guidOf(std::string_view packet)
{
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    EVP_Digest(packet.data(), packet.size(), digest.data(), &length, EVP_md5(), nullptr);
    std::string text = hexOf(ByteView(digest).first(length));
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
    return text;
}

Result<Carried> find(const FilePlaces& file)
{
    Carried carried;
    std::string guid, extension;
    const auto segments = TRY(segmentsOf(file));
    for (const Segment& one : segments) {
        if (one.marker != app1)
            continue;
        const std::string body = textOf(TRY(file.read(one.at + 4, one.length)));
        if (body.starts_with(packetMark)) {
            const Embedded embedded = readXmpPacket(std::string_view(body).substr(packetMark.size()));
            const std::string extended = xmpExtension(body);
            if (embedded.empty() && extended.empty())
                continue; // of others
            carried.embedded = embedded;
            guid = extended;
            carried.undo.push_back({one.at, one.end() - one.at, {}});
        } else if (!guid.empty() && body.starts_with(extensionMark + guid) && body.size() >= extensionMark.size() + 40) {
            extension += body.substr(extensionMark.size() + 40); // written in order
            carried.undo.push_back({one.at, one.end() - one.at, {}});
        }
    }
    if (!guid.empty()) {
        if (guidOf(extension) != guid)
            return fail(Fault::BadInput, "its recipe was changed or is cut");
        carried.embedded.recipe = readXmpPacket(extension).recipe;
    }
    for (auto& [instance, box] : TRY(spreadBoxes(file, segments))) {
        if (!isCredentialStore(box.bytes))
            continue;
        const bool isOurs = TRY(noteStore(carried, std::move(box.bytes), 0, 0));
        carried.storeAt.clear();
        for (const Segment& one : box.parts) {
            carried.storeAt.insert(carried.storeAt.end(), {one.at, one.end()});
            if (isOurs)
                carried.undo.push_back({one.at, one.end() - one.at, {}});
        }
    }
    std::sort(carried.undo.begin(), carried.undo.end(), [](const Splice& a, const Splice& b) { return a.at < b.at; });
    return carried;
}

/// Where descriptions go: behind the segment that says that it is a JPEG.
Result<std::uint64_t> placeOf(const FilePlaces& file)
{
    std::uint64_t at = 2;
    for (const Segment& one : TRY(segmentsOf(file)))
        if (one.marker == app0)
            at = one.end();
    return at;
}

Result<std::vector<Splice>> put(const FilePlaces& file, const Embedded& embedded)
{
    const std::uint64_t at = TRY(placeOf(file));
    std::string packet = packetMark + xmpPacket(embedded);
    if (packet.size() <= mostOfSegment)
        return std::vector<Splice>{{at, 0, segment(packet)}};

    const std::string extension = xmpBody({"", embedded.recipe});
    const std::string guid = guidOf(extension);
    Bytes segments = segment(packetMark + xmpPacket({embedded.manifest, ""}, guid));
    for (std::size_t offset = 0; offset < extension.size(); offset += mostOfExtension) {
        Bytes head;
        add(head, extensionMark + guid);
        addBigEndian(head, extension.size(), 4);
        addBigEndian(head, offset, 4);
        const Bytes one = segment(textOf(head) + extension.substr(offset, mostOfExtension));
        segments.insert(segments.end(), one.begin(), one.end());
    }
    return std::vector<Splice>{{at, 0, std::move(segments)}};
}

Result<PlacedStore> place(const FilePlaces& file, ByteView store)
{
    const std::uint64_t at = TRY(placeOf(file));
    std::uint64_t instance = 1; // the first that no other box has
    for (const auto& [taken, box] : TRY(spreadBoxes(file, TRY(segmentsOf(file)))))
        instance += taken == instance ? 1 : 0;
    Bytes segments;
    std::uint64_t number = 0;
    for (std::size_t offset = 8; offset < store.size(); offset += mostOfBox) {
        Bytes head;
        add(head, jumbfMark);
        addBigEndian(head, instance, 2);
        addBigEndian(head, ++number, 4);
        const Bytes one = segment(textOf(head) + textOf(store.first(8)) + textOf(store.subspan(offset, std::min(mostOfBox, store.size() - offset))), app11);
        segments.insert(segments.end(), one.begin(), one.end());
    }
    const std::uint64_t size = segments.size();
    return PlacedStore{{{at, 0, std::move(segments)}}, 0, at, size};
}

} // namespace

const Container jpeg{"JPEG", [](ByteView start) { return start[0] == 0xFF && start[1] == 0xD8; }, find, put, place};

} // namespace artdag::embed
