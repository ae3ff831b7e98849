// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import ArtDag

SplitView {
    id: root
    required property Theme theme
    required property Session session

    signal publishWanted

    orientation: Qt.Vertical
    handle: Item { implicitHeight: 4 }
    // Slots and the transport also while the graph has the keys.
    Keys.onPressed: event => event.accepted = root.session.viewer.pressKey(event.key, event.modifiers, true)

    SplitView {
        SplitView.fillHeight: true
        orientation: Qt.Horizontal
        handle: Rectangle {
            implicitWidth: 1
            color: root.theme.hairline
            containmentMask: Item { x: -4; width: 9; height: root.height }
        }
        LibraryPanel {
            theme: root.theme
            library: root.session.explore.library
            explore: root.session.explore
            visible: root.session.explore.libraryShown
            SplitView.preferredWidth: 260
            SplitView.minimumWidth: 200
        }
        GraphPanel {
            theme: root.theme
            session: root.session
            SplitView.fillWidth: true
            SplitView.minimumWidth: 320
            focus: true
        }
        SplitView {
            orientation: Qt.Vertical
            SplitView.preferredWidth: Math.round(root.width * 0.4375)
            SplitView.minimumWidth: 420
            handle: Rectangle {
                implicitHeight: 1
                color: root.theme.hairline
                containmentMask: Item { y: -4; height: 9; width: root.width }
            }
            ViewerPanel {
                theme: root.theme
                session: root.session
                SplitView.fillHeight: true
                SplitView.minimumHeight: 200
            }
            InspectorPanel {
                theme: root.theme
                session: root.session
                SplitView.preferredHeight: Math.round(root.height * 0.27)
                SplitView.minimumHeight: 160
                onPublishWanted: root.publishWanted()
            }
        }
    }
    TimelinePanel {
        theme: root.theme
        session: root.session
        SplitView.preferredHeight: Math.round(root.height * 0.24)
        SplitView.minimumHeight: 96
    }
}
