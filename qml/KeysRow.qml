// SPDX-License-Identifier: GPL-3.0-or-later
// Under a row with keyframes: to the one before and the next, how the value goes on from the one here.
import QtQuick
import ArtDag

Row {
    id: root
    required property Theme theme
    required property FieldModel fields
    required property int row
    required property int keys
    required property bool keyHere
    required property string ease
    readonly property list<string> eases: ["hold", "linear", "smooth"]

    height: theme.control
    spacing: 4

    IconButton { theme: root.theme; glyph: "step_back"; tip: qsTr("To the keyframe before"); onClicked: root.fields.goToKey(root.row, -1) }
    IconButton { theme: root.theme; glyph: "step_forward"; tip: qsTr("To the next keyframe"); onClicked: root.fields.goToKey(root.row, 1) }
    Words {
        theme: root.theme
        height: root.theme.control
        small: true
        color: root.theme.signal
        text: root.keys === 1 ? qsTr("1 keyframe") : qsTr("%1 keyframes").arg(root.keys)
    }
    ChoiceBox {
        theme: root.theme
        visible: root.keyHere
        width: 96
        label: qsTr("How it goes on")
        model: root.ease === "curve" ? [qsTr("hold"), qsTr("linear"), qsTr("smooth"), qsTr("curve")] : [qsTr("hold"), qsTr("linear"), qsTr("smooth")]
        currentIndex: root.ease === "curve" ? 3 : root.eases.indexOf(root.ease)
        onActivated: choice => {
            if (choice < 3)
                root.fields.setEase(root.row, root.eases[choice])
        }
    }
}
