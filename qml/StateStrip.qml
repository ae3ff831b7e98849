// SPDX-License-Identifier: GPL-3.0-or-later
// What is at hand of a node over the viewer's range: cached, partial, absent, running, failed, waiting.
pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: root
    required property Theme theme
    required property string cacheState

    height: 4
    Rectangle {
        anchors.fill: parent
        visible: root.cacheState === "cached" || root.cacheState === "failed" || root.cacheState === "absent"
        color: root.cacheState === "cached" ? root.theme.accent : (root.cacheState === "failed" ? root.theme.failed : root.theme.hairline)
    }
    Rectangle {
        visible: root.cacheState === "running"
        width: parent.width * 0.6
        height: parent.height
        color: root.theme.accent
    }
    Row {
        id: dashes
        visible: root.cacheState === "partial" || root.cacheState === "waiting"
        spacing: 6
        Repeater {
            model: dashes.visible ? 12 : 0 // thousands of cards have none
            Rectangle {
                width: (root.width - 66) / 12
                height: root.height
                color: root.cacheState === "waiting" ? root.theme.soft : root.theme.accent
            }
        }
    }
}
