// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of a FieldModel, with headings where the group changes, and the colour and file dialogs they ask for.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import ArtDag

ListView {
    id: root
    required property Theme theme
    required property FieldModel fields
    property bool showHandle: true

    signal fileChosen(int row, url file)
    signal varyWanted(int row)

    clip: true
    boundsBehavior: Flickable.StopAtBounds
    spacing: 0
    model: fields
    reuseItems: false
    cacheBuffer: 0 // rows are dear: what is not seen is not made
    ScrollBar.vertical: ScrollBar { policy: root.contentHeight > root.height ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff; width: 8 }

    delegate: FieldRow {
        width: root.width - 12
        theme: root.theme
        fields: root.fields
        showHandle: root.showHandle
        onVaryWanted: row => root.varyWanted(row)
        onColourWanted: (row, stop, now) => {
            colours.row = row
            colours.stop = stop
            colours.selectedColor = now
            colours.open()
        }
        onMenuWanted: row => rowMenu.openFor(row)
        onFileWanted: row => {
            files.row = row
            files.open()
        }
    }
    Connections {
        target: root.fields
        function onAboutToShowOthers() {
            // As when one clicks elsewhere: what was typed is taken, by the field that it was typed for.
            const item = root.Window.activeFocusItem
            if (root.activeFocus && (item instanceof TextInput || item instanceof TextEdit))
                item.focus = false
        }
        function onCardChanged() { root.positionViewAtBeginning() }
    }
    ColorDialog {
        id: colours
        property int row: -1
        property int stop: -1
        onAccepted: {
            if (stop < 0)
                root.fields.setColour(row, selectedColor)
            else
                root.fields.setStopColour(row, stop, selectedColor)
        }
    }
    RowMenu {
        id: rowMenu
        theme: root.theme
        fields: root.fields
    }
    FileDialog {
        id: files
        property int row: -1
        onAccepted: root.fileChosen(row, selectedFile)
    }
}
