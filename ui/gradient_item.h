// SPDX-License-Identifier: GPL-3.0-or-later
// Draws colour stops as a bar. It edits nothing.
#pragma once

#include "ui/vector_item.h"

#include <QVariantList>

namespace artdag {

class GradientItem : public artdag::VectorItem { // qualified, or the QML type registrar does not find it
    Q_OBJECT
    QML_ELEMENT
    /// {position 0–1, colour}, rising
    Q_PROPERTY(QVariantList stops MEMBER m_stops NOTIFY changed)

public:
    explicit GradientItem(QQuickItem* parent = nullptr);
    [[nodiscard]] Drawing drawing() const override;

Q_SIGNALS:
    void changed();

protected:
    [[nodiscard]] double pixel() const override { return 0; }
    void geometryChange(const QRectF& now, const QRectF& before) override;

private:
    QVariantList m_stops;
};

} // namespace artdag
