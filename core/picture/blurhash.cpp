// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/blurhash.h"

#include "core/base/exact_math.h"
#include "core/base/result.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace artdag {

namespace {

using Colour = std::array<double, 3>;

std::string base83(int value, int digits)
{
    constexpr std::string_view letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
    std::string text(static_cast<std::size_t>(digits), '0');
    for (int i = digits - 1; i >= 0; --i, value /= 83)
        text[static_cast<std::size_t>(i)] = letters[static_cast<std::size_t>(value % 83)];
    return text;
}

/// IEC 61966-2-1, to the nearest code.
int codeOf(double linear)
{
    const double value = std::clamp(linear, 0.0, 1.0);
    const double display = value <= 0.0031308 ? value * 12.92 : 1.055 * exact::pow(value, 1 / 2.4) - 0.055;
    return static_cast<int>(exact::floor(display * 255 + 0.5));
}

/// cos(π · term · (place + 0)/count), as the definition samples it: at the left edge of each pixel.
std::vector<double> cosines(int term, int count)
{
    std::vector<double> values(static_cast<std::size_t>(count));
    for (int place = 0; place < count; ++place)
        values[static_cast<std::size_t>(place)] = exact::cos(exact::pi * term * place / count);
    return values;
}

Colour termOf(ConstPictureView picture, int across, int down)
{
    const int width = picture.rect.width();
    const int height = picture.rect.height();
    const std::vector<double> columns = cosines(across, width);
    const std::vector<double> rows = cosines(down, height);
    const double norm = (across == 0 && down == 0 ? 1.0 : 2.0) / (static_cast<double>(width) * height);
    Colour sum{};
    for (int channel = 0; channel < 3; ++channel) {
        for (int y = 0; y < height; ++y) {
            const float* row = picture.row(channel, picture.rect.y0 + y);
            double line = 0;
            for (int x = 0; x < width; ++x)
                line += columns[static_cast<std::size_t>(x)] * std::clamp(static_cast<double>(row[x]), 0.0, 1.0);
            sum[static_cast<std::size_t>(channel)] += line * rows[static_cast<std::size_t>(y)];
        }
        sum[static_cast<std::size_t>(channel)] *= norm;
    }
    return sum;
}

/// −1 … 1 as one of 19 steps, finer around 0.
int stepOf(double value)
{
    const double root = exact::pow(value < 0 ? -value : value, 0.5);
    return static_cast<int>(std::clamp(exact::floor((value < 0 ? -root : root) * 9 + 9.5), 0.0, 18.0));
}

} // namespace

std::string blurhashOf(ConstPictureView linear, int across, int down)
{
    CHECK(across >= 1 && across <= 9 && down >= 1 && down <= 9 && !linear.rect.empty());
    std::vector<Colour> terms;
    for (int y = 0; y < down; ++y)
        for (int x = 0; x < across; ++x)
            terms.push_back(termOf(linear, x, y));
    double most = 0;
    for (std::size_t i = 1; i < terms.size(); ++i)
        for (const double value : terms[i])
            most = std::max(most, value < 0 ? -value : value);
    const int scale = terms.size() == 1 ? 0 : static_cast<int>(std::clamp(exact::floor(most * 166 - 0.5), 0.0, 82.0));
    const double range = (scale + 1) / 166.0;
    std::string text = base83((across - 1) + (down - 1) * 9, 1) + base83(scale, 1);
    text += base83(codeOf(terms[0][0]) << 16 | codeOf(terms[0][1]) << 8 | codeOf(terms[0][2]), 4);
    for (std::size_t i = 1; i < terms.size(); ++i)
        text += base83((stepOf(terms[i][0] / range) * 19 + stepOf(terms[i][1] / range)) * 19 + stepOf(terms[i][2] / range), 2);
    return text;
}

} // namespace artdag
