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

    // A binding that reads it is made anew when keys or language change.
    function keys(id: string): string { return root.session.commands.revision >= 0 ? root.session.commands.keysOf(id) : "" }
    function tip(words: string, id: string): string { return root.session.commands.revision >= 0 ? root.session.commands.tip(words, id) : "" }

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
        PanelTab {
            theme: root.theme
            visible: root.session.versions.count > 0
            chosen: false
            implicitHeight: root.theme.control
            text: root.session.versions.count === 1 ? qsTr("1 version") : qsTr("%1 versions").arg(root.session.versions.count)
            ToolTip.visible: hovered
            ToolTip.delay: 500
            ToolTip.text: root.tip(qsTr("Kept versions"), "studio.versions")
            onClicked: root.session.commands.run("studio.versions")
        }
        IconButton {
            theme: root.theme
            glyph: "undo"
            enabled: root.session.document.canUndo
            tip: root.tip(qsTr("Undo %1").arg(root.session.document.undoText), "studio.undo")
            onClicked: root.session.document.undo()
        }
        IconButton {
            theme: root.theme
            glyph: "redo"
            enabled: root.session.document.canRedo
            tip: root.tip(qsTr("Redo %1").arg(root.session.document.redoText), "studio.redo")
            onClicked: root.session.document.redo()
        }
    }
    Row {
        anchors.centerIn: parent
        height: parent.height
        Repeater {
            model: [{ place: "make", words: qsTr("Make") }, { place: "explore", words: qsTr("Explore") }, { place: "share", words: qsTr("Share") }]
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
                ToolTip.visible: hovered
                ToolTip.delay: 500
                ToolTip.text: root.tip(modelData.words, "studio." + modelData.place)
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
                    Rectangle { // the chosen one shows the focus, too
                        anchors.fill: parent
                        visible: tab.visualFocus
                        color: "transparent"
                        border.color: root.theme.accent
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
        Choice { theme: root.theme; text: qsTr("New"); keys: root.keys("studio.new"); onTriggered: root.session.wishForNew() }
        Choice { theme: root.theme; text: qsTr("Open…"); keys: root.keys("studio.open"); onTriggered: root.openWanted() }
        Choices {
            id: recent
            theme: root.theme
            title: qsTr("Recent")
            enabled: root.session.recent.all.length > 0
            Instantiator {
                model: root.session.recent.all
                delegate: Choice {
                    required property var modelData
                    theme: root.theme
                    text: modelData.name
                    onTriggered: root.session.wishToOpen(modelData.path)
                }
                onObjectAdded: (index, object) => recent.insertItem(index, object)
                onObjectRemoved: (index, object) => recent.removeItem(object)
            }
        }
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
        Choice { theme: root.theme; text: qsTr("Templates and recent files"); keys: root.keys("studio.welcome"); onTriggered: root.session.place = "welcome" }
        Choice { theme: root.theme; text: qsTr("Save"); keys: root.keys("studio.save"); onTriggered: root.session.save() }
        Choice { theme: root.theme; text: qsTr("Save as…"); keys: root.keys("studio.save_as"); onTriggered: root.saveAsWanted() }
        Choice { theme: root.theme; text: qsTr("Pack with all media…"); keys: root.keys("studio.pack"); onTriggered: root.session.commands.run("studio.pack") }
        Choice { theme: root.theme; text: qsTr("Kept versions…"); keys: root.keys("studio.versions"); onTriggered: root.session.commands.run("studio.versions") }
        Choice { theme: root.theme; text: qsTr("Render"); keys: root.keys("studio.render"); onTriggered: root.session.render() }
        Choice { theme: root.theme; text: qsTr("Render on…"); keys: root.keys("studio.render_on"); onTriggered: root.session.commands.run("studio.render_on") }
        Choice { theme: root.theme; text: qsTr("Publish"); keys: root.keys("studio.publish"); onTriggered: root.session.commands.run("studio.publish") }
        Choice { theme: root.theme; text: qsTr("Command palette"); keys: root.keys("studio.palette"); onTriggered: root.session.commands.run("studio.palette") }
        Choice { theme: root.theme; text: qsTr("Preferences…"); keys: root.keys("studio.preferences"); onTriggered: root.session.commands.run("studio.preferences") }
        Choice { theme: root.theme; text: qsTr("Quit"); keys: root.keys("studio.quit"); onTriggered: root.quitWanted() }
    }
}
