// SPDX-License-Identifier: GPL-3.0-or-later
// Where one is: the film and the groups that are open, with the way back; and the switch of the outline.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import ArtDag

Row {
    id: root
    required property Theme theme
    required property GraphScope scope
    property bool outlineShown: false

    signal outlineWanted

    spacing: 4
    IconButton {
        theme: root.theme
        glyph: "outline"
        tip: qsTr("Outline (Ctrl+Shift+L), find (Ctrl+F)")
        tint: root.outlineShown ? root.theme.accent : root.theme.soft
        onClicked: root.outlineWanted()
    }
    IconButton {
        theme: root.theme
        visible: root.scope.canGoBack || root.scope.canGoForward
        enabled: root.scope.canGoBack
        glyph: "back"
        tip: qsTr("Back (Alt+Left)")
        onClicked: root.scope.back()
    }
    IconButton {
        theme: root.theme
        visible: root.scope.canGoBack || root.scope.canGoForward
        enabled: root.scope.canGoForward
        glyph: "forward"
        tip: qsTr("Forward (Alt+Right)")
        onClicked: root.scope.forward()
    }
    Repeater {
        model: root.scope.depth > 0 ? root.scope.trail : []
        Row {
            id: crumb
            required property int index
            required property string modelData
            readonly property bool here: index === root.scope.depth
            spacing: 4
            Words {
                theme: root.theme
                visible: crumb.index > 0
                height: root.theme.control
                soft: true
                text: "›"
            }
            AbstractButton {
                id: place
                height: root.theme.control
                leftPadding: 4
                rightPadding: 4
                enabled: !crumb.here
                hoverEnabled: true
                text: crumb.modelData
                Accessible.name: crumb.here ? qsTr("%1, open").arg(text) : qsTr("Go to %1").arg(text)
                onClicked: root.scope.goTo(crumb.index)
                contentItem: Words {
                    theme: root.theme
                    text: place.text
                    strong: crumb.here
                    soft: !crumb.here && !place.hovered
                }
                background: Rectangle {
                    color: place.hovered && place.enabled ? root.theme.hover : "transparent"
                    border.width: place.visualFocus ? 2 : 0
                    border.color: root.theme.accent
                }
            }
        }
    }
}
