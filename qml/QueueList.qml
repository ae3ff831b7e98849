// SPDX-License-Identifier: GPL-3.0-or-later
// Films that wait, run or ran; dragged by the grip into another order.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import ArtDag

Rectangle {
    id: root
    required property Theme theme
    required property RenderQueue queue
    required property Explore explore
    readonly property string panel: "queue" // whose keys are live
    readonly property Item rest: list
    readonly property int rowHeight: theme.bar

    implicitHeight: Math.min(theme.tall(256), 8 + rowHeight * (1 + queue.count))
    color: root.theme.panel

    Rectangle {
        width: parent.width
        height: 1
        color: root.theme.hairline
    }
    RowLayout {
        id: heading
        x: 20
        width: parent.width - 40
        height: root.rowHeight
        spacing: root.theme.gap
        Words {
            theme: root.theme
            soft: true
            strong: true
            text: root.queue.held ? qsTr("Queue, paused") : qsTr("Queue")
        }
        Words {
            theme: root.theme
            soft: true
            text: root.queue.summary
            Layout.fillWidth: true
        }
        Words {
            theme: root.theme
            soft: true
            text: qsTr("at once")
        }
        ChoiceBox {
            theme: root.theme
            label: qsTr("Films rendered at once")
            Layout.preferredWidth: 52
            model: ["1", "2", "3", "4"]
            currentIndex: root.queue.parallel - 1
            onActivated: choice => root.queue.parallel = choice + 1
        }
        IconButton {
            theme: root.theme
            glyph: root.queue.held ? "play" : "pause"
            tip: root.explore.commands.tip(root.queue.held ? qsTr("Go on") : qsTr("Pause all"), "queue.hold")
            onClicked: root.queue.hold(!root.queue.held)
        }
        PlainButton {
            theme: root.theme
            implicitHeight: root.theme.control
            text: qsTr("Clear finished")
            tip: root.explore.commands.tip(qsTr("Films stay where they are"), "queue.clear")
            onClicked: root.queue.clearFinished()
        }
    }
    ListView {
        id: list
        objectName: "queueList"
        anchors.fill: parent
        anchors.topMargin: root.rowHeight
        anchors.bottomMargin: 4
        clip: true
        activeFocusOnTab: true
        model: root.queue
        boundsBehavior: Flickable.StopAtBounds
        currentIndex: root.queue.current
        onCurrentIndexChanged: root.queue.current = currentIndex
        ScrollBar.vertical: ScrollBar { width: 8 }
        moveDisplaced: Transition { NumberAnimation { properties: "y"; duration: 120 } }
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Queue")
        delegate: QueueRow {
            theme: root.theme
            queue: root.queue
            explore: root.explore
            width: list.width
            height: root.rowHeight
            current: ListView.isCurrentItem
            focusShown: list.activeFocus
            onChosen: row => {
                list.currentIndex = row
                list.forceActiveFocus()
            }
        }
    }
    Connections {
        target: root.queue
        function onCurrentChanged() { list.currentIndex = root.queue.current }
    }
}
