// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/jumbf.h"

#include <algorithm>
#include <array>
#include <limits>

namespace artdag {

namespace {

constexpr int mostLevels = 8;
constexpr int mostBoxes = 10'000;
constexpr std::array<std::uint8_t, 12> restOfKind{0x00, 0x11, 0x00, 0x10, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71}; // ISO/IEC 19566-5, Annex B
constexpr std::uint8_t isRequestable = 1, hasLabel = 2;

std::string textOf(ByteView bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

struct PlainBox {
    std::string type;
    ByteView whole, content;
};

/// The box at the start. Those of more than 4 GB, and those without a length, are not met in a store.
Result<PlainBox> firstBox(ByteView bytes)
{
    std::uint64_t size = 0;
    for (std::size_t at = 0; at < 4 && bytes.size() >= 8; ++at)
        size = size << 8 | bytes[at];
    if (size < 8 || size > bytes.size())
        return fail(Fault::BadInput, "JUMBF: a box ends outside of what holds it");
    return PlainBox{textOf(bytes.subspan(4, 4)), bytes.first(size), bytes.subspan(8, size - 8)};
}

Result<void> describe(ByteView description, JumbfBox& box)
{
    if (description.size() < 17)
        return fail(Fault::BadInput, "JUMBF: a description is too short");
    const bool isIso = std::equal(restOfKind.begin(), restOfKind.end(), description.begin() + 4);
    box.kind = textOf(description.first(isIso ? 4 : 16));
    if ((description[16] & hasLabel) == 0)
        return {};
    const ByteView label = description.subspan(17);
    const auto end = std::find(label.begin(), label.end(), 0);
    if (end == label.end())
        return fail(Fault::BadInput, "JUMBF: a label has no end");
    box.label = textOf(label.first(static_cast<std::size_t>(end - label.begin())));
    return {};
}

Result<JumbfBox> readSuperbox(const PlainBox& outer, int level, int& count)
{
    if (outer.type != "jumb" || level > mostLevels)
        return fail(Fault::BadInput, outer.type != "jumb" ? "JUMBF: it does not begin with a superbox" : "JUMBF: it has too many levels");
    JumbfBox result;
    result.body = outer.content;
    bool isFirst = true;
    for (ByteView left = outer.content; !left.empty(); isFirst = false) {
        const PlainBox box = TRY(firstBox(left));
        left = left.subspan(box.whole.size());
        if (++count > mostBoxes)
            return fail(Fault::BadInput, "JUMBF: it has too many boxes");
        if (isFirst != (box.type == "jumd"))
            return fail(Fault::BadInput, "JUMBF: a superbox has not one description at its start");
        if (isFirst)
            TRY(describe(box.content, result));
        else if (box.type == "jumb")
            result.children.push_back(TRY(readSuperbox(box, level + 1, count)));
        else if (result.content.empty())
            result.content = box.content;
    }
    if (isFirst)
        return fail(Fault::BadInput, "JUMBF: a superbox is empty");
    return result;
}

} // namespace

const JumbfBox* JumbfBox::child(std::string_view wanted) const
{
    const auto found = std::find_if(children.begin(), children.end(), [&](const JumbfBox& one) { return one.label == wanted; });
    return found == children.end() ? nullptr : &*found;
}

Result<JumbfBox> readJumbf(ByteView bytes)
{
    const PlainBox outer = TRY(firstBox(bytes));
    if (outer.whole.size() != bytes.size())
        return fail(Fault::BadInput, "JUMBF: there is more behind its end");
    int count = 0;
    return readSuperbox(outer, 0, count);
}

Bytes plainBox(std::string_view type, ByteView content)
{
    CHECK(type.size() == 4 && content.size() <= std::numeric_limits<std::uint32_t>::max() - 8);
    const std::size_t size = content.size() + 8;
    Bytes box;
    box.reserve(size);
    for (const int shift : {24, 16, 8, 0})
        box.push_back(static_cast<std::uint8_t>(size >> shift));
    box.insert(box.end(), type.begin(), type.end());
    box.insert(box.end(), content.begin(), content.end());
    return box;
}

Bytes superbox(std::string_view kind, std::string_view label, ByteView content)
{
    CHECK(kind.size() == 4);
    Bytes description(kind.begin(), kind.end());
    description.insert(description.end(), restOfKind.begin(), restOfKind.end());
    description.push_back(isRequestable | hasLabel);
    description.insert(description.end(), label.begin(), label.end());
    description.push_back(0);
    Bytes body = plainBox("jumd", description);
    body.insert(body.end(), content.begin(), content.end());
    return plainBox("jumb", body);
}

} // namespace artdag
