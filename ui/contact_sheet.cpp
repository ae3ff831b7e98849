// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contact_sheet.h"

#include "core/recipe/compare_recipes.h"
#include "ui/qt_std.h"
#include "ui/sheet_picture.h"

#include <QDateTime>
#include <QFileInfo>
#include <QUuid>

#include <algorithm>
#include <utility>

namespace artdag {

namespace {
constexpr int variationCount = 12;
constexpr int mostCells = 64;
constexpr double cellWidth = 320, cellHeight = 180; ///< px that a cell's picture should have at least
} // namespace

ContactSheet::ContactSheet(Document& document, Player& player, Gallery& gallery, const Catalogue& effects, QObject* parent)
    : QAbstractListModel(parent),
      m_document(&document),
      m_player(&player),
      m_gallery(&gallery),
      m_effects(&effects)
{
    connect(m_document, &Document::recipeChanged, this, [this] {
        Q_EMIT staleChanged();
        if (m_shown)
            findKnobs();
    });
    connect(m_document, &Document::opened, this, [this] { take(nullptr, {}, {}); });
    connect(this, &ContactSheet::planned, this, &ContactSheet::titleChanged);
}

ContactSheet::~ContactSheet() = default;

void ContactSheet::setEngine(PreviewEngine* engine)
{
    m_engine = engine;
    if (m_shown)
        askCells();
}

void ContactSheet::setShown(bool shown)
{
    if (m_shown == shown)
        return;
    m_shown = shown;
    if (shown) {
        findKnobs();
        askCells();
        return;
    }
    if (m_engine != nullptr)
        m_engine->cancel("wedge:");
    for (Cell& each : m_cells)
        each.asked = each.failed || !each.image.isNull();
}

QHash<int, QByteArray> ContactSheet::roleNames() const
{
    return {{LabelRole, "label"}, {ImageRole, "image"}, {StateRole, "cellState"}, {MessageRole, "message"}, {MarkRole, "mark"}};
}

QVariant ContactSheet::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !valid(index.row()))
        return {};
    const Cell& cell = m_cells[static_cast<std::size_t>(index.row())];
    switch (role) {
    case LabelRole: return toQt(std::string_view(cell.wedge.label));
    case ImageRole: return cell.image;
    case StateRole: return cell.failed ? QStringLiteral("failed") : (cell.image.isNull() ? QStringLiteral("waiting") : QStringLiteral("ready"));
    case MessageRole: return cell.message;
    case MarkRole: return cell.mark;
    default: return {};
    }
}

QString ContactSheet::title() const
{
    if (m_kind == QLatin1String("twelve"))
        return tr("Seed and handles");
    if (m_kind == QLatin1String("seeds"))
        return tr("Seeds");
    return toQt(std::string_view(m_wedge.title));
}

int ContactSheet::ready() const
{
    return static_cast<int>(std::ranges::count_if(m_cells, [](const Cell& cell) { return !cell.image.isNull(); }));
}

int ContactSheet::failed() const
{
    return static_cast<int>(std::ranges::count_if(m_cells, [](const Cell& cell) { return cell.failed; }));
}

QString ContactSheet::progress() const
{
    if (m_cells.empty())
        return {};
    QStringList words{rowTotal() == 1 ? tr("1 variation") : tr("%1 variations").arg(rowTotal())};
    if (ready() < rowTotal())
        words << tr("%1 there").arg(ready());
    if (failed() > 0)
        words << tr("%1 failed").arg(failed());
    if (m_firstSeconds >= 0)
        words << tr("first in %1 s").arg(m_firstSeconds, 0, 'f', 1);
    if (m_allSeconds >= 0)
        words << tr("all in %1 s").arg(m_allSeconds, 0, 'f', 1);
    return words.join(QStringLiteral(" · "));
}

bool ContactSheet::isStale() const
{
    return m_base != nullptr && m_base != m_document->recipe();
}

void ContactSheet::setCurrent(int row)
{
    if (row == m_current || row >= rowTotal())
        return;
    m_current = row;
    Q_EMIT currentChanged();
}

QStringList ContactSheet::differences() const
{
    QStringList lines;
    if (!valid(m_current))
        return lines;
    for (const RecipeDifference& difference : compareRecipes(*m_base, recipeOf(m_current)))
        lines << differenceWords(difference);
    return lines;
}

// --- what can be varied ---

void ContactSheet::findKnobs()
{
    m_thread->post(Urgency::Viewer, "knobs", [this, recipe = m_document->recipe(), effects = *m_effects](const CancelToken& cancel) {
        auto knobs = std::make_shared<std::vector<Knob>>(knobsOf(*recipe, effects));
        std::erase_if(*knobs, [](const Knob& knob) { return !knob.isAxis(); });
        if (!cancel.cancelled())
            QMetaObject::invokeMethod(
                this, [this, knobs] {
                    m_knobs = std::move(*knobs);
                    Q_EMIT knobsChanged();
                },
                Qt::QueuedConnection);
    });
}

