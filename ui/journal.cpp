// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal.h"

#include "core/base/files.h"
#include "ui/qt_std.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

namespace artdag {

namespace {
constexpr int soon = 400; // ms after the first edit that is not written: with the disk's own time, well within 2 s
const QString suffix = QStringLiteral(".journal");

std::shared_ptr<QLockFile> lockOf(const QString& file)
{
    auto lock = std::make_shared<QLockFile>(file + QStringLiteral(".lock"));
    lock->setStaleLockTime(0); // however old: its process is what counts
    return lock;
}

Result<void> writeEntry(const QString& file, const Recipe& recipe, const QString& path)
{
    const QJsonObject entry{{QStringLiteral("v"), 1}, {QStringLiteral("title"), toQt(std::string_view(recipe.title))}, {QStringLiteral("path"), path},
        {QStringLiteral("when"), QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)}, {QStringLiteral("recipe"), toQt(std::string_view(writeRecipe(recipe)))}};
    const QByteArray text = QJsonDocument(entry).toJson(QJsonDocument::Compact);
    return writeFileAtomically(toPath(file), bytesOf(std::string_view(text.constData(), static_cast<std::size_t>(text.size()))), 0600);
}

std::optional<Journal::Entry> readEntry(const QString& file)
{
    QFile text(file);
    if (!text.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject entry = QJsonDocument::fromJson(text.readAll()).object();
    if (!entry.value(QStringLiteral("recipe")).isString())
        return std::nullopt;
    return Journal::Entry{file, entry.value(QStringLiteral("title")).toString(), entry.value(QStringLiteral("path")).toString(),
        QDateTime::fromString(entry.value(QStringLiteral("when")).toString(), Qt::ISODateWithMs), toStd(entry.value(QStringLiteral("recipe")).toString()), nullptr};
}

/// The file has it all: the process ended between saving and tidying up.
bool isSaved(const Journal::Entry& entry)
{
    if (entry.path.isEmpty())
        return false;
    const auto saved = readTextFile(toPath(entry.path));
    return saved && *saved == entry.recipe;
}
} // namespace

Journal::Journal(Document& document, std::filesystem::path folder, QObject* parent)
    : QObject(parent),
      m_document(&document),
      m_folder(std::move(folder)),
      m_file(pathToQt(m_folder) + QLatin1Char('/') + QUuid::createUuid().toString(QUuid::WithoutBraces) + suffix),
      m_disk(std::make_unique<WorkQueue>(1))
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(soon);
    connect(&m_soon, &QTimer::timeout, this, &Journal::write);
    const auto later = [this] {
        if (!m_soon.isActive())
            m_soon.start();
    };
    connect(m_document, &Document::recipeChanged, this, later);
    connect(m_document, &Document::stepsChanged, this, later);
    look();
}

Journal::~Journal()
{
    m_disk.reset();
    QFile::remove(m_file);
}

void Journal::look()
{
    m_disk->post(
        Urgency::Viewer, "look", [this, folder = pathToQt(m_folder)](const CancelToken&) {
            auto found = std::make_shared<std::vector<Entry>>();
            for (const QString& name : QDir(folder).entryList({QLatin1Char('*') + suffix}, QDir::Files, QDir::Time)) {
                const QString file = folder + QLatin1Char('/') + name;
                auto lock = lockOf(file);
                if (!lock->tryLock(0))
                    continue; // its window is open
                auto entry = readEntry(file);
                if (!entry || isSaved(*entry)) {
                    QFile::remove(file);
                    continue;
                }
                entry->lock = std::move(lock);
                found->push_back(std::move(*entry));
            }
            QMetaObject::invokeMethod(
                this, [this, found] {
                    m_found = std::move(*found);
                    if (!m_found.empty())
                        Q_EMIT foundChanged();
                },
                Qt::QueuedConnection);
        },
        true);
}

void Journal::write()
{
    if (!m_document->isModified()) {
        m_disk->post(
            Urgency::Viewer, "write", [file = m_file](const CancelToken&) { QFile::remove(file); }, true);
        return;
    }
    if (!m_lock)
        m_lock = lockOf(m_file);
    m_disk->post(
        Urgency::Viewer, "write", [this, file = m_file, lock = m_lock, recipe = m_document->recipe(), path = m_document->path(), folder = pathToQt(m_folder)](const CancelToken&) {
            QDir().mkpath(folder);
            if (!lock->isLocked())
                static_cast<void>(lock->tryLock(0)); // without it, another window would offer what is open here: an inconvenience
            const auto written = std::make_shared<Result<void>>(writeEntry(file, *recipe, path));
            QMetaObject::invokeMethod(
                this, [this, written] {
                    if (!*written && !m_troubled)
                        Q_EMIT failed(tr("Edits cannot be kept safe from a crash: %1").arg(wordsOf(written->error())));
                    m_troubled = !*written;
                },
                Qt::QueuedConnection);
        },
        true);
}

QVariantList Journal::found() const
{
    QVariantList list;
    for (const Entry& entry : m_found)
        list << QVariantMap{{QStringLiteral("title"), entry.title}, {QStringLiteral("path"), entry.path}, {QStringLiteral("when"), entry.when.toLocalTime()}};
    return list;
}

Journal::Entry Journal::take(int row)
{
    if (row < 0 || row >= count())
        return {};
    Entry entry = std::move(m_found[static_cast<std::size_t>(row)]);
    m_found.erase(m_found.begin() + row);
    Q_EMIT foundChanged();
    return entry;
}

void Journal::discard(int row)
{
    const Entry entry = take(row);
    if (!entry.file.isEmpty())
        remove(entry.file, entry.lock);
}

void Journal::remove(const QString& file, std::shared_ptr<QLockFile> lock)
{
    m_disk->post(
        Urgency::Viewer, "remove:" + toStd(file), [file, lock = std::move(lock)](const CancelToken&) { QFile::remove(file); }, true);
}

void Journal::settle(const Entry& entry)
{
    m_soon.stop();
    write();
    remove(entry.file, entry.lock);
}

} // namespace artdag
