// SPDX-License-Identifier: GPL-3.0-or-later
// One item: its ends trim, its body moves it to another place, with Alt what it shows slips under it.
pragma ComponentBehavior: Bound
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property ItemStrip items
    required property real trackWidth
    required property int index
    required property string title
    required property real at
    required property real length
    required property int lane
    required property var image
    required property bool chosen
    required property string spoken

    objectName: "item:" + title
    x: Math.round(at * trackWidth)
    y: lane * 44
    width: Math.max(4, Math.round(length * trackWidth) - 1)
    height: root.theme.tall(40)
    activeFocusOnTab: true
    Accessible.role: Accessible.Slider
    Accessible.name: spoken
    Keys.onShortcutOverride: event => event.accepted = event.key === Qt.Key_Left || event.key === Qt.Key_Right
    Keys.onLeftPressed: event => root.items.nudge(root.index, root.gripOf(event.modifiers), -1)
    Keys.onRightPressed: event => root.items.nudge(root.index, root.gripOf(event.modifiers), 1)

    function gripOf(modifiers) {
        return modifiers & Qt.AltModifier ? ItemStrip.Slip : (modifiers & Qt.ShiftModifier ? ItemStrip.Start : (modifiers & Qt.ControlModifier ? ItemStrip.Order : ItemStrip.End))
    }

    Rectangle {
        anchors.fill: parent
        color: root.theme.raised
        border.width: root.chosen || root.activeFocus ? 2 : 1
        border.color: root.chosen || root.activeFocus ? root.theme.accent : root.theme.hairline
        opacity: body.moving ? 0.7 : 1
        PictureItem {
            x: 2
            y: 2
            width: Math.min(64, parent.width - 4)
            height: 36
            visible: parent.width > 24
            crop: true
            image: root.image
        }
        Words {
            theme: root.theme
            x: 72
            width: parent.width - 78
            height: parent.height
            visible: width > 24
            small: true
            text: root.title
        }
    }
    ItemGrip { id: body; anchors.fill: parent; piece: root; items: root.items; row: root.index; trackWidth: root.trackWidth; grip: ItemStrip.Order; canSlip: true; cursorShape: moving ? Qt.ClosedHandCursor : Qt.OpenHandCursor }
    ItemGrip { width: Math.min(8, parent.width / 3); height: parent.height; piece: root; items: root.items; row: root.index; trackWidth: root.trackWidth; grip: ItemStrip.Start; cursorShape: Qt.SplitHCursor }
    ItemGrip { x: parent.width - width; width: Math.min(8, parent.width / 3); height: parent.height; piece: root; items: root.items; row: root.index; trackWidth: root.trackWidth; grip: ItemStrip.End; cursorShape: Qt.SplitHCursor }
}
