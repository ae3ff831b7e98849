// SPDX-License-Identifier: GPL-3.0-or-later
// Settings of effects that an artist has named and keeps for other works: a file beside the Studio's own settings. Applying
// one is one undo step; only constants are kept, as what follows something belongs to its recipe.
#pragma once

#include "core/effect/catalogue.h"
#include "ui/graph_scope.h"

#include <QObject>
#include <QStringList>
#include <QtQmlIntegration>

#include <filesystem>

namespace artdag {

class Presets : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(QStringList names READ names NOTIFY changed)
    Q_PROPERTY(bool possible READ isPossible NOTIFY changed)

public:
    /// `file` is read at once when it is there; one that cannot be read is moved aside, never overwritten.
    Presets(GraphScope& scope, const Catalogue& effects, std::filesystem::path file, QObject* parent = nullptr);

    /// The node whose effect they are for.
    void setCard(const QString& card);
    [[nodiscard]] QStringList names() const;
    [[nodiscard]] bool isPossible() const;

    Q_INVOKABLE void apply(const QString& name);
    /// Keeps the node's constants under that name, in place of what had it.
    Q_INVOKABLE void keep(const QString& name);
    Q_INVOKABLE void remove(const QString& name);
    /// All arguments of the node back to their defaults.
    Q_INVOKABLE void applyDefaults();

Q_SIGNALS:
    void changed();
    void refused(const QString& message);

private:
    [[nodiscard]] const Node* node() const;
    void save();

    GraphScope* m_scope;
    const Catalogue* m_effects;
    std::filesystem::path m_file;
    Json m_presets = Json::object(); ///< {effect: {name: {argument: literal}}}
    QString m_card;
};

} // namespace artdag
