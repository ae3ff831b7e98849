// SPDX-License-Identifier: GPL-3.0-or-later
// The one file that knows both string worlds: QString in views, UTF-8 std::string in the core.
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <filesystem>
#include <string>
#include <string_view>

namespace artdag {

inline QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
inline std::string toStd(const QString& text)
{
    return text.toStdString();
}
inline std::filesystem::path toPath(const QString& text)
{
    return {toStd(text)};
}
inline QString pathToQt(const std::filesystem::path& path)
{
    return toQt(std::string_view(path.native()));
}

/// The words and nothing else: core messages begin with the object and are safe to show.
inline QString wordsOf(const Error& error)
{
    return toQt(std::string_view(error.message));
}

} // namespace artdag
