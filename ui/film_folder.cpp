// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/film_folder.h"

#include "ui/qt_std.h"

#include <QDir>
#include <QStandardPaths>

namespace artdag {

std::filesystem::path filmFolder()
{
    if (const QString folder = qEnvironmentVariable("ARTDAG_FILMS"); !folder.isEmpty())
        return toPath(folder);
    const QString videos = QStandardPaths::writableLocation(QStandardPaths::MoviesLocation);
    return toPath(videos.isEmpty() ? QDir::homePath() : videos) / "Art DAG";
}

} // namespace artdag
