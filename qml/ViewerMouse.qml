// SPDX-License-Identifier: GPL-3.0-or-later
// Pan, zoom and the pointer over the picture. A press gives the keys to the viewer.
import QtQuick
import ArtDag

MouseArea {
    id: root
    required property Viewer viewer
    required property real side
    property point from: Qt.point(0, 0)

    acceptedButtons: Qt.LeftButton | Qt.MiddleButton
    hoverEnabled: true
    cursorShape: pressed && containsPress ? Qt.ClosedHandCursor : Qt.ArrowCursor
    onPressed: mouse => root.from = Qt.point(mouse.x, mouse.y)
    onPositionChanged: mouse => {
        root.viewer.hover(Qt.point(mouse.x >= side + 1 ? mouse.x - side - 1 : mouse.x, mouse.y))
        if (!pressed)
            return
        root.viewer.camera.panBy(Qt.point(mouse.x - root.from.x, mouse.y - root.from.y))
        root.from = Qt.point(mouse.x, mouse.y)
    }
    onExited: root.viewer.hover(Qt.point(NaN, NaN))
    onDoubleClicked: root.viewer.run(root.viewer.camera.fitted ? "viewer.one_to_one" : "viewer.fit")
    onWheel: wheel => root.viewer.camera.wheel(Qt.point(wheel.x >= side + 1 ? wheel.x - side - 1 : wheel.x, wheel.y), wheel.angleDelta, wheel.pixelDelta, wheel.modifiers & Qt.ControlModifier)
    PinchHandler {
        property real before: 1
        target: null
        onActiveChanged: before = 1
        onActiveScaleChanged: {
            root.viewer.camera.zoomBy(activeScale / before, centroid.position)
            before = activeScale
        }
    }
}
