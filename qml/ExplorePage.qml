// SPDX-License-Identifier: GPL-3.0-or-later
// All films that were rendered here, and the one that is looked at.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import ArtDag

Item {
    id: root
    required property Theme theme
    required property Session session
    readonly property Gallery gallery: session.gallery

    signal publishWanted

    Rectangle {
        anchors.fill: parent
        color: root.theme.canvas
    }
    RowLayout {
        anchors.fill: parent
        spacing: 0

        // Anchors, not a layout: a layout on a hidden page does not notice that the queue appears.
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true
            RowLayout {
                id: heading
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.leftMargin: 20
                anchors.rightMargin: 20
                height: 52
                spacing: root.theme.pad
                Words {
                    theme: root.theme
                    strong: true
                    font.pixelSize: 15
                    text: qsTr("Renders")
                }
                Repeater {
                    model: [{ key: "all", words: qsTr("all") }, { key: "kept", words: qsTr("kept") }, { key: "published", words: qsTr("published") }, { key: "discarded", words: qsTr("discarded") }]
                    PanelTab {
                        required property var modelData
                        theme: root.theme
                        text: modelData.words
                        chosen: root.gallery.filter === modelData.key
                        onClicked: root.gallery.filter = modelData.key
                    }
                }
                Item { Layout.fillWidth: true }
                Words {
                    theme: root.theme
                    soft: true
                    text: qsTr("Arrows move · K keep · S star · X discard · Enter opens")
                }
            }
            GridView {
                id: grid
                anchors.top: heading.bottom
                anchors.bottom: runs.top
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.leftMargin: 12
                anchors.rightMargin: 12
                clip: true
                focus: true
                activeFocusOnTab: true
                model: root.gallery
                boundsBehavior: Flickable.StopAtBounds
                readonly property int columns: Math.max(1, Math.floor(width / 300))
                cellWidth: Math.floor(width / columns)
                cellHeight: Math.round((cellWidth - 20) * 9 / 16) + 52
                currentIndex: root.gallery.current
                onCurrentIndexChanged: root.gallery.current = currentIndex
                ScrollBar.vertical: ScrollBar { width: 8 }
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Renders")
                Keys.onPressed: event => {
                    const marks = ({ [Qt.Key_K]: "kept", [Qt.Key_S]: "starred", [Qt.Key_X]: "discarded" })
                    if (marks[event.key] !== undefined)
                        root.gallery.mark(currentIndex, marks[event.key])
                    else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter)
                        root.session.wishForRecipeOfCurrentFilm()
                    else
                        return
                    event.accepted = true
                }
                delegate: GalleryCard {
                    theme: root.theme
                    width: grid.cellWidth
                    height: grid.cellHeight
                    current: GridView.isCurrentItem
                    onChosen: row => {
                        grid.currentIndex = row
                        grid.forceActiveFocus()
                    }
                    onOpened: root.session.wishForRecipeOfCurrentFilm()
                }
                Column {
                    anchors.centerIn: parent
                    visible: grid.count === 0
                    spacing: 12
                    Words {
                        theme: root.theme
                        anchors.horizontalCenter: parent.horizontalCenter
                        strong: true
                        text: root.gallery.total === 0 ? qsTr("No renders yet") : qsTr("None of the renders is %1").arg(root.gallery.filter)
                    }
                    Words {
                        theme: root.theme
                        anchors.horizontalCenter: parent.horizontalCenter
                        visible: root.gallery.total === 0
                        soft: true
                        text: qsTr("Every film you render appears here, with its recipe and its hash.")
                    }
                    PlainButton {
                        theme: root.theme
                        anchors.horizontalCenter: parent.horizontalCenter
                        visible: root.gallery.total === 0
                        text: qsTr("Render %1").arg(root.session.document.title)
                        enabled: root.session.ready
                        onClicked: root.session.render()
                    }
                }
            }
            QueueList {
                id: runs
                theme: root.theme
                queue: root.session.queue
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                height: root.session.queue.count > 0 ? implicitHeight : 0
                clip: true
            }
        }
        Rectangle {
            Layout.preferredWidth: 1
            Layout.fillHeight: true
            color: root.theme.hairline
        }
        FilmPanel {
            theme: root.theme
            session: root.session
            Layout.preferredWidth: 360
            Layout.fillHeight: true
            onPublishWanted: root.publishWanted()
        }
    }
}
