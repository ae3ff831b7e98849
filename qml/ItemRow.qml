// SPDX-License-Identifier: GPL-3.0-or-later
// The items of a sequence, of layers or of an edit on beats.
pragma ComponentBehavior: Bound
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property ItemStrip items
    required property real trackX
    required property real trackWidth

    width: trackX + trackWidth
    height: 44 * Math.max(1, items.lanes) - 4
    Words { theme: root.theme; x: root.theme.pad; height: 40; width: root.trackX - 24; text: root.items.title }
    Item {
        x: root.trackX
        width: root.trackWidth
        height: parent.height
        clip: true
        Repeater {
            model: root.items
            ItemPiece {
                theme: root.theme
                items: root.items
                trackWidth: root.trackWidth
            }
        }
    }
}
