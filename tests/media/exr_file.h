// SPDX-License-Identifier: GPL-3.0-or-later
// OpenEXR pictures with any channels, as no encoder at hand writes them.
#pragma once

#include <QByteArray>

#include <cstdint>
#include <cstring>
#include <map>
#include <string>

namespace artdag::testing {

inline QByteArray number(std::uint64_t value, int bytes)
{
    QByteArray text;
    for (int i = 0; i < bytes; ++i)
        text.append(static_cast<char>(value >> (8 * i)));
    return text;
}

inline QByteArray real(float value)
{
    QByteArray text(4, '\0');
    std::memcpy(text.data(), &value, 4);
    return text;
}

inline QByteArray attribute(const char* name, const char* type, const QByteArray& value)
{
    return QByteArray(name) + '\0' + type + '\0' + number(static_cast<std::uint64_t>(value.size()), 4) + value;
}

/// An uncompressed picture of 8 × 4 whose channels have one value each (The OpenEXR File Layout).
inline QByteArray exr(const std::map<std::string, float>& channels)
{
    constexpr int width = 8;
    constexpr int height = 4;
    QByteArray list;
    for (const auto& [name, value] : channels) // in the order of their names
        list += QByteArray(name.c_str()) + '\0' + number(2, 4) + number(0, 4) + number(1, 4) + number(1, 4);
    const QByteArray box = number(0, 8) + number(width - 1, 4) + number(height - 1, 4);
    QByteArray bytes = QByteArray("\x76\x2f\x31\x01\x02\0\0\0", 8) + attribute("channels", "chlist", list + '\0') + attribute("compression", "compression", number(0, 1)) + attribute("dataWindow", "box2i", box) + attribute("displayWindow", "box2i", box)
        + attribute("lineOrder", "lineOrder", number(0, 1)) + attribute("pixelAspectRatio", "float", real(1)) + attribute("screenWindowCenter", "v2f", number(0, 8)) + attribute("screenWindowWidth", "float", real(1)) + '\0';
    const auto row = static_cast<std::uint64_t>(8 + 4 * width * static_cast<int>(channels.size()));
    const auto first = static_cast<std::uint64_t>(bytes.size() + 8 * height);
    for (std::uint64_t y = 0; y < height; ++y)
        bytes += number(first + y * row, 8);
    for (int y = 0; y < height; ++y) {
        bytes += number(static_cast<std::uint64_t>(y), 4) + number(row - 8, 4);
        for (const auto& [name, value] : channels)
            bytes += real(value).repeated(width);
    }
    return bytes;
}

inline const std::map<std::string, float> layered{{"A", 1.0F}, {"B", 0.3F}, {"G", 0.2F}, {"R", 0.1F}, {"diffuse.B", 0.6F}, {"diffuse.G", 0.5F}, {"diffuse.R", 0.4F}, {"light.key.A", 0.5F}, {"light.key.B", 4.0F}, {"light.key.G", 3.0F}, {"light.key.R", 2.0F}};

} // namespace artdag::testing
