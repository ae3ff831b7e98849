// SPDX-License-Identifier: GPL-3.0-or-later
// The window: header, three workspaces, notices, and the keys that work everywhere.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import QtQuick.Layouts
import ArtDag

ApplicationWindow {
    id: root
    required property Session session

    readonly property Theme theme: Theme { dark: root.session.dark }

    width: 1600
    height: 1000
    minimumWidth: 960
    minimumHeight: 600
    visible: true
    color: theme.canvas
    title: (session.document.title === "" ? qsTr("Untitled") : session.document.title) + (session.document.modified ? " *" : "") + " – Art DAG"
    font.family: theme.family
    font.pixelSize: theme.size
    palette.window: theme.panel
    palette.windowText: theme.text
    palette.base: theme.well
    palette.text: theme.text
    palette.button: theme.raised
    palette.buttonText: theme.text
    palette.highlight: theme.accent
    palette.highlightedText: theme.accentText
    palette.mid: theme.hairline
    palette.dark: theme.hairline
    palette.light: theme.hover
    palette.midlight: theme.hover
    palette.toolTipBase: theme.raised
    palette.toolTipText: theme.text

    readonly property bool typing: activeFocusItem instanceof TextInput || activeFocusItem instanceof TextEdit

    onClosing: close => close.accepted = root.session.mayClose()

    ColumnLayout {
        anchors.fill: parent
        spacing: 0
        HeaderBar {
            theme: root.theme
            session: root.session
            Layout.fillWidth: true
            onOpenWanted: opener.open()
            onSaveAsWanted: saver.open()
            onQuitWanted: root.close()
        }
        StackLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            currentIndex: root.session.placeIndex
            MakePage {
                id: make
                theme: root.theme
                session: root.session
                focus: true
                onPublishWanted: root.session.place = "share"
            }
            ExplorePage {
                theme: root.theme
                session: root.session
                onPublishWanted: root.session.place = "share"
            }
            SharePage {
                theme: root.theme
                session: root.session
            }
        }
    }
    Notice {
        theme: root.theme
        session: root.session
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: parent.top
        anchors.topMargin: root.theme.header + 12
    }

    UnsavedPopup {
        id: unsaved
        theme: root.theme
        session: root.session
        anchors.centerIn: parent
    }
    FileDialog {
        id: opener
        title: qsTr("Open a recipe")
        nameFilters: [qsTr("Recipes (*.artdag)"), qsTr("All files (*)")]
        onAccepted: root.session.wishToOpenUrl(selectedFile)
    }
    FileDialog {
        id: saver
        title: qsTr("Save the recipe")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "artdag"
        nameFilters: [qsTr("Recipes (*.artdag)")]
        onAccepted: root.session.saveAs(selectedFile)
    }
    Connections {
        target: root.session
        function onSaveAsWanted() { saver.open() }
        function onUnsavedAsked() { unsaved.open() }
    }

    Shortcut { sequences: ["Ctrl+Z"]; onActivated: root.session.document.undo() }
    Shortcut { sequences: ["Ctrl+Shift+Z", "Ctrl+Y"]; onActivated: root.session.document.redo() }
    Shortcut { sequences: ["Ctrl+S"]; onActivated: root.session.save() }
    Shortcut { sequences: ["Ctrl+Shift+S"]; onActivated: saver.open() }
    Shortcut { sequences: ["Ctrl+O"]; onActivated: opener.open() }
    Shortcut { sequences: ["Ctrl+N"]; onActivated: root.session.wishForNew() }
    Shortcut { sequences: ["Ctrl+Q"]; onActivated: root.close() }
    Shortcut { sequences: ["Ctrl+E"]; onActivated: root.session.render() }
    Shortcut { sequences: ["E"]; enabled: !root.typing; onActivated: root.session.explore.run("studio.vary") }
    Shortcut { sequences: ["Ctrl+Shift+E"]; onActivated: root.session.explore.run("studio.order") }
    Shortcut { sequences: ["Ctrl+Shift+L"]; onActivated: root.session.explore.run("studio.library") }
    Shortcut { sequences: ["Ctrl+Shift+G"]; onActivated: root.session.explore.run("studio.renders") }
    Shortcut { sequences: ["Ctrl+F1"]; onActivated: root.session.place = "make" }
    Shortcut { sequences: ["Ctrl+F2"]; onActivated: root.session.place = "explore" }
    Shortcut { sequences: ["Ctrl+F3"]; onActivated: root.session.place = "share" }
    Shortcut { sequences: ["Space"]; enabled: !root.typing && root.session.place === "make"; onActivated: root.session.player.toggle() }
    Shortcut { sequences: ["Left"]; enabled: !root.typing && root.session.place === "make"; onActivated: root.session.player.step(-1) }
    Shortcut { sequences: ["Right"]; enabled: !root.typing && root.session.place === "make"; onActivated: root.session.player.step(1) }
    Shortcut { sequences: ["Shift+Left"]; enabled: !root.typing && root.session.place === "make"; onActivated: root.session.player.stepSeconds(-1) }
    Shortcut { sequences: ["Shift+Right"]; enabled: !root.typing && root.session.place === "make"; onActivated: root.session.player.stepSeconds(1) }
    Shortcut { sequences: ["F11"]; onActivated: root.visibility = root.visibility === Window.FullScreen ? Window.Windowed : Window.FullScreen }
}
