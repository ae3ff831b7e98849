// SPDX-License-Identifier: GPL-3.0-or-later
// Small pictures along the film.
pragma ComponentBehavior: Bound
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property Timeline timeline
    required property real trackX
    required property real trackWidth

    width: trackX + trackWidth
    height: theme.tall(40)
    Words { theme: root.theme; x: root.theme.pad; height: parent.height; width: root.trackX - 24; text: qsTr("film") }
    Row {
        x: root.trackX
        height: parent.height
        Repeater {
            id: cells
            model: root.timeline.strip
            Rectangle {
                required property var image
                width: root.trackWidth / cells.count
                height: root.height
                color: root.theme.canvas
                PictureItem {
                    anchors.fill: parent
                    anchors.rightMargin: 1
                    crop: true
                    image: parent.image
                }
            }
        }
    }
}
