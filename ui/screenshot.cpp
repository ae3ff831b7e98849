// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/screenshot.h"

#include <QCoreApplication>
#include <QCursor>
#include <QElapsedTimer>
#include <QTimer>

#include <memory>

namespace artdag {

void shootWhenSettled(StudioSession& session, QQuickWindow& window, const ScreenshotRequest& request)
{
    struct Watch {
        QTimer timer;
        QElapsedTimer clock;
        int calm = 0;
        bool posed = false;
    };
    const auto watch = std::make_shared<Watch>();
    watch->clock.start();
    QCursor::setPos(window.mapToGlobal(QPoint(4, window.height() - 4))); // no tooltips in the picture
    watch->timer.setInterval(100);
    QObject::connect(&watch->timer, &QTimer::timeout, &window, [watch, request, &session, &window] {
        if (!watch->posed && session.isReady()) {
            if (!request.place.isEmpty())
                session.setPlace(request.place);
            session.player()->seekTo(request.position);
            if (!request.select.isEmpty())
                session.graph()->select(request.select);
            if (request.render)
                session.render();
            for (const QString& id : request.commands)
                if (!session.commands()->run(id))
                    qCritical("screenshot: there is no command %s", qPrintable(id));
            watch->posed = true;
            return;
        }
        // Some calm rounds: what has arrived must have been drawn, and nothing new asked because of it.
        watch->calm = watch->posed && session.isSettled() && !session.queue()->isRunning() ? watch->calm + 1 : 0;
        const bool late = watch->clock.elapsed() > request.longestWait * (request.render ? 10000 : 1000);
        if (watch->calm < 8 && !late)
            return;
        watch->timer.stop();
        const bool written = window.grabWindow().save(request.file);
        if (!written)
            qCritical("screenshot: %s cannot be written", qPrintable(request.file));
        QCoreApplication::exit(written && !late ? 0 : 1);
    });
    watch->timer.start();
}

} // namespace artdag
