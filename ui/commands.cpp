// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commands.h"

#include "ui/qt_std.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeySequence>

#include <algorithm>

namespace artdag {

namespace {
constexpr qsizetype mostRecent = 8;
const QString everywhere = QStringLiteral("studio");

QString ownKey(const QString& id)
{
    return QStringLiteral("keys/") + id;
}

QJsonObject presetOf(const QString& name)
{
    QFile file(QStringLiteral(":/keys/%1.json").arg(name));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

/// The panels of the workspace that has a viewer: what they leave free is the viewer's.
bool isBesideViewer(const QString& panel)
{
    return panel == QLatin1String("graph") || panel == QLatin1String("inspector") || panel == QLatin1String("timeline");
}

bool hasModifier(const QKeySequence& keys)
{
    const auto first = keys[0];
    return (first.keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) != Qt::NoModifier
        || (first.key() >= Qt::Key_F1 && first.key() <= Qt::Key_F35);
}

bool pressesControls(const QKeySequence& keys)
{
    switch (keys[0].key()) {
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Tab:
    case Qt::Key_Backtab: return keys[0].keyboardModifiers() == Qt::NoModifier;
    default: return false;
    }
}
} // namespace

Commands::Commands(QSettings& settings, QObject* parent)
    : QAbstractListModel(parent),
      m_settings(&settings)
{
    m_recent = m_settings->value(QStringLiteral("recentCommands")).toStringList();
    setPreset(m_settings->value(QStringLiteral("keyPreset"), QStringLiteral("artdag")).toString());
    connect(&m_focus, &PanelFocus::changed, this, &Commands::showLive);
}

void Commands::add(std::span<const Command> table, QObject* room)
{
    beginResetModel();
    for (const Command& command : table) {
        Row row{command, QString::fromLatin1(command.id), toQt(command.panel()), room, {}, {}, false};
        if (knows(row.id))
            continue;
        chooseKeys(row);
        m_rows.push_back(std::move(row));
    }
    endResetModel();
    showLive();
    ++m_revision;
    Q_EMIT keysChanged();
}

int Commands::rowOf(const QString& id) const
{
    const auto row = std::ranges::find(m_rows, id, &Row::id);
    return row == m_rows.end() ? -1 : static_cast<int>(row - m_rows.begin());
}

QStringList Commands::split(const QString& keys)
{
    QStringList list;
    for (const QString& part : keys.split(QStringLiteral("; "), Qt::SkipEmptyParts)) {
        const QKeySequence sequence = QKeySequence::fromString(part.trimmed(), QKeySequence::PortableText);
        if (!sequence.isEmpty() && sequence[0].key() != Qt::Key_unknown)
            list << sequence.toString(QKeySequence::PortableText);
    }
    return list;
}

void Commands::chooseKeys(Row& row) const
{
    row.own = m_settings->contains(ownKey(row.id));
    row.keys = split(row.own ? m_settings->value(ownKey(row.id)).toString() : m_presetKeys.value(row.id, QString::fromLatin1(row.command.keys)));
}

void Commands::chooseAllKeys()
{
    for (Row& row : m_rows)
        chooseKeys(row);
    showLive();
    ++m_revision;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(total() - 1));
    Q_EMIT keysChanged();
}

QStringList Commands::sequencesOf(const QString& id) const
{
    const int row = rowOf(id);
    return row < 0 ? QStringList() : m_rows[static_cast<std::size_t>(row)].keys;
}

void Commands::setPreset(const QString& name)
{
    if (name == m_preset)
        return;
    m_preset = name;
    m_settings->setValue(QStringLiteral("keyPreset"), name);
    m_presetKeys.clear();
    const QJsonObject keys = presetOf(name).value(QStringLiteral("keys")).toObject();
    for (auto key = keys.begin(); key != keys.end(); ++key)
        m_presetKeys[key.key()] = key.value().toString();
    chooseAllKeys();
}

QVariantList Commands::presets() const
{
    QVariantList list;
    for (const QString& file : QDir(QStringLiteral(":/keys")).entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        const QString name = QString(file).chopped(5);
        list << QVariantMap{{QStringLiteral("name"), name}, {QStringLiteral("title"), presetOf(name).value(QStringLiteral("title")).toString()}};
    }
    return list;
}

/// Whether both can be live at once, one of them in vain: in the same panel, or one everywhere.
bool Commands::meet(const Row& a, const Row& b)
{
    return a.panel == b.panel || a.panel == everywhere || b.panel == everywhere;
}

QString Commands::conflictOf(const Row& row) const
{
    for (const Row& other : m_rows) {
        if (&other == &row || !meet(row, other))
            continue;
        for (const QString& key : row.keys) {
            if (other.keys.contains(key))
                return tr("%1 is also “%2” (%3)").arg(QKeySequence(key).toString(QKeySequence::NativeText), wordsOf(other.id), data(index(rowOf(other.id)), PanelWordsRole).toString());
        }
    }
    return {};
}

int Commands::conflicts() const
{
    return static_cast<int>(std::ranges::count_if(m_rows, [this](const Row& row) { return !conflictOf(row).isEmpty(); }));
}

/// Smaller goes first; negative: not here.
int Commands::standing(const Row& row) const
{
    const QString panel = m_focus.panel();
    if (panel == QLatin1String("popup"))
        return -1;
    if (row.panel == panel)
        return row.own ? 0 : 1;
    if (row.panel == QLatin1String("viewer") && isBesideViewer(panel))
        return row.own ? 2 : 3;
    return row.panel == everywhere ? (row.own ? 4 : 5) : -1;
}

/// The key is part of what is done where the focus is.
bool Commands::isTaken(const QString& key) const
{
    const QKeySequence sequence(key);
    return (m_focus.isTyping() && !hasModifier(sequence)) || (m_focus.isOnControl() && pressesControls(sequence));
}

void Commands::showLive()
{
    std::vector<std::pair<int, std::size_t>> order;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (const int place = standing(m_rows[i]); place >= 0 && (!m_focus.isTyping() || m_rows[i].panel == everywhere))
            order.emplace_back(place, i);
    }
    std::ranges::stable_sort(order, {}, &std::pair<int, std::size_t>::first);
    std::vector<QStringList> live(m_rows.size());
    QStringList given;
    for (const auto& [place, row] : order) {
        for (const QString& key : m_rows[row].keys) {
            if (given.contains(key) || isTaken(key))
                continue;
            given << key;
            live[row] << key;
        }
    }
    // First what ends, then what begins: two shortcuts with one key would be ambiguous in between.
    for (const bool begins : {false, true}) {
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            if (m_rows[i].live == live[i] || (!begins && !live[i].isEmpty()))
                continue;
            m_rows[i].live = live[i];
            const QModelIndex cell = index(static_cast<int>(i));
            Q_EMIT dataChanged(cell, cell, {LiveRole});
        }
    }
}

