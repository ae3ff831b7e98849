// SPDX-License-Identifier: GPL-3.0-or-later
// All renders as cards, with what narrows them down above.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import ArtDag

Item {
    id: root
    required property Theme theme
    required property Session session
    readonly property Gallery gallery: session.gallery
    readonly property Explore explore: session.explore
    readonly property var any: [qsTr("of any recipe")]

    function focusGrid() { grid.forceActiveFocus() }
    /// Shift and an arrow: one more card, or a row of them.
    function extend(key) {
        const steps = ({ [Qt.Key_Left]: -1, [Qt.Key_Right]: 1, [Qt.Key_Up]: -grid.columns, [Qt.Key_Down]: grid.columns })
        if (steps[key] === undefined)
            return false
        gallery.choose(Math.max(0, Math.min(gallery.count - 1, gallery.current + steps[key])), false, true)
        return true
    }

    Flow {
        id: filters
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: 20
        anchors.rightMargin: 20
        topPadding: 4
        spacing: root.theme.pad
        Repeater {
            model: [{ key: "all", words: qsTr("all") }, { key: "kept", words: qsTr("kept") }, { key: "starred", words: qsTr("starred") }, { key: "looks", words: qsTr("looks") }, { key: "published", words: qsTr("published") }, { key: "discarded", words: qsTr("discarded") }]
            PanelTab {
                required property var modelData
                theme: root.theme
                text: modelData.key === "discarded" && root.gallery.discarded > 0 ? qsTr("discarded %1").arg(root.gallery.discarded) : modelData.words
                chosen: root.gallery.filter === modelData.key
                onClicked: root.gallery.filter = modelData.key
            }
        }
        Item {
            width: 176
            height: root.theme.bar
            ChoiceBox {
                id: recipes
                theme: root.theme
                label: qsTr("Of which recipe")
                width: parent.width
                anchors.verticalCenter: parent.verticalCenter
                model: root.any.concat(root.gallery.recipeTitles)
                onActivated: choice => root.gallery.recipeTitle = choice === 0 ? "" : currentText
            }
        }
        Item {
            width: 176
            height: root.theme.bar
            TextBox {
                id: finder
                theme: root.theme
                width: parent.width
                anchors.verticalCenter: parent.verticalCenter
                placeholderText: qsTr("Find in titles, notes, tags")
                onTextChanged: root.gallery.search = text
                Keys.onEscapePressed: {
                    text = ""
                    root.focusGrid()
                }
                Keys.onReturnPressed: root.focusGrid()
                Keys.onDownPressed: root.focusGrid()
            }
        }
        PlainButton {
            theme: root.theme
            visible: root.gallery.filter === "discarded" && root.gallery.discarded > 0
            text: qsTr("Empty…")
            tip: root.explore.commands.tip(qsTr("Delete the discarded films"), "gallery.empty")
            onClicked: root.explore.run("gallery.empty")
        }
        Words {
            theme: root.theme
            height: root.theme.bar
            soft: true
            text: root.gallery.selectedCount > 1 ? qsTr("%1 selected").arg(root.gallery.selectedCount) : (root.gallery.count < root.gallery.total ? qsTr("%1 of %2").arg(root.gallery.count).arg(root.gallery.total) : "")
        }
        PlainButton {
            theme: root.theme
            visible: root.gallery.selectedCount === 2
            text: qsTr("Compare 2")
            tip: root.explore.commands.tip(qsTr("Side by side"), "gallery.compare")
            onClicked: root.explore.run("gallery.compare")
        }
    }
    GridView {
        id: grid
        objectName: "galleryGrid"
        anchors.top: filters.bottom
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: 12
        anchors.rightMargin: 12
        clip: true
        focus: true
        activeFocusOnTab: true
        reuseItems: true
        model: root.gallery
        boundsBehavior: Flickable.StopAtBounds
        readonly property int columns: Math.max(1, Math.floor(width / 280))
        cellWidth: Math.floor(width / columns)
        cellHeight: Math.round((cellWidth - 20) * 9 / 16) + 52
        currentIndex: root.gallery.current
        onCurrentIndexChanged: root.gallery.current = currentIndex
        ScrollBar.vertical: ScrollBar { width: 8 }
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Renders")
        Keys.onPressed: event => event.accepted = event.modifiers & Qt.ShiftModifier && root.extend(event.key)
        delegate: GalleryCard {
            theme: root.theme
            width: grid.cellWidth
            height: grid.cellHeight
            current: GridView.isCurrentItem
            focusShown: grid.activeFocus
            onChosen: (row, toggle, range) => {
                grid.forceActiveFocus() // first: what was being typed about another one is kept
                root.gallery.choose(row, toggle, range)
            }
            onOpened: root.explore.run("gallery.open")
        }
    }
    Column {
        anchors.centerIn: grid
        visible: root.gallery.loaded && grid.count === 0
        spacing: 12
        Words {
            theme: root.theme
            anchors.horizontalCenter: parent.horizontalCenter
            strong: true
            text: root.gallery.total === 0 ? qsTr("No renders yet") : qsTr("No render is like that")
        }
        Words {
            theme: root.theme
            anchors.horizontalCenter: parent.horizontalCenter
            visible: root.gallery.total === 0
            soft: true
            text: qsTr("Every film you render appears here, with its recipe and its hash.")
        }
        PlainButton {
            theme: root.theme
            anchors.horizontalCenter: parent.horizontalCenter
            visible: root.gallery.total === 0
            text: qsTr("Render %1").arg(root.session.document.title)
            enabled: root.session.ready
            onClicked: root.session.render()
        }
        PlainButton {
            theme: root.theme
            anchors.horizontalCenter: parent.horizontalCenter
            visible: root.gallery.total > 0
            text: qsTr("Show all")
            onClicked: {
                finder.text = ""
                recipes.currentIndex = 0
                root.gallery.recipeTitle = ""
                root.gallery.filter = "all"
            }
        }
    }
    Connections {
        target: root.explore
        function onFindWanted() { finder.forceActiveFocus() }
    }
    Connections {
        target: root.gallery
        // The binding breaks when the arrows move the grid; the model has the last word.
        function onCurrentChanged() { grid.currentIndex = root.gallery.current }
    }
}
