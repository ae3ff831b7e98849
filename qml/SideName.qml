// SPDX-License-Identifier: GPL-3.0-or-later
// Which side of a comparison this is.
import QtQuick

Rectangle {
    id: root
    required property Theme theme
    required property string text

    y: 8
    width: words.implicitWidth + 12
    height: theme.tall(20)
    color: Qt.alpha(root.theme.panel, 0.8)
    Words { id: words; theme: root.theme; anchors.centerIn: parent; small: true; text: root.text }
}
