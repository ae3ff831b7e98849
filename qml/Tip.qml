// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic

ToolTip {
    id: root
    required property Theme theme
    required property bool shown
    required property string words

    visible: shown
    delay: 500
    padding: 8
    width: Math.min(implicitContentWidth + 16, 320)
    contentItem: Words {
        theme: root.theme
        text: root.words
        wrapMode: Text.Wrap
        elide: Text.ElideNone
    }
    background: Rectangle {
        color: root.theme.raised
        border.color: root.theme.hairline
    }
}
