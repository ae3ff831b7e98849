// SPDX-License-Identifier: GPL-3.0-or-later
// A slider from 0 to 1. The form knows what that means.
import QtQuick
import QtQuick.Controls.Basic

Slider {
    id: root
    required property Theme theme
    required property string label
    property color tint: theme.accent

    implicitHeight: theme.control
    padding: 0
    Accessible.name: root.label

    background: Rectangle {
        x: 0
        y: (root.height - height) / 2
        width: root.availableWidth
        height: 4
        color: root.theme.hairline
        Rectangle {
            width: root.visualPosition * parent.width
            height: parent.height
            color: root.tint
        }
    }
    handle: Rectangle {
        x: root.visualPosition * (root.availableWidth - width)
        y: (root.height - height) / 2
        width: 14
        height: 14
        radius: 7
        color: root.pressed ? root.tint : (root.theme.dark ? "#f2f2f2" : "#ffffff")
        border.width: root.visualFocus ? 2 : 1
        border.color: root.visualFocus ? root.theme.accent : (root.theme.dark ? "#1b1b1b" : "#8a8a8a")
    }
}
