// SPDX-License-Identifier: GPL-3.0-or-later
// The workspace where recipes are made. Its dividers stay where they were put.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import ArtDag

SplitView {
    id: root
    required property Theme theme
    required property Session session
    readonly property bool movedByKeys: session.commands.focus.movedByKeys

    signal publishWanted

    orientation: Qt.Vertical
    handle: Item { implicitHeight: 4 }
    Keys.onEscapePressed: event => {
        event.accepted = root.session.viewer.caching
        root.session.viewer.stopCaching()
    }

    Component.onCompleted: {
        root.restoreState(root.session.preferences.divider("film"))
        columns.restoreState(root.session.preferences.divider("columns"))
        right.restoreState(root.session.preferences.divider("right"))
    }
    onResizingChanged: if (!resizing) root.session.preferences.keepDivider("film", saveState())

    SplitView {
        id: columns
        SplitView.fillHeight: true
        orientation: Qt.Horizontal
        handle: Rectangle {
            implicitWidth: 1
            color: root.theme.hairline
            containmentMask: Item { x: -4; width: 9; height: root.height }
        }
        onResizingChanged: if (!resizing) root.session.preferences.keepDivider("columns", saveState())

        LibraryPanel {
            theme: root.theme
            library: root.session.explore.library
            explore: root.session.explore
            visible: root.session.explore.libraryShown
            SplitView.preferredWidth: 260
            SplitView.minimumWidth: 200
        }
        Panel {
            theme: root.theme
            panel: "graph"
            rest: graph
            movedByKeys: root.movedByKeys
            focus: true
            SplitView.fillWidth: true
            SplitView.minimumWidth: 320
            GraphPanel {
                id: graph
                anchors.fill: parent
                theme: root.theme
                session: root.session
                focus: true
            }
        }
        SplitView {
            id: right
            orientation: Qt.Vertical
            SplitView.preferredWidth: Math.round(root.width * 0.4375)
            SplitView.minimumWidth: 420
            handle: Rectangle {
                implicitHeight: 1
                color: root.theme.hairline
                containmentMask: Item { y: -4; height: 9; width: root.width }
            }
            onResizingChanged: if (!resizing) root.session.preferences.keepDivider("right", saveState())

            Panel {
                theme: root.theme
                panel: "viewer"
                rest: viewer
                movedByKeys: root.movedByKeys
                SplitView.fillHeight: true
                SplitView.minimumHeight: 200
                ViewerPanel {
                    id: viewer
                    anchors.fill: parent
                    theme: root.theme
                    session: root.session
                }
            }
            Panel {
                theme: root.theme
                panel: "inspector"
                rest: inspector
                movedByKeys: root.movedByKeys
                SplitView.preferredHeight: Math.round(root.height * 0.27)
                SplitView.minimumHeight: 160
                InspectorPanel {
                    id: inspector
                    anchors.fill: parent
                    theme: root.theme
                    session: root.session
                    onPublishWanted: root.publishWanted()
                    onCardWanted: name => graph.goTo(name)
                }
            }
        }
    }
    Panel {
        theme: root.theme
        panel: "timeline"
        rest: timeline
        movedByKeys: root.movedByKeys
        SplitView.preferredHeight: Math.round(root.height * 0.24)
        SplitView.minimumHeight: 96
        TimelinePanel {
            id: timeline
            anchors.fill: parent
            theme: root.theme
            session: root.session
        }
    }
}
