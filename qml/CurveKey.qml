// SPDX-License-Identifier: GPL-3.0-or-later
// A key of a curve: a diamond, or a disc where the way from it is soft.
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property real plotWidth
    required property real plotHeight
    required property string curve
    required property var modelData

    objectName: "key:" + curve + ":" + modelData.key
    x: modelData.at * plotWidth - width / 2
    y: (1 - modelData.y) * plotHeight - height / 2
    width: 16
    height: 16
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("Key, %1, %2").arg(modelData.value).arg(modelData.ease)

    Rectangle {
        readonly property bool angular: root.modelData.ease === qsTr("linear") || root.modelData.ease === qsTr("hold")
        anchors.centerIn: parent
        width: 8
        height: 8
        rotation: angular ? 45 : 0
        radius: angular ? 0 : 4
        color: root.modelData.chosen ? root.theme.text : root.theme.signal
        border.width: root.modelData.chosen ? 2 : 1
        border.color: root.modelData.chosen ? root.theme.accent : root.theme.panel
    }
}
