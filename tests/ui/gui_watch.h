// SPDX-License-Identifier: GPL-3.0-or-later
// Counts the slices of the GUI thread that took more than 50 ms of its own processor time: while one lasts, the window does
// not answer. Other threads and a loaded machine do not count. An event and what it calls is a slice; events inside it are
// part of it.
#pragma once

#include <QGuiApplication>

#include <ctime>

namespace artdag {

class WatchedApplication : public QGuiApplication {
public:
    static constexpr double longest = 50; // ms

    using QGuiApplication::QGuiApplication;

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (m_inside)
            return QGuiApplication::notify(receiver, event);
        m_inside = true;
        const double before = now();
        // What the receiver is must be asked for beforehand: it may end itself.
        const char* name = receiver->metaObject()->className();
        const int type = event->type();
        const bool done = QGuiApplication::notify(receiver, event);
        const double took = now() - before;
        m_inside = false;
        if (took > longest) {
            ++m_stalls;
            qInfo("GUI thread: %.0f ms in %s, event %d", took, name, type);
        }
        m_worst = std::max(m_worst, took);
        return done;
    }

    void restart() { m_stalls = 0, m_worst = 0; }
    [[nodiscard]] int stalls() const { return m_stalls; }
    [[nodiscard]] double worst() const { return m_worst; } ///< ms

private:
    static double now()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }
    bool m_inside = false;
    int m_stalls = 0;
    double m_worst = 0;
};

} // namespace artdag
