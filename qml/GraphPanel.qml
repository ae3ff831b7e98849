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
    function run(id: string) { canvas.run(id) }
    function goTo(card: string) {
        session.graph.select(card)
        canvas.centreOn(card)
    }
    function closeOutline() {
        outline.visible = false
        canvas.forceActiveFocus()
    }
    function showOutline(search: bool) {
        outline.visible = true
        search ? outline.openForSearch() : outline.openAtCurrent()
    }

    // Cards are as large as the zoom makes them, whatever letters are elsewhere.
    readonly property Theme cards: Theme { dark: root.theme.dark }

    // What moves with the camera. Wires, cards and ports are on one each: what is new on one leaves the scene graph's batches of the
    // others as they are.
    component Plane: Item {
        x: canvas.panX
        y: canvas.panY
        scale: canvas.zoom
        transformOrigin: Item.TopLeft
    }

    Rectangle {
        anchors.fill: parent
        color: root.theme.canvas
    }
    GraphCanvas {
        id: canvas
        anchors.fill: parent
        anchors.leftMargin: outline.visible ? outline.width : 0
        clip: true
        focus: true
        LayoutMirroring.enabled: false
        LayoutMirroring.childrenInherit: true
        graph: root.session.graph
        wheel: root.session.preferences.wheel
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("Graph, %1 cards").arg(root.session.graph.count)
        Component.onCompleted: root.session.commands.attend("graph", canvas)
        onPaletteRequested: (at, source, type) => palette.openAt(at, source, type)
        onRenameRequested: name => renamer.openFor(name)
        onRenameFrameRequested: (name, title) => renamer.openForFrame(name, title)
        onOutlineRequested: search => root.showOutline(search)
        onInformationRequested: name => information.openFor(name)
        onConnectRequested: name => chooser.connectFrom(name)
        onPromoteRequested: name => chooser.promoteOf(name)

        CanvasLayer {
            width: parent.width // it moves a little under the camera
            height: parent.height
            canvas: canvas
            kind: CanvasLayer.Dots
            ink: root.theme.dots
        }
        Plane {
            Repeater {
                model: root.session.graph.frames
                delegate: FrameCard {
                    theme: root.cards
                    graph: root.session.graph
                }
            }
            CanvasLayer {
                canvas: canvas
                kind: CanvasLayer.Wires
                opacity: canvas.connecting ? 0.35 : 1
                portColours: root.theme.portColours
                ink: root.theme.soft
            }
            CanvasLayer {
                canvas: canvas
                kind: CanvasLayer.ActiveWires
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
                failed: root.theme.failed
            }
        }
        Plane {
            Item {
                visible: !canvas.detailed && canvas.zoom > 0.15
                Repeater {
                    model: NearCards {
                        canvas: canvas
                        limit: 300
                        active: !canvas.detailed && canvas.zoom > 0.15
                    }
                    delegate: FarTitle { theme: root.cards }
                }
            }
        }
        Plane {
            Item {
                visible: canvas.detailed
                Repeater {
                    model: NearCards {
                        canvas: canvas
                        active: canvas.detailed
                    }
                    delegate: NodeCard { theme: root.cards }
                }
            }
        }
        Plane {
            visible: canvas.detailed
            CanvasLayer {
                canvas: canvas
                kind: CanvasLayer.Ports
                portColours: root.theme.portColours
                paper: root.theme.raised
                ink: root.theme.text
            }
            CanvasLayer {
                canvas: canvas
                kind: CanvasLayer.ActivePorts
                portColours: root.theme.portColours
                paper: root.theme.raised
                ink: root.theme.text
            }
        }
        CanvasLayer {
            anchors.fill: parent
            canvas: canvas
            kind: CanvasLayer.CutLine
            failed: root.theme.failed
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
        // With nothing to say it is elsewhere, with its last words: shown and hidden as ports pass below, the scene graph would begin anew each time.
        Rectangle {
            readonly property string hint: canvas.hint
            onHintChanged: if (hint !== "") hintWords.text = hint
            x: hint === "" ? -1000 : Math.min(canvas.hintPoint.x + 16, canvas.width - width - 4)
            y: Math.min(canvas.hintPoint.y + 16, canvas.height - height - 4)
            clip: true // batches of its own
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
            }
        }
        DropArea {
            anchors.fill: parent
            keys: ["artdag/library"]
            onDropped: drop => root.session.explore.library.useAt(drop.source.section, drop.source.key, canvas.worldOf(drop.x, drop.y))
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
        visible: root.session.graph.count <= 1 && root.session.graph.scope.depth === 0
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
        text: root.session.graph.scope.depth > 0 ? qsTr("Tab add · P promote · Esc leave the group") : qsTr("Tab add · F fit · D bypass · Ctrl+G group · Shift+B frame · I about")
        anchors.leftMargin: outline.visible ? outline.width + 20 : 20
        width: Math.min(implicitWidth, parent.width - anchors.leftMargin - 180) // beside the small map
        visible: width > 120
    }
    Breadcrumb {
        theme: root.theme
        scope: root.session.graph.scope
        outlineShown: outline.visible
        anchors.left: canvas.left
        anchors.top: parent.top
        anchors.margins: 8
        onOutlineWanted: outline.visible ? root.closeOutline() : root.showOutline(false)
    }
    OutlineList {
        id: outline
        visible: false
        theme: root.theme
        canvas: canvas
        graph: root.session.graph
        width: root.theme.tall(248)
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        onClosed: root.closeOutline()
    }
    Rectangle {
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: 16
        width: 120
        height: 76
        visible: root.session.graph.count > 1 && canvas.width > 480
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
        CanvasLayer {
            id: seenPart
            anchors.fill: parent
            anchors.margins: 1
            canvas: canvas
            kind: CanvasLayer.MinimapView
            paper: root.theme.soft
        }
        MouseArea {
            anchors.fill: parent
            onPressed: mouse => canvas.centreAt(seenPart.minimapToWorld(mouse.x, mouse.y))
            onPositionChanged: mouse => canvas.centreAt(seenPart.minimapToWorld(mouse.x, mouse.y))
            onDoubleClicked: canvas.fitAll()
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
    NodeInformation {
        id: information
        theme: root.theme
        report: root.session.report
        anchors.centerIn: parent
        onClosed: canvas.forceActiveFocus()
    }
    Chooser {
        id: chooser
        property string node: ""
        property bool connects: true

        function connectFrom(name: string) {
            if (name === "")
                return
            connects = true
            emptyWords = qsTr("No other node takes what %1 gives.").arg(name)
            openWith(qsTr("Connect %1").arg(name), root.session.graph.connections(name))
        }
        function promoteOf(name: string) {
            if (name === "")
                return
            node = name
            connects = false
            emptyWords = qsTr("%1 has nothing to promote: its values move or follow something already.").arg(name)
            openWith(qsTr("Promote from %1").arg(name), root.session.graph.promotable(name))
        }

        theme: root.theme
        anchors.centerIn: parent
        onChosen: option => connects ? root.session.graph.connectTo(option) : root.session.graph.promote(node, option.id)
        onClosed: canvas.forceActiveFocus()
    }
}
