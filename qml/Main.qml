// SPDX-License-Identifier: GPL-3.0-or-later
// The window: header, three workspaces, notices, and the keys that work everywhere.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import QtQuick.Layouts
import QtQuick.Templates as T
import QtQuick.Window
import ArtDag

ApplicationWindow {
    id: root
    required property Session session
    readonly property Commands commands: session.commands
    readonly property Theme theme: Theme { objectName: "theme"; dark: root.session.dark; letters: root.session.preferences.letters / 100 }

    width: 1600
    height: 1000
    minimumWidth: Math.min(960, Screen.desktopAvailableWidth)
    minimumHeight: Math.min(600, Screen.desktopAvailableHeight)
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

    // Where one reads from the right, panels stand the other way round; what shows time, wires or pictures does not.
    LayoutMirroring.enabled: Application.layoutDirection === Qt.RightToLeft
    LayoutMirroring.childrenInherit: true

    readonly property bool fullViewer: full.visible

    Component.onCompleted: session.commands.focus.watch(root)
    onClosing: close => close.accepted = root.session.mayClose()

    // What no panel takes when it is dropped.
    DropArea {
        anchors.fill: parent
        keys: ["text/uri-list"]
        onDropped: drop => {
            for (const url of drop.urls)
                root.session.takeFile(url)
        }
    }
    ColumnLayout {
        anchors.fill: parent
        visible: !full.visible
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
            Panel {
                theme: root.theme
                panel: root.session.explore.view === "sheet" ? "sheet" : "gallery" // whose keys are live
                rest: explore
                movedByKeys: root.commands.focus.movedByKeys
                ExplorePage {
                    id: explore
                    anchors.fill: parent
                    theme: root.theme
                    session: root.session
                    onPublishWanted: root.session.place = "share"
                }
            }
            Panel {
                theme: root.theme
                panel: "publish"
                rest: share
                movedByKeys: root.commands.focus.movedByKeys
                SharePage {
                    id: share
                    anchors.fill: parent
                    theme: root.theme
                    session: root.session
                }
            }
            WelcomePage {
                theme: root.theme
                session: root.session
                onOpenWanted: opener.open()
            }
        }
    }
    FullViewer {
        id: full
        anchors.fill: parent
        theme: root.theme
        session: root.session
        onLeaveWanted: root.toggleFullViewer()
    }
    Notice {
        theme: root.theme
        session: root.session
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: parent.top
        anchors.topMargin: root.theme.header + 12
    }

    PublishBar {
        theme: root.theme
        publisher: root.session.publisher
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 24
        onEditWanted: root.session.place = "share"
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
    FolderDialog {
        id: packer
        title: qsTr("Where the packed recipe goes")
        onAccepted: root.session.pack(selectedFolder)
    }
    Connections {
        target: root.session
        function onSaveAsWanted() { saver.open() }
        function onUnsavedAsked() { unsaved.open() }
        // Keys belong to what is seen: the graph has them again when it comes back.
        function onPlaceChanged() {
            if (root.session.place === "make")
                make.forceActiveFocus()
        }
        function onFilmDropped(name) {
            dropped.film = name
            dropped.open()
        }
    }

    CommandPalette {
        id: palette
        theme: root.theme
        session: root.session
    }
    PreferencesSheet {
        id: preferences
        theme: root.theme
        session: root.session
        onRestartWanted: root.session.wishToRestart()
    }
    VersionsSheet {
        id: versions
        theme: root.theme
        session: root.session
    }
    DropChoice {
        id: dropped
        theme: root.theme
        session: root.session
    }
    Chooser {
        id: renderers
        theme: root.theme
        parent: T.Overlay.overlay
        anchors.centerIn: parent
        emptyWords: qsTr("No renderer is attached yet. Share, Renderers has a place for its address.")
        onChosen: option => root.session.renderOn(option.name)
    }
    Connections {
        target: root.session.studio
        function onRenderOnWanted() { renderers.openWith(qsTr("Render on"), root.session.renderers.elsewhere()) }
        function onAttachWanted() {
            root.session.place = "share"
            share.attachRenderer()
        }
        function onOpenWanted() { opener.open() }
        function onSaveAsWanted() { saver.open() }
        function onPackWanted() { packer.open() }
        function onQuitWanted() { root.close() }
        function onFullScreenWanted() { root.toggleFullViewer() }
        function onOtherScreenWanted() {
            other.toggle()
            root.requestActivate() // one goes on working here
        }
        function onPaletteWanted() { palette.open() }
        function onPreferencesWanted() { preferences.open() }
        function onVersionsWanted() { versions.open() }
    }
    Instantiator {
        model: root.commands
        delegate: Shortcut {
            required property string id_
            required property var live
            sequences: live
            enabled: live.length > 0
            onActivated: root.commands.run(id_)
        }
    }
    OtherScreen {
        id: other
        session: root.session
        beside: root.screen
    }

    property int visibilityBefore: Window.Windowed
    function toggleFullViewer() {
        if (!full.visible)
            root.visibilityBefore = root.visibility
        full.visible = !full.visible
        root.visibility = full.visible ? Window.FullScreen : root.visibilityBefore
        if (full.visible)
            full.forceActiveFocus()
        else
            make.forceActiveFocus()
    }
}
