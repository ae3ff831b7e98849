// SPDX-License-Identifier: GPL-3.0-or-later
// An expression or a formula as text of several lines: Enter finishes, Shift+Enter begins a line, Esc takes back what was typed.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import ArtDag

Item {
    id: root
    required property Theme theme
    required property FieldModel fields
    required property int row
    required property string label
    required property string written
    required property color ink
    property bool wrong: false
    property list<string> offers: []
    property int offer: 0

    signal finished(string text)

    function finish() { if (area.text !== root.written) root.finished(area.text) }
    function take(word) {
        const start = area.text.slice(0, area.cursorPosition).search(/[A-Za-z_][A-Za-z_0-9]*$/)
        area.remove(start, area.cursorPosition)
        area.insert(start, word)
        root.offers = []
    }

    implicitHeight: area.implicitHeight

    TextArea {
        id: area
        width: parent.width
        text: root.written
        wrapMode: TextEdit.Wrap
        selectByMouse: true
        leftPadding: 8
        rightPadding: 8
        topPadding: 4
        bottomPadding: 4
        color: root.ink
        font.family: "DejaVu Sans Mono"
        font.pixelSize: root.theme.small + 1
        selectionColor: root.theme.accent
        selectedTextColor: root.theme.accentText
        Accessible.name: root.label
        onTextChanged: if (activeFocus) { root.offers = root.fields.completions(root.row, text, cursorPosition); root.offer = 0 }
        onActiveFocusChanged: {
            if (activeFocus)
                return
            root.offers = []
            root.finish()
            text = Qt.binding(() => root.written)
        }
        Keys.onPressed: event => {
            const offering = root.offers.length > 0
            if (offering && event.key === Qt.Key_Tab)
                root.take(root.offers[root.offer])
            else if (offering && event.key === Qt.Key_Down)
                root.offer = (root.offer + 1) % root.offers.length
            else if (offering && event.key === Qt.Key_Up)
                root.offer = (root.offer + root.offers.length - 1) % root.offers.length
            else if (event.key === Qt.Key_Escape)
                text = Qt.binding(() => root.written)
            else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && !(event.modifiers & Qt.ShiftModifier))
                root.finish()
            else
                return
            event.accepted = true
        }
        background: Rectangle {
            color: root.theme.well
            border.width: area.activeFocus ? 2 : 1
            border.color: root.wrong ? root.theme.failed : (area.activeFocus ? root.theme.accent : root.theme.hairline)
        }
    }
    Popup {
        visible: root.offers.length > 0
        x: area.cursorRectangle.x
        y: area.cursorRectangle.y + area.cursorRectangle.height + 4
        padding: 1
        background: Rectangle {
            color: root.theme.raised
            border.color: root.theme.hairline
        }
        Column {
            Repeater {
                model: root.offers
                Rectangle {
                    id: word
                    required property string modelData
                    required property int index
                    width: 160
                    height: root.theme.control
                    color: index === root.offer ? root.theme.hover : "transparent"
                    Words { theme: root.theme; leftPadding: 8; height: parent.height; text: word.modelData }
                    TapHandler { onTapped: root.take(word.modelData) }
                }
            }
        }
    }
}
