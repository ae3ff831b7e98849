// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/cube_lut.h"

#include "core/picture/tone.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace artdag {

namespace {

constexpr double largestNumber = 1e6;

/// A line's words, without comments.
std::string_view nextWord(std::string_view& line)
{
    const std::size_t from = line.find_first_not_of(" \t\r");
    if (from == std::string_view::npos || line[from] == '#') {
        line = {};
        return {};
    }
    const std::size_t to = std::min(line.find_first_of(" \t\r", from), line.size());
    const std::string_view word = line.substr(from, to - from);
    line.remove_prefix(to);
    return word;
}

/// What strangers wrote, short and printable.
std::string shown(std::string_view word)
{
    std::string text = "'";
    for (const char c : word.substr(0, 24))
        text += c >= ' ' && c <= '~' ? c : '?';
    return text + (word.size() > 24 ? "…'" : "'");
}

/// Numbers as nearly all files write them, with at most 15 digits and no exponent: exact operations, so rounded as
/// from_chars rounds, and several times as fast. False: it is another number, or none.
bool plainNumber(std::string_view word, double& value)
{
    constexpr double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const bool negative = word.starts_with('-');
    word.remove_prefix(negative ? 1 : 0);
    if (word.empty() || word.size() > 16)
        return false;
    std::uint64_t digits = 0;
    std::size_t point = word.size();
    for (std::size_t i = 0; i < word.size(); ++i) {
        const auto digit = static_cast<unsigned>(word[i] - '0');
        if (digit <= 9)
            digits = digits * 10 + digit;
        else if (word[i] == '.' && point == word.size())
            point = i;
        else
            return false;
    }
    const bool whole = point == word.size();
    if (word.size() - (whole ? 0 : 1) > 15 || (!whole && word.size() == 1))
        return false;
    value = static_cast<double>(digits) / powers[whole ? 0 : word.size() - point - 1];
    value = negative ? -value : value;
    return true;
}

class CubeReader {
public:
    Result<CubeLut> read(std::string_view text)
    {
        m_entriesAtMost = text.size() / 6 + 1; // "0 0 0\n"
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            ++m_line;
            TRY(readLine(text.substr(0, end)));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        return finished();
    }

private:
    [[nodiscard]] tl::unexpected<Error> wrong(const std::string& what) const
    {
        return fail(Fault::BadInput, "line " + std::to_string(m_line) + " of the .cube file: " + what);
    }

    Result<double> number(std::string_view word) const
    {
        double value = 0;
        if (word.starts_with('+'))
            word.remove_prefix(1);
        if (plainNumber(word, value) && std::fabs(value) <= largestNumber)
            return value;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
        if (word.empty())
            return wrong("a number is missing");
        if (error == std::errc::result_out_of_range && end == word.data() + word.size())
            value = word.find("e-") != std::string_view::npos || word.find("E-") != std::string_view::npos ? 0.0 : 2 * largestNumber;
        else if (error != std::errc() || end != word.data() + word.size())
            return wrong(shown(word) + " is no number");
        if (!(std::fabs(value) <= largestNumber))
            return wrong(shown(word) + " is too large; numbers up to a million work");
        return value;
    }

    Result<std::array<float, 3>> threeNumbers(std::string_view first, std::string_view rest) const
    {
        std::array<float, 3> values{};
        for (std::size_t i = 0; i < 3; ++i)
            values[i] = static_cast<float>(TRY(number(i == 0 ? first : nextWord(rest))));
        if (const auto more = nextWord(rest); !more.empty())
            return wrong("three numbers are wanted, then comes " + shown(more));
        return values;
    }

