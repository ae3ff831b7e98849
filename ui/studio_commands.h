// SPDX-License-Identifier: GPL-3.0-or-later
// What the window can do by name, whatever panel has the focus: documents, workspaces, rendering, the window itself. What
// only a view can do (dialogs, popups, the window) is asked of it by signals.
#pragma once

#include "ui/command.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <span>

namespace artdag {

class StudioSession;

std::span<const Command> studioCommands();

class StudioCommands : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")

public:
    explicit StudioCommands(StudioSession& session);
    Q_INVOKABLE void run(const QString& id);
    [[nodiscard]] StudioSession& session() { return *m_session; }

Q_SIGNALS:
    void openWanted();
    void saveAsWanted();
    void packWanted();
    void quitWanted();
    void fullScreenWanted();
    void otherScreenWanted();
    void paletteWanted();
    void preferencesWanted();
    void versionsWanted();
    void renderOnWanted();
    void attachWanted();

private:
    StudioSession* m_session;
};

} // namespace artdag
