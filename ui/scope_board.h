// SPDX-License-Identifier: GPL-3.0-or-later
// The scope beside the picture: which one, and its image of what is shown. Drawn by the engine's threads; a newer picture takes the
// place of one that waits.
#pragma once

#include "ui/preview_engine.h"
#include "ui/scope.h"

#include <QColor>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

namespace artdag {

class ScopeBoard : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Viewer")
    Q_PROPERTY(bool on READ isOn NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QVariant image READ image NOTIFY imageChanged)
    Q_PROPERTY(QSize size READ size WRITE setSize NOTIFY changed)
    Q_PROPERTY(QColor ink MEMBER m_ink NOTIFY inkChanged)

public:
    using QObject::QObject;

    void setEngine(PreviewEngine* engine) { m_engine = engine; }
    [[nodiscard]] bool isOn() const { return m_kind != ScopeKind::None; }
    [[nodiscard]] ScopeKind kind() const { return m_kind; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QVariant image() const { return m_image; }
    [[nodiscard]] QSize size() const { return m_size; }
    void setSize(QSize size); ///< device pixels
    /// The same kind again turns it off.
    void toggle(ScopeKind kind);
    void next();
    void setPicture(const QImage& picture);

Q_SIGNALS:
    void changed();
    void imageChanged();
    void inkChanged();

private:
    void ask();

    PreviewEngine* m_engine = nullptr;
    ScopeKind m_kind = ScopeKind::None;
    QImage m_picture, m_image;
    QSize m_size{256, 160};
    QColor m_ink{0xe8, 0xe8, 0xe8};
};

} // namespace artdag
