// SPDX-License-Identifier: GPL-3.0-or-later
// Saves a picture of the window once everything that was asked for has arrived, then ends the program: for the README,
// the tests and the eyes.
#pragma once

#include "ui/session.h"

#include <QQuickWindow>

namespace artdag {

struct ScreenshotRequest {
    QString file;
    QString place;          ///< make, explore, share, welcome; empty: where it begins
    QString select;         ///< a card; empty: none
    QStringList commands;   ///< run one after another before the picture is taken
    bool render = false;    ///< render the document first, so that the gallery has it
    double position = 0.35; ///< of the playhead, 0–1
    int longestWait = 120;  ///< seconds, ten times as many when it renders; what is there then is shot, and the exit code is 1
};

/// Lives as long as the window; exits the application with 0, or 1 when the file could not be written.
void shootWhenSettled(StudioSession& session, QQuickWindow& window, const ScreenshotRequest& request);

} // namespace artdag
