// SPDX-License-Identifier: GPL-3.0-or-later
// The pixel under the pointer, of A and of B: linear numbers as effects see them, bytes and hex as the screen shows them.
pragma ComponentBehavior: Bound
import QtQuick
import ArtDag

Rectangle {
    id: root
    required property Theme theme
    required property PixelProbe probe

    visible: probe.on
    width: 388
    height: body.implicitHeight + 12
    color: Qt.alpha(theme.panel, 0.92)
    border.color: theme.hairline
    Accessible.role: Accessible.StaticText
    Accessible.name: probe.inside ? qsTr("Pixel %1").arg(probe.place) : qsTr("Pixel inspector")

    Column {
        id: body
        x: 8
        y: 6
        width: parent.width - 16
        spacing: 2
        Words {
            theme: root.theme
            small: true
            soft: true
            text: root.probe.inside ? qsTr("x, y  %1     linear R G B A · 8 bit · sRGB").arg(root.probe.place) : qsTr("Point at the picture to read a pixel")
        }
        Repeater {
            model: root.probe.rows
            Row {
                id: line
                required property var modelData
                Words { theme: root.theme; width: 14; small: true; strong: true; text: line.modelData.side }
                Repeater {
                    model: [line.modelData.r, line.modelData.g, line.modelData.b, line.modelData.a]
                    Words {
                        required property string modelData
                        theme: root.theme
                        width: 46
                        small: true
                        horizontalAlignment: Text.AlignRight
                        text: modelData
                    }
                }
                Words { theme: root.theme; width: 92; small: true; horizontalAlignment: Text.AlignRight; text: line.modelData.bytes }
                Item { width: 10; height: 12 }
                Rectangle { width: 12; height: 12; y: 1; color: line.modelData.hex; border.color: root.theme.hairline }
                Item { width: 4; height: 12 }
                Words { theme: root.theme; small: true; text: line.modelData.hex }
            }
        }
    }
}
