// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery_entry.h"

#include "ui/qt_std.h"

#include <QFileInfo>

namespace artdag {

GalleryEntry entryOfRecord(const RenderRecord& record)
{
    const auto text = [](const std::string& words) { return toQt(std::string_view(words)); };
    GalleryEntry entry;
    entry.id = text(record.id);
    entry.look = record.look;
    entry.title = text(record.title);
    entry.film = text(record.film);
    entry.provenance = text(record.provenance);
    entry.poster = text(record.poster);
    entry.contentHash = text(record.contentHash);
    entry.framesHash = text(record.framesHash);
    entry.encode = text(record.encode);
    entry.width = record.width;
    entry.height = record.height;
    entry.seconds = record.seconds;
    entry.when = QDateTime::fromMSecsSinceEpoch(record.made, Qt::UTC);
    entry.mark = text(record.mark);
    entry.notes = text(record.notes);
    entry.tags = text(record.tags);
    entry.page = text(record.page);
    entry.parent = text(record.parent);
    entry.renderer = text(record.renderer);
    entry.recipeId = record.recipe;
    entry.missing = !record.look && !QFileInfo::exists(entry.film);
    entry.searched = searchedOf(entry);
    return entry;
}

RenderRecord recordOfEntry(const GalleryEntry& entry)
{
    RenderRecord record;
    record.id = toStd(entry.id);
    record.look = entry.look;
    record.title = toStd(entry.title);
    record.film = toStd(entry.film);
    record.provenance = toStd(entry.provenance);
    record.poster = toStd(entry.poster);
    record.contentHash = toStd(entry.contentHash);
    record.framesHash = toStd(entry.framesHash);
    record.encode = toStd(entry.encode);
    record.width = entry.width;
    record.height = entry.height;
    record.seconds = entry.seconds;
    record.made = entry.when.toMSecsSinceEpoch();
    record.mark = toStd(entry.mark);
    record.notes = toStd(entry.notes);
    record.tags = toStd(entry.tags);
    record.page = toStd(entry.page);
    record.parent = toStd(entry.parent);
    record.renderer = toStd(entry.renderer);
    record.recipe = entry.recipeId;
    return record;
}

QString searchedOf(const GalleryEntry& entry)
{
    return (entry.title + QLatin1Char('\n') + entry.notes + QLatin1Char('\n') + entry.tags + QLatin1Char('\n') + entry.encode + QLatin1Char('\n') + entry.renderer).toLower();
}

QString titleOfRecipe(const GalleryEntry& entry)
{
    return entry.look ? entry.title.section(QStringLiteral(" · "), 0, 0) : entry.title;
}

} // namespace artdag
