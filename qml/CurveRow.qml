// SPDX-License-Identifier: GPL-3.0-or-later
// A parameter over time: its curve and keys. Double-click adds a key, a drag moves it, Delete removes it.
pragma ComponentBehavior: Bound
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property CurveModel curveModel
    required property real trackX
    required property real trackWidth
    required property int index
    required property string title
    required property string form
    required property string follows
    required property string low
    required property string high
    required property var curves
    required property var keys

    signal touched

    width: trackX + trackWidth
    height: theme.tall(56)
    Accessible.role: Accessible.Graphic
    Accessible.name: form === "keys" ? qsTr("Curve of %1, %2 keys").arg(title).arg(keys.length) : qsTr("Curve of %1, %2").arg(title).arg(follows)

    Words { theme: root.theme; x: root.theme.pad; y: 4; height: root.theme.tall(20); width: root.trackX - root.theme.tall(60); text: root.title }
    Words { theme: root.theme; x: root.theme.pad; y: root.theme.tall(26); height: root.theme.tall(16); width: root.trackX - root.theme.tall(60); small: true; soft: true; text: root.follows }
    Words { theme: root.theme; x: root.trackX - width - 6; width: root.theme.tall(38); height: root.theme.tall(14); small: true; soft: true; horizontalAlignment: Text.AlignRight; text: root.high }
    Words { theme: root.theme; x: root.trackX - width - 6; y: parent.height - height; width: root.theme.tall(38); height: root.theme.tall(14); small: true; soft: true; horizontalAlignment: Text.AlignRight; text: root.low }
    Item {
        id: plot
        objectName: "curve:" + root.title
        x: root.trackX
        width: root.trackWidth
        height: parent.height
        clip: true
        Rectangle { width: parent.width; height: 1; color: root.theme.hairline }
        Rectangle { y: parent.height - 1; width: parent.width; height: 1; color: root.theme.hairline }
        CurveItem {
            anchors.fill: parent
            curves: root.curves
            colour: root.theme.signal
            second: root.theme.portColours[0]
        }
        Repeater {
            model: root.keys
            CurveKey {
                theme: root.theme
                plotWidth: plot.width
                plotHeight: plot.height
                curve: root.title
            }
        }
        CurveMouse {
            anchors.fill: parent
            enabled: root.form === "keys"
            curveModel: root.curveModel
            curve: root.index
            onTouched: root.touched()
        }
    }
}
