// SPDX-License-Identifier: GPL-3.0-or-later
// Publishing: what is said about a film, how it will look to others, and the account and key it is signed with.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import ArtDag

Item {
    id: root
    required property Theme theme
    required property Session session
    readonly property Gallery gallery: session.gallery
    readonly property Publisher publisher: session.publisher
    readonly property bool hasFilm: gallery.currentPath !== ""

    Rectangle {
        anchors.fill: parent
        color: root.theme.canvas
    }
    RowLayout {
        anchors.fill: parent
        spacing: 0

        Rectangle {
            Layout.preferredWidth: 400
            Layout.fillHeight: true
            color: root.theme.panel
            ColumnLayout {
                anchors.fill: parent
                anchors.margins: 20
                spacing: 8
                Words { theme: root.theme; strong: true; font.pixelSize: 15; text: qsTr("Publish"); Layout.bottomMargin: 4 }
                Labelled { theme: root.theme; label: qsTr("Title") }
                TextBox { id: title; theme: root.theme; Layout.fillWidth: true; text: root.gallery.currentTitle; placeholderText: qsTr("Title") }
                Labelled { theme: root.theme; label: qsTr("Alt text: what is to be seen, for those who do not see it") }
                ScrollView {
                    Layout.fillWidth: true
                    Layout.preferredHeight: 96
                    TextArea {
                        id: alt
                        wrapMode: TextEdit.Wrap
                        font.family: root.theme.family
                        font.pixelSize: root.theme.size
                        color: root.theme.text
                        placeholderText: qsTr("A glowing rose window turns slowly …")
                        placeholderTextColor: root.theme.soft
                        selectByMouse: true
                        KeyNavigation.priority: KeyNavigation.BeforeItem
                        KeyNavigation.tab: tags
                        Accessible.name: qsTr("Alt text")
                        background: Rectangle {
                            color: root.theme.well
                            border.width: alt.activeFocus ? 2 : 1
                            border.color: alt.activeFocus ? root.theme.accent : root.theme.hairline
                        }
                    }
                }
                Labelled { theme: root.theme; label: qsTr("Tags, with commas") }
                TextBox { id: tags; theme: root.theme; Layout.fillWidth: true; text: root.session.tags; placeholderText: qsTr("cathedral, fractal") }
                RowLayout {
                    Layout.fillWidth: true
                    spacing: 12
                    ColumnLayout {
                        spacing: 8
                        Labelled { theme: root.theme; label: qsTr("Licence") }
                        ChoiceBox {
                            id: license
                            theme: root.theme
                            label: qsTr("Licence")
                            editable: false
                            model: root.session.licenses
                            Layout.fillWidth: true
                        }
                    }
                    ColumnLayout {
                        spacing: 8
                        Labelled { theme: root.theme; label: qsTr("Visible to") }
                        ChoiceBox {
                            id: visibility
                            theme: root.theme
                            label: qsTr("Visible to")
                            model: ["public", "unlisted", "followers", "private"]
                            Layout.fillWidth: true
                        }
                    }
                }
                Words {
                    theme: root.theme
                    visible: alt.text === "" && root.hasFilm
                    soft: true
                    small: true
                    wrapMode: Text.Wrap
                    Layout.fillWidth: true
                    Layout.topMargin: 4
                    text: qsTr("Without alt text, people who do not see the film will not know what it shows.")
                }
                Item { Layout.fillHeight: true }
                Words {
                    theme: root.theme
                    visible: text !== ""
                    wrapMode: Text.Wrap
                    Layout.fillWidth: true
                    maximumLineCount: 6
                    color: root.publisher.state === "failed" ? root.theme.failed : root.theme.text
                    text: root.publisher.detail !== "" ? qsTr("%1: %2").arg(root.publisher.message).arg(root.publisher.detail) : root.publisher.message
                }
                Rectangle {
                    visible: root.publisher.state === "sending"
                    Layout.fillWidth: true
                    Layout.preferredHeight: 4
                    color: root.theme.hairline
                    Rectangle {
                        width: parent.width * root.publisher.progress
                        height: parent.height
                        color: root.theme.accent
                    }
                }
                Words {
                    theme: root.theme
                    visible: root.publisher.state === "done"
                    color: root.theme.accent
                    Layout.fillWidth: true
                    elide: Text.ElideMiddle
                    text: root.publisher.page
                    TapHandler { onTapped: Qt.openUrlExternally(root.publisher.page) }
                }
                RowLayout {
                    Layout.fillWidth: true
                    Item { Layout.fillWidth: true }
                    PlainButton {
                        theme: root.theme
                        visible: root.publisher.state === "sending"
                        text: qsTr("Cancel")
                        onClicked: root.publisher.cancel()
                    }
                    PlainButton {
                        theme: root.theme
                        primary: true
                        enabled: root.hasFilm && !root.publisher.busy
                        text: qsTr("Publish")
                        onClicked: root.publisher.publish(title.text, alt.text, tags.text, license.currentText, visibility.currentText)
                    }
                }
            }
        }
        Rectangle { Layout.preferredWidth: 1; Layout.fillHeight: true; color: root.theme.hairline }
        PostPreview {
            theme: root.theme
            Layout.fillWidth: true
            Layout.fillHeight: true
            image: root.gallery.currentImage
            title: title.text
            alt: alt.text
            tags: tags.text
            license: license.currentText
            account: root.publisher.account
            hasFilm: root.hasFilm
        }
        Rectangle { Layout.preferredWidth: 1; Layout.fillHeight: true; color: root.theme.hairline }
        AccountPanel {
            theme: root.theme
            publisher: root.publisher
            keys: root.session.keys
            Layout.preferredWidth: 340
            Layout.fillHeight: true
        }
    }
}