    Result<int> sizeOf(std::string_view word, int most) const
    {
        int size = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), size);
        if (word.empty() || error != std::errc() || end != word.data() + word.size() || size < 2 || size > most)
            return wrong("the size must be a whole number from 2 to " + std::to_string(most) + ", got " + shown(word));
        return size;
    }

    Result<void> readLine(std::string_view line)
    {
        std::string_view rest = line;
        const std::string_view word = nextWord(rest);
        if (word.empty())
            return {};
        if ((word[0] >= '0' && word[0] <= '9') || word[0] == '-' || word[0] == '+' || word[0] == '.')
            return readEntry(TRY(threeNumbers(word, rest)));
        if (m_entries > 0)
            return wrong(shown(word) + " stands among the numbers");
        return readKeyword(word, rest);
    }

    Result<void> readKeyword(std::string_view word, std::string_view rest)
    {
        if (word == "TITLE" || word == "LUT_IN_VIDEO_RANGE" || word == "LUT_OUT_VIDEO_RANGE")
            return word == "TITLE" ? Result<void>{} : wrong("tables for video range are not known; export it for full range");
        if (word == "LUT_1D_SIZE") {
            if (m_size1D != 0)
                return wrong("LUT_1D_SIZE stands twice");
            m_size1D = TRY(sizeOf(nextWord(rest), cubeMost1D));
        } else if (word == "LUT_3D_SIZE") {
            if (m_lut.size != 0)
                return wrong("LUT_3D_SIZE stands twice");
            m_lut.size = TRY(sizeOf(nextWord(rest), cubeMost3D));
        } else if (word == "DOMAIN_MIN" || word == "DOMAIN_MAX") {
            const std::array<float, 3> ends = TRY(threeNumbers(nextWord(rest), rest));
            for (CubeLut::Domain* domain : {&m_lut.curveDomain, &m_lut.cellDomain})
                (word == "DOMAIN_MIN" ? domain->least : domain->most) = ends;
        } else if (word == "LUT_1D_INPUT_RANGE" || word == "LUT_3D_INPUT_RANGE") {
            const auto least = static_cast<float>(TRY(number(nextWord(rest)))), most = static_cast<float>(TRY(number(nextWord(rest))));
            CubeLut::Domain& domain = word == "LUT_1D_INPUT_RANGE" ? m_lut.curveDomain : m_lut.cellDomain;
            domain.least.fill(least);
            domain.most.fill(most);
        } else if (m_size1D == 0 && m_lut.size == 0) {
            return wrong("it begins with " + shown(word) + "; a .cube file says LUT_1D_SIZE or LUT_3D_SIZE first");
        } else {
            return wrong(shown(word) + " is not known");
        }
        return {};
    }

    [[nodiscard]] std::size_t wantedEntries() const
    {
        const auto edge = static_cast<std::size_t>(m_lut.size);
        return static_cast<std::size_t>(m_size1D) + edge * edge * edge;
    }

    Result<void> readEntry(const std::array<float, 3>& rgb)
    {
        if (m_entries == 0)
            TRY(begin());
        if (m_entries >= wantedEntries())
            return wrong("more numbers than its size says, which is " + std::to_string(wantedEntries()) + " lines");
        ++m_entries;
        if (m_entries <= static_cast<std::size_t>(m_size1D)) {
            for (std::size_t i = 0; i < 3; ++i)
                m_lut.curves[i].push_back(rgb[i]);
        } else {
            m_lut.cells.insert(m_lut.cells.end(), {rgb[0], rgb[1], rgb[2], 0.0F});
        }
        return {};
    }

    Result<void> begin()
    {
        if (wantedEntries() == 0)
            return wrong("LUT_1D_SIZE or LUT_3D_SIZE must come before the numbers");
        for (const CubeLut::Domain* domain : {&m_lut.curveDomain, &m_lut.cellDomain})
            for (std::size_t i = 0; i < 3; ++i)
                if (!(domain->most[i] - domain->least[i] > 1e-6F))
                    return wrong("the end of its domain must lie above the beginning");
        m_lut.cells.reserve(4 * std::min(wantedEntries() - static_cast<std::size_t>(m_size1D), m_entriesAtMost));
        return {};
    }

    Result<CubeLut> finished()
    {
        if (wantedEntries() == 0)
            return fail(Fault::BadInput, "this is no .cube file: neither LUT_1D_SIZE nor LUT_3D_SIZE is in it");
        if (m_entries < wantedEntries())
            return fail(Fault::BadInput, "the .cube file ends after " + std::to_string(m_entries) + " of " + std::to_string(wantedEntries()) + " lines of numbers");
        return std::move(m_lut);
    }

    CubeLut m_lut;
    int m_size1D = 0;
    std::size_t m_entries = 0, m_line = 0;
    std::size_t m_entriesAtMost = 0; ///< that a text of this length can hold: what it says may be anything
};

using Four = float __attribute__((vector_size(16), aligned(4), may_alias));

const Four& cellAt(const CubeLut& lut, std::size_t cell)
{
    return *reinterpret_cast<const Four*>(lut.cells.data() + cell * 4);
}

constexpr std::size_t stretch = 256;

/// Where colours lie in the cube: the cell's first corner, and how far in it along each axis.
struct Places {
    std::array<int, stretch> corner;
    std::array<std::array<float, stretch>, 3> within;

    void find(const CubeLut& lut, float* const rgb[3], std::size_t n)
    {
        const int strides[3] = {1, lut.size, lut.size * lut.size};
        const auto last = static_cast<float>(lut.size - 1);
        corner.fill(0);
        for (std::size_t axis = 0; axis < 3; ++axis) {
            const float least = lut.cellDomain.least[axis], scale = last / (lut.cellDomain.most[axis] - least);
            const float* __restrict in = rgb[axis];
            float* __restrict to = within[axis].data();
            const int stride = strides[axis], highest = lut.size - 2;
            for (std::size_t i = 0; i < n; ++i) {
                float place = (in[i] - least) * scale;
                place = place > 0.0F ? place : 0.0F;
                place = place < last ? place : last;
                int cell = static_cast<int>(place);
                cell = cell < highest ? cell : highest;
                to[i] = place - static_cast<float>(cell);
                corner[i] += cell * stride;
            }
        }
    }
};

