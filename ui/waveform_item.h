// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the loudest samples of equal stretches as a waveform. It reads no sound.
#pragma once

#include "ui/vector_item.h"

#include <QList>

namespace artdag {

class WaveformItem : public artdag::VectorItem { // qualified, or the QML type registrar does not find it
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QList<double> peaks MEMBER m_peaks NOTIFY changed)
    Q_PROPERTY(QColor colour MEMBER m_colour NOTIFY changed)

public:
    explicit WaveformItem(QQuickItem* parent = nullptr);
    [[nodiscard]] Drawing drawing() const override;

Q_SIGNALS:
    void changed();

protected:
    [[nodiscard]] double pixel() const override { return 0; }
    void geometryChange(const QRectF& now, const QRectF& before) override;

private:
    QList<double> m_peaks;
    QColor m_colour;
};

} // namespace artdag
