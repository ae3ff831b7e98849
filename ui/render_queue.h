// SPDX-License-Identifier: GPL-3.0-or-later
// Films that wait, are being rendered, or were: in what order, how many at once, how far. What waits is kept on the disk for
// the next start; a run that is paused, cancelled or cut off keeps its finished chunks in the store. It renders through
// core/workflow exactly as the command line does, here or on a renderer.
#pragma once

#include "core/workflow/render_orders.h"
#include "core/workflow/render_recipe.h"
#include "ui/document.h"
#include "ui/gallery.h"
#include "ui/work_queue.h"

#include <QAbstractListModel>
#include <QElapsedTimer>
#include <QTimer>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

namespace artdag {

class RenderQueue : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(int count READ rowTotal NOTIFY changed)
    Q_PROPERTY(bool running READ isRunning NOTIFY changed)
    Q_PROPERTY(QString summary READ summary NOTIFY changed)
    Q_PROPERTY(double progress READ progress NOTIFY changed)
    Q_PROPERTY(int parallel READ parallel WRITE setParallel NOTIFY changed)
    Q_PROPERTY(bool held READ isHeld NOTIFY changed)
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged)

public:
    enum Role {
        TitleRole = Qt::UserRole + 1,
        StateRole, ///< waiting, running, paused, done, failed, cancelled
        DoneRole,
        TotalRole,
        ProgressRole,
        DetailRole,
        MessageRole,
        PathRole,
        ChunksRole, ///< `3 / 12`
        WhatRole,   ///< output and profile
    };
    static constexpr int mostParallel = 4;  ///< films made here
    static constexpr int mostElsewhere = 4; ///< films asked for on renderers

    explicit RenderQueue(QObject* parent = nullptr);
    ~RenderQueue() override;

    void setWorkspace(Workspace* workspace);
    /// Where orders are kept, and whence those of the last start come. Without it nothing is kept.
    void keepIn(const std::filesystem::path& file);
    /// Asked when a run begins that is to be signed; it waits while there is none.
    void setKeys(std::function<std::optional<SigningKey>()> keys) { m_keys = std::move(keys); }
    /// Asked on a run's thread for what a renderer takes, before it renders and whenever that is over.
    void setTokens(std::function<Result<std::string>(const std::string& renderer)> tokens) { m_tokens = std::move(tokens); }
    /// A key may be there now.
    void tryAgain() { startMore(); }
    /// Appends a run of this recipe's output (the first for an empty name) to a file. `key` signs the provenance.
    void add(const Recipe& recipe, const QString& output, const std::filesystem::path& folder, std::optional<SigningKey> key, const QString& parent = {});
    void addOrder(RenderOrder order);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : rowTotal(); }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int rowTotal() const { return static_cast<int>(m_jobs.size()); }
    [[nodiscard]] bool isRunning() const;  ///< something runs or will, without anybody doing anything
    [[nodiscard]] QString summary() const; ///< `Rendering 186 / 300 · 0:21 left`
    [[nodiscard]] double progress() const;
    [[nodiscard]] int parallel() const { return m_parallel; }
    void setParallel(int runs); ///< 1 to mostParallel; they share cores and memory
    [[nodiscard]] bool isHeld() const { return m_held; }
    [[nodiscard]] int current() const { return m_current; }
    void setCurrent(int row);

    Q_INVOKABLE void cancel(int row);
    Q_INVOKABLE void pause(int row);
    Q_INVOKABLE void resume(int row);
    Q_INVOKABLE void pauseOrResume(int row);
    /// All at once: what runs stops, and nothing begins.
    Q_INVOKABLE void hold(bool held);
    /// Once more what failed or was cancelled.
    Q_INVOKABLE void retry(int row);
    Q_INVOKABLE void move(int row, int to);
    /// A run that waits, before the others that do.
    void moveFirst(int row);
    Q_INVOKABLE void clearFinished();

Q_SIGNALS:
    void changed();
    void currentChanged();
    void finished(const artdag::GalleryEntry& entry);
    void failed(const QString& words);
    /// A film is made, and its pieces found no room in the store. Said once, until one finds room again.
    void cacheFull(const QString& words);
    /// Nothing is left to do; how many films were made since something began.
    void allDone(int films, int failures);
    void parallelChosen(int runs);

private:
    struct Job {
        RenderOrder order;
        std::optional<SigningKey> key;
        QString title, state, message, path;
        RunProgress progress;
        QElapsedTimer running;
        CancelToken cancel;
        CancelToken leave; ///< a run elsewhere goes on when the program ends
        bool pausing = false;
    };
    struct Run { ///< what the thread of one run knows
        RenderOrder order;
        std::optional<SigningKey> key;
        CancelToken cancel, leave;
        int shares = 1;        ///< of the machine; this run has one of them
        bool uncached = false; ///< known at its end
    };
    void startMore();
    void start(int row);
    void run(const std::shared_ptr<Run>& run);
    Result<GalleryEntry> render(Run& run);
    Result<GalleryEntry> renderElsewhere(const Run& run);
    [[nodiscard]] GalleryEntry entryFor(const RenderOrder& order) const;
    std::function<void(const RunProgress&)> progressOf(const RenderOrder& order);
    void say(const std::string& id, const QString& words);
    void dropPlace(const std::filesystem::path& path);
    std::filesystem::path takePlace(const Run& run, const EncodeProfile& profile);
    void end(const Run& run, const Result<GalleryEntry>& result);
    void take(std::vector<RenderOrder> orders);
    void keep();
    void tell(int row);
    void beat();
    void insert(Job job);
    [[nodiscard]] int rowOf(const std::string& id) const;
    [[nodiscard]] bool valid(int row) const { return row >= 0 && row < rowTotal(); }
    [[nodiscard]] Job& job(int row) { return m_jobs[static_cast<std::size_t>(row)]; }
    [[nodiscard]] const Job& job(int row) const { return m_jobs[static_cast<std::size_t>(row)]; }
    [[nodiscard]] QString detailOf(const Job& job) const;
    [[nodiscard]] int runningCount(bool elsewhere) const;

    Workspace* m_workspace = nullptr;
    std::vector<Job> m_jobs;
    std::filesystem::path m_file;
    std::function<std::optional<SigningKey>()> m_keys;
    std::function<Result<std::string>(const std::string& renderer)> m_tokens;
    int m_parallel = 1;
    int m_current = -1;
    bool m_held = false;
    bool m_saidFull = false;
    int m_films = 0, m_failures = 0; ///< since something began
    QTimer m_beat;                   ///< while something runs
    std::mutex m_placesMutex;
    std::set<std::filesystem::path> m_places; ///< where runs are going to write
    std::unique_ptr<WorkQueue> m_disk = std::make_unique<WorkQueue>(1);
    std::unique_ptr<WorkQueue> m_threads = std::make_unique<WorkQueue>(mostParallel + mostElsewhere); ///< last: they end first
};

} // namespace artdag
