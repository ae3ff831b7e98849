// SPDX-License-Identifier: GPL-3.0-or-later
// Matroska and WebM (RFC 9559): an element Tags of our own at the end of the segment. The directory at the start (SeekHead) names it if the Void behind it has room.
#include "core/embed/container.h"

#include <algorithm>
#include <functional>
#include <optional>

namespace artdag::embed {

namespace {

enum Id : std::uint64_t {
    Ebml = 0x1A45DFA3,
    Segment = 0x18538067,
    SeekHead = 0x114D9B74,
    Seek = 0x4DBB,
    SeekId = 0x53AB,
    SeekPosition = 0x53AC,
    Void = 0xEC,
    Crc32 = 0xBF,
    Tags = 0x1254C367,
    Tag = 0x7373,
    Targets = 0x63C0,
    SimpleTag = 0x67C8,
    TagName = 0x45A3,
    TagString = 0x4487,
};
constexpr std::uint64_t mostOfDirectory = 1 << 16;
constexpr std::string_view manifestName = "ARTDAG_MANIFEST", recipeName = "ARTDAG_RECIPE";

/// An element (RFC 8794): where it is, how its length is written.
struct Element {
    std::uint64_t id = 0;
    std::uint64_t at = 0, lengthAt = 0, bodyAt = 0; ///< of the id, of the length, of the bytes
    std::uint64_t length = 0;
    bool unknown = false; ///< the length is not known: it goes on as long as its kind allows
    [[nodiscard]] std::uint64_t end() const { return bodyAt + length; }
    [[nodiscard]] int lengthBytes() const { return static_cast<int>(bodyAt - lengthAt); }
};

/// How many bytes a variable number has, by its first.
int widthOf(std::uint8_t first)
{
    int width = 1;
    for (std::uint8_t mark = 0x80; width <= 8 && (first & mark) == 0; mark >>= 1)
        ++width;
    return width;
}

Result<Element> elementAt(const FilePlaces& file, std::uint64_t at, std::uint64_t end)
{
    const Bytes head = TRY(file.read(at, std::min<std::uint64_t>(12, end - at)));
    const int idBytes = head.empty() ? 9 : widthOf(head[0]);
    const int lengthBytes = static_cast<std::size_t>(idBytes) < head.size() && idBytes <= 4 ? widthOf(head[static_cast<std::size_t>(idBytes)]) : 9;
    if (lengthBytes > 8 || static_cast<std::size_t>(idBytes + lengthBytes) > head.size())
        return fail(Fault::BadInput, "an element is damaged");
    Element element{bigEndian(ByteView(head).first(static_cast<std::size_t>(idBytes))), at, at + static_cast<std::uint64_t>(idBytes), at + static_cast<std::uint64_t>(idBytes + lengthBytes)};
    const std::uint64_t ones = (std::uint64_t{1} << (7 * lengthBytes)) - 1;
    element.length = bigEndian(ByteView(head).subspan(static_cast<std::size_t>(idBytes), static_cast<std::size_t>(lengthBytes))) & ones;
    element.unknown = element.length == ones;
    if (element.unknown)
        element.length = end - element.bodyAt;
    if (element.length > end - element.bodyAt)
        return fail(Fault::BadInput, "it ends within an element");
    return element;
}

Result<std::vector<Element>> elementsIn(const FilePlaces& file, std::uint64_t at, std::uint64_t end)
{
    std::vector<Element> elements;
    while (at < end) {
        if (elements.size() == mostParts)
            return fail(Fault::BadInput, "it has more than a million elements side by side");
        elements.push_back(TRY(elementAt(file, at, end)));
        at = elements.back().end();
    }
    return elements;
}

void addLength(Bytes& to, std::uint64_t length, int bytes)
{
    addBigEndian(to, length | std::uint64_t{1} << (7 * bytes), bytes);
}

Bytes element(Id id, ByteView body)
{
    Bytes bytes;
    addBigEndian(bytes, id, id > 0xFFFFFF ? 4 : id > 0xFF ? 2
                                                          : 1);
    addLength(bytes, body.size(), 8);
    bytes.insert(bytes.end(), body.begin(), body.end());
    return bytes;
}

Bytes joined(std::initializer_list<Bytes> parts)
{
    Bytes all;
    for (const Bytes& part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

struct File {
    Element segment;
    std::vector<Element> elements; ///< of the segment
};

Result<File> layoutOf(const FilePlaces& file)
{
    const Element head = TRY(elementAt(file, 0, file.size()));
    const Element segment = TRY(elementAt(file, head.end(), file.size()));
    if (head.id != Ebml || segment.id != Segment)
        return fail(Fault::BadInput, "it has no segment");
    return File{segment, TRY(elementsIn(file, segment.bodyAt, segment.end()))};
}

Result<Embedded> textsOf(const FilePlaces& file, const Element& tags)
{
    Embedded embedded;
    for (const Element& tag : TRY(elementsIn(file, tags.bodyAt, tags.end()))) {
        if (tag.id != Tag)
            continue;
        for (const Element& simple : TRY(elementsIn(file, tag.bodyAt, tag.end()))) {
            if (simple.id != SimpleTag)
                continue;
            std::string name, text;
            for (const Element& part : TRY(elementsIn(file, simple.bodyAt, simple.end())))
                if (part.id == TagName || part.id == TagString)
                    (part.id == TagName ? name : text) = textOf(TRY(file.read(part.bodyAt, part.length)));
            if (name == manifestName)
                embedded.manifest = text;
            else if (name == recipeName)
                embedded.recipe = text;
        }
    }
    return embedded;
}

Bytes tagsOf(const Embedded& embedded)
{
    Bytes tag = element(Targets, {});
    for (const auto& [name, text] : {std::pair(manifestName, &embedded.manifest), std::pair(recipeName, &embedded.recipe)})
        if (!text->empty())
            tag = joined({tag, element(SimpleTag, joined({element(TagName, bytesOf(name)), element(TagString, bytesOf(*text))}))});
    return element(Tags, element(Tag, tag));
}

/// What SeekHead says of an element Tags at `position` in the segment: 42 bytes.
Bytes seekOf(std::uint64_t position)
{
    Bytes id, number;
    addBigEndian(id, Tags, 4);
    addBigEndian(number, position, 8);
    return element(Seek, joined({element(SeekId, id), element(SeekPosition, number)}));
}

Result<Splice> segmentLength(const Element& segment, std::int64_t more)
{
    const std::uint64_t length = segment.length + static_cast<std::uint64_t>(more);
    if (length >= (std::uint64_t{1} << (7 * segment.lengthBytes())) - 1)
        return fail(Fault::BadInput, "the length of its segment has no room to grow");
    Splice splice{segment.lengthAt, static_cast<std::uint64_t>(segment.lengthBytes()), {}};
    addLength(splice.inserted, length, segment.lengthBytes());
    return splice;
}

/// SeekHead with its entries changed, and the Void behind it as much shorter or longer; nothing when there is no room.
Result<std::optional<Splice>> directoryOf(const FilePlaces& file, const File& layout, const std::function<Bytes(const Bytes&)>& change)
{
    for (std::size_t at = 0; at + 1 < layout.elements.size(); ++at) {
        const Element& head = layout.elements[at];
        const Element& rest = layout.elements[at + 1];
        if (head.id != SeekHead || rest.id != Void || head.length > mostOfDirectory)
            continue;
        Bytes body = TRY(file.read(head.bodyAt, head.length));
        const bool checked = body.size() >= 6 && body[0] == Crc32 && body[1] == 0x84;
        const Bytes before(body.begin() + (checked ? 6 : 0), body.end());
        const Bytes entries = change(before);
        if (entries == before)
            return std::optional<Splice>();
        body.resize(checked ? 6 : 0);
        if (checked)
            for (int byte = 0; byte < 4; ++byte)
                body[2 + static_cast<std::size_t>(byte)] = static_cast<std::uint8_t>(crc32Of(entries) >> (8 * byte));
        body.insert(body.end(), entries.begin(), entries.end());
        const std::uint64_t voidHead = rest.bodyAt - rest.at;
        const std::uint64_t room = rest.end() - head.bodyAt;
        if (body.size() + voidHead > room || body.size() >= (std::uint64_t{1} << (7 * head.lengthBytes())) - 1)
            return std::optional<Splice>();
        Splice splice{head.lengthAt, rest.end() - head.lengthAt, {}};
        addLength(splice.inserted, body.size(), head.lengthBytes());
        splice.inserted.insert(splice.inserted.end(), body.begin(), body.end());
        splice.inserted.push_back(Void);
        addLength(splice.inserted, room - body.size() - voidHead, rest.lengthBytes());
        splice.inserted.resize(splice.inserted.size() + room - body.size() - voidHead); // zeros
        return std::optional(std::move(splice));
    }
    return std::optional<Splice>();
}

Result<Carried> find(const FilePlaces& file)
{
    Carried carried;
    const File layout = TRY(layoutOf(file));
    for (const Element& tags : layout.elements) {
        if (tags.id != Tags || tags.length > 2 * mostBytes)
            continue;
        const Embedded embedded = TRY(textsOf(file, tags));
        if (embedded.empty())
            continue;
        carried.embedded = embedded;
        carried.undo.clear();
        if (!layout.segment.unknown)
            carried.undo.push_back(TRY(segmentLength(layout.segment, -static_cast<std::int64_t>(tags.end() - tags.at))));
        const Bytes entry = seekOf(tags.at - layout.segment.bodyAt);
        auto directory = TRY(directoryOf(file, layout, [&](const Bytes& entries) {
            const auto found = std::search(entries.begin(), entries.end(), entry.begin(), entry.end());
            return found == entries.end() ? entries : joined({Bytes(entries.begin(), found), Bytes(found + static_cast<std::ptrdiff_t>(entry.size()), entries.end())});
        }));
        if (directory)
            carried.undo.push_back(std::move(*directory));
        carried.undo.push_back({tags.at, tags.end() - tags.at, {}});
    }
    return carried;
}

Result<std::vector<Splice>> put(const FilePlaces& file, const Embedded& embedded)
{
    const File layout = TRY(layoutOf(file));
    if (layout.segment.end() != file.size())
        return fail(Fault::BadInput, "its length is not the one that it names");
    Bytes tags = tagsOf(embedded);
    std::vector<Splice> splices;
    if (!layout.segment.unknown)
        splices.push_back(TRY(segmentLength(layout.segment, static_cast<std::int64_t>(tags.size()))));
    if (auto directory = TRY(directoryOf(file, layout, [&](const Bytes& entries) { return joined({entries, seekOf(file.size() - layout.segment.bodyAt)}); })))
        splices.push_back(std::move(*directory));
    splices.push_back({file.size(), 0, std::move(tags)});
    return splices;
}

} // namespace

const Container matroska{"Matroska", [](ByteView start) { return bigEndian(start.first(4)) == Ebml; }, find, put, nullptr};

} // namespace artdag::embed
