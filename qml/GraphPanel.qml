// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas with its layers, cards, minimap, hints and the palette.
pragma ComponentBehavior: Bound
import QtQuick
import ArtDag

FocusScope {
    id: root
    required property Theme theme
    required property Session session

    function addAtCentre() { palette.openAt(Qt.point(width / 2, height / 3), "", "") }
    function fitAll() { canvas.fitAll() }

    Rectangle {
        anchors.fill: parent
        color: root.theme.canvas
    }
    GraphCanvas {
        id: canvas
        anchors.fill: parent
        clip: true
        focus: true
        graph: root.session.graph
        wheel: root.session.preferences.wheel
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("Graph, %1 cards").arg(root.session.graph.count)
        onPaletteRequested: (at, source, type) => palette.openAt(at, source, type)
        onRenameRequested: name => renamer.openFor(name)

        CanvasLayer {
            anchors.fill: parent
            canvas: canvas
            kind: CanvasLayer.Dots
            ink: root.theme.dots
        }
        Item {
            x: canvas.panX
            y: canvas.panY
            scale: canvas.zoom
            transformOrigin: Item.TopLeft

            CanvasLayer {
                canvas: canvas
                kind: CanvasLayer.Wires
                portColours: root.theme.portColours
                accent: root.theme.accent
                ink: root.theme.soft
            }
            CanvasLayer {
                visible: !canvas.detailed
                canvas: canvas
                kind: CanvasLayer.FarCards
                ink: root.theme.hairline
                paper: root.theme.raised
                accent: root.theme.accent
            }
            Item {
                visible: canvas.detailed
                Repeater {
                    model: root.session.graph
                    delegate: NodeCard { theme: root.theme }
                }
            }
            CanvasLayer {
                visible: canvas.detailed
                canvas: canvas
                kind: CanvasLayer.Ports
                portColours: root.theme.portColours
                paper: root.theme.raised
                ink: root.theme.text
            }
        }
        Rectangle {
            x: canvas.marquee.x
            y: canvas.marquee.y
            width: canvas.marquee.width
            height: canvas.marquee.height
            visible: width > 0
            color: Qt.alpha(root.theme.accent, 0.12)
            border.color: root.theme.accent
        }
        Rectangle {
            visible: canvas.hint !== ""
            x: Math.min(canvas.hintPoint.x + 16, canvas.width - width - 4)
            y: Math.min(canvas.hintPoint.y + 16, canvas.height - height - 4)
            width: Math.min(hintWords.implicitWidth, 280) + 16
            height: hintWords.implicitHeight + 8
            color: root.theme.raised
            border.color: root.theme.hairline
            Words {
                id: hintWords
                theme: root.theme
                anchors.centerIn: parent
                width: Math.min(implicitWidth, 280)
                wrapMode: Text.Wrap
                text: canvas.hint
            }
        }
        DropArea {
            anchors.fill: parent
            keys: ["text/uri-list"]
            onDropped: drop => {
                for (const url of drop.urls)
                    root.session.takeFile(url, canvas.worldOf(drop.x, drop.y))
            }
        }
    }

    Column {
        anchors.centerIn: parent
        visible: root.session.graph.count <= 1
        spacing: 12
        Words {
            theme: root.theme
            anchors.horizontalCenter: parent.horizontalCenter
            text: qsTr("Nothing here yet")
            strong: true
        }
        Words {
            theme: root.theme
            anchors.horizontalCenter: parent.horizontalCenter
            soft: true
            text: qsTr("Press Tab to add a node, or drop a picture, a clip or a sound.")
        }
        PlainButton {
            theme: root.theme
            anchors.horizontalCenter: parent.horizontalCenter
            text: qsTr("Add a node")
            tip: qsTr("Tab")
            onClicked: root.addAtCentre()
        }
    }
    Words {
        theme: root.theme
        anchors.left: parent.left
        anchors.bottom: parent.bottom
        anchors.margins: 20
        small: true
        soft: true
        text: qsTr("Tab add · F fit · D bypass · L lay out · Del delete")
    }
    Rectangle {
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: 16
        width: 120
        height: 76
        visible: root.session.graph.count > 1 && root.width > 480
        color: root.theme.panel
        border.color: root.theme.hairline
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("Map of the graph")
        CanvasLayer {
            anchors.fill: parent
            anchors.margins: 1
            canvas: canvas
            kind: CanvasLayer.Minimap
            ink: root.theme.hairline
            paper: root.theme.soft
            accent: root.theme.accent
        }
        MouseArea {
            anchors.fill: parent
            onClicked: canvas.fitAll()
        }
    }
    NodePalette {
        id: palette
        theme: root.theme
        effects: root.session.palette
        onChosen: (effect, at, source) => {
            root.session.graph.addNode(effect, canvas.worldOf(at.x, at.y), source)
            canvas.forceActiveFocus()
        }
        onClosed: canvas.forceActiveFocus()
    }
    Renamer {
        id: renamer
        theme: root.theme
        graph: root.session.graph
        anchors.centerIn: parent
        onClosed: canvas.forceActiveFocus()
    }
}
