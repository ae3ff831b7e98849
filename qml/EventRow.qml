// SPDX-License-Identifier: GPL-3.0-or-later
// Beats, onsets or cuts of a node: triangles as tall as they are strong.
pragma ComponentBehavior: Bound
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property real trackX
    required property real trackWidth
    required property string title
    required property string kind
    required property var marks

    width: trackX + trackWidth
    height: theme.tall(20)
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%1: %2 marks").arg(root.title).arg(root.marks.length)
    Words { theme: root.theme; x: root.theme.pad; height: parent.height; width: root.trackX - 24; text: root.kind === "cuts" ? qsTr("%1 cuts").arg(root.title) : root.title }
    Repeater {
        model: root.marks
        Words {
            required property var modelData
            theme: root.theme
            x: root.trackX + Math.round(modelData.at * root.trackWidth) - width / 2
            height: root.height
            elide: Text.ElideNone
            small: true
            text: "▲"
            color: root.kind === "cuts" ? root.theme.soft : root.theme.portColours[3]
            opacity: 0.35 + 0.65 * modelData.strength
        }
    }
}
