// SPDX-License-Identifier: GPL-3.0-or-later
// Draws curves of values that are given evenly over its width, 0–1 upwards. It knows no parameters.
#pragma once

#include "ui/vector_item.h"

#include <QVariant>

namespace artdag {

class CurveItem : public artdag::VectorItem { // qualified, or the QML type registrar does not find it
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QVariantList curves MEMBER m_curves NOTIFY changed)
    Q_PROPERTY(QColor colour MEMBER m_colour NOTIFY changed)
    Q_PROPERTY(QColor second MEMBER m_second NOTIFY changed)

public:
    explicit CurveItem(QQuickItem* parent = nullptr);
    [[nodiscard]] Drawing drawing() const override;

Q_SIGNALS:
    void changed();

protected:
    void geometryChange(const QRectF& now, const QRectF& before) override;

private:
    QVariantList m_curves;
    QColor m_colour, m_second; ///< of the first component, and of the others
};

} // namespace artdag
