// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ArtDag

Rectangle {
    id: root
    required property Theme theme
    required property RenderQueue queue
    required property Explore explore
    required property int index
    required property string title
    required property string runState
    required property real progress
    required property string detail
    required property string message
    required property string chunks
    required property string what
    property bool current: false
    property bool focusShown: false
    readonly property bool open: runState === "running" || runState === "waiting" || runState === "paused"

    readonly property var parts: [detail, open && detail !== "" ? chunks : "", message]

    signal chosen(int row)

    color: current ? theme.raised : "transparent"
    z: grip.dragging ? 2 : 1
    transform: Translate { y: grip.moved }
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2").arg(root.title).arg(words.text)
    Accessible.selected: root.current

    Rectangle {
        width: 2
        height: parent.height
        visible: root.current && root.focusShown
        color: root.theme.accent
    }
    TapHandler { onTapped: root.chosen(root.index) }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: 12
        anchors.rightMargin: 20
        spacing: 12
        IconButton {
            id: grip
            property bool dragging: dragger.active
            property real moved: dragging ? dragger.activeTranslation.y : 0
            theme: root.theme
            glyph: "grip"
            tip: root.explore.commands.tip(qsTr("Drag to render earlier or later"), "queue.up")
            DragHandler {
                id: dragger
                target: null
                xAxis.enabled: false
                onActiveChanged: if (!active) root.queue.move(root.index, root.index + Math.round(activeTranslation.y / root.height))
            }
        }
        Words {
            theme: root.theme
            text: root.title
            Layout.preferredWidth: 184
        }
        Words {
            theme: root.theme
            soft: true
            text: root.what
            visible: root.what !== ""
            Layout.maximumWidth: 176
        }
        Rectangle {
            Layout.preferredWidth: 144
            Layout.preferredHeight: 4
            color: root.theme.hairline
            Rectangle {
                width: parent.width * root.progress
                height: parent.height
                color: root.runState === "failed" ? root.theme.failed : (root.runState === "paused" ? root.theme.soft : root.theme.accent)
            }
        }
        Words {
            id: words
            theme: root.theme
            color: root.runState === "failed" ? root.theme.failed : root.theme.soft
            text: root.parts.filter(part => part !== "").join(" · ") || (root.runState === "done" ? qsTr("done") : (root.runState === "paused" ? qsTr("paused") : qsTr("waiting")))
            Layout.fillWidth: true
            HoverHandler { id: hover }
            Tip { theme: root.theme; shown: hover.hovered && words.truncated; words: words.text }
        }
        IconButton {
            theme: root.theme
            visible: root.open
            glyph: root.runState === "paused" ? "play" : "pause"
            tip: root.explore.commands.tip(root.runState === "paused" ? qsTr("Go on") : qsTr("Pause"), "queue.pause")
            onClicked: root.queue.pauseOrResume(root.index)
        }
        IconButton {
            theme: root.theme
            visible: root.runState === "failed" || root.runState === "cancelled"
            glyph: "redo"
            tip: root.explore.commands.tip(qsTr("Render again"), "queue.retry")
            onClicked: root.queue.retry(root.index)
        }
        IconButton {
            theme: root.theme
            visible: root.open
            glyph: "close"
            tip: root.explore.commands.tip(qsTr("Cancel"), "queue.cancel")
            onClicked: root.queue.cancel(root.index)
        }
    }
}
