// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts

Words {
    required property string label
    soft: true
    small: true
    text: label
    wrapMode: Text.Wrap
    Layout.fillWidth: true
    Layout.topMargin: 4
}
