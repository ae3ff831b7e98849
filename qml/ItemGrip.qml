// SPDX-License-Identifier: GPL-3.0-or-later
// The body or an end of an item on the timeline.
import QtQuick
import ArtDag

MouseArea {
    id: root
    required property Item piece
    required property ItemStrip items
    required property int row
    required property real trackWidth
    required property int grip
    property bool canSlip: false
    property real from: 0
    property bool moving: false

    preventStealing: true
    onPressed: mouse => {
        root.piece.forceActiveFocus()
        root.items.select(root.row)
        from = mapToItem(root.piece.parent, mouse.x, 0).x
        moving = false
    }
    onPositionChanged: mouse => {
        const by = mapToItem(root.piece.parent, mouse.x, 0).x - from
        if (!moving && Math.abs(by) > 3) {
            moving = true
            root.items.beginDrag(root.row, root.canSlip && mouse.modifiers & Qt.AltModifier ? ItemStrip.Slip : root.grip)
        }
        if (moving)
            root.items.dragBy(by / root.trackWidth)
    }
    onReleased: {
        if (moving)
            root.items.endDrag()
        moving = false
    }
    onCanceled: root.items.endDrag()
}
