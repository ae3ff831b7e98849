// SPDX-License-Identifier: GPL-3.0-or-later
// What can be put into a recipe, or opened as one: dragged to the canvas, or used by a double click.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import QtQuick.Layouts
import ArtDag

Rectangle {
    id: root
    required property Theme theme
    required property Library library
    required property Explore explore
    readonly property string panel: "library" // whose keys are live
    readonly property Item rest: list

    color: theme.panel

    Rectangle {
        anchors.right: parent.right
        width: 1
        height: parent.height
        color: root.theme.hairline
        z: 1
    }
    ColumnLayout {
        anchors.fill: parent
        anchors.leftMargin: 12
        anchors.rightMargin: 12
        spacing: root.theme.gap
        RowLayout {
            Layout.fillWidth: true
            Layout.preferredHeight: root.theme.bar
            spacing: 12
            Repeater {
                model: [{ key: "media", words: qsTr("Media") }, { key: "effects", words: qsTr("Effects") }, { key: "recipes", words: qsTr("Recipes") }, { key: "templates", words: qsTr("Templates") }]
                PanelTab {
                    required property var modelData
                    theme: root.theme
                    text: modelData.words
                    chosen: root.library.section === modelData.key
                    alarming: modelData.key === "media" && root.library.missing > 0
                    onClicked: root.library.section = modelData.key
                }
            }
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: 4
            TextBox {
                theme: root.theme
                Layout.fillWidth: true
                placeholderText: qsTr("Find")
                onTextChanged: root.library.search = text
                Keys.onDownPressed: list.forceActiveFocus()
                Keys.onReturnPressed: list.forceActiveFocus()
            }
            IconButton {
                theme: root.theme
                visible: root.library.section === "media"
                glyph: "reset"
                tip: root.explore.commands.tip(qsTr("Look at all files again, byte by byte"), "library.rescan")
                onClicked: root.explore.run("library.rescan")
            }
            IconButton {
                theme: root.theme
                visible: root.library.section === "recipes"
                glyph: "search"
                tip: qsTr("Another folder; now %1").arg(root.library.folder)
                onClicked: folders.open()
            }
        }
        PlainButton {
            theme: root.theme
            Layout.fillWidth: true
            visible: root.library.section === "media" && root.library.missing > 0
            text: qsTr("Find %1 missing…").arg(root.library.missing)
            tip: qsTr("Looks in a folder and below, by content")
            onClicked: root.explore.run("library.find_missing")
        }
        ListView {
            id: list
            objectName: "libraryList"
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            activeFocusOnTab: true
            model: root.library
            boundsBehavior: Flickable.StopAtBounds
            currentIndex: root.library.current
            onCurrentIndexChanged: root.library.current = currentIndex
            ScrollBar.vertical: ScrollBar { width: 8 }
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Library")
            delegate: LibraryRow {
                theme: root.theme
                library: root.library
                width: list.width
                current: ListView.isCurrentItem
                focusShown: list.activeFocus
                onChosen: row => {
                    list.currentIndex = row
                    list.forceActiveFocus()
                }
            }
            Words {
                theme: root.theme
                width: parent.width
                visible: list.count === 0 && !root.library.busy
                soft: true
                wrapMode: Text.Wrap
                text: root.library.section === "media" ? qsTr("No media yet: drop a picture, a clip or a sound on the graph.") : (root.library.section === "recipes" ? qsTr("No recipes in %1: choose another folder.").arg(root.library.folder) : qsTr("Nothing is called that."))
            }
        }
    }
    FolderDialog {
        id: folders
        title: qsTr("Recipes of a folder")
        onAccepted: root.library.setFolder(selectedFolder)
    }
    Connections {
        target: root.library
        function onCurrentChanged() { list.currentIndex = root.library.current }
    }
}
