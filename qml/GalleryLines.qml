// SPDX-License-Identifier: GPL-3.0-or-later
// A small list of facts under a heading: what each is, its name, a detail.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ArtDag

ColumnLayout {
    id: root
    required property Theme theme
    required property string heading
    required property var lines
    readonly property int most: 8

    spacing: 4
    Words {
        theme: root.theme
        visible: root.lines.length > 0
        soft: true
        strong: true
        text: root.heading
        Layout.topMargin: 8
    }
    Repeater {
        model: root.lines.slice(0, root.most)
        RowLayout {
            id: line
            required property var modelData
            spacing: root.theme.gap
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("%1: %2, %3").arg(line.modelData.role).arg(line.modelData.name).arg(line.modelData.detail)
            Words { theme: root.theme; small: true; soft: true; text: line.modelData.role; Layout.preferredWidth: 64 }
            Words { theme: root.theme; small: true; text: line.modelData.name; Layout.fillWidth: true; elide: Text.ElideMiddle }
            Words { theme: root.theme; small: true; soft: true; text: line.modelData.detail; Layout.maximumWidth: 120 }
        }
    }
    Words {
        theme: root.theme
        visible: root.lines.length > root.most
        small: true
        soft: true
        text: qsTr("and %1 more").arg(root.lines.length - root.most)
    }
}
