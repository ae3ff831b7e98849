// SPDX-License-Identifier: GPL-3.0-or-later
// Several lines of text; Tab leaves it.
import QtQuick
import QtQuick.Controls.Basic

ScrollView {
    id: root
    required property Theme theme
    required property string name
    property alias text: area.text
    property alias placeholderText: area.placeholderText
    property Item next

    signal edited(string text)

    TextArea {
        id: area
        wrapMode: TextEdit.Wrap
        font.family: root.theme.family
        font.pixelSize: root.theme.size
        color: root.theme.text
        placeholderTextColor: root.theme.soft
        selectByMouse: true
        KeyNavigation.priority: KeyNavigation.BeforeItem
        KeyNavigation.tab: root.next
        Accessible.name: root.name
        onTextChanged: if (activeFocus) root.edited(text)
        background: Rectangle {
            color: root.theme.well
            border.width: area.activeFocus ? 2 : 1
            border.color: area.activeFocus ? root.theme.accent : root.theme.hairline
        }
    }
}
