// SPDX-License-Identifier: GPL-3.0-or-later
// One parameter of a form: label, the editor of its kind, and what can be done with it. What it holds comes from FieldModel.
import QtQuick
import QtQuick.Layouts
import ArtDag

Item {
    id: root
    required property Theme theme
    required property FieldModel fields
    required property int index
    required property string kind
    required property string title
    required property string help
    required property string unit
    required property string heading
    required property int form
    required property real fraction
    required property bool bounded
    required property string value
    required property color colour
    required property string xText
    required property string yText
    required property bool on
    required property var choices
    required property int choice
    required property var stops
    required property string formula
    required property bool animatable
    required property bool changed
    required property bool handle
    required property bool canBeHandle
    required property string error
    required property string place
    required property int keys
    required property bool keyHere
    required property string ease
    required property var follow
    required property string now
    property bool showHandle: true
    readonly property var variedKinds: ["real", "integer", "angle", "time", "seed", "boolean", "choice", "colour", "gradient"]
    readonly property bool canBeVaried: canBeHandle && variedKinds.includes(kind)
    property real labelWidth: theme.tall(104)

    readonly property bool keyed: form === 1
    readonly property bool led: form > 1
    readonly property bool numeric: kind === "real" || kind === "integer" || kind === "angle" || kind === "time" || kind === "seed"

    signal varyWanted(int row)
    signal colourWanted(int row, int stop, color now)
    signal fileWanted(int row)
    signal menuWanted(int row)

    implicitHeight: line.y + Math.max(theme.control, line.implicitHeight) + 4 + (note.visible ? note.implicitHeight + 4 : (keyed ? theme.control : 0))

    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: root.menuWanted(root.index)
    }

    HoverHandler { id: rowHover }
    Words {
        theme: root.theme
        y: 8
        width: parent.width
        height: root.theme.tall(20)
        visible: root.heading !== ""
        strong: true
        soft: true
        small: true
        text: root.heading
    }

    RowLayout {
        id: line
        y: root.heading === "" ? 0 : root.theme.tall(20) + 12
        width: parent.width
        spacing: root.theme.gap

        Words {
            theme: root.theme
            text: root.title
            soft: !root.changed && !root.keyed && !root.led
            Layout.preferredWidth: root.labelWidth
            Layout.alignment: Qt.AlignTop
            Layout.preferredHeight: root.theme.control
            HoverHandler { id: labelHover }
            Tip {
                theme: root.theme
                shown: labelHover.hovered && root.help !== ""
                words: root.help
            }
        }
        Loader {
            Layout.fillWidth: true
            sourceComponent: root.led ? leaders[root.form - 2] : (root.numeric ? numberEditor : editors[root.kind] ?? textEditor)
            readonly property var leaders: [expressionEditor, followEditor, parameterEditor]
            readonly property var editors: ({
                "boolean": onEditor, "choice": choiceEditor, "colour": colourEditor, "point": pointEditor, "size": pointEditor,
                "gradient": gradientEditor, "file": fileEditor, "formula": formulaEditor
            })
        }
        IconButton {
            theme: root.theme
            Layout.alignment: Qt.AlignTop
            visible: root.kind === "seed" && !root.led
            glyph: "dice"
            tip: qsTr("Another seed")
            onClicked: root.fields.newSeed(root.index)
        }
        IconButton {
            theme: root.theme
            Layout.alignment: Qt.AlignTop
            // The place stays, so that values of all rows stand in one column.
            enabled: root.animatable && !root.led
            opacity: enabled ? 1 : 0
            glyph: root.keyHere ? "key_on" : "key"
            tint: root.keyed ? root.theme.signal : root.theme.soft
            tip: root.keyHere ? qsTr("Take this keyframe away") : qsTr("A keyframe here")
            onClicked: root.fields.toggleKey(root.index)
        }
        IconButton {
            theme: root.theme
            Layout.alignment: Qt.AlignTop
            enabled: root.animatable || root.led || root.keyed
            opacity: enabled ? 1 : 0
            glyph: "follow"
            tint: root.led || root.keyed ? root.theme.signal : root.theme.soft
            tip: qsTr("What moves it: follow beats, an expression, keyframes … (right click)")
            onClicked: root.menuWanted(root.index)
        }
        IconButton {
            theme: root.theme
            Layout.alignment: Qt.AlignTop
            // The place stays, too; it shows itself to the pointer and to the keyboard.
            enabled: root.canBeVaried && !root.keyed && !root.led
            opacity: enabled && (rowHover.hovered || visualFocus) ? 1 : 0
            glyph: "vary"
            tip: qsTr("Vary this: a contact sheet of its values")
            onClicked: root.varyWanted(root.index)
        }
        IconButton {
            theme: root.theme
            Layout.alignment: Qt.AlignTop
            visible: root.showHandle
            enabled: root.canBeHandle
            opacity: enabled ? 1 : 0
            glyph: root.handle ? "handle_on" : "handle"
            tint: root.handle ? root.theme.accent : root.theme.soft
            tip: root.handle ? qsTr("Take from the handles") : qsTr("Show among the handles")
            onClicked: root.fields.toggleHandle(root.index)
        }
    }
    Words {
        id: note
        theme: root.theme
        anchors.left: parent.left
        anchors.leftMargin: root.labelWidth + root.theme.gap
        anchors.right: parent.right
        anchors.top: line.bottom
        visible: text !== ""
        small: true
        color: root.error !== "" ? root.theme.failed : root.theme.signal
        wrapMode: Text.Wrap
        text: root.error !== "" ? root.error : (root.form === 3 ? root.follow.words ?? "" : (root.form === 2 && root.now !== "" ? qsTr("%1 here").arg(root.now) : ""))
    }
    KeysRow {
        theme: root.theme
        fields: root.fields
        row: root.index
        keys: root.keys
        keyHere: root.keyHere
        ease: root.ease
        visible: root.keyed && root.error === ""
        anchors.left: note.left
        anchors.top: line.bottom
    }

    // A Loader of Qt 6.4 cannot instantiate bound components, so these reach the row by its id.
    // qmllint disable unqualified
    Component {
        id: numberEditor
        RowLayout {
            spacing: root.theme.gap
            Track {
                theme: root.theme
                label: root.title
                visible: root.bounded
                Layout.fillWidth: true
                value: root.fraction
                onPressedChanged: {
                    if (pressed)
                        root.fields.beginDrag(root.index)
                    else
                        root.fields.endDrag()
                }
                onMoved: pressed ? root.fields.dragFraction(root.index, value) : root.fields.setFraction(root.index, value)
            }
            NumberBox {
                theme: root.theme
                label: root.title
                value: root.value
                unit: root.unit
                wrong: root.error !== ""
                Layout.fillWidth: !root.bounded
                Layout.preferredWidth: root.bounded ? root.theme.tall(88) : -1
                onScrubBegan: root.fields.beginDrag(root.index)
                onScrubbed: (pixels, fine, coarse) => root.fields.drag(root.index, pixels, fine, coarse)
                onScrubEnded: root.fields.endDrag()
                onTyped: text => root.fields.setText(root.index, text)
                onCleared: root.fields.reset(root.index)
            }
        }
    }
    Component {
        id: onEditor
        Item {
            implicitHeight: root.theme.control
            OnOff {
                theme: root.theme
                label: root.title
                anchors.verticalCenter: parent.verticalCenter
                checked: root.on
                onToggled: root.fields.setOn(root.index, checked)
            }
        }
    }
    Component {
        id: choiceEditor
        ChoiceBox {
            theme: root.theme
            label: root.title
            model: root.choices
            currentIndex: root.choice
            onModelChanged: currentIndex = Qt.binding(() => root.choice) // a box goes to its first choice
            onActivated: choice => root.fields.setChoice(root.index, choice)
        }
    }
    Component {
        id: textEditor
        TextBox {
            readonly property string place: root.place
            theme: root.theme
            text: root.value
            wrong: root.error !== ""
            onPlaceChanged: text = Qt.binding(() => root.value) // what was refused was meant for another
            Accessible.name: root.title
            onEditingFinished: root.fields.setText(root.index, text)
        }
    }
    Component {
        id: expressionEditor
        FormulaBox {
            theme: root.theme
            fields: root.fields
            row: root.index
            label: qsTr("%1, expression").arg(root.title)
            written: root.formula
            wrong: root.error !== ""
            ink: root.theme.signal
            onFinished: text => root.fields.setFormula(root.index, text)
        }
    }
    Component {
        id: formulaEditor
        FormulaBox {
            theme: root.theme
            fields: root.fields
            row: root.index
            label: root.title
            written: root.value
            wrong: root.error !== ""
            ink: root.theme.text
            onFinished: text => root.fields.setText(root.index, text)
        }
    }
    Component {
        id: followEditor
        FollowEditor {
            theme: root.theme
            fields: root.fields
            row: root.index
            label: root.title
            unit: root.unit
            follow: root.follow
            onSourceWanted: root.menuWanted(root.index)
        }
    }
    Component {
        id: parameterEditor
        Words {
            theme: root.theme
            height: root.theme.control
            color: root.theme.signal
            text: "← " + root.fields.parameterOf(root.index)
        }
    }
    Component {
        id: colourEditor
        RowLayout {
            spacing: root.theme.gap
            Rectangle {
                Layout.fillWidth: true
                Layout.preferredHeight: root.theme.control - 4
                color: root.colour
                border.color: root.theme.hairline
                Accessible.role: Accessible.Button
                Accessible.name: root.title
                TapHandler { onTapped: root.colourWanted(root.index, -1, root.colour) }
                HoverHandler { cursorShape: Qt.PointingHandCursor }
            }
            TextBox {
                readonly property string place: root.place
                theme: root.theme
                text: root.value
                wrong: root.error !== ""
                onPlaceChanged: text = Qt.binding(() => root.value) // what was refused was meant for another
                Layout.preferredWidth: root.theme.tall(88)
                Accessible.name: root.title
                onEditingFinished: root.fields.setText(root.index, text)
            }
        }
    }
    Component {
        id: pointEditor
        RowLayout {
            spacing: root.theme.gap
            Repeater {
                model: 2
                NumberBox {
                    required property int index
                    theme: root.theme
                    label: root.title + (index === 0 ? " x" : " y")
                    value: index === 0 ? root.xText : root.yText
                    unit: root.unit
                    Layout.fillWidth: true
                    onScrubBegan: root.fields.beginDrag(root.index)
                    onScrubbed: (pixels, fine) => root.fields.dragComponent(root.index, index, pixels, fine)
                    onScrubEnded: root.fields.endDrag()
                    onTyped: text => root.fields.setComponentText(root.index, index, text)
                    onCleared: root.fields.reset(root.index)
                }
            }
        }
    }
    Component {
        id: gradientEditor
        GradientBar {
            theme: root.theme
            label: root.title
            stops: root.stops
            onMoveBegan: root.fields.beginDrag(root.index)
            onMoved: (stop, position) => root.fields.dragStop(root.index, stop, position)
            onMoveEnded: root.fields.endDrag()
            onAdded: position => root.fields.addStop(root.index, position)
            onRemoved: stop => root.fields.removeStop(root.index, stop)
            onColourWanted: stop => root.colourWanted(root.index, stop, root.stops[stop].colour)
        }
    }
    Component {
        id: fileEditor
        RowLayout {
            spacing: root.theme.gap
            Words {
                theme: root.theme
                soft: true
                text: root.value === "" ? qsTr("none yet") : root.value
                elide: Text.ElideMiddle
                Layout.fillWidth: true
            }
            PlainButton {
                theme: root.theme
                text: qsTr("Choose…")
                implicitHeight: root.theme.control
                onClicked: root.fileWanted(root.index)
            }
        }
    }
    // qmllint enable unqualified
}
