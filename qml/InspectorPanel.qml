// SPDX-License-Identifier: GPL-3.0-or-later
// Handles of the recipe, or all parameters of the selected card; problems; what to do next.
import QtQuick
import QtQuick.Layouts
import ArtDag

Item {
    id: root
    required property Theme theme
    required property Session session
    property string tab: "handles"
    readonly property bool hasCard: session.form.card !== ""

    signal publishWanted
    signal cardWanted(name: string)

    activeFocusOnTab: true // so that Tab goes on inside
    Connections {
        target: root.session.graph
        function onCurrentChanged() { root.tab = root.session.graph.current !== "" ? "card" : "handles" }
    }
    Rectangle {
        anchors.fill: parent
        color: root.theme.panel
        border.width: root.activeFocus ? 1 : 0
        border.color: root.theme.accent
    }
    ColumnLayout {
        anchors.fill: parent
        anchors.leftMargin: root.theme.pad
        anchors.rightMargin: root.theme.pad
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.preferredHeight: root.theme.bar
            spacing: root.theme.pad
            PanelTab {
                theme: root.theme
                text: qsTr("Handles")
                chosen: root.tab === "handles"
                onClicked: root.tab = "handles"
            }
            PanelTab {
                theme: root.theme
                visible: root.hasCard
                text: root.session.graph.currentTitle
                chosen: root.tab === "card" && root.hasCard
                onClicked: root.tab = "card"
            }
            PanelTab {
                theme: root.theme
                text: qsTr("Canvas")
                chosen: root.tab === "canvas"
                onClicked: root.tab = "canvas"
            }
            Item { Layout.fillWidth: true }
            PanelTab {
                theme: root.theme
                visible: root.session.problems.count > 0
                text: root.session.problems.summary
                alarming: root.session.problems.errors > 0
                chosen: root.tab === "problems"
                onClicked: root.tab = "problems"
            }
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            Form {
                anchors.fill: parent
                visible: root.tab === "handles"
                theme: root.theme
                fields: root.session.handles
                showHandle: false
                onVaryWanted: row => root.session.explore.vary(root.session.handles.handleAt(row))
                Words {
                    theme: root.theme
                    anchors.fill: parent
                    visible: root.session.handles.count === 0
                    soft: true
                    wrapMode: Text.Wrap
                    verticalAlignment: Text.AlignTop
                    text: qsTr("Handles are the few parameters you reach for first. Select a node and press ◇ beside a parameter to put it here.")
                }
            }
            ColumnLayout {
                anchors.fill: parent
                visible: root.tab === "card" && root.hasCard
                spacing: 8
                RowLayout {
                    spacing: root.theme.gap
                    Words {
                        theme: root.theme
                        Layout.fillWidth: true
                        soft: true
                        small: true
                        wrapMode: Text.Wrap
                        maximumLineCount: 2
                        text: root.session.form.help === "" ? root.session.form.effectTitle : root.session.form.effectTitle + " · " + root.session.form.help
                    }
                    PresetMenu {
                        theme: root.theme
                        presets: root.session.presets
                        Layout.alignment: Qt.AlignTop
                    }
                }
                Words {
                    theme: root.theme
                    visible: root.session.form.others > 0
                    Layout.fillWidth: true
                    small: true
                    color: root.theme.accent
                    text: qsTr("%1 nodes are set together").arg(root.session.form.others + 1)
                }
                Form {
                    theme: root.theme
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    fields: root.session.form
                    onVaryWanted: row => root.session.explore.vary(root.session.form.handleAt(row))
                    onFileChosen: (row, file) => root.session.chooseInputFile(row, file)
                    Words {
                        theme: root.theme
                        anchors.fill: parent
                        visible: root.session.form.count === 0
                        soft: true
                        verticalAlignment: Text.AlignTop
                        text: qsTr("Nothing to set here.")
                    }
                }
            }
            Form {
                anchors.fill: parent
                visible: root.tab === "canvas"
                theme: root.theme
                fields: root.session.canvasForm
                showHandle: false
            }
            ProblemsList {
                anchors.fill: parent
                visible: root.tab === "problems"
                theme: root.theme
                session: root.session
                onCardWanted: name => root.cardWanted(name)
            }
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.topMargin: 12
            Layout.bottomMargin: 12
            spacing: root.theme.gap
            PlainButton {
                theme: root.theme
                text: qsTr("Explore variations")
                tip: root.session.explore.commands.tip(qsTr("Twelve of seed and handles"), "studio.vary")
                onClicked: root.session.explore.run("studio.vary")
            }
            PlainButton {
                theme: root.theme
                text: qsTr("Render")
                tip: qsTr("Ctrl+E")
                enabled: root.session.ready
                onClicked: root.session.render()
            }
            PlainButton {
                theme: root.theme
                visible: root.session.queue.running
                text: qsTr("Cancel")
                onClicked: root.session.cancelRendering()
            }
            Item { Layout.fillWidth: true }
            PlainButton {
                theme: root.theme
                primary: true
                text: qsTr("Publish…")
                tip: qsTr("Ctrl+F3")
                onClicked: root.publishWanted()
            }
        }
    }
}
