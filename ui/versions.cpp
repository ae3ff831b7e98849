// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/versions.h"

#include "core/base/digest.h"
#include "core/base/files.h"
#include "ui/qt_std.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QLocale>

#include <algorithm>

namespace artdag {

namespace {
constexpr qsizetype mostVersions = 200;
const QString nameFormat = QStringLiteral("yyyyMMdd'T'HHmmsszzz'Z'");
const QString suffix = QStringLiteral(".artdag");

QString folderOf(const std::filesystem::path& folder, const QString& document)
{
    const QByteArray name = QCryptographicHash::hash(document.toUtf8(), QCryptographicHash::Sha3_256).toHex().left(32);
    return pathToQt(folder) + QLatin1Char('/') + QString::fromLatin1(name);
}

QStringList newestFirst(const QString& folder)
{
    return QDir(folder).entryList({QLatin1Char('*') + suffix}, QDir::Files, QDir::Name | QDir::Reversed);
}

QString pictureOf(const QString& file)
{
    return file.chopped(suffix.size()) + QStringLiteral(".jpg");
}

/// The new version's file, or none when nothing has changed since the newest.
Result<QString> writeVersion(const QString& folder, const Recipe& recipe)
{
    const std::string text = writeRecipe(recipe);
    const QStringList before = newestFirst(folder);
    if (!before.isEmpty()) {
        const auto newest = readTextFile(toPath(folder + QLatin1Char('/') + before.first()));
        if (newest && *newest == text)
            return QString();
    }
    QDir().mkpath(folder);
    const QString file = folder + QLatin1Char('/') + QDateTime::currentDateTimeUtc().toString(nameFormat) + suffix;
    TRY(writeFileAtomically(toPath(file), bytesOf(text)));
    for (const QString& old : before.mid(mostVersions - 1)) {
        QFile::remove(folder + QLatin1Char('/') + old);
        QFile::remove(pictureOf(folder + QLatin1Char('/') + old));
    }
    return file;
}
} // namespace

Versions::Versions(std::filesystem::path folder, QObject* parent)
    : QAbstractListModel(parent),
      m_folder(std::move(folder)),
      m_disk(std::make_unique<WorkQueue>(1))
{
}

Versions::~Versions()
{
    m_disk.reset();
}

void Versions::setDocument(const QString& path)
{
    if (path == m_document)
        return;
    m_document = path;
    beginResetModel();
    m_rows.clear();
    endResetModel();
    Q_EMIT changed();
    list();
}

std::vector<Versions::Row> Versions::rowsIn(const QString& folder)
{
    std::vector<Row> rows;
    for (const QString& name : newestFirst(folder)) {
        Row row{folder + QLatin1Char('/') + name, QDateTime::fromString(name.chopped(suffix.size()), nameFormat), {}, 0, false};
        row.when.setTimeSpec(Qt::UTC);
        const auto text = readTextFile(toPath(row.file));
        if (!text || !row.when.isValid())
            continue;
        const ReadRecipe read = readRecipe(*text);
        row.title = toQt(std::string_view(read.recipe.title));
        row.nodes = static_cast<int>(read.recipe.nodes.size());
        row.hasPicture = QFile::exists(pictureOf(row.file));
        rows.push_back(std::move(row));
    }
    return rows;
}

void Versions::list()
{
    if (m_document.isEmpty())
        return;
    m_disk->post(
        Urgency::Viewer, "list", [this, document = m_document, folder = folderOf(m_folder, m_document)](const CancelToken&) {
            auto rows = std::make_shared<std::vector<Row>>(rowsIn(folder));
            QMetaObject::invokeMethod(
                this, [this, document, rows] {
                    if (document != m_document)
                        return;
                    beginResetModel();
                    m_rows = std::move(*rows);
                    endResetModel();
                    Q_EMIT changed();
                },
                Qt::QueuedConnection);
        },
        true);
}

void Versions::keep(const RecipePointer& recipe, const QString& path, std::function<void(const QString& picture)> kept)
{
    const QString folder = folderOf(m_folder, path);
    m_disk->post(
        Urgency::Viewer, "keep:" + toStd(path), [this, folder, recipe, kept = std::move(kept)](const CancelToken&) {
            const auto file = std::make_shared<Result<QString>>(writeVersion(folder, *recipe));
            QMetaObject::invokeMethod(
                this, [this, file, kept] {
                    if (!*file) {
                        Q_EMIT failed(tr("This version was not kept: %1").arg(wordsOf(file->error())));
                    } else if (!(*file)->isEmpty()) {
                        list();
                        kept(pictureOf(**file));
                    }
                },
                Qt::QueuedConnection);
        },
        true);
}

void Versions::keepPicture(const QImage& image, const QString& file)
{
    m_disk->post(
        Urgency::Idle, "picture:" + toStd(file), [this, image, file](const CancelToken&) {
            image.convertToFormat(QImage::Format_RGB32).save(file, "JPG", 85);
            QMetaObject::invokeMethod(
                this, [this] { list(); }, Qt::QueuedConnection);
        },
        true);
}

Result<Recipe> Versions::recipeAt(int row) const
{
    if (row < 0 || row >= total())
        return fail(Fault::NotFound, toStd(tr("That version is no longer there")));
    ReadRecipe read = readRecipe(TRY(readTextFile(toPath(m_rows[static_cast<std::size_t>(row)].file))));
    return std::move(read.recipe);
}

QVariant Versions::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= total())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case WhenRole: return QLocale().toString(row.when.toLocalTime(), QLocale::ShortFormat);
    case Qt::DisplayRole:
    case TitleRole: return row.title;
    case FactsRole: return row.nodes == 1 ? tr("1 node") : tr("%1 nodes").arg(row.nodes);
    case PictureRole: return row.hasPicture ? QUrl::fromLocalFile(pictureOf(row.file)) : QUrl();
    case NewestRole: return index.row() == 0;
    default: return {};
    }
}

QHash<int, QByteArray> Versions::roleNames() const
{
    return {{WhenRole, "when"}, {TitleRole, "title"}, {FactsRole, "facts"}, {PictureRole, "picture"}, {NewestRole, "newest"}};
}

} // namespace artdag
