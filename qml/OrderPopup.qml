// SPDX-License-Identifier: GPL-3.0-or-later
// Which outputs of the recipe are rendered, with which profile, where, where to.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import QtQuick.Layouts
import ArtDag

Popup {
    id: root
    required property Theme theme
    required property Explore explore
    required property Renderers renderers
    property url folder
    property var chosen: []

    function choose(name, on) { chosen = on ? chosen.concat([name]) : chosen.filter(other => other !== name) }

    modal: true
    padding: 20
    width: 480
    onAboutToShow: {
        chosen = explore.outputs
        if (!renderers.isPlace(place.value))
            place.value = ""
    }
    onOpened: add.forceActiveFocus()
    background: Rectangle {
        color: root.theme.raised
        border.color: root.theme.hairline
    }
    ColumnLayout {
        width: parent.width
        spacing: 12
        Words {
            theme: root.theme
            strong: true
            text: qsTr("Render")
        }
        Labelled { theme: root.theme; label: qsTr("Outputs") }
        Repeater {
            model: root.explore.outputs
            RowLayout {
                id: output
                required property string modelData
                spacing: root.theme.gap
                OnOff {
                    theme: root.theme
                    label: output.modelData
                    checked: root.chosen.includes(output.modelData)
                    onToggled: root.choose(output.modelData, checked)
                }
                Words {
                    theme: root.theme
                    text: output.modelData
                }
            }
        }
        Labelled { theme: root.theme; label: qsTr("Profile") }
        ChoiceBox {
            id: profile
            theme: root.theme
            label: qsTr("Profile")
            Layout.fillWidth: true
            model: root.explore.profileTitles
        }
        NamedChoice {
            id: place
            theme: root.theme
            visible: choices.length > 1
            label: qsTr("Rendered")
            choices: root.renderers.places
            onChosen: name => value = name
        }
        Labelled { theme: root.theme; label: qsTr("Folder") }
        RowLayout {
            Layout.fillWidth: true
            Words {
                theme: root.theme
                Layout.fillWidth: true
                elide: Text.ElideMiddle
                text: String(root.folder) === "" ? root.explore.folder : String(root.folder).replace("file://", "")
            }
            PlainButton {
                theme: root.theme
                text: qsTr("Choose…")
                onClicked: folders.open()
            }
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.topMargin: 8
            Item { Layout.fillWidth: true }
            PlainButton {
                theme: root.theme
                text: qsTr("Not now")
                onClicked: root.close()
            }
            PlainButton {
                id: add
                theme: root.theme
                primary: true
                text: root.chosen.length > 1 ? qsTr("Add %1 to the queue").arg(root.chosen.length) : qsTr("Add to the queue")
                enabled: root.chosen.length > 0
                onClicked: {
                    root.explore.order(root.chosen, profile.currentIndex, root.folder, place.value)
                    root.close()
                }
            }
        }
    }
    FolderDialog {
        id: folders
        title: qsTr("Where the films go")
        onAccepted: root.folder = selectedFolder
    }
}
