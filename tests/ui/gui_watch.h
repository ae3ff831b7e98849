// SPDX-License-Identifier: GPL-3.0-or-later
// Counts the slices of the GUI thread that took more than 50 ms: of its own processor time, or of waiting for a disk, a lock,
// another process. While one lasts, the window does not answer. Other threads and a loaded machine do not count: time in which
// it could have run and got no processor is taken off. An event and what it calls is a slice; events inside it are part of it.
// Of an update request only the processor time counts: the rest is the wait for the picture before, which software draws here.
#pragma once

#include <QGuiApplication>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <unistd.h>

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
        const Moment before = now();
        // What the receiver is must be asked for beforehand: it may end itself.
        const char* name = receiver->metaObject()->className();
        const int type = event->type();
        const bool updates = type == QEvent::UpdateRequest || (type == QEvent::Timer && receiver->isWindowType()); // the timer of an update
        doing = -1;
        const bool done = QGuiApplication::notify(receiver, event);
        const Moment after = now();
        m_inside = false;
        const double busy = after.busy - before.busy;
        const double asleep = after.wall - before.wall - busy - (after.queued - before.queued);
        const double took = updates ? busy : busy + std::max(0.0, asleep);
        if (took > longest) {
            ++m_stalls;
            qInfo("GUI thread: %.0f ms in %s, event %d, act %d", took, name, type, doing);
        }
        m_worst = std::max(m_worst, took);
        return done;
    }

    int doing = -1; ///< set by an act of a test, and said with what took long

    void restart() { m_stalls = 0, m_worst = 0; }
    [[nodiscard]] int stalls() const { return m_stalls; }
    [[nodiscard]] double worst() const { return m_worst; } ///< ms

private:
    struct Moment {
        double wall = 0, busy = 0, queued = 0; ///< ms: of the clock, on a processor, ready and without one
    };
    static double read(clockid_t clock)
    {
        timespec time{};
        clock_gettime(clock, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }
    static Moment now()
    {
        Moment moment{read(CLOCK_MONOTONIC), read(CLOCK_THREAD_CPUTIME_ID), 0};
        char text[96] = {};
        static const int file = ::open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC); // of the GUI thread, which asks first
        long long ran = 0, queued = 0;
        if (::pread(file, text, sizeof text - 1, 0) > 0 && std::sscanf(text, "%lld %lld", &ran, &queued) == 2)
            moment.queued = static_cast<double>(queued) / 1e6;
        return moment;
    }
    bool m_inside = false;
    int m_stalls = 0;
    double m_worst = 0;
};

} // namespace artdag
