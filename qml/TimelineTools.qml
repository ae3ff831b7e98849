// SPDX-License-Identifier: GPL-3.0-or-later
// What the timeline offers beside its ruler.
pragma ComponentBehavior: Bound
import QtQuick
import ArtDag

Row {
    id: root
    required property Theme theme
    required property Timeline timeline

    height: theme.control
    spacing: 0
    IconButton {
        theme: root.theme
        glyph: "magnet"
        tint: root.timeline.snaps ? root.theme.accent : root.theme.soft
        tip: root.timeline.snaps ? qsTr("Snaps to beats, cuts and markers (S)") : qsTr("Does not snap (S)")
        onClicked: root.timeline.run("timeline.snap")
    }
    IconButton {
        theme: root.theme
        glyph: "scissors"
        visible: root.timeline.items.count > 0
        tip: qsTr("Split the item at the playhead (Ctrl+K)")
        onClicked: root.timeline.run("timeline.split")
    }
    IconButton {
        theme: root.theme
        glyph: "key_on"
        enabled: root.timeline.curves.still.length > 0 || root.timeline.curves.count > 0
        tip: qsTr("Animate a parameter; a key at the playhead (N)")
        onClicked: wishes.popup(0, height)
        Choices {
            id: wishes
            theme: root.theme
            Choice { theme: root.theme; text: qsTr("A key at the playhead"); keys: "N"; enabled: root.timeline.curves.count > 0; onTriggered: root.timeline.run("timeline.key") }
            Instantiator {
                model: root.timeline.curves.still
                delegate: Choice {
                    required property var modelData
                    theme: root.theme
                    text: qsTr("Animate %1").arg(modelData.title)
                    onTriggered: root.timeline.curves.animate(modelData.row)
                }
                onObjectAdded: (index, choice) => wishes.insertItem(index + 1, choice)
                onObjectRemoved: (index, choice) => wishes.removeItem(choice)
            }
        }
    }
    Chip {
        theme: root.theme
        visible: root.timeline.curves.selectedCount > 0
        text: qsTr("ease")
        tip: qsTr("%1; the next ease (T)").arg(root.timeline.curves.selectedText)
        onClicked: root.timeline.run("timeline.ease")
    }
}
