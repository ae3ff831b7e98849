// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic

AbstractButton {
    id: root
    required property Theme theme
    required property string label

    checkable: true
    implicitWidth: 36
    implicitHeight: 20
    Accessible.role: Accessible.CheckBox
    Accessible.name: root.label
    Accessible.checked: checked

    background: Rectangle {
        radius: 10
        color: root.checked ? root.theme.accent : root.theme.well
        border.width: root.visualFocus ? 2 : 1
        border.color: root.visualFocus ? root.theme.text : (root.checked ? root.theme.accent : root.theme.hairline)
        Rectangle {
            x: root.checked ? parent.width - width - 3 : 3
            y: 3
            width: 14
            height: 14
            radius: 7
            color: root.checked ? root.theme.accentText : root.theme.soft
        }
    }
}
