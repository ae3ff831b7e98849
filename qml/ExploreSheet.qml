// SPDX-License-Identifier: GPL-3.0-or-later
// The contact sheet: what is varied above, the cells below.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import ArtDag

Item {
    id: root
    required property Theme theme
    required property Explore explore
    readonly property ContactSheet sheet: explore.sheet
    readonly property var nothing: [qsTr("nothing else")]
    readonly property var counts: [3, 4, 5, 6, 8, 12, 16]

    function focusGrid() { grid.forceActiveFocus() }
    function showRange() {
        const range = sheet.rangeOf(across.currentIndex)
        from.text = range.length > 0 ? String(range[0]) : ""
        to.text = range.length > 0 ? String(range[1]) : ""
    }
    function varyChosen() {
        const typed = from.text !== "" && to.text !== "" && down.currentIndex === 0
        sheet.varyKnobs(across.currentIndex, counts[columns.currentIndex], down.currentIndex - 1, counts[rows.currentIndex], typed ? Number(from.text) : 0, typed ? Number(to.text) : 0)
        focusGrid()
    }

    RowLayout {
        id: title
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: 20
        anchors.rightMargin: 20
        height: root.theme.header
        spacing: root.theme.pad
        Words {
            theme: root.theme
            strong: true
            font.pixelSize: root.theme.title
            text: root.sheet.title
        }
        Words {
            theme: root.theme
            soft: true
            text: root.sheet.progress
            Layout.fillWidth: true
        }
        PlainButton {
            theme: root.theme
            visible: root.sheet.stale
            implicitHeight: root.theme.control
            text: qsTr("The recipe has changed: vary it anew")
            onClicked: {
                root.sheet.varyAll()
                root.focusGrid()
            }
        }
        Words {
            theme: root.theme
            visible: root.width > 900 && !root.sheet.stale
            soft: true
            text: qsTr("Arrows move · K keep · X discard · Enter opens")
        }
    }
    Flow {
        id: controls
        anchors.top: title.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: 20
        anchors.rightMargin: 20
        spacing: root.theme.gap
        PlainButton {
            theme: root.theme
            implicitHeight: root.theme.control
            text: qsTr("Twelve others")
            tip: root.explore.commands.tip(qsTr("Other seeds and other values of the handles"), "sheet.others")
            onClicked: root.explore.run("sheet.others")
        }
        PlainButton {
            theme: root.theme
            implicitHeight: root.theme.control
            text: qsTr("Only seeds")
            tip: root.explore.commands.tip(qsTr("Twelve seeds, all else as it is"), "sheet.seeds")
            onClicked: root.explore.run("sheet.seeds")
        }
        Words {
            theme: root.theme
            soft: true
            height: root.theme.control
            leftPadding: 8
            text: qsTr("or")
        }
        ChoiceBox {
            id: across
            theme: root.theme
            label: qsTr("Parameter to vary")
            width: 168
            model: root.sheet.knobTitles
            onCurrentIndexChanged: root.showRange()
            onModelChanged: root.showRange()
        }
        Words { theme: root.theme; soft: true; height: root.theme.control; text: "×" }
        ChoiceBox { id: columns; theme: root.theme; label: qsTr("How many values"); width: 56; model: root.counts.map(String); currentIndex: 3 }
        TextBox {
            id: from
            theme: root.theme
            width: 64
            visible: text !== "" && down.currentIndex === 0
            horizontalAlignment: TextInput.AlignRight
            validator: DoubleValidator { locale: "C" }
            Accessible.name: qsTr("From")
            onAccepted: root.varyChosen()
        }
        Words { theme: root.theme; soft: true; height: root.theme.control; visible: from.visible; text: qsTr("to") }
        TextBox {
            id: to
            theme: root.theme
            width: 64
            visible: from.visible
            horizontalAlignment: TextInput.AlignRight
            validator: DoubleValidator { locale: "C" }
            Accessible.name: qsTr("To")
            onAccepted: root.varyChosen()
        }
        Words { theme: root.theme; soft: true; height: root.theme.control; text: qsTr("by") }
        ChoiceBox {
            id: down
            theme: root.theme
            label: qsTr("Second parameter")
            width: 168
            model: root.nothing.concat(root.sheet.knobTitles)
        }
        Words { theme: root.theme; soft: true; height: root.theme.control; visible: rows.visible; text: "×" }
        ChoiceBox { id: rows; theme: root.theme; label: qsTr("How many rows"); width: 56; visible: down.currentIndex > 0; model: root.counts.map(String); currentIndex: 0 }
        PlainButton {
            theme: root.theme
            implicitHeight: root.theme.control
            text: qsTr("Vary")
            tip: qsTr("This parameter in steps, or two against each other")
            enabled: across.count > 0
            onClicked: root.varyChosen()
        }
        IconButton {
            theme: root.theme
            glyph: "save_picture"
            enabled: root.sheet.count > 0
            tip: root.explore.commands.tip(qsTr("Save the sheet as a picture"), "sheet.export")
            onClicked: root.explore.run("sheet.export")
        }
    }
    GridView {
        id: grid
        objectName: "sheetGrid"
        anchors.top: controls.bottom
        anchors.topMargin: 12
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: 12
        anchors.rightMargin: 12
        clip: true
        focus: true
        activeFocusOnTab: true
        model: root.sheet
        boundsBehavior: Flickable.StopAtBounds
        cellWidth: Math.floor(width / Math.max(3, root.sheet.columns))
        cellHeight: Math.round((cellWidth - 20) * 9 / 16) + 52
        currentIndex: root.sheet.current
        onCurrentIndexChanged: root.sheet.current = currentIndex
        ScrollBar.vertical: ScrollBar { width: 8 }
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Variations")
        delegate: ExploreSheetCell {
            theme: root.theme
            width: grid.cellWidth
            height: grid.cellHeight
            current: GridView.isCurrentItem
            focusShown: grid.activeFocus
            onChosen: row => {
                grid.currentIndex = row
                grid.forceActiveFocus()
            }
            onOpened: root.explore.run("sheet.open")
        }
    }
    Column {
        anchors.centerIn: grid
        width: Math.min(420, parent.width - 40)
        visible: root.sheet.count === 0
        spacing: 12
        Words {
            theme: root.theme
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            text: root.sheet.message !== "" ? root.sheet.message : qsTr("Twelve variations of this recipe appear here, side by side.")
        }
        PlainButton {
            theme: root.theme
            anchors.horizontalCenter: parent.horizontalCenter
            text: qsTr("Explore variations")
            tip: root.explore.commands.tip(qsTr("Seed and handles"), "studio.vary")
            onClicked: root.explore.run("studio.vary")
        }
    }
    Connections {
        target: root.sheet
        function onCurrentChanged() { grid.currentIndex = root.sheet.current }
    }
}
