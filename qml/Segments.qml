// SPDX-License-Identifier: GPL-3.0-or-later
// One of a few: `choices` of {name, title}.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic

Row {
    id: root
    required property Theme theme
    required property string label
    required property var choices
    property string value

    signal chosen(string name)

    spacing: -1
    Accessible.role: Accessible.Grouping
    Accessible.name: root.label
    Repeater {
        model: root.choices
        AbstractButton {
            id: segment
            required property var modelData
            readonly property bool on: root.value === modelData.name
            implicitHeight: root.theme.control + 4
            implicitWidth: contentItem.implicitWidth + 24
            z: on || visualFocus ? 1 : 0
            hoverEnabled: true
            Accessible.role: Accessible.RadioButton
            Accessible.name: qsTr("%1: %2").arg(root.label).arg(segment.modelData.title)
            Accessible.checkable: true
            Accessible.checked: segment.on
            onClicked: root.chosen(segment.modelData.name)
            contentItem: Words {
                theme: root.theme
                horizontalAlignment: Text.AlignHCenter
                text: segment.modelData.title
            }
            background: Rectangle {
                color: segment.on ? root.theme.hover : (segment.hovered ? root.theme.raised : "transparent")
                border.width: segment.visualFocus ? 2 : 1
                border.color: segment.on || segment.visualFocus ? root.theme.accent : root.theme.hairline
            }
        }
    }
}
