// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ArtDag

Rectangle {
    id: root
    required property Theme theme
    required property RenderQueue queue

    implicitHeight: Math.min(220, 40 + 36 * queue.count)
    color: root.theme.panel

    Rectangle {
        width: parent.width
        height: 1
        color: root.theme.hairline
    }
    Words {
        theme: root.theme
        x: 20
        height: 36
        soft: true
        strong: true
        text: qsTr("Queue")
    }
    PlainButton {
        theme: root.theme
        anchors.right: parent.right
        anchors.rightMargin: 20
        y: 6
        implicitHeight: root.theme.control
        text: qsTr("Clear finished")
        onClicked: root.queue.clearFinished()
    }
    ListView {
        anchors.fill: parent
        anchors.topMargin: 36
        anchors.leftMargin: 20
        anchors.rightMargin: 20
        clip: true
        model: root.queue
        delegate: RowLayout {
            id: job
            required property int index
            required property string title
            required property string runState
            required property real progress
            required property string detail
            required property string message
            width: ListView.view.width
            height: 36
            spacing: 12
            Words {
                theme: root.theme
                text: job.title
                Layout.preferredWidth: 200
            }
            Rectangle {
                Layout.preferredWidth: 160
                Layout.preferredHeight: 4
                color: root.theme.hairline
                Rectangle {
                    width: parent.width * job.progress
                    height: parent.height
                    color: job.runState === "failed" ? root.theme.failed : root.theme.accent
                }
            }
            Words {
                theme: root.theme
                soft: job.runState !== "failed"
                color: job.runState === "failed" ? root.theme.failed : root.theme.soft
                text: job.detail !== "" ? job.detail : (job.message !== "" ? job.message : (job.runState === "done" ? qsTr("done") : qsTr("waiting")))
                Layout.fillWidth: true
            }
            IconButton {
                theme: root.theme
                visible: job.runState === "running" || job.runState === "waiting"
                glyph: "close"
                tip: qsTr("Cancel")
                onClicked: root.queue.cancel(job.index)
            }
        }
    }
}
