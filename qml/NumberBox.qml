// SPDX-License-Identifier: GPL-3.0-or-later
// A number: drag to scrub, click to type (arithmetic is accepted), double-click to reset. It only tells; the form decides.
import QtQuick

Item {
    id: root
    required property Theme theme
    required property string value
    required property string label
    property string unit: ""
    property bool wrong: false
    property real sidePadding: 8

    signal scrubBegan
    signal scrubbed(real pixels, bool fine, bool coarse)
    signal scrubEnded
    signal typed(string text)
    signal cleared

    implicitWidth: theme.tall(72)
    implicitHeight: theme.control

    TextBox {
        id: box
        anchors.fill: parent
        theme: root.theme
        wrong: root.wrong
        text: root.value
        horizontalAlignment: TextInput.AlignRight
        leftPadding: root.sidePadding
        rightPadding: root.unit === "" || activeFocus ? root.sidePadding : unitWords.width + 12
        Accessible.name: root.label
        onEditingFinished: {
            root.typed(text)
            text = Qt.binding(() => root.value)
        }
        Keys.onEscapePressed: {
            text = Qt.binding(() => root.value)
            focus = false
        }
        onActiveFocusChanged: if (activeFocus) selectAll()
    }
    Words {
        id: unitWords
        theme: root.theme
        anchors.right: parent.right
        anchors.rightMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        visible: !box.activeFocus
        soft: true
        small: true
        text: root.unit
    }
    MouseArea {
        id: scrubber
        property real startX: 0
        property bool scrubbing: false

        anchors.fill: parent
        hoverEnabled: true
        cursorShape: box.activeFocus ? Qt.IBeamCursor : Qt.SizeHorCursor
        preventStealing: true
        onPressed: mouse => {
            // The second press of a double click is ours too, although the box already has the focus.
            if (box.activeFocus && !again.running) {
                mouse.accepted = false
                return
            }
            startX = mouse.x
            scrubbing = false
        }
        onPositionChanged: mouse => {
            if (!pressed || box.activeFocus)
                return
            if (!scrubbing && Math.abs(mouse.x - startX) > 3) {
                scrubbing = true
                root.scrubBegan()
            }
            if (scrubbing)
                root.scrubbed(mouse.x - startX, mouse.modifiers & Qt.ShiftModifier, mouse.modifiers & Qt.ControlModifier)
        }
        onReleased: {
            if (scrubbing)
                root.scrubEnded()
            else if (!again.running) {
                box.forceActiveFocus()
                again.restart()
            }
            scrubbing = false
        }
        onCanceled: if (scrubbing) root.scrubEnded()
        onDoubleClicked: {
            again.stop()
            box.focus = false
            root.cleared()
        }
        Timer {
            id: again
            interval: 350
        }
    }
}
