// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery.h"

#include "core/base/files.h"
#include "ui/player.h"
#include "ui/qt_std.h"

#include <QFileInfo>
#include <QLocale>

#include <algorithm>
#include <future>

namespace artdag {

namespace {
Json jsonOf(const GalleryEntry& entry)
{
    return {{"id", toStd(entry.id)}, {"title", toStd(entry.title)}, {"film", toStd(entry.film)}, {"provenance", toStd(entry.provenance)},
        {"poster", toStd(entry.poster)}, {"content_hash", toStd(entry.contentHash)}, {"frames_hash", toStd(entry.framesHash)},
        {"encode", toStd(entry.encode)}, {"width", entry.width}, {"height", entry.height}, {"seconds", entry.seconds},
        {"when", toStd(entry.when.toUTC().toString(Qt::ISODate))}, {"mark", toStd(entry.mark)}, {"page", toStd(entry.page)}, {"recipe", entry.recipe}};
}

GalleryEntry entryOf(const Json& json)
{
    auto text = [&](const char* name) {
        const auto found = json.find(name);
        return found != json.end() && found->is_string() ? toQt(found->get_ref<const std::string&>()) : QString();
    };
    auto number = [&](const char* name) {
        const auto found = json.find(name);
        return found != json.end() && found->is_number() ? found->get<double>() : 0.0;
    };
    GalleryEntry entry;
    entry.id = text("id");
    entry.title = text("title");
    entry.film = text("film");
    entry.provenance = text("provenance");
    entry.poster = text("poster");
    entry.contentHash = text("content_hash");
    entry.framesHash = text("frames_hash");
    entry.encode = text("encode");
    entry.width = static_cast<int>(number("width"));
    entry.height = static_cast<int>(number("height"));
    entry.seconds = number("seconds");
    entry.when = QDateTime::fromString(text("when"), Qt::ISODate);
    entry.mark = text("mark");
    entry.page = text("page");
    entry.recipe = toStd(text("recipe"));
    entry.image = QImage(entry.poster);
    return entry;
}

QString whenText(const QDateTime& when)
{
    const QDateTime local = when.toLocalTime();
    const qint64 days = local.date().daysTo(QDate::currentDate());
    if (days == 0)
        return QObject::tr("today %1").arg(local.toString(QStringLiteral("HH:mm")));
    if (days == 1)
        return QObject::tr("yesterday %1").arg(local.toString(QStringLiteral("HH:mm")));
    return QLocale().toString(local.date(), QLocale::ShortFormat);
}
} // namespace

Gallery::Gallery(std::filesystem::path directory, QObject* parent)
    : QAbstractListModel(parent),
      m_directory(std::move(directory))
{
    load();
}

Gallery::~Gallery()
{
    // What was marked last is written before the thread ends.
    const auto written = std::make_shared<std::promise<void>>();
    auto done = written->get_future();
    m_disk->post(Urgency::Idle, "end", [written](const CancelToken&) { written->set_value(); });
    done.wait();
    m_disk.reset();
}

void Gallery::load()
{
    m_disk->post(Urgency::Idle, "load", [this, path = m_directory / "gallery.json"](const CancelToken&) {
        auto entries = std::make_shared<std::vector<GalleryEntry>>();
        if (const Result<std::string> text = readTextFile(path)) {
            if (const Result<Json> json = readJson(*text); json && json->is_array()) {
                for (const Json& each : *json)
                    entries->push_back(entryOf(each));
            }
        }
        QMetaObject::invokeMethod(
            this, [this, entries] {
                for (GalleryEntry& entry : *entries)
                    m_entries.push_back(std::move(entry));
                show();
            },
            Qt::QueuedConnection);
    });
}

void Gallery::save()
{
    Json list = Json::array();
    for (const GalleryEntry& entry : m_entries)
        list.push_back(jsonOf(entry));
    m_disk->post(
        Urgency::Idle, "save", [path = m_directory / "gallery.json", text = list.dump(2) + "\n"](const CancelToken&) {
            std::error_code error;
            std::filesystem::create_directories(path.parent_path(), error);
            // A list that cannot be written is no reason to stop: the films and their provenance are where they were.
            static_cast<void>(writeFileAtomically(path, bytesOf(text)).has_value());
        },
        true);
}

bool Gallery::passes(const GalleryEntry& entry) const
{
    if (m_filter == QLatin1String("all"))
        return true;
    if (m_filter == QLatin1String("published"))
        return !entry.page.isEmpty();
    if (m_filter == QLatin1String("kept"))
        return entry.mark == QLatin1String("kept") || entry.mark == QLatin1String("starred");
    return entry.mark == m_filter;
}

void Gallery::show()
{
    const GalleryEntry* entry = currentEntry();
    const QString id = entry != nullptr ? entry->id : QString();
    beginResetModel();
    m_shown.clear();
    m_current = -1;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        if (!passes(m_entries[i]))
            continue;
        if (m_entries[i].id == id)
            m_current = static_cast<int>(m_shown.size());
        m_shown.push_back(static_cast<int>(i));
    }
    if (m_current < 0 && !m_shown.empty())
        m_current = 0;
    endResetModel();
    Q_EMIT countChanged();
    Q_EMIT currentChanged();
}