/// From the first corner along the axis that is farthest in, then the middle one, then the last.
void tetrahedral(const CubeLut& lut, const Places& places, float* const rgb[3], std::size_t n)
{
    const int strideG = lut.size, strideB = lut.size * lut.size, opposite = 1 + strideG + strideB;
    std::array<int, stretch> second, third;
    std::array<float, stretch> high, middle, low;
    for (std::size_t i = 0; i < n; ++i) {
        const float r = places.within[0][i], g = places.within[1][i], b = places.within[2][i];
        const float mostRg = r >= g ? r : g, leastRg = r >= g ? g : r;
        high[i] = mostRg >= b ? mostRg : b;
        low[i] = leastRg < b ? leastRg : b;
        const float inner = mostRg < b ? mostRg : b;
        middle[i] = leastRg > inner ? leastRg : inner;
        // Masks, for the order of three random numbers is nothing that a processor could foresee.
        const int redFirst = -static_cast<int>(r >= g), notBlueFirst = -static_cast<int>(mostRg >= b), notBlueLast = -static_cast<int>(leastRg < b);
        const int farther = (redFirst & 1) | (~redFirst & strideG), nearer = (redFirst & strideG) | (~redFirst & 1);
        second[i] = places.corner[i] + ((notBlueFirst & farther) | (~notBlueFirst & strideB));
        third[i] = places.corner[i] + opposite - ((notBlueLast & nearer) | (~notBlueLast & strideB));
    }
    for (std::size_t i = 0; i < n; ++i) {
        const auto first = static_cast<std::size_t>(places.corner[i]);
        const Four mixed = cellAt(lut, first) * (1.0F - high[i]) + cellAt(lut, static_cast<std::size_t>(second[i])) * (high[i] - middle[i])
            + cellAt(lut, static_cast<std::size_t>(third[i])) * (middle[i] - low[i]) + cellAt(lut, first + static_cast<std::size_t>(opposite)) * low[i];
        rgb[0][i] = mixed[0];
        rgb[1][i] = mixed[1];
        rgb[2][i] = mixed[2];
    }
}

void trilinear(const CubeLut& lut, const Places& places, float* const rgb[3], std::size_t n)
{
    const auto strideG = static_cast<std::size_t>(lut.size), strideB = strideG * strideG;
    for (std::size_t i = 0; i < n; ++i) {
        const auto first = static_cast<std::size_t>(places.corner[i]);
        const float r = places.within[0][i], g = places.within[1][i], b = places.within[2][i];
        auto alongRed = [&](std::size_t at) { return cellAt(lut, at) * (1.0F - r) + cellAt(lut, at + 1) * r; };
        const Four near = alongRed(first) * (1.0F - g) + alongRed(first + strideG) * g;
        const Four far = alongRed(first + strideB) * (1.0F - g) + alongRed(first + strideB + strideG) * g;
        const Four mixed = near * (1.0F - b) + far * b;
        rgb[0][i] = mixed[0];
        rgb[1][i] = mixed[1];
        rgb[2][i] = mixed[2];
    }
}

void applyCurves(const CubeLut& lut, float* const rgb[3], std::size_t n)
{
    for (std::size_t plane = 0; plane < 3; ++plane) {
        const float least = lut.curveDomain.least[plane], scale = 1.0F / (lut.curveDomain.most[plane] - least);
        float* row = rgb[plane];
        for (std::size_t i = 0; i < n; ++i) {
            float place = (row[i] - least) * scale;
            place = place > 0.0F ? place : 0.0F;
            row[i] = place < 1.0F ? place : 1.0F;
        }
        lookUpRow(lut.curves[plane], row, row, n);
    }
}

} // namespace

Result<CubeLut> readCube(ByteView bytes)
{
    if (bytes.size() > cubeMostBytes)
        return fail(Fault::BadInput, "the .cube file is larger than " + std::to_string(cubeMostBytes >> 20) + " MB");
    std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    return CubeReader().read(text);
}

void applyCube(const CubeLut& lut, CubeMix mix, float* const rgb[3], std::size_t n)
{
    if (!lut.curves[0].empty())
        applyCurves(lut, rgb, n);
    if (lut.cells.empty())
        return;
    Places places;
    for (std::size_t done = 0; done < n; done += stretch) {
        float* const rows[3] = {rgb[0] + done, rgb[1] + done, rgb[2] + done};
        const std::size_t count = std::min(stretch, n - done);
        places.find(lut, rows, count);
        (mix == CubeMix::Tetrahedral ? tetrahedral : trilinear)(lut, places, rows, count);
    }
}

} // namespace artdag
