// SPDX-License-Identifier: GPL-3.0-or-later
// What the artist chooses for this machine. Everything holds at once, but for what says otherwise.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ArtDag

Sheet {
    id: root
    required property Session session
    property string tab: "look"
    onAboutToShow: tab = "look"

    signal restartWanted

    name: qsTr("Preferences")
    padding: 0
    width: Math.min(theme.tall(760), parent.width - 32)
    height: Math.min(600, parent.height - 32)
    anchors.centerIn: parent

    ColumnLayout {
        anchors.fill: parent
        spacing: 0
        RowLayout {
            Layout.fillWidth: true
            Layout.leftMargin: 20
            Layout.rightMargin: 12
            Layout.preferredHeight: root.theme.tall(52)
            spacing: root.theme.pad
            Repeater {
                model: [{ key: "look", words: qsTr("Look") }, { key: "keys", words: qsTr("Keys") }, { key: "space", words: qsTr("Speed and space") }]
                PanelTab {
                    required property var modelData
                    theme: root.theme
                    text: modelData.words
                    chosen: root.tab === modelData.key
                    onClicked: root.tab = modelData.key
                }
            }
            Item { Layout.fillWidth: true }
            IconButton {
                theme: root.theme
                glyph: "close"
                tip: qsTr("Close (Esc)")
                onClicked: root.close()
            }
        }
        Rectangle { Layout.fillWidth: true; Layout.preferredHeight: 1; color: root.theme.hairline }
        StackLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.margins: 20
            currentIndex: root.tab === "keys" ? 1 : (root.tab === "space" ? 2 : 0)
            LookPreferences {
                theme: root.theme
                session: root.session
            }
            KeyPreferences {
                theme: root.theme
                commands: root.session.commands
            }
            SpacePreferences {
                theme: root.theme
                session: root.session
            }
        }
        RowLayout {
            visible: root.session.preferences.restartWanted
            Layout.fillWidth: true
            Layout.leftMargin: 20
            Layout.rightMargin: 20
            Layout.bottomMargin: 16
            Words {
                theme: root.theme
                Layout.fillWidth: true
                soft: true
                wrapMode: Text.Wrap
                text: qsTr("Interface scale and preview memory hold from the next start.")
            }
            PlainButton {
                theme: root.theme
                text: qsTr("Restart now")
                onClicked: {
                    root.close()
                    root.restartWanted()
                }
            }
        }
    }
}
