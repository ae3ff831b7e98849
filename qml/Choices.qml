// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic

Menu {
    id: root
    required property Theme theme
    padding: 4
    implicitWidth: 240
    background: Rectangle {
        implicitWidth: 240
        color: root.theme.raised
        border.color: root.theme.hairline
    }
    delegate: Choice { theme: root.theme }
}
