// SPDX-License-Identifier: GPL-3.0-or-later
// A place of the window that F6 moves between. Its name is that of its commands (ui/panel_focus.h).
import QtQuick

FocusScope {
    id: root
    required property Theme theme
    required property string panel
    required property Item rest
    property bool movedByKeys: false

    Rectangle {
        z: 1
        anchors.fill: parent
        visible: root.activeFocus && root.movedByKeys
        color: "transparent"
        border.width: 2
        border.color: root.theme.accent
    }
}
