// SPDX-License-Identifier: GPL-3.0-or-later
// Two renders side by side, and what differs between their recipes.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ArtDag

FocusScope {
    id: root
    required property Theme theme
    required property Explore explore

    onVisibleChanged: if (visible) forceActiveFocus()

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: 20
        spacing: root.theme.pad
        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: root.theme.gap
            Repeater {
                model: root.explore.compared
                ColumnLayout {
                    id: side
                    required property var modelData
                    required property int index
                    Layout.preferredWidth: 1
                    spacing: 4
                    Words {
                        theme: root.theme
                        strong: true
                        text: qsTr("%1: %2").arg(side.index === 0 ? "A" : "B").arg(side.modelData.title)
                        Layout.fillWidth: true
                    }
                    Words {
                        theme: root.theme
                        soft: true
                        text: side.modelData.facts
                        Layout.fillWidth: true
                    }
                    Rectangle {
                        Layout.fillWidth: true
                        Layout.fillHeight: true
                        color: root.theme.surround
                        Image {
                            anchors.fill: parent
                            source: side.modelData.poster
                            asynchronous: true
                            fillMode: Image.PreserveAspectFit
                            Accessible.role: Accessible.Graphic
                            Accessible.name: side.modelData.title
                        }
                    }
                }
            }
        }
        Words {
            theme: root.theme
            soft: true
            strong: true
            text: root.explore.comparedChanges.length === 0 ? qsTr("Their recipes do the same.") : qsTr("From A to B")
        }
        ListView {
            Layout.fillWidth: true
            Layout.preferredHeight: Math.min(contentHeight, 168)
            clip: true
            model: root.explore.comparedChanges
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Differences")
            delegate: Words {
                required property string modelData
                theme: root.theme
                width: ListView.view.width
                height: root.theme.control
                text: modelData
            }
        }
        PlainButton {
            theme: root.theme
            text: qsTr("Back to all renders")
            tip: root.explore.commands.tip(qsTr("Leave the comparison"), "gallery.leave")
            onClicked: root.explore.run("gallery.leave")
        }
    }
}
