// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/indexed_picture.h"

#include "core/base/result.h"

#include <algorithm>

namespace artdag {

namespace {

constexpr int cells = 1 << 15; ///< 5 bits a channel
constexpr std::size_t mostColours = 255;
constexpr std::uint8_t transparent = 255;
constexpr int opaqueFrom = 128;

struct Rgb {
    int r = 0, g = 0, b = 0;
    [[nodiscard]] int channel(int index) const { return index == 0 ? r : index == 1 ? g
                                                                                    : b; }
};

int cellOf(Rgb colour)
{
    return (colour.r >> 3) << 10 | (colour.g >> 3) << 5 | colour.b >> 3;
}

/// A cell of the colour cube that the picture uses: its mean colour and how often.
struct Used {
    Rgb mean;
    std::int64_t count = 0;
};

std::vector<Used> usedCells(const PackedPicture& picture)
{
    struct Sum {
        std::int64_t r = 0, g = 0, b = 0, count = 0;
    };
    std::vector<Sum> sums(cells);
    for (std::size_t at = 0; at + 3 < picture.data.size(); at += 4) {
        const std::uint8_t* pixel = picture.data.data() + at;
        if (pixel[3] < opaqueFrom)
            continue;
        Sum& sum = sums[static_cast<std::size_t>(cellOf({pixel[0], pixel[1], pixel[2]}))];
        sum.r += pixel[0];
        sum.g += pixel[1];
        sum.b += pixel[2];
        ++sum.count;
    }
    std::vector<Used> used;
    for (const Sum& sum : sums)
        if (sum.count > 0)
            used.push_back({{static_cast<int>(sum.r / sum.count), static_cast<int>(sum.g / sum.count), static_cast<int>(sum.b / sum.count)}, sum.count});
    return used;
}

/// A part of the used cells, with the widest channel and how much a cut there helps.
struct Box {
    std::size_t first = 0, end = 0;
    int channel = 0;
    std::int64_t worth = 0;
};

Box boxOf(const std::vector<Used>& used, std::size_t first, std::size_t end)
{
    Box box{first, end};
    std::int64_t count = 0;
    for (std::size_t i = first; i < end; ++i)
        count += used[i].count;
    for (int channel = 0; channel < 3; ++channel) {
        int least = 255;
        int most = 0;
        for (std::size_t i = first; i < end; ++i) {
            least = std::min(least, used[i].mean.channel(channel));
            most = std::max(most, used[i].mean.channel(channel));
        }
        // Green is seen most, blue least.
        const std::int64_t width = static_cast<std::int64_t>(most - least) * (channel == 0 ? 3 : channel == 1 ? 4
                                                                                                              : 2);
        if (width * width * count > box.worth) {
            box.worth = width * width * count;
            box.channel = channel;
        }
    }
    return box;
}

std::vector<Rgb> medianCut(std::vector<Used> used)
{
    std::vector<Box> boxes;
    if (!used.empty())
        boxes.push_back(boxOf(used, 0, used.size()));
    while (boxes.size() < mostColours) {
        const auto widest = std::max_element(boxes.begin(), boxes.end(), [](const Box& a, const Box& b) { return a.worth < b.worth; });
        if (widest == boxes.end() || widest->worth == 0)
            break;
        const Box box = *widest;
        std::stable_sort(used.begin() + static_cast<std::ptrdiff_t>(box.first), used.begin() + static_cast<std::ptrdiff_t>(box.end), [&](const Used& a, const Used& b) { return a.mean.channel(box.channel) < b.mean.channel(box.channel); });
        std::int64_t count = 0;
        for (std::size_t i = box.first; i < box.end; ++i)
            count += used[i].count;
        std::size_t middle = box.first;
        for (std::int64_t below = 0; middle + 1 < box.end && (middle == box.first || 2 * below < count); ++middle)
            below += used[middle].count;
        *widest = boxOf(used, box.first, middle);
        boxes.push_back(boxOf(used, middle, box.end));
    }
    std::vector<Rgb> palette;
    for (const Box& box : boxes) {
        std::int64_t r = 0, g = 0, b = 0, count = 0;
        for (std::size_t i = box.first; i < box.end; ++i) {
            r += used[i].mean.r * used[i].count;
            g += used[i].mean.g * used[i].count;
            b += used[i].mean.b * used[i].count;
            count += used[i].count;
        }
        palette.push_back({static_cast<int>(r / count), static_cast<int>(g / count), static_cast<int>(b / count)});
    }
    return palette;
}

/// Which palette entry is nearest to a colour, remembered for each cell of 5 bits a channel.
class NearestColour {
public:
    explicit NearestColour(const std::vector<Rgb>& palette)
        : m_palette(palette),
          m_known(cells, -1) {}

    /// A picture of few colours keeps them: each cell's mean is its own entry.
    void keepMeans(const std::vector<Used>& used)
    {
        for (const Used& cell : used)
            m_known[static_cast<std::size_t>(cellOf(cell.mean))] = search(cell.mean);
    }

    std::uint8_t operator()(Rgb colour)
    {
        int& known = m_known[static_cast<std::size_t>(cellOf(colour))];
        if (known < 0)
            known = search({(colour.r | 7) - 4, (colour.g | 7) - 4, (colour.b | 7) - 4}); // the middle of the cell
        return static_cast<std::uint8_t>(known);
    }

private:
    [[nodiscard]] int search(Rgb colour) const
    {
        int best = 0;
        int distance = INT32_MAX;
        for (std::size_t i = 0; i < m_palette.size(); ++i) {
            const int r = m_palette[i].r - colour.r;
            const int g = m_palette[i].g - colour.g;
            const int b = m_palette[i].b - colour.b;
            if (const int here = 3 * r * r + 4 * g * g + 2 * b * b; here < distance) {
                distance = here;
                best = static_cast<int>(i);
            }
        }
        return best;
    }

    const std::vector<Rgb>& m_palette;
    std::vector<int> m_known;
};

/// Bayer's 8×8 matrix, 0 … 63, by interleaving the bits of x and x ^ y.
int bayer(int x, int y)
{
    int value = 0;
    for (int bit = 0; bit < 3; ++bit)
        value = value << 2 | (((x ^ y) >> bit & 1) << 1 | (y >> bit & 1));
    return value;
}

} // namespace

IndexedPicture indexedPicture(const PackedPicture& picture)
{
    CHECK(picture.coding.format == SampleFormat::Rgba);
    const std::vector<Used> used = usedCells(picture);
    const bool dither = used.size() > mostColours;
    const std::vector<Rgb> palette = medianCut(used);
    IndexedPicture indexed;
    for (std::size_t i = 0; i < palette.size(); ++i)
        indexed.palette[i] = 0xFF000000U | static_cast<std::uint32_t>(palette[i].r << 16 | palette[i].g << 8 | palette[i].b);
    for (std::size_t i = palette.size(); i < mostColours; ++i)
        indexed.palette[i] = 0xFF000000U;
    indexed.indices.reserve(picture.data.size() / 4);
    NearestColour nearest(palette);
    if (!dither)
        nearest.keepMeans(used);
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x) {
            const std::uint8_t* pixel = picture.data.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(x)) * 4;
            const int offset = dither ? (bayer(x & 7, y & 7) - 32) / 4 : 0;
            const auto shifted = [&](int value) { return std::clamp(value + offset, 0, 255); };
            indexed.indices.push_back(pixel[3] < opaqueFrom ? transparent : nearest({shifted(pixel[0]), shifted(pixel[1]), shifted(pixel[2])}));
        }
    return indexed;
}

} // namespace artdag