QStringList ContactSheet::knobTitles() const
{
    QStringList titles;
    for (const Knob& knob : m_knobs) {
        const QString title = toQt(std::string_view(knob.title));
        titles << (knob.place.node.empty() ? title : tr("%1 · %2").arg(toQt(std::string_view(knob.place.node)), title));
    }
    return titles;
}

QString ContactSheet::knobPlace(int knob) const
{
    return knob >= 0 && static_cast<std::size_t>(knob) < m_knobs.size() ? toQt(std::string_view(m_knobs[static_cast<std::size_t>(knob)].place.text())) : QString();
}

int ContactSheet::knobOf(const QString& place) const
{
    const auto found = std::ranges::find_if(m_knobs, [&](const Knob& knob) { return toQt(std::string_view(knob.place.text())) == place; });
    return found == m_knobs.end() ? -1 : static_cast<int>(found - m_knobs.begin());
}

QVariantList ContactSheet::rangeOf(int knob) const
{
    if (knob < 0 || static_cast<std::size_t>(knob) >= m_knobs.size() || !m_knobs[static_cast<std::size_t>(knob)].now.is_number() || m_knobs[static_cast<std::size_t>(knob)].kind == ParamKind::Seed)
        return {};
    return {m_knobs[static_cast<std::size_t>(knob)].least, m_knobs[static_cast<std::size_t>(knob)].most};
}

// --- planning ---

void ContactSheet::plan(const QString& kind, std::function<Result<Wedge>(const Recipe&)> make)
{
    if (m_engine != nullptr)
        m_engine->cancel("wedge:");
    m_clock.start();
    m_planning = true;
    const quint64 serial = ++m_serial;
    m_thread->post(Urgency::Viewer, "plan", [this, kind, serial, base = m_document->recipe(), make = std::move(make)](const CancelToken& cancel) {
        auto wedge = std::make_shared<Result<Wedge>>(make(*base));
        auto cells = std::make_shared<std::vector<Cell>>();
        if (*wedge) {
            for (const WedgeCell& each : (*wedge)->cells) {
                if (Result<Recipe> recipe = recipeOfCell(*base, each); recipe && cells->size() < mostCells)
                    cells->push_back({.wedge = each, .recipe = std::make_shared<const Recipe>(std::move(*recipe))});
            }
        }
        if (cancel.cancelled())
            return;
        QMetaObject::invokeMethod(
            this, [this, kind, serial, base, wedge, cells] {
                if (serial != m_serial)
                    return;
                m_kind = kind;
                take(base, *wedge ? std::move(**wedge) : Wedge{}, std::move(*cells));
                if (!*wedge)
                    m_message = wordsOf(wedge->error());
                else if (m_cells.empty())
                    m_message = kind == QLatin1String("seeds") ? tr("Nothing in this recipe has a seed.") : tr("Nothing in this recipe can be varied yet: add a node with parameters that feeds the film.");
                Q_EMIT planned();
            },
            Qt::QueuedConnection);
    });
}

void ContactSheet::take(const RecipePointer& base, Wedge wedge, std::vector<Cell> cells)
{
    if (m_engine != nullptr)
        m_engine->cancel("wedge:");
    if (base == nullptr)
        ++m_serial; // what is being planned is of another document
    beginResetModel();
    m_planning = false;
    m_base = base;
    m_wedge = std::move(wedge);
    m_cells = std::move(cells);
    m_message.clear();
    m_firstSeconds = m_allSeconds = -1;
    m_current = m_cells.empty() ? -1 : 0;
    endResetModel();
    Q_EMIT planned();
    Q_EMIT progressChanged();
    Q_EMIT currentChanged();
    Q_EMIT staleChanged();
    if (m_shown)
        askCells();
}

void ContactSheet::varyAll(bool another)
{
    if (another)
        ++m_round;
    plan(QStringLiteral("twelve"), [effects = *m_effects, round = m_round](const Recipe& recipe) -> Result<Wedge> { return variations(recipe, effects, variationCount, round); });
}

void ContactSheet::varySeeds(int count, bool another)
{
    if (another)
        ++m_round;
    plan(QStringLiteral("seeds"), [effects = *m_effects, count, round = m_round](const Recipe& recipe) -> Result<Wedge> { return seedWedge(recipe, effects, std::clamp(count, 1, mostCells), round); });
}

void ContactSheet::varyOne(const QString& place, int count, double from, double to)
{
    plan(QStringLiteral("one"), [effects = *m_effects, place = knobPlaceOf(toStd(place)), count, from, to](const Recipe& recipe) -> Result<Wedge> {
        const Knob knob = TRY(knobAt(recipe, effects, place));
        return wedgeOf(knob, std::clamp(count, 1, mostCells), from != to ? KnobRange(std::pair(from, to)) : KnobRange());
    });
}

void ContactSheet::varyTwo(const QString& across, int columns, const QString& down, int rows)
{
    plan(QStringLiteral("two"), [effects = *m_effects, a = knobPlaceOf(toStd(across)), b = knobPlaceOf(toStd(down)), columns, rows](const Recipe& recipe) -> Result<Wedge> {
        const Knob first = TRY(knobAt(recipe, effects, a));
        const Knob second = TRY(knobAt(recipe, effects, b));
        if (a == b)
            return fail(Fault::BadInput, "'" + a.text() + "': choose another parameter for the rows");
        return wedgeOf(first, std::clamp(columns, 1, 8), second, std::clamp(rows, 1, 8));
    });
}

