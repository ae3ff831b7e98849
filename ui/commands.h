// SPDX-License-Identifier: GPL-3.0-or-later
// The registry of everything that the Studio can do by name: collects the rooms' tables, knows which keys do what (a preset,
// and the artist's own on top), and which of them are live where the focus is. It runs nothing itself but asks the room.
//
// A key belongs to the focused panel. What the panel leaves free goes to the viewer while its workspace is shown, and what
// that leaves free to `studio`. Not thread-safe: GUI thread.
#pragma once

#include "ui/command.h"
#include "ui/panel_focus.h"

#include <QAbstractListModel>
#include <QHash>
#include <QPointer>
#include <QSettings>
#include <QStringList>
#include <QVariant>

#include <span>
#include <vector>

namespace artdag {

class Commands : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(artdag::PanelFocus* focus READ focus CONSTANT)
    Q_PROPERTY(QString preset READ preset WRITE setPreset NOTIFY keysChanged)
    Q_PROPERTY(QVariantList presets READ presets CONSTANT)
    Q_PROPERTY(int conflicts READ conflicts NOTIFY keysChanged)
    Q_PROPERTY(int count READ total NOTIFY keysChanged)
    Q_PROPERTY(int revision READ revision NOTIFY keysChanged) ///< for bindings that call keysOf

public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        WordsRole,
        PanelRole,
        PanelWordsRole,
        KeysRole,     ///< as the keyboard calls them
        LiveRole,     ///< the sequences that run it where the focus is now
        ConflictRole, ///< words; empty: none
        OwnRole,      ///< the artist chose the keys
    };

    explicit Commands(QSettings& settings, QObject* parent = nullptr);

    /// A room's table and the object that has `Q_INVOKABLE void run(const QString& id)`, which may come later by attend().
    /// The first to list an id has it.
    void add(std::span<const Command> table, QObject* room = nullptr);
    /// The object that runs the commands of a panel whose table came without one: for objects that views make.
    Q_INVOKABLE void attend(const QString& panel, QObject* room) { m_rooms[panel] = room; }

    [[nodiscard]] PanelFocus* focus() { return &m_focus; }
    [[nodiscard]] int total() const { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] QString preset() const { return m_preset; }
    void setPreset(const QString& name);        ///< the artist's own keys stay
    [[nodiscard]] QVariantList presets() const; ///< {name, title}
    [[nodiscard]] int conflicts() const;
    [[nodiscard]] int revision() const { return m_revision; }
    [[nodiscard]] QStringList recent() const { return m_recent; } ///< ids, the latest first
    [[nodiscard]] bool knows(const QString& id) const { return rowOf(id) >= 0; }
    [[nodiscard]] QStringList sequencesOf(const QString& id) const; ///< portable

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : total(); }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// False when no room takes it.
    Q_INVOKABLE bool run(const QString& id);
    Q_INVOKABLE QString keysOf(const QString& id) const;
    /// `Save (Ctrl+S)`: words for a tooltip.
    Q_INVOKABLE QString tip(const QString& words, const QString& id) const;
    Q_INVOKABLE QString wordsOf(const QString& id) const;
    /// `keys` as `Ctrl+K; F5`, portable; empty: none. False for what is no key.
    Q_INVOKABLE bool setKeys(const QString& id, const QString& keys);
    /// The key of a press, portable; empty for a modifier alone.
    Q_INVOKABLE static QString keyOf(int key, int modifiers);
    Q_INVOKABLE void resetKeys(const QString& id);
    Q_INVOKABLE void resetAllKeys();
    /// Words in another language.
    void retranslate();

Q_SIGNALS:
    void keysChanged();
    void ran(const QString& id);

private:
    struct Row {
        Command command;
        QString id, panel;
        QPointer<QObject> room; ///< null: the one that attends the panel
        QStringList keys, live;
        bool own = false;
    };
    [[nodiscard]] int rowOf(const QString& id) const;
    [[nodiscard]] static QStringList split(const QString& keys);
    [[nodiscard]] static bool meet(const Row& a, const Row& b);
    [[nodiscard]] QString conflictOf(const Row& row) const;
    [[nodiscard]] int standing(const Row& row) const;
    [[nodiscard]] bool isTaken(const QString& key) const;
    void chooseKeys(Row& row) const;
    void chooseAllKeys();
    void showLive();
    void remember(const QString& id);

    QSettings* m_settings;
    PanelFocus m_focus;
    std::vector<Row> m_rows;
    QHash<QString, QPointer<QObject>> m_rooms;
    QHash<QString, QString> m_presetKeys;
    QString m_preset;
    QStringList m_recent;
    int m_revision = 0;
};

} // namespace artdag
