// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/templates.h"

#include "ui/qt_std.h"

#include <QFile>
#include <QUrl>

#include <algorithm>

namespace artdag {

namespace {
constexpr const char* names[] = {"breathing_cathedral", "moire_clock", "name_in_light", "murmuration", "terminal_dream", "slit_scan_dawn"};
constexpr int cardWidth = 320, cardHeight = 180;
constexpr std::size_t framesOfEach = 36; // three seconds, 8 MB
constexpr int framesPerSecond = 12;
constexpr std::size_t cacheBytes = std::size_t{64} << 20;
constexpr int later = 3; // into the film, seconds: beginnings are dark
} // namespace

Templates::Templates(QObject* parent)
    : QAbstractListModel(parent)
{
    for (const char* name : names) {
        QFile file(QStringLiteral(":/recipes/%1.artdag").arg(QLatin1String(name)));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        ReadRecipe read = readRecipe(file.readAll().toStdString());
        Row row;
        row.name = QString::fromLatin1(name);
        row.title = toQt(std::string_view(read.recipe.title));
        row.words = toQt(std::string_view(read.recipe.description));
        row.recipe = std::make_shared<const Recipe>(std::move(read.recipe));
        m_rows.push_back(std::move(row));
    }
    m_clock.setInterval(1000 / framesPerSecond);
    connect(&m_clock, &QTimer::timeout, this, &Templates::tick);
}

Templates::~Templates() = default;

void Templates::setWorkspace(Workspace* workspace)
{
    m_engine.reset();
    m_workspace = workspace;
    begin();
}

void Templates::setShown(bool shown)
{
    if (shown == m_shown)
        return;
    m_shown = shown;
    if (!shown) {
        m_clock.stop();
        m_engine.reset(); // its threads are the open document's from now on
        m_making = -1;
        m_asking = false;
        for (Row& row : m_rows) {
            if (!row.done)
                row.frames.clear();
        }
    }
    begin();
    Q_EMIT shownChanged();
}

void Templates::begin()
{
    if (!m_shown)
        return;
    m_clock.start();
    if (m_workspace == nullptr || m_engine)
        return;
    m_engine = std::make_unique<PreviewEngine>(*m_workspace, cacheBytes);
    m_engine->setMakesProxies(false);
    ask();
}

void Templates::prefer(int row)
{
    m_preferred = row;
}

/// One frame at a time, and one template after the other.
void Templates::ask()
{
    if (m_asking || !m_engine)
        return;
    if (m_making < 0) {
        const auto waits = [this](int row) { return row >= 0 && row < rowCount() && !m_rows[static_cast<std::size_t>(row)].done; };
        m_making = waits(m_preferred) ? m_preferred : 0;
        while (m_making < rowCount() && !waits(m_making))
            ++m_making;
        if (m_making == rowCount()) {
            m_engine.reset();
            m_making = -1;
            return;
        }
        m_engine->setRecipe(m_rows[static_cast<std::size_t>(m_making)].recipe);
    }
    const Row& row = m_rows[static_cast<std::size_t>(m_making)];
    const RecipeCanvas& canvas = row.recipe->canvas;
    const double rate = canvas.rate.perSecond();
    const auto frame = static_cast<std::int64_t>(rate * (later + static_cast<double>(row.frames.size()) / framesPerSecond));
    const std::int64_t last = framesOfSeconds(canvas.duration, canvas.rate) - 1;
    m_asking = true;
    m_engine->askPicture(Urgency::Idle, "template", {targetOfFilm(*row.recipe).picture, std::nullopt}, std::min(frame, last), previewScale(canvas.width, canvas.height, cardWidth, cardHeight),
        [this](Result<PreviewPicture> picture) { take(std::move(picture)); });
}

void Templates::take(Result<PreviewPicture> picture)
{
    m_asking = false;
    Row& row = m_rows[static_cast<std::size_t>(m_making)];
    if (picture)
        row.frames.push_back(picture->image.scaled(cardWidth, cardHeight, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation));
    // A template that fails keeps its still; opening it says why.
    if (!picture || row.frames.size() >= framesOfEach) {
        row.done = true;
        m_making = -1;
    }
    QMetaObject::invokeMethod(this, &Templates::ask, Qt::QueuedConnection); // not from inside the engine's answer
}

/// Forth and back, so that no seam is seen.
void Templates::tick()
{
    for (int i = 0; i < rowCount(); ++i) {
        Row& row = m_rows[static_cast<std::size_t>(i)];
        if (!row.done || row.frames.empty())
            continue;
        row.at = (row.at + 1) % std::max<std::size_t>(1, 2 * row.frames.size() - 2);
        Q_EMIT dataChanged(index(i), index(i), {ImageRole, ReadyRole});
    }
}

QVariant Templates::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole: return row.title;
    case WordsRole: return row.words;
    case PathRole: return QStringLiteral(":/recipes/%1.artdag").arg(row.name);
    case StillRole: return QUrl(QStringLiteral("qrc:/templates/%1.jpg").arg(row.name));
    case ReadyRole: return row.done && !row.frames.empty();
    case ImageRole: return row.done && !row.frames.empty() ? row.frames[row.at < row.frames.size() ? row.at : 2 * row.frames.size() - 2 - row.at] : QImage();
    default: return {};
    }
}

QHash<int, QByteArray> Templates::roleNames() const
{
    return {{TitleRole, "title"}, {WordsRole, "words"}, {PathRole, "path"}, {StillRole, "still"}, {ImageRole, "image"}, {ReadyRole, "ready"}};
}

} // namespace artdag
