// SPDX-License-Identifier: GPL-3.0-or-later
// JPEG: an XMP packet in an APP1 segment after the JFIF one; a recipe that is too long for it in extended packets (XMP Specification part 3, 1.1.3).
#include "core/embed/container.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace artdag::embed {

namespace {

const std::string packetMark = std::string("http://ns.adobe.com/xap/1.0/") + '\0';
const std::string extensionMark = std::string("http://ns.adobe.com/xmp/extension/") + '\0';
constexpr std::size_t mostOfSegment = 65533;
constexpr std::size_t mostOfExtension = 65400;
constexpr std::uint8_t app0 = 0xE0, app1 = 0xE1, startOfScan = 0xDA;

Bytes segment(std::string_view body)
{
    Bytes bytes{0xFF, app1};
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
    return carried;
}

Result<std::vector<Splice>> put(const FilePlaces& file, const Embedded& embedded)
{
    std::uint64_t at = 2;
    for (const Segment& one : TRY(segmentsOf(file)))
        if (one.marker == app0)
            at = one.end();
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

} // namespace

const Container jpeg{"JPEG", [](ByteView start) { return start[0] == 0xFF && start[1] == 0xD8; }, find, put};

} // namespace artdag::embed
