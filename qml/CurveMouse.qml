// SPDX-License-Identifier: GPL-3.0-or-later
// Hands on a curve: what is under the pointer, the model says, for keys are made anew with each change.
import QtQuick
import ArtDag

MouseArea {
    id: root
    required property CurveModel curveModel
    required property int curve
    property int hit: -1
    property point hold: Qt.point(0, 0)

    signal touched

    function find(mouse) { return root.curveModel.keyAt(root.curve, mouse.x / width, 1 - mouse.y / height, 9 / width, 9 / height) }

    preventStealing: true
    onPressed: mouse => {
        root.touched()
        hit = find(mouse)
        if (hit < 0 || mouse.modifiers & (Qt.ShiftModifier | Qt.ControlModifier))
            root.curveModel.select(root.curve, hit < 0 ? -1 : hit >> 2, hit >= 0)
        else
            root.curveModel.beginDrag(root.curve, hit >> 2)
    }
    onPositionChanged: mouse => {
        if (pressed && hit >= 0)
            root.curveModel.dragTo(hit >> 2, hit & 3, mouse.x / width, 1 - mouse.y / height)
    }
    onReleased: root.curveModel.endDrag()
    onCanceled: root.curveModel.endDrag()
    onDoubleClicked: mouse => {
        if (find(mouse) < 0)
            root.curveModel.addKey(root.curve, mouse.x / width, 1 - mouse.y / height)
        else
            root.curveModel.cycleEase()
    }
}
