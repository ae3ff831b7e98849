// SPDX-License-Identifier: GPL-3.0-or-later
// What to begin with: templates that play, files of before, what a crash left.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import ArtDag

Rectangle {
    id: root
    required property Theme theme
    required property Session session
    readonly property int columns: width > 900 ? 3 : 2

    signal openWanted

    color: root.theme.canvas

    Flickable {
        anchors.fill: parent
        contentHeight: page.height + 64
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: ScrollBar { width: 8 }

        Column {
            id: page
            x: Math.round((root.width - width) / 2)
            y: 32
            // As wide as three templates may be without the page being taller than the window.
            width: Math.min(1152, root.width - 64, Math.max(720, (root.height - 300) * 2.2))
            spacing: 20

            RecoveryList {
                theme: root.theme
                session: root.session
                width: parent.width
            }
            Words {
                theme: root.theme
                strong: true
                font.pixelSize: root.theme.large
                text: qsTr("Begin with something that moves")
            }
            Grid {
                id: grid
                width: parent.width
                columns: root.columns
                spacing: 16
                Repeater {
                    model: root.session.templates
                    TemplateCard {
                        theme: root.theme
                        width: Math.floor((grid.width - (root.columns - 1) * grid.spacing) / root.columns)
                        onChosen: path => root.session.wishToPlay(path)
                        onPointedAt: row => root.session.templates.prefer(row)
                    }
                }
            }
            RowLayout {
                width: parent.width
                spacing: 16
                Rectangle {
                    Layout.fillWidth: true
                    Layout.preferredHeight: root.theme.tall(96)
                    color: "transparent"
                    border.color: root.theme.hairline
                    Column {
                        anchors.centerIn: parent
                        width: parent.width - 32
                        spacing: 8
                        Words {
                            theme: root.theme
                            width: parent.width
                            horizontalAlignment: Text.AlignHCenter
                            text: qsTr("Drop a picture, clip or sound")
                        }
                        Row {
                            anchors.horizontalCenter: parent.horizontalCenter
                            spacing: 8
                            PlainButton {
                                theme: root.theme
                                primary: true
                                text: qsTr("Open…")
                                tip: root.session.commands.keysOf("studio.open")
                                onClicked: root.openWanted()
                            }
                            PlainButton {
                                theme: root.theme
                                text: qsTr("Empty document")
                                tip: root.session.commands.keysOf("studio.new")
                                onClicked: root.session.wishForNew()
                            }
                        }
                    }
                }
                RecentList {
                    theme: root.theme
                    session: root.session
                    Layout.fillWidth: true
                    Layout.preferredHeight: root.theme.tall(96)
                }
            }
        }
    }
}
