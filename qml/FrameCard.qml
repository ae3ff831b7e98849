// SPDX-License-Identifier: GPL-3.0-or-later
// A frame behind cards: its title, its colour, and when it is selected what can be done with it. The canvas moves it.
pragma ComponentBehavior: Bound
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property GraphModel graph
    required property string name
    required property string title
    required property string colour
    required property rect rect
    required property bool folded
    required property bool hidden
    required property int held
    required property bool selected
    readonly property color edge: theme.frameEdges[colour] ?? theme.frameEdges.grey

    x: rect.x
    y: rect.y
    width: rect.width
    height: rect.height
    visible: !hidden
    Accessible.role: Accessible.Grouping
    Accessible.name: root.folded ? qsTr("Frame %1, folded, %n card(s)", "", root.held).arg(root.title) : qsTr("Frame %1").arg(root.title)

    Rectangle {
        anchors.fill: parent
        color: Qt.alpha(root.edge, root.theme.dark ? 0.16 : 0.2)
        border.width: root.selected ? 2 : 1
        border.color: root.selected ? root.theme.accent : root.edge
    }
    Rectangle {
        width: parent.width
        height: 32
        color: Qt.alpha(root.edge, root.theme.dark ? 0.5 : 0.6)
    }
    Words {
        theme: root.theme
        x: 12
        width: parent.width - 24 - (tools.visible ? tools.width : 0)
        height: 32
        strong: true
        text: root.folded ? qsTr("%1 · %2").arg(root.title).arg(root.held) : root.title
    }
    Row {
        id: tools
        visible: root.selected && root.width > 260
        anchors.right: parent.right
        anchors.rightMargin: 8
        y: 4
        spacing: 4
        Repeater {
            model: root.folded ? [] : root.theme.frameNames
            Rectangle {
                id: swatch
                required property string modelData
                width: 16
                height: 16
                y: 4
                color: root.theme.frameEdges[modelData]
                border.width: modelData === root.colour ? 2 : 1
                border.color: modelData === root.colour ? root.theme.text : root.theme.raised
                Accessible.role: Accessible.Button
                Accessible.name: qsTr("Colour %1").arg(modelData)
                Accessible.onPressAction: root.graph.setFrameColour(root.name, modelData)
                TapHandler {
                    gesturePolicy: TapHandler.ReleaseWithinBounds
                    onTapped: root.graph.setFrameColour(root.name, swatch.modelData)
                }
            }
        }
        IconButton {
            theme: root.theme
            visible: !root.folded
            glyph: "fit"
            tip: qsTr("Fit to its nodes (Shift+R)")
            onClicked: root.graph.fitFrame(root.name)
        }
        IconButton {
            theme: root.theme
            glyph: root.folded ? "unfold" : "fold"
            tip: root.folded ? qsTr("Unfold (Shift+F)") : qsTr("Fold (Shift+F)")
            onClicked: root.graph.foldFrame(root.name)
        }
    }
}
