// SPDX-License-Identifier: GPL-3.0-or-later
// Every node as a row with its state: finds, selects, adds, connects and deletes without a mouse or eyes.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import ArtDag

Rectangle {
    id: root
    required property Theme theme
    required property GraphCanvas canvas
    required property GraphModel graph

    signal closed

    function openForSearch() {
        search.forceActiveFocus()
        search.selectAll()
    }
    function openAtCurrent() {
        search.text = ""
        rows.currentIndex = Math.max(0, found.rowOf(graph.current))
        rows.forceActiveFocus()
    }
    function take(row: int) {
        const name = found.nameAt(row)
        if (name === "")
            return
        rows.currentIndex = row
        root.graph.select(name)
        root.canvas.centreOn(name)
    }

    color: theme.panel
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Outline")

    FoundCards {
        id: found
        graph: root.graph
        query: search.text
    }
    Rectangle {
        anchors.right: parent.right
        width: 1
        height: parent.height
        color: root.theme.hairline
    }
    ColumnLayout {
        anchors.fill: parent
        anchors.rightMargin: 1
        spacing: 0
        RowLayout {
            Layout.fillWidth: true
            Layout.margins: 8
            spacing: 4
            TextBox {
                id: search
                theme: root.theme
                Layout.fillWidth: true
                Layout.preferredHeight: root.theme.row
                placeholderText: qsTr("Find a node …")
                Accessible.name: qsTr("Find a node")
                onTextChanged: rows.currentIndex = 0
                onAccepted: {
                    root.take(rows.currentIndex)
                    root.canvas.forceActiveFocus()
                }
                Keys.onDownPressed: { rows.incrementCurrentIndex(); root.take(rows.currentIndex) }
                Keys.onUpPressed: { rows.decrementCurrentIndex(); root.take(rows.currentIndex) }
                Keys.onEscapePressed: root.closed()
            }
            IconButton {
                theme: root.theme
                glyph: "close"
                tip: qsTr("Close the outline (Esc)")
                onClicked: root.closed()
            }
        }
        ListView {
            id: rows
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            model: found
            activeFocusOnTab: true
            keyNavigationEnabled: true
            boundsBehavior: Flickable.StopAtBounds
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Nodes, %1").arg(count)
            ScrollBar.vertical: ScrollBar { width: 8 }
            onCurrentIndexChanged: if (activeFocus) root.take(currentIndex)
            // What a list does with these keys goes before what the canvas does with them.
            Keys.onShortcutOverride: event => event.accepted = [Qt.Key_Home, Qt.Key_End, Qt.Key_Return, Qt.Key_Enter, Qt.Key_Escape].includes(event.key)
            Keys.onReturnPressed: { root.take(currentIndex); root.canvas.run("graph.open") }
            Keys.onEscapePressed: root.closed()
            Keys.onPressed: event => {
                const ends = event.key === Qt.Key_Home || event.key === Qt.Key_End
                if (ends)
                    root.take(event.key === Qt.Key_Home ? 0 : count - 1)
                event.accepted = ends
            }
            delegate: ItemDelegate {
                id: row
                required property int index
                required property string name
                required property string title
                required property string effect
                required property string cacheState
                required property string spoken
                required property bool selected
                required property int bookmark
                width: ListView.view.width
                height: root.theme.row
                highlighted: row.selected || hovered
                Accessible.role: Accessible.ListItem
                Accessible.name: row.cacheState === "" ? row.spoken : qsTr("%1, %2").arg(row.spoken).arg(row.cacheState)
                Accessible.selected: row.selected
                onClicked: { root.take(index); rows.forceActiveFocus() }
                contentItem: RowLayout {
                    spacing: 8
                    Words {
                        theme: root.theme
                        Layout.fillWidth: true
                        text: row.title
                    }
                    Words {
                        theme: root.theme
                        visible: row.bookmark > 0
                        small: true
                        text: row.bookmark
                        color: root.theme.accent
                    }
                    Words {
                        theme: root.theme
                        soft: true
                        small: true
                        text: row.cacheState === "" ? row.effect : row.effect + " · " + row.cacheState
                        color: row.cacheState === "failed" ? root.theme.failed : root.theme.soft
                    }
                }
                background: Rectangle {
                    color: row.highlighted ? root.theme.hover : "transparent"
                    Rectangle {
                        width: 2
                        height: parent.height
                        color: root.theme.accent
                        visible: row.ListView.isCurrentItem && rows.activeFocus
                    }
                }
            }
            Words {
                theme: root.theme
                anchors.centerIn: parent
                visible: rows.count === 0
                soft: true
                text: search.text === "" ? qsTr("No nodes yet: Tab adds one") : qsTr("No node is called that")
            }
        }
    }
}
