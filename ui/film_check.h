// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a rendered film can be made again: its recipe and media are rendered anew by core/workflow, without any cache, on a
// thread of its own, and compared with the film and its papers. What was found stays until another film is asked about.
#pragma once

#include "core/workflow/verify_work.h"
#include "core/workflow/workspace.h"
#include "ui/work_queue.h"

#include <QObject>
#include <QString>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

namespace artdag {

class FilmCheck : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(QString film READ film NOTIFY changed)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    Q_PROPERTY(QString summary READ summary NOTIFY changed)
    Q_PROPERTY(QVariantList answers READ answers NOTIFY changed)

public:
    using QObject::QObject;

    void setWorkspace(Workspace* workspace);

    [[nodiscard]] QString film() const { return m_film; } ///< its path; empty: nothing was asked yet
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString summary() const { return m_summary; }      ///< a sentence
    [[nodiscard]] QVariantList answers() const { return m_answers; } ///< {question, verdict: yes, no, cannot_tell; words}

    /// Renders `frames` random frames (0: all of them) and the sound again. An earlier question is given up.
    Q_INVOKABLE void check(const QString& film, int frames);
    Q_INVOKABLE void cancel();

Q_SIGNALS:
    void changed();
    /// Only for what was looked at to its end.
    void done(const QString& film, bool same, const QString& summary);

private:
    void take(const Result<VerifyReport>& report);

    Workspace* m_workspace = nullptr;
    QString m_film, m_summary;
    QVariantList m_answers;
    bool m_busy = false;
    quint64 m_question = 0;
    std::unique_ptr<WorkQueue> m_thread = std::make_unique<WorkQueue>(1);
};

} // namespace artdag