QVariant Commands::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= total())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case IdRole: return row.id;
    case Qt::DisplayRole:
    case WordsRole: return QCoreApplication::translate("Command", row.command.words);
    case PanelRole: return row.panel;
    case PanelWordsRole: {
        static constexpr const char* names[] = {QT_TRANSLATE_NOOP("Panel", "studio"), QT_TRANSLATE_NOOP("Panel", "graph"), QT_TRANSLATE_NOOP("Panel", "viewer"),
            QT_TRANSLATE_NOOP("Panel", "timeline"), QT_TRANSLATE_NOOP("Panel", "inspector"), QT_TRANSLATE_NOOP("Panel", "gallery"), QT_TRANSLATE_NOOP("Panel", "publish"),
            QT_TRANSLATE_NOOP("Panel", "sheet"), QT_TRANSLATE_NOOP("Panel", "queue"), QT_TRANSLATE_NOOP("Panel", "library")};
        const auto* name = std::ranges::find_if(names, [&](const char* text) { return row.panel == QLatin1String(text); });
        return name == std::end(names) ? row.panel : QCoreApplication::translate("Panel", *name);
    }
    case KeysRole: return keysOf(row.id);
    case LiveRole: return row.live;
    case ConflictRole: return conflictOf(row);
    case OwnRole: return row.own;
    default: return {};
    }
}

QHash<int, QByteArray> Commands::roleNames() const
{
    return {{IdRole, "id_"}, {WordsRole, "words"}, {PanelRole, "panel"}, {PanelWordsRole, "panelWords"}, {KeysRole, "keys"}, {LiveRole, "live"}, {ConflictRole, "conflict"}, {OwnRole, "own"}};
}

bool Commands::run(const QString& id)
{
    const int row = rowOf(id);
    if (row < 0)
        return false;
    const Row& of = m_rows[static_cast<std::size_t>(row)];
    QObject* room = !of.room.isNull() ? of.room.data() : m_rooms.value(of.panel).data();
    if (room == nullptr)
        return false;
    remember(id); // before it is run: the palette, which is one, lists what came last
    if (!QMetaObject::invokeMethod(room, "run", Q_ARG(QString, id)))
        return false;
    Q_EMIT ran(id);
    return true;
}

void Commands::remember(const QString& id)
{
    m_recent.removeAll(id);
    m_recent.prepend(id);
    m_recent = m_recent.mid(0, mostRecent);
    m_settings->setValue(QStringLiteral("recentCommands"), m_recent);
}

QString Commands::keysOf(const QString& id) const
{
    QStringList names;
    for (const QString& key : sequencesOf(id))
        names << QKeySequence(key).toString(QKeySequence::NativeText);
    return names.join(QStringLiteral(", "));
}

QString Commands::tip(const QString& words, const QString& id) const
{
    const QString keys = keysOf(id);
    return keys.isEmpty() ? words : tr("%1 (%2)", "words of a tooltip (its keys)").arg(words, keys);
}

QString Commands::wordsOf(const QString& id) const
{
    const int row = rowOf(id);
    return row < 0 ? QString() : data(index(row), WordsRole).toString();
}

bool Commands::setKeys(const QString& id, const QString& keys)
{
    if (!knows(id) || split(keys).size() != keys.split(QStringLiteral("; "), Qt::SkipEmptyParts).size())
        return false;
    m_settings->setValue(ownKey(id), split(keys).join(QStringLiteral("; ")));
    chooseAllKeys();
    return true;
}

QString Commands::keyOf(int key, int modifiers)
{
    switch (key) {
    case Qt::Key_Control:
    case Qt::Key_Shift:
    case Qt::Key_Alt:
    case Qt::Key_AltGr:
    case Qt::Key_Meta:
    case Qt::Key_unknown:
    case 0: return {};
    default: return QKeySequence(key | (modifiers & ~static_cast<int>(Qt::KeypadModifier))).toString(QKeySequence::PortableText);
    }
}

void Commands::resetKeys(const QString& id)
{
    m_settings->remove(ownKey(id));
    chooseAllKeys();
}

void Commands::resetAllKeys()
{
    m_settings->remove(QStringLiteral("keys"));
    chooseAllKeys();
}

void Commands::retranslate()
{
    ++m_revision;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(total() - 1));
    Q_EMIT keysChanged();
}

} // namespace artdag
