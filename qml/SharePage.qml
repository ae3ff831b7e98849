// SPDX-License-Identifier: GPL-3.0-or-later
// Publishing: what is said about a film, how it will look to others, and the account and key it is signed with.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import ArtDag

Item {
    id: root
    required property Theme theme
    required property Session session
    readonly property Gallery gallery: session.gallery
    readonly property Publisher publisher: session.publisher
    readonly property var words: publisher.form.words
    readonly property bool hasFilm: gallery.currentPath !== ""

    function attachRenderer() { accounts.attachRenderer() }

    Rectangle {
        anchors.fill: parent
        color: root.theme.canvas
    }
    RowLayout {
        anchors.fill: parent
        spacing: 0

        Rectangle {
            Layout.preferredWidth: root.theme.wide(400)
            Layout.fillHeight: true
            color: root.theme.panel
            ColumnLayout {
                anchors.fill: parent
                anchors.margins: 20
                spacing: 8
                PublishFields {
                    theme: root.theme
                    publisher: root.publisher
                    licenses: root.session.licenses
                    hasFilm: root.hasFilm
                    published: root.gallery.currentPage !== ""
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                }
                PublishActions {
                    theme: root.theme
                    publisher: root.publisher
                    hasFilm: root.hasFilm
                    page: root.gallery.currentPage
                    Layout.fillWidth: true
                    onServerWanted: accounts.chooseServer()
                    onWithdrawWanted: withdrawal.open()
                }
            }
        }
        Rectangle { Layout.preferredWidth: 1; Layout.fillHeight: true; color: root.theme.hairline }
        PostPreview {
            theme: root.theme
            Layout.fillWidth: true
            Layout.fillHeight: true
            image: root.gallery.currentImage
            title: root.words.title
            alt: root.words.alt
            tags: root.words.tags
            license: root.words.license
            account: root.publisher.account
            checkable: root.publisher.checkable
            hasFilm: root.hasFilm
        }
        Rectangle { Layout.preferredWidth: 1; Layout.fillHeight: true; color: root.theme.hairline }
        AccountPanel {
            id: accounts
            theme: root.theme
            publisher: root.publisher
            keys: root.session.keys
            renderers: root.session.renderers
            Layout.preferredWidth: root.theme.wide(340)
            Layout.fillHeight: true
        }
    }
    WithdrawPopup {
        id: withdrawal
        theme: root.theme
        publisher: root.publisher
        title: root.words.title
        anchors.centerIn: T.Overlay.overlay
    }
}