void ContactSheet::varyKnobs(int across, int columns, int down, int rows, double from, double to)
{
    if (down < 0)
        varyOne(knobPlace(across), columns, from, to);
    else
        varyTwo(knobPlace(across), columns, knobPlace(down), rows);
}

// --- pictures ---

QString ContactSheet::slotOf(int row) const
{
    return QStringLiteral("wedge:%1:%2").arg(m_serial).arg(row);
}

void ContactSheet::askCells()
{
    if (m_engine == nullptr)
        return;
    for (int row = 0; row < rowTotal(); ++row) {
        if (!cell(row).asked)
            ask(row, false);
    }
}

void ContactSheet::ask(int row, bool afresh)
{
    Cell& asked = cell(row);
    asked.asked = true;
    const double scale = previewScale(asked.recipe->canvas.width, asked.recipe->canvas.height, cellWidth, cellHeight);
    m_engine->askVariation(asked.recipe, toStd(slotOf(row)), m_player->frame(), scale, afresh, [this, row, serial = m_serial, before = asked.image](Result<PreviewPicture> picture) {
        if (serial == m_serial && valid(row))
            answer(row, std::move(picture), before);
    });
}

void ContactSheet::answer(int row, Result<PreviewPicture> picture, const QImage& before)
{
    Cell& answered = cell(row);
    answered.failed = !picture;
    answered.message = picture ? QString() : wordsOf(picture.error());
    if (picture) {
        answered.image = picture->image;
        if (!before.isNull())
            answered.message = before == picture->image ? tr("made again: the same bytes") : tr("made again: it differs");
    }
    if (m_firstSeconds < 0)
        m_firstSeconds = static_cast<double>(m_clock.elapsed()) / 1000;
    if (m_allSeconds < 0 && ready() + failed() == rowTotal())
        m_allSeconds = static_cast<double>(m_clock.elapsed()) / 1000;
    tell(row);
}

void ContactSheet::tell(int row)
{
    Q_EMIT dataChanged(index(row), index(row));
    Q_EMIT progressChanged();
}

void ContactSheet::renderAgain(int row)
{
    if (valid(row) && m_engine != nullptr && !cell(row).image.isNull())
        ask(row, true);
}

// --- what the artist thinks of them ---

void ContactSheet::keep(int row)
{
    if (!valid(row))
        return;
    Cell& kept = cell(row);
    if (kept.mark == QLatin1String("kept")) {
        kept.mark.clear();
        m_gallery->removeLook(std::exchange(kept.keptId, {}));
        tell(row);
        return;
    }
    kept.mark = QStringLiteral("kept");
    kept.keptId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    GalleryEntry entry;
    entry.id = kept.keptId;
    entry.look = true;
    entry.title = kept.wedge.label.empty() ? m_document->title() : tr("%1 · %2").arg(m_document->title(), toQt(std::string_view(kept.wedge.label)));
    entry.width = kept.recipe->canvas.width;
    entry.height = kept.recipe->canvas.height;
    entry.seconds = kept.recipe->canvas.duration;
    entry.when = QDateTime::currentDateTimeUtc();
    entry.mark = QStringLiteral("kept");
    entry.recipe = writeRecipe(*kept.recipe);
    entry.image = kept.image;
    m_gallery->add(std::move(entry));
    tell(row);
}

void ContactSheet::discard(int row)
{
    if (!valid(row))
        return;
    if (cell(row).mark == QLatin1String("kept"))
        keep(row);
    cell(row).mark = cell(row).mark == QLatin1String("discarded") ? QString() : QStringLiteral("discarded");
    tell(row);
}

bool ContactSheet::open(int row)
{
    if (!valid(row))
        return false;
    m_document->apply(recipeOf(row), tr("Open variation %1").arg(toQt(std::string_view(cell(row).wedge.label))));
    Q_EMIT opened();
    return true;
}

void ContactSheet::exportTo(const QUrl& file)
{
    SheetPicture picture{tr("%1 · %2").arg(m_document->title(), title()), m_wedge.columns, {}};
    for (const Cell& each : m_cells)
        picture.cells.push_back({toQt(std::string_view(each.wedge.label)), each.image});
    QString path = file.toLocalFile();
    if (path.isEmpty() || m_cells.empty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += QStringLiteral(".png");
    m_thread->post(
        Urgency::Idle, "export", [this, path, picture = std::move(picture)](const CancelToken&) {
            const bool written = drawSheet(picture).save(path, "PNG");
            QMetaObject::invokeMethod(
                this, [this, path, written] {
                    Q_EMIT said(written ? tr("Contact sheet written: %1").arg(path) : tr("%1 cannot be written: choose another folder").arg(path), !written);
                },
                Qt::QueuedConnection);
        },
        true);
}

} // namespace artdag
