// SPDX-License-Identifier: GPL-3.0-or-later
// Films being rendered, one after the other, with frames done, rate and time left. A cancelled run keeps its finished
// chunks. It renders through core/workflow exactly as the command line does.
#pragma once

#include "core/workflow/render_recipe.h"
#include "ui/document.h"
#include "ui/gallery.h"
#include "ui/work_queue.h"

#include <QAbstractListModel>

#include <memory>
#include <optional>

namespace artdag {

class RenderQueue : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(int count READ rowTotal NOTIFY changed)
    Q_PROPERTY(bool running READ isRunning NOTIFY changed)
    Q_PROPERTY(QString summary READ summary NOTIFY changed)
    Q_PROPERTY(double progress READ progress NOTIFY changed)

public:
    enum Role {
        TitleRole = Qt::UserRole + 1,
        StateRole,
        DoneRole,
        TotalRole,
        ProgressRole,
        DetailRole,
        MessageRole,
        PathRole,
    };

    explicit RenderQueue(QObject* parent = nullptr);
    ~RenderQueue() override;

    void setWorkspace(Workspace* workspace) { m_workspace = workspace; }
    /// Appends a run of this recipe's output (the first for an empty name) to a file. `key` signs the provenance.
    void add(const Recipe& recipe, const QString& output, const std::filesystem::path& folder, std::optional<SigningKey> key);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : rowTotal(); }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int rowTotal() const { return static_cast<int>(m_jobs.size()); }
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] QString summary() const; ///< `Rendering 186 / 300 · 0:21 left`
    [[nodiscard]] double progress() const;

    Q_INVOKABLE void cancel(int row);
    Q_INVOKABLE void clearFinished();

Q_SIGNALS:
    void changed();
    void finished(const artdag::GalleryEntry& entry);
    void failed(const QString& message);

private:
    struct Job {
        quint64 id = 0;
        QString title, state, message, path; ///< state: waiting, running, done, failed, cancelled
        RunProgress progress;
        CancelToken cancel;
    };
    struct Order;
    void run(const std::shared_ptr<Order>& order);
    void end(quint64 id, const Result<GalleryEntry>& result);
    [[nodiscard]] int rowOf(quint64 id) const;
    void tell(int row);

    Workspace* m_workspace = nullptr;
    std::vector<Job> m_jobs;
    quint64 m_nextId = 1;
    std::unique_ptr<WorkQueue> m_thread = std::make_unique<WorkQueue>(1);
};

} // namespace artdag
