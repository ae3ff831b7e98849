// SPDX-License-Identifier: GPL-3.0-or-later
// Variations of the open recipe, and all renders: one of the two, the queue below, and what is looked at beside.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import QtQuick.Templates as T
import ArtDag

Item {
    id: root
    required property Theme theme
    required property Session session
    readonly property Explore explore: session.explore

    signal publishWanted

    function focusView() {
        if (!visible)
            return
        if (explore.view === "sheet")
            sheet.focusGrid()
        else
            renders.focusGrid()
    }
    onVisibleChanged: focusView()

    Rectangle {
        anchors.fill: parent
        color: root.theme.canvas
    }
    RowLayout {
        anchors.fill: parent
        spacing: 0

        LibraryPanel {
            theme: root.theme
            library: root.explore.library
            explore: root.explore
            visible: root.explore.libraryShown
            Layout.preferredWidth: 260
            Layout.fillHeight: true
        }
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
                height: root.theme.header
                spacing: root.theme.pad
                PanelTab {
                    theme: root.theme
                    text: qsTr("Variations")
                    chosen: root.explore.view === "sheet"
                    onClicked: {
                        root.explore.view = "sheet"
                        root.focusView()
                    }
                }
                PanelTab {
                    theme: root.theme
                    text: qsTr("Renders")
                    chosen: root.explore.view === "renders"
                    onClicked: {
                        root.explore.view = "renders"
                        root.focusView()
                    }
                }
                PanelTab {
                    theme: root.theme
                    visible: root.explore.view === "compare"
                    text: qsTr("Two compared")
                    chosen: true
                }
                Item { Layout.fillWidth: true }
                PlainButton {
                    theme: root.theme
                    implicitHeight: root.theme.control
                    text: qsTr("Render…")
                    tip: root.explore.commands.tip(qsTr("Outputs, profiles, folder"), "studio.order")
                    enabled: root.session.ready
                    onClicked: root.explore.run("studio.order")
                }
            }
            Rectangle {
                anchors.top: heading.bottom
                width: parent.width
                height: 1
                color: root.theme.hairline
            }
            ExploreSheet {
                id: sheet
                theme: root.theme
                explore: root.explore
                visible: root.explore.view === "sheet"
                anchors.top: heading.bottom
                anchors.topMargin: 1
                anchors.bottom: runs.top
                anchors.left: parent.left
                anchors.right: parent.right
            }
            GalleryGrid {
                id: renders
                theme: root.theme
                session: root.session
                visible: root.explore.view === "renders"
                anchors.top: heading.bottom
                anchors.topMargin: 1
                anchors.bottom: runs.top
                anchors.left: parent.left
                anchors.right: parent.right
            }
            GalleryCompare {
                theme: root.theme
                explore: root.explore
                visible: root.explore.view === "compare"
                anchors.top: heading.bottom
                anchors.topMargin: 1
                anchors.bottom: runs.top
                anchors.left: parent.left
                anchors.right: parent.right
            }
            QueueList {
                id: runs
                theme: root.theme
                queue: root.session.queue
                explore: root.explore
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                height: root.session.queue.count > 0 ? implicitHeight : 0
                visible: root.session.queue.count > 0
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
            visible: root.explore.view !== "sheet"
            Layout.preferredWidth: root.theme.wide(340)
            Layout.fillHeight: true
            onPublishWanted: root.publishWanted()
        }
        ExploreSheetPanel {
            theme: root.theme
            session: root.session
            visible: root.explore.view === "sheet"
            Layout.preferredWidth: root.theme.wide(340)
            Layout.fillHeight: true
        }
    }
    OrderPopup {
        id: orders
        theme: root.theme
        renderers: root.session.renderers
        explore: root.explore
        anchors.centerIn: T.Overlay.overlay
    }
    EmptyPopup {
        id: emptier
        theme: root.theme
        gallery: root.session.gallery
        anchors.centerIn: T.Overlay.overlay
        onClosed: root.focusView()
    }
    FileDialog {
        id: sheetSaver
        title: qsTr("Save the contact sheet")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "png"
        nameFilters: [qsTr("Pictures (*.png)")]
        onAccepted: root.explore.sheet.exportTo(selectedFile)
    }
    FolderDialog {
        id: finder
        title: qsTr("Where the missing media may be")
        onAccepted: root.explore.library.findIn(selectedFolder)
    }
    Connections {
        target: root.explore
        function onOrderWanted() { orders.open() }
        function onEmptyWanted() { emptier.open() }
        function onSheetFileWanted() { sheetSaver.open() }
        function onViewChanged() { root.focusView() }
    }
    Connections {
        target: root.explore.library
        function onFolderWanted() { finder.open() }
    }
}
