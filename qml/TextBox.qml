// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic

TextField {
    id: root
    required property Theme theme
    property bool wrong: false

    implicitHeight: theme.control
    leftPadding: 8
    rightPadding: 8
    topPadding: 0
    bottomPadding: 0
    verticalAlignment: TextInput.AlignVCenter
    font.family: theme.family
    font.pixelSize: theme.size
    color: theme.text
    placeholderTextColor: theme.soft
    selectionColor: theme.accent
    selectedTextColor: theme.accentText
    selectByMouse: true
    Accessible.name: placeholderText

    background: Rectangle {
        color: root.theme.well
        border.width: root.activeFocus ? 2 : 1
        border.color: root.wrong ? root.theme.failed : (root.activeFocus ? root.theme.accent : root.theme.hairline)
    }
}
