// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import ArtDag

Rectangle {
    id: root
    required property Theme theme
    required property Session session

    signal openWanted
    signal saveAsWanted
    signal quitWanted

    implicitHeight: theme.header
    color: theme.panel

    Row {
        id: left
        anchors.left: parent.left
        anchors.leftMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        spacing: 8
        IconButton {
            theme: root.theme
            glyph: "menu"
            tip: qsTr("Menu")
            onClicked: menu.popup(root, 8, root.height)
        }
        Words {
            theme: root.theme
            height: root.theme.control
            width: Math.min(implicitWidth, 320)
            strong: true
            text: root.session.document.title === "" ? qsTr("Untitled") : root.session.document.title
            ToolTip.text: root.session.document.path
        }
        Words {
            theme: root.theme
            height: root.theme.control
            soft: true
            text: root.session.document.modified ? qsTr("edited") : (root.session.document.path === "" ? qsTr("not saved yet") : qsTr("saved"))
        }
        IconButton {
            theme: root.theme
            glyph: "undo"
            enabled: root.session.document.canUndo
            tip: qsTr("Undo %1 (Ctrl+Z)").arg(root.session.document.undoText)
            onClicked: root.session.document.undo()
        }
        IconButton {
            theme: root.theme
            glyph: "redo"
            enabled: root.session.document.canRedo
            tip: qsTr("Redo %1 (Ctrl+Shift+Z)").arg(root.session.document.redoText)
            onClicked: root.session.document.redo()
        }
    }
    Row {
        anchors.centerIn: parent
        height: parent.height
        Repeater {
            model: [{ place: "make", words: qsTr("Make"), keys: "Ctrl+F1" }, { place: "explore", words: qsTr("Explore"), keys: "Ctrl+F2" }, { place: "share", words: qsTr("Share"), keys: "Ctrl+F3" }]
            AbstractButton {
                id: tab
                required property var modelData
                readonly property bool chosen: root.session.place === modelData.place
                width: contentItem.implicitWidth + 36
                height: root.height
                hoverEnabled: true
                Accessible.role: Accessible.PageTab
                Accessible.name: modelData.words
                onClicked: root.session.place = modelData.place
                contentItem: Words {
                    theme: root.theme
                    horizontalAlignment: Text.AlignHCenter
                    text: tab.modelData.words
                    color: tab.chosen || tab.hovered ? root.theme.text : root.theme.soft
                }
                background: Item {
                    Rectangle {
                        anchors.bottom: parent.bottom
                        width: parent.width
                        height: 2
                        visible: tab.chosen || tab.visualFocus
                        color: root.theme.accent
                    }
                }
            }
        }
    }
    Row {
        anchors.right: parent.right
        anchors.rightMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        spacing: 12
        Row {
            visible: root.session.queue.running
            spacing: 12
            Words {
                theme: root.theme
                height: root.theme.control
                text: root.session.queue.summary
            }
            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: 88
                height: 4
                color: root.theme.hairline
                Rectangle {
                    width: parent.width * root.session.queue.progress
                    height: parent.height
                    color: root.theme.accent
                }
            }
            IconButton {
                theme: root.theme
                glyph: "close"
                tip: qsTr("Cancel rendering")
                onClicked: root.session.cancelRendering()
            }
        }
        Words {
            theme: root.theme
            height: root.theme.control
            visible: text !== ""
            soft: true
            text: root.session.publisher.account
        }
        IconButton {
            theme: root.theme
            glyph: "theme"
            tip: root.session.dark ? qsTr("Light theme") : qsTr("Dark theme")
            onClicked: root.session.dark = !root.session.dark
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: root.theme.hairline
    }

    Choices {
        id: menu
        theme: root.theme
        Choice { theme: root.theme; text: qsTr("New"); keys: "Ctrl+N"; onTriggered: root.session.wishForNew() }
        Choice { theme: root.theme; text: qsTr("Open…"); keys: "Ctrl+O"; onTriggered: root.openWanted() }
        Choices {
            id: samples
            theme: root.theme
            title: qsTr("Samples")
            Instantiator {
                model: root.session.samples
                delegate: Choice {
                    required property var modelData
                    theme: root.theme
                    text: modelData.title
                    onTriggered: root.session.wishToOpen(modelData.path)
                }
                onObjectAdded: (index, object) => samples.insertItem(index, object)
                onObjectRemoved: (index, object) => samples.removeItem(object)
            }
        }
        Choice { theme: root.theme; text: qsTr("Save"); keys: "Ctrl+S"; onTriggered: root.session.save() }
        Choice { theme: root.theme; text: qsTr("Save as…"); keys: "Ctrl+Shift+S"; onTriggered: root.saveAsWanted() }
        Choice { theme: root.theme; text: qsTr("Render"); keys: "Ctrl+E"; onTriggered: root.session.render() }
        Choice { theme: root.theme; text: qsTr("Quit"); keys: "Ctrl+Q"; onTriggered: root.quitWanted() }
    }
}