QHash<int, QByteArray> Gallery::roleNames() const
{
    return {{TitleRole, "title"}, {ImageRole, "image"}, {WhenRole, "when"}, {LengthRole, "length"}, {MarkRole, "mark"}, {SizeRole, "size"}, {PageRole, "page"}, {MissingRole, "missing"}};
}

QVariant Gallery::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowTotal())
        return {};
    const GalleryEntry& entry = at(index.row());
    switch (role) {
    case TitleRole: return entry.title;
    case ImageRole: return entry.image;
    case WhenRole: return whenText(entry.when);
    case LengthRole: return timeText(entry.seconds).section(QLatin1Char('.'), 0, 0);
    case MarkRole: return entry.mark;
    case SizeRole: return QStringLiteral("%1 × %2").arg(entry.width).arg(entry.height);
    case PageRole: return entry.page;
    case MissingRole: return !QFileInfo::exists(entry.film);
    default: return {};
    }
}

void Gallery::setFilter(const QString& filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    Q_EMIT filterChanged();
    show();
}

void Gallery::setCurrent(int row)
{
    if (row == m_current || row >= rowTotal())
        return;
    m_current = row;
    Q_EMIT currentChanged();
}

const GalleryEntry* Gallery::currentEntry() const
{
    return m_current >= 0 && m_current < rowTotal() ? &at(m_current) : nullptr;
}

QString Gallery::currentTitle() const
{
    const GalleryEntry* entry = currentEntry();
    return entry == nullptr ? QString() : entry->title;
}

QString Gallery::currentFacts() const
{
    const GalleryEntry* entry = currentEntry();
    if (entry == nullptr)
        return {};
    return QStringLiteral("%1 × %2 · %3 s · %4").arg(entry->width).arg(entry->height).arg(QLocale::c().toString(entry->seconds, 'g', 4)).arg(entry->encode);
}

QString Gallery::currentHash() const
{
    const GalleryEntry* entry = currentEntry();
    return entry == nullptr ? QString() : entry->framesHash;
}

QString Gallery::currentPath() const
{
    const GalleryEntry* entry = currentEntry();
    return entry == nullptr ? QString() : entry->film;
}

QUrl Gallery::currentFilm() const
{
    return currentPath().isEmpty() ? QUrl() : QUrl::fromLocalFile(currentPath());
}

QString Gallery::currentPage() const
{
    const GalleryEntry* entry = currentEntry();
    return entry == nullptr ? QString() : entry->page;
}

QVariant Gallery::currentImage() const
{
    const GalleryEntry* entry = currentEntry();
    return entry == nullptr ? QVariant() : QVariant(entry->image);
}

void Gallery::add(GalleryEntry entry)
{
    const QString id = entry.id;
    for (auto old = m_entries.begin(); old != m_entries.end(); ++old) {
        if (old->film == entry.film) {
            entry.mark = old->contentHash == entry.contentHash ? old->mark : QString();
            entry.page = old->contentHash == entry.contentHash ? old->page : QString();
            m_entries.erase(old);
            break;
        }
    }
    m_entries.insert(m_entries.begin(), std::move(entry));
    m_current = -1;
    show();
    for (int row = 0; row < rowTotal(); ++row) {
        if (at(row).id == id)
            setCurrent(row);
    }
    save();
}

void Gallery::setPage(const QString& id, const QString& page)
{
    for (GalleryEntry& entry : m_entries) {
        if (entry.id == id)
            entry.page = page;
    }
    show();
    save();
}

void Gallery::mark(int row, const QString& mark)
{
    if (row < 0 || row >= rowTotal())
        return;
    GalleryEntry& entry = m_entries[static_cast<std::size_t>(m_shown[static_cast<std::size_t>(row)])];
    entry.mark = entry.mark == mark ? QString() : mark;
    if (passes(entry))
        Q_EMIT dataChanged(index(row), index(row), {MarkRole});
    else
        show();
    Q_EMIT currentChanged();
    save();
}

} // namespace artdag
