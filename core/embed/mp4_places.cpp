// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/mp4.h"

#include <algorithm>
#include <array>

namespace artdag::embed {

namespace {

constexpr std::uint64_t mostOfTable = 256U << 20;
constexpr std::array containers{"moov", "trak", "mdia", "minf", "stbl", "moof", "traf", "mfra", "mvex"};
constexpr int mostLevels = 8;

class Mover {
public:
    Mover(const FilePlaces& file, std::uint64_t from, std::int64_t by)
        : m_file(file),
          m_from(from),
          m_by(by) {}

    Result<void> move(std::uint64_t begin, std::uint64_t end, int level)
    {
        for (const Box& box : TRY(boxesIn(m_file, begin, end))) {
            if (std::ranges::find(containers, box.type) != containers.end() && level < mostLevels)
                TRY(move(box.content(), box.end(), level + 1));
            else if (box.type == "stco" || box.type == "co64")
                TRY(moveTable(box, box.type == "stco" ? 4 : 8));
            else if (box.type == "tfhd")
                TRY(moveFragment(box));
            else if (box.type == "tfra")
                TRY(moveRandomAccess(box));
            else if (box.type == "saio" || box.type == "iloc" || (box.type == "meta" && level == 0))
                return fail(Fault::BadInput, "it has places ('" + box.type + "') that are not known here");
        }
        return {};
    }

    std::vector<Splice> splices;

private:
    /// A number of `width` bytes within `bytes`.
    Result<void> moveOne(Bytes& bytes, std::size_t at, int width)
    {
        const std::uint64_t place = bigEndian(ByteView(bytes).subspan(at, static_cast<std::size_t>(width)));
        if (place < m_from)
            return {};
        const std::uint64_t moved = place + static_cast<std::uint64_t>(m_by);
        if ((m_by < 0 && place < static_cast<std::uint64_t>(-m_by)) || (m_by > 0 && moved < place) || (width == 4 && moved > UINT32_MAX))
            return fail(Fault::BadInput, "a table cannot hold its places any more");
        Bytes number;
        addBigEndian(number, moved, width);
        std::copy(number.begin(), number.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
        return {};
    }

    Result<Bytes> contentOf(const Box& box, std::uint64_t least)
    {
        const std::uint64_t size = box.size - box.head;
        if (size < least || size > mostOfTable)
            return fail(Fault::BadInput, "its box '" + box.type + "' is damaged");
        return m_file.read(box.content(), size);
    }

    Result<void> moveTable(const Box& box, int width)
    {
        Bytes content = TRY(contentOf(box, 8));
        const std::uint64_t count = bigEndian(ByteView(content).subspan(4, 4));
        if (count > (content.size() - 8) / static_cast<std::size_t>(width))
            return fail(Fault::BadInput, "its box '" + box.type + "' is damaged");
        for (std::uint64_t at = 0; at < count; ++at)
            TRY(moveOne(content, 8 + at * static_cast<std::size_t>(width), width));
        return keep(box, std::move(content));
    }

    /// ISO/IEC 14496-12 §8.8.7: flag 1 says that there is a base_data_offset behind the track's number.
    Result<void> moveFragment(const Box& box)
    {
        Bytes content = TRY(contentOf(box, 8));
        if ((content[3] & 1) == 0)
            return {};
        if (content.size() < 16)
            return fail(Fault::BadInput, "its box 'tfhd' is damaged");
        TRY(moveOne(content, 8, 8));
        return keep(box, std::move(content));
    }

    /// §8.8.10: entries of a time, a place, and three numbers of one to four bytes each.
    Result<void> moveRandomAccess(const Box& box)
    {
        Bytes content = TRY(contentOf(box, 16));
        const int width = content[0] == 1 ? 8 : 4;
        const std::uint64_t lengths = bigEndian(ByteView(content).subspan(8, 4)), count = bigEndian(ByteView(content).subspan(12, 4));
        const std::size_t entry = 2 * static_cast<std::size_t>(width) + (lengths >> 4 & 3) + (lengths >> 2 & 3) + (lengths & 3) + 3;
        if (count > (content.size() - 16) / entry)
            return fail(Fault::BadInput, "its box 'tfra' is damaged");
        for (std::uint64_t at = 0; at < count; ++at)
            TRY(moveOne(content, 16 + at * entry + static_cast<std::size_t>(width), width));
        return keep(box, std::move(content));
    }

    Result<void> keep(const Box& box, Bytes content)
    {
        splices.push_back({box.content(), content.size(), std::move(content)});
        return {};
    }

    const FilePlaces& m_file;
    const std::uint64_t m_from;
    const std::int64_t m_by;
};

} // namespace

Result<std::vector<Box>> boxesIn(const FilePlaces& file, std::uint64_t begin, std::uint64_t end)
{
    std::vector<Box> boxes;
    for (std::uint64_t at = begin; at + 8 <= end;) {
        const Bytes head = TRY(file.read(at, 8));
        Box box{textOf(ByteView(head).subspan(4)), at, 8, bigEndian(ByteView(head).first(4))};
        if (box.size == 1) {
            box.head = 16;
            box.size = bigEndian(TRY(file.read(at + 8, 8)));
        }
        if (box.size == 0) {
            box.isOpen = true;
            box.size = end - at;
        }
        if (box.size < box.head || box.size > end - at)
            return fail(Fault::BadInput, "it ends within its box '" + box.type + "'");
        if (boxes.size() == mostParts)
            return fail(Fault::BadInput, "it has more than a million boxes");
        boxes.push_back(box);
        at = box.end();
    }
    return boxes;
}

Result<std::vector<Splice>> movedPlaces(const FilePlaces& file, std::uint64_t from, std::int64_t by)
{
    Mover mover(file, from, by);
    TRY(mover.move(0, file.size(), 0));
    return std::move(mover.splices);
}

} // namespace artdag::embed
