// SPDX-License-Identifier: GPL-3.0-or-later
// Photosensitivity: what was played, and films that were rendered (looked through at a small scale while nothing else is to be
// done), as problems in words. It warns and forbids nothing.
#pragma once

#include "ui/viewer.h"

namespace artdag {

class FlashWatch : public QObject {
    Q_OBJECT

public:
    FlashWatch(Viewer& viewer, Document& document, QObject* parent = nullptr);

    void setEngine(PreviewEngine* engine) { m_engine = engine; }
    /// A film that was rendered from this recipe.
    void lookThrough(const RecipePointer& recipe);
    [[nodiscard]] std::vector<Problem> problems() const;

Q_SIGNALS:
    void changed();

private:
    void lookAt(std::int64_t frame);

    Viewer* m_viewer;
    Document* m_document;
    PreviewEngine* m_engine = nullptr;
    FlashMeter m_rendered;
    PreviewTarget m_film;
    quint64 m_look = 0;
};

} // namespace artdag
